"""What things look like in each medium: the resolved style sheet that builders draw with.

Colour never carries meaning alone: every family of actors also has an icon, a shape and a hatch,
every group of linkages also a dash and an end mark, every state also a dash, hatch or icon.
Selection, hover and focus are not part of the sheet: they come from `interaction_style`, which
only the screen asks for, so they cannot leak into exports.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

import msgspec

from model.drawing import palette
from model.drawing.colours import faded, mixed
from model.drawing.icons import actor_icon
from model.drawing.palette import Medium
from model.drawing.primitives import Hatch, Stroke
from model.drawing.text import TextStyle

__all__ = [
    "TEXT_ROLES",
    "BandStyle",
    "FamilyStyle",
    "InteractionStyle",
    "LinkStyle",
    "Medium",
    "PhaseStyle",
    "SeverityStyle",
    "StateStyle",
    "StyleSheet",
    "TlpStyle",
    "actor_family",
    "interaction_style",
    "style_sheet",
    "text_style",
]

Marker = Literal["triangle", "chevron", "circle", "diamond"]
CardShape = Literal["square", "rounded", "circle", "hexagon", "diamond", "pentagon", "octagon"]
State = Literal["planned", "ended", "doubtful", "keep-apart", "wait"]

TEXT_ROLES: Mapping[str, TextStyle] = {
    "display": TextStyle(26, bold=True, line_spacing=1.2),
    "title": TextStyle(18, bold=True, line_spacing=1.25),
    "heading": TextStyle(13, bold=True),
    "body": TextStyle(11, line_spacing=1.4),
    "body-bold": TextStyle(11, bold=True, line_spacing=1.4),
    "small": TextStyle(9),
    "card-name": TextStyle(12, bold=True, line_spacing=1.25),
    "card-detail": TextStyle(10, line_spacing=1.25),
    "link-label": TextStyle(10),
    "group-name": TextStyle(11, bold=True),
    "band": TextStyle(11, bold=True),
    "axis": TextStyle(10),
    "axis-major": TextStyle(11, bold=True),
    "bar": TextStyle(11),
    "bar-bold": TextStyle(11, bold=True),
    "tlp": TextStyle(12, bold=True),
}
"""The type scale by role. Exports print the TLP role at 12 pt or more (TLP 2.0)."""


class FamilyStyle(msgspec.Struct, frozen=True):
    """A family of actor kinds: colour of chip and outline, what is legible on it, second codes."""

    code: str
    colour: str
    tint: str
    on_colour: str
    icon: str
    shape: CardShape
    hatch: Hatch


class LinkStyle(msgspec.Struct, frozen=True):
    """A group of linkage kinds: colour, dash, width and end mark."""

    code: str
    colour: str
    width: float
    dash: tuple[float, ...]
    marker: Marker

    def stroke(self, dash: tuple[float, ...] | None = None) -> Stroke:
        """The stroke of a linkage; a state's dash takes precedence over the group's."""
        return Stroke(self.colour, self.width, self.dash if dash is None else dash)


class BandStyle(msgspec.Struct, frozen=True):
    """A track band: tint of its surface and of its name's field, ink, and line between bands."""

    code: str
    tint: str
    header: str
    ink: str
    line: str


class PhaseStyle(msgspec.Struct, frozen=True):
    """A kind of phase on the timeline: tint, ink of its name, hatch."""

    code: str
    tint: str
    ink: str
    hatch: Hatch


class StateStyle(msgspec.Struct, frozen=True):
    """A state laid over another style.

    `colour` None keeps the colour; `dash` None keeps the dash; `fade` is how far (0 to 1) ink
    goes towards the background.
    """

    code: str
    colour: str | None
    dash: tuple[float, ...] | None
    hatch: Hatch
    fade: float
    icon: str


class TlpStyle(msgspec.Struct, frozen=True):
    """A TLP 2.0 label: its ink on its ground (black in colour media)."""

    label: str
    ink: str
    ground: str


