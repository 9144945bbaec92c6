"""The catalogue of icons: our names and the glyphs of Material Design Icons 6 behind them.

One family for everything, so that cards, toolbars, PDFs and SVGs speak alike. Painters look the
outline up in the font file that the QtAwesome package carries (exporters without Qt). Actor kinds
and linkage kinds use their code as icon name, prefixed "actor." and "link.".
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FALLBACK_ICON = "help"
"""What is drawn for a name that the catalogue does not know."""

ICON_GLYPHS: Mapping[str, str] = MappingProxyType(
    {
        # actor kinds
        "actor.state": "bank",
        "actor.diplomatic_mission": "passport",
        "actor.armed_forces": "shield-star",
        "actor.subnational_authority": "map-marker-radius",
        "actor.legislature": "gavel",
        "actor.transitional_authority": "transfer",
        "actor.political_party": "vote",
        "actor.armed_group": "sword-cross",
        "actor.armed_coalition": "shield-sword",
        "actor.negotiation_panel": "account-tie-voice",
        "actor.un_body": "earth",
        "actor.regional_organisation": "map-legend",
        "actor.other_igo": "web",
        "actor.contact_group": "account-group",
        "actor.peace_operation": "binoculars",
        "actor.mediator_office": "scale-balance",
        "actor.mso": "lifebuoy",
        "actor.ingo": "hand-heart",
        "actor.national_ngo": "hand-heart-outline",
        "actor.cso_network": "graph",
        "actor.womens_organisation": "human-female-female",
        "actor.youth_organisation": "school",
        "actor.faith_actor": "hands-pray",
        "actor.traditional_leader": "crown",
        "actor.insider_mediator": "account-heart",
        "actor.local_mechanism": "tree",
        "actor.national_mechanism": "home-city",
        "actor.private_sector": "store",
        "actor.joint_mechanism": "handshake",
        "actor.funding_body": "hand-coin",
        "actor.research_body": "microscope",
        "actor.media": "newspaper-variant",
        "actor.community": "home-group",
        "actor.diaspora_or_victims": "human-queue",
        "actor.other": "dots-horizontal-circle",
        # linkage kinds
        "link.mandate": "file-sign",
        "link.representation": "account-voice",
        "link.oversight": "eye",
        "link.membership": "account-group",
        "link.successor_of": "account-convert",
        "link.split_from": "call-split",
        "link.co_chair": "account-supervisor",
        "link.facilitation": "scale-balance",
        "link.coordination": "vector-polyline",
        "link.consultation": "chat-processing",
        "link.information_sharing": "share-variant",
        "link.advisory_support": "lightbulb-outline",
        "link.capacity_building": "school",
        "link.participation": "forum",
        "link.hosting": "home-roof",
        "link.observation": "binoculars",
        "link.competition": "arrow-decision",
        "link.communication_channel": "message-text",
        "link.back_channel": "message-lock",
        "link.negotiation": "handshake",
        "link.funding": "hand-coin",
        "link.influence": "bullhorn",
        "link.alliance": "link-variant",
        "link.adversarial": "flash",
        # activity kinds
        "activity.pre_talks_contact": "account-voice",
        "activity.shuttle": "transfer",
        "activity.negotiation_round": "handshake",
        "activity.back_channel": "message-lock",
        "activity.consultation": "chat-processing",
        "activity.dialogue_forum": "forum",
        "activity.community_dialogue": "home-group",
        "activity.national_dialogue": "home-city",
        "activity.local_mediation": "tree",
        "activity.technical_advice": "lightbulb-outline",
        "activity.training": "school",
        "activity.briefing": "message-text",
        "activity.coordination_meeting": "vector-polyline",
        "activity.conflict_analysis": "microscope",
        "activity.learning_space": "book-open-variant",
        "activity.joint_statement": "account-supervisor",
        "activity.public_statement": "bullhorn",
        "activity.signing": "file-sign",
        "activity.mandate_decision": "file-certificate",
        "activity.monitoring": "binoculars",
        "activity.protection": "shield-star",
        "activity.humanitarian": "lifebuoy",
        "activity.sanction_or_incentive": "hand-coin",
        "activity.implementation_support": "clipboard-check",
        "activity.transitional_justice": "scale-balance",
        "activity.other": "calendar-check",
        # states, decisions, warnings
        "link": "link-variant",
        "keep-apart": "link-variant-off",
        "wait": "timer-sand",
        "planned": "progress-check",
        "ended": "stop-circle",
        "doubtful": "help-circle-outline",
        "blind-spot": "eye-off",
        "conflict-party": "flag-variant",
        "ok": "check-circle",
        "info": "information",
        "notice": "alert-circle",
        "warning": "alert",
        "critical": "alert-octagon",
        "help": "help-circle-outline",
        # things
        "actor": "account-group",
        "process": "scale-balance",
        "phase": "chart-timeline",
        "milestone": "rhombus",
        "agreement": "file-certificate",
        "activity": "calendar-check",
        "posting": "account-clock",
        "handover": "account-switch",
        "mandate": "file-sign",
        "funding": "cash-multiple",
        "funding-gap": "cash-remove",
        "note": "note-text",
        "source": "book-open-variant",
        "claim": "bookmark-outline",
        "checklist": "clipboard-check",
        "tlp": "shield-lock",
        "place": "map-marker-radius",
        "tag": "tag",
        "sample": "leaf",
        # doing
        "select": "cursor-default",
        "add": "plus",
        "remove": "minus",
        "edit": "pencil",
        "delete": "delete",
        "duplicate": "content-copy",
        "group": "select-group",
        "pin": "pin",
        "unpin": "pin-off",
        "undo": "undo",
        "redo": "redo",
        "save": "content-save",
        "open": "folder-open",
        "new": "file-plus",
        "import": "import",
        "export": "export",
        "merge": "call-merge",
        "pdf": "file-pdf-box",
        "spreadsheet": "microsoft-excel",
        "document": "file-document",
        "colours": "format-color-fill",
        "sizes": "relative-scale",
        "compare": "compare",
        "history": "history",
        "lock": "lock",
        "unlock": "lock-open-variant",
        "key": "key-variant",
        "search": "magnify",
        "filter": "filter",
        "sort": "sort",
        "settings": "cog",
        "show": "eye",
        "hide": "eye-off",
        "present": "presentation-play",
        "play": "play",
        "pause": "pause",
        "blank-screen": "power",
        "arrange": "sitemap",
        "analysis": "chart-box",
        "palette": "palette",
        "contrast": "contrast-box",
        "theme": "theme-light-dark",
        "keyboard": "keyboard",
        "zoom-in": "magnify-plus-outline",
        "zoom-out": "magnify-minus-outline",
        "zoom-fit": "fit-to-page",
        # places in the window
        "map": "map",
        "timeline": "chart-gantt",
        "table": "table",
        "dashboard": "view-dashboard",
        "layers": "layers",
        "calendar": "calendar",
        "deadline": "calendar-alert",
        "clock": "clock-outline",
        "review-due": "clock-alert-outline",
        "bell": "bell",
        "menu": "menu",
        "more": "dots-horizontal",
        "close": "close",
        "check": "check",
        "back": "chevron-left",
        "forward": "chevron-right",
        "up": "chevron-up",
        "down": "chevron-down",
        "earlier": "chevron-left",
        "later": "chevron-right",
        "arrow": "arrow-right",
    }
)

_DIRECTIONAL = frozenset({"undo", "redo", "back", "forward", "arrow", "more"})


def glyph_name(icon: str) -> str:
    """The family's glyph name for one of our icon names; unknown names get the fallback."""
    return ICON_GLYPHS.get(icon, ICON_GLYPHS[FALLBACK_ICON])


def actor_icon(kind: str) -> str:
    """Icon name of an actor kind code."""
    name = f"actor.{kind}"
    return name if name in ICON_GLYPHS else "actor.other"


def linkage_icon(kind: str) -> str:
    """Icon name of a linkage kind code."""
    name = f"link.{kind}"
    return name if name in ICON_GLYPHS else "link"


def mirrors(icon: str) -> bool:
    """Whether the icon points somewhere and is mirrored in right-to-left windows."""
    return icon in _DIRECTIONAL
