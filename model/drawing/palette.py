"""The colour tables behind the style sheets: hues by meaning, and the base of each medium.

The hues differ in lightness as well as in tone, and no meaning hangs on hue alone (about 1 in 12
men tells red from green badly). On light media ink on a family's colour is white, on dark ones
near black; the tests check contrast of at least 4.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.drawing.primitives import Hatch

Medium = Literal["light", "dark", "contrast", "paper", "mono"]
Marker = Literal["triangle", "chevron", "circle", "diamond"]
CardShape = Literal["square", "rounded", "circle", "hexagon", "diamond", "pentagon", "octagon"]

MONO_INK = "#1a1a1a"


class Base(NamedTuple):
    """The neutral colours of a medium."""

    medium: Medium
    background: str
    surface: str
    ink: str
    muted_ink: str
    line: str
    accent: str
    on_colour: str
    band_share: float
    """How far band tints go from the background towards the hue of the band."""
    band_ink: str

    def pick(self, light: str, dark: str, mono: str) -> str:
        """The variant of a colour that this medium wants."""
        if self.medium == "mono":
            return mono
        return dark if self.medium in {"dark", "contrast"} else light


class FamilyEntry(NamedTuple):
    """A family of actor kinds: its colours on light and dark ground, and its second codes."""

    code: str
    light: str
    dark: str
    icon: str
    shape: CardShape
    hatch: Hatch
    kinds: tuple[str, ...] = ()


class LinkEntry(NamedTuple):
    """A group of linkage kinds: its colours on light and dark ground, dash and end mark."""

    code: str
    light: str
    dark: str
    width: float
    dash: tuple[float, ...]
    marker: Marker


BASES: Mapping[Medium, Base] = {
    "light": Base(
        medium="light",
        background="#f7f8fb",
        surface="#ffffff",
        ink="#1c2330",
        muted_ink="#566072",
        line="#d4d9e2",
        accent="#1462b8",
        on_colour="#ffffff",
        band_share=0.07,
        band_ink="#485265",
    ),
    "dark": Base(
        medium="dark",
        background="#171b22",
        surface="#222833",
        ink="#eef1f6",
        muted_ink="#a9b3c3",
        line="#3a4250",
        accent="#7ab8ff",
        on_colour="#12161c",
        band_share=0.12,
        band_ink="#bcc5d3",
    ),
    "contrast": Base(
        medium="contrast",
        background="#000000",
        surface="#000000",
        ink="#ffffff",
        muted_ink="#ffffff",
        line="#ffffff",
        accent="#ffd500",
        on_colour="#000000",
        band_share=0.14,
        band_ink="#ffffff",
    ),
    "paper": Base(
        medium="paper",
        background="#ffffff",
        surface="#ffffff",
        ink="#16191f",
        muted_ink="#4c5564",
        line="#c9cfd9",
        accent="#1462b8",
        on_colour="#ffffff",
        band_share=0.08,
        band_ink="#404a5b",
    ),
    "mono": Base(
        medium="mono",
        background="#ffffff",
        surface="#ffffff",
        ink="#000000",
        muted_ink="#404040",
        line="#b0b0b0",
        accent="#000000",
        on_colour="#ffffff",
        band_share=0.08,
        band_ink="#000000",
    ),
}

FAMILIES: tuple[FamilyEntry, ...] = (
    FamilyEntry("party", "#b3401a", "#ff9470", "conflict-party", "square", "diagonal"),
    FamilyEntry(
        "state",
        "#47568a",
        "#a9b8f0",
        "actor.state",
        "square",
        "none",
        ("state", "diplomatic_mission"),
    ),
    FamilyEntry(
        "authority",
        "#59626e",
        "#bcc5d0",
        "actor.legislature",
        "square",
        "horizontal",
        (
            "subnational_authority",
            "legislature",
            "transitional_authority",
            "political_party",
            "national_mechanism",
        ),
    ),
    FamilyEntry(
        "armed",
        "#8f1d2c",
        "#ff8f9b",
        "actor.armed_group",
        "octagon",
        "cross",
        ("armed_forces", "armed_group", "armed_coalition"),
    ),
    FamilyEntry(
        "mediator",
        "#0b5a8a",
        "#6cc0f2",
        "actor.mediator_office",
        "circle",
        "none",
        ("mediator_office", "negotiation_panel", "joint_mechanism"),
    ),
    FamilyEntry(
        "intergovernmental",
        "#1f7468",
        "#6fd3c1",
        "actor.un_body",
        "hexagon",
        "none",
        ("un_body", "regional_organisation", "other_igo", "peace_operation"),
    ),
    FamilyEntry(
        "contact_group",
        "#1c6f94",
        "#8fd0ec",
        "actor.contact_group",
        "hexagon",
        "vertical",
        ("contact_group",),
    ),
    FamilyEntry(
        "support",
        "#7a4a9e",
        "#cfa3ee",
        "actor.mso",
        "pentagon",
        "none",
        ("mso", "research_body"),
    ),
    FamilyEntry(
        "civil_society",
        "#7d6118",
        "#e3c268",
        "actor.cso_network",
        "rounded",
        "none",
        ("ingo", "national_ngo", "cso_network", "media"),
    ),
    FamilyEntry(
        "women_and_youth",
        "#a03a76",
        "#f29ccb",
        "actor.womens_organisation",
        "rounded",
        "back-diagonal",
        ("womens_organisation", "youth_organisation"),
    ),
    FamilyEntry(
        "local",
        "#67533f",
        "#d3b899",
        "actor.traditional_leader",
        "diamond",
        "none",
        (
            "faith_actor",
            "traditional_leader",
            "insider_mediator",
            "local_mechanism",
            "community",
            "diaspora_or_victims",
        ),
    ),
    FamilyEntry(
        "economy",
        "#38753a",
        "#93d495",
        "actor.private_sector",
        "pentagon",
        "dots",
        ("private_sector", "funding_body"),
    ),
    FamilyEntry("other", "#5f6470", "#c2c6cf", "actor.other", "rounded", "dots", ("other",)),
)

FAMILY_OF_KIND: Mapping[str, str] = {kind: entry.code for entry in FAMILIES for kind in entry.kinds}

LINKS: tuple[LinkEntry, ...] = (
    LinkEntry("authority", "#3f4a94", "#aab4ff", 2.2, (), "triangle"),
    LinkEntry("work", "#176e62", "#6fd3c1", 1.8, (10.0, 2.5), "chevron"),
    LinkEntry("contact", "#7a4a9e", "#cfa3ee", 1.8, (2.0, 2.5), "circle"),
    LinkEntry("power", "#8a5a00", "#f0b64d", 2.0, (9.0, 2.5, 2.0, 2.5), "diamond"),
)

BAND_HUES: Mapping[str, str] = {
    "T1": "#1f6fc4",
    "T1.5": "#1c95a8",
    "T2": "#7b52b8",
    "T3": "#4f9440",
    "unknown": "#808896",
}

PHASES: Mapping[str, tuple[str, Hatch]] = {
    "conflict": ("#b3401a", "diagonal"),
    "pre_talks": ("#b08a1e", "dots"),
    "talks": ("#1f6fc4", "none"),
    "agreement": ("#7b52b8", "vertical"),
    "implementation": ("#4f9440", "none"),
    "recovery": ("#1c95a8", "horizontal"),
    "unknown": ("#808896", "back-diagonal"),
}

TLP_INKS: Mapping[str, str] = {
    "CLEAR": "#ffffff",
    "GREEN": "#33ff00",
    "AMBER": "#ffc000",
    "AMBER+STRICT": "#ffc000",
    "RED": "#ff2b2b",
}
"""Label colours on black, as the TLP 2.0 standard gives them."""

SEVERITIES: Mapping[str, tuple[str, str, str]] = {
    "ok": ("#1e6e36", "#7fd694", "ok"),
    "info": ("#1462b8", "#8fc2ff", "info"),
    "low": ("#566072", "#b7c1d1", "notice"),
    "medium": ("#8a5a00", "#ffc766", "warning"),
    "high": ("#b3261e", "#ff9a92", "critical"),
}