class SeverityStyle(msgspec.Struct, frozen=True):
    """How grave a warning is: ink on the surface, tint behind the sentence, icon."""

    code: str
    colour: str
    tint: str
    icon: str


class StyleSheet(msgspec.Struct, frozen=True):
    """Everything a builder needs to know about looks in one medium."""

    medium: Medium
    background: str
    surface: str
    """Cards, legend and table surfaces."""
    ink: str
    muted_ink: str
    line: str
    """Hairlines, grid, borders without meaning."""
    accent: str
    """Date cursor, links."""
    halo: str
    """Halo of labels over lines."""
    hatch_ink: str
    families: Mapping[str, FamilyStyle]
    links: Mapping[str, LinkStyle]
    bands: Mapping[str, BandStyle]
    phases: Mapping[str, PhaseStyle]
    states: Mapping[str, StateStyle]
    tlp_labels: Mapping[str, TlpStyle]
    severities: Mapping[str, SeverityStyle]

    def family(self, kind: str, conflict_role: str = "none") -> FamilyStyle:
        """The style of an actor, its icon that of the kind."""
        style = self.families[actor_family(kind, conflict_role)]
        return msgspec.structs.replace(style, icon=actor_icon(kind))

    def link(self, group: str) -> LinkStyle:
        """The style of a linkage group; unknown ones look like work."""
        return self.links.get(group, self.links["work"])

    def band(self, track: str) -> BandStyle:
        """The style of a track band; unknown codes get that of "track not known"."""
        return self.bands.get(track, self.bands["unknown"])

    def phase(self, kind: str) -> PhaseStyle:
        """The style of a phase kind; unknown codes get that of "not known"."""
        return self.phases.get(kind, self.phases["unknown"])

    def state(self, state: State) -> StateStyle:
        """The style laid over things in a state."""
        return self.states[state]

    def tlp(self, label: str) -> TlpStyle:
        """The style of a TLP label without its "TLP:"; unknown ones look like RED (safe side)."""
        return self.tlp_labels.get(label, self.tlp_labels["RED"])

    def severity(self, code: str) -> SeverityStyle:
        """The style of a warning's severity; unknown codes look like "info"."""
        return self.severities.get(code, self.severities["info"])

    def toned(self, colour: str, fade: float) -> str:
        """A colour moved towards the surface, as states ask for (opaque, so it prints alike)."""
        return mixed(colour, self.surface, fade)


class InteractionStyle(msgspec.Struct, frozen=True):
    """What only a screen shows: selection, hover, keyboard focus, drop targets, rubber band."""

    selected: Stroke
    selected_halo: Stroke
    hover: Stroke
    focus: Stroke
    drop_target: Stroke
    rubber_band: str


def actor_family(kind: str, conflict_role: str = "none") -> str:
    """The family that an actor is coloured by: conflict parties are one whatever their kind."""
    if conflict_role in {"primary_party", "secondary_party"}:
        return "party"
    return palette.FAMILY_OF_KIND.get(kind, "other")


def text_style(role: str) -> TextStyle:
    """The text style of a role of the type scale."""
    return TEXT_ROLES[role]


@lru_cache(maxsize=8)
def style_sheet(medium: Medium) -> StyleSheet:
    """The resolved style sheet of a medium."""
    base = palette.BASES[medium]
    return StyleSheet(
        medium=medium,
        background=base.background,
        surface=base.surface,
        ink=base.ink,
        muted_ink=base.muted_ink,
        line=base.line,
        accent=base.accent,
        halo=base.surface if medium in {"paper", "mono"} else base.background,
        hatch_ink=faded(base.ink, 0.33),
        families=_families(base),
        links=_links(base),
        bands=_bands(base),
        phases=_phases(base),
        states=_states(base),
        tlp_labels=_tlp_labels(base),
        severities=_severities(base),
    )


def interaction_style(medium: Medium) -> InteractionStyle:
    """The looks of interaction in a medium; exporters never ask for it."""
    base = palette.BASES[medium]
    strong = 3.0 if medium == "contrast" else 2.0
    return InteractionStyle(
        selected=Stroke(base.accent, strong),
        selected_halo=Stroke(faded(base.accent, 0.3), 3 * strong),
        hover=Stroke(faded(base.accent, 0.6), strong),
        focus=Stroke(base.ink, strong, (2.0, 2.0)),
        drop_target=Stroke(base.accent, strong, (6.0, 3.0)),
        rubber_band=faded(base.accent, 0.15),
    )


def _families(base: palette.Base) -> dict[str, FamilyStyle]:
    styles = {}
    for entry in palette.FAMILIES:
        colour = base.pick(entry.light, entry.dark, palette.MONO_INK)
        styles[entry.code] = FamilyStyle(
            code=entry.code,
            colour=colour,
            tint=mixed(colour, base.surface, 0.88),
            on_colour=base.on_colour,
            icon=entry.icon,
            shape=entry.shape,
            hatch=entry.hatch,
        )
    return styles


def _links(base: palette.Base) -> dict[str, LinkStyle]:
    wider = 0.6 if base.medium == "contrast" else 0.0
    return {
        entry.code: LinkStyle(
            code=entry.code,
            colour=base.pick(entry.light, entry.dark, palette.MONO_INK),
            width=entry.width + wider,
            dash=entry.dash,
            marker=entry.marker,
        )
        for entry in palette.LINKS
    }


def _bands(base: palette.Base) -> dict[str, BandStyle]:
    styles = {}
    for code, hue in palette.BAND_HUES.items():
        tone = base.pick(hue, hue, "#808080")
        styles[code] = BandStyle(
            code=code,
            tint=mixed(base.background, tone, base.band_share),
            header=mixed(base.background, tone, 2.2 * base.band_share),
            ink=base.ink if base.medium in {"contrast", "mono"} else base.band_ink,
            line=mixed(base.background, tone, min(1.0, 4 * base.band_share)),
        )
    return styles


def _phases(base: palette.Base) -> dict[str, PhaseStyle]:
    return {
        code: PhaseStyle(
            code=code,
            tint=mixed(base.background, base.pick(hue, hue, "#808080"), 1.6 * base.band_share),
            ink=base.ink if base.medium in {"contrast", "mono"} else base.band_ink,
            hatch=hatch,
        )
        for code, (hue, hatch) in palette.PHASES.items()
    }


def _states(base: palette.Base) -> dict[str, StateStyle]:
    apart = base.pick("#b3261e", "#ff8f86", palette.MONO_INK)
    return {
        "planned": StateStyle("planned", None, (4.0, 3.0), "diagonal", 0.25, "planned"),
        "ended": StateStyle("ended", base.muted_ink, None, "none", 0.45, "ended"),
        "doubtful": StateStyle("doubtful", None, (1.5, 3.0), "dots", 0.2, "doubtful"),
        "keep-apart": StateStyle("keep-apart", apart, (2.0, 4.0), "cross", 0.0, "keep-apart"),
        "wait": StateStyle("wait", base.muted_ink, (2.0, 4.0), "back-diagonal", 0.0, "wait"),
    }


def _tlp_labels(base: palette.Base) -> dict[str, TlpStyle]:
    return {
        label: TlpStyle(label, base.pick(ink, ink, "#ffffff"), "#000000")
        for label, ink in palette.TLP_INKS.items()
    }


def _severities(base: palette.Base) -> dict[str, SeverityStyle]:
    return {
        code: SeverityStyle(
            code=code,
            colour=base.pick(light, dark, palette.MONO_INK),
            tint=mixed(base.surface, base.pick(light, dark, "#808080"), 0.1),
            icon=icon,
        )
        for code, (light, dark, icon) in palette.SEVERITIES.items()
    }
