from __future__ import annotations

from typing import get_args

import pytest

from model.codes import ACTOR_KINDS, LINKAGE_GROUPS, TLP_LABELS, TRACKS
from model.drawing.colours import channels, contrast, faded, mixed
from model.drawing.font_files import icon_codepoint
from model.drawing.icons import ICON_GLYPHS, actor_icon, linkage_icon
from model.drawing.palette import Medium
from model.drawing.style import actor_family, interaction_style, style_sheet

MEDIA: tuple[Medium, ...] = get_args(Medium)


@pytest.mark.parametrize("medium", MEDIA)
def test_ink_is_legible_on_what_it_stands_on(medium: Medium) -> None:
    style = style_sheet(medium)
    for ground in (style.background, style.surface):
        assert contrast(style.ink, ground) >= 7
        assert contrast(style.muted_ink, ground) >= 4.5
    for family in style.families.values():
        assert contrast(family.on_colour, family.colour) >= 4.5, family.code
        assert contrast(family.colour, style.surface) >= 4.5, family.code
        assert contrast(style.ink, family.tint) >= 4.5, family.code
    for link in style.links.values():
        for band in style.bands.values():
            assert contrast(link.colour, band.tint) >= 4.5, (link.code, band.code)
    for band in style.bands.values():
        assert contrast(band.ink, band.header) >= 4.5, band.code
        assert contrast(style.ink, band.tint) >= 4.5, band.code
    for phase in style.phases.values():
        assert contrast(phase.ink, phase.tint) >= 4.5, phase.code
    for severity in style.severities.values():
        assert contrast(severity.colour, severity.tint) >= 4.5, severity.code
    for label in style.tlp_labels.values():
        assert contrast(label.ink, label.ground) >= 4.5, label.label


@pytest.mark.parametrize("medium", MEDIA)
def test_no_meaning_hangs_on_colour_alone(medium: Medium) -> None:
    style = style_sheet(medium)
    families = style.families.values()
    assert len({(family.shape, family.hatch) for family in families}) == len(families)
    assert len({family.icon for family in families}) == len(families)
    links = style.links.values()
    assert len({link.dash for link in links}) == len({link.marker for link in links}) == len(links)
    codes = {(state.dash, state.hatch, state.icon) for state in style.states.values()}
    assert len(codes) == len(style.states)


def test_every_code_has_a_style_and_an_icon() -> None:
    style = style_sheet("paper")
    for kind in ACTOR_KINDS.codes:
        assert actor_icon(kind) == f"actor.{kind}"
        assert kind == "other" or actor_family(kind) != "other"
        assert style.family(kind).icon in ICON_GLYPHS
    for group, kinds in LINKAGE_GROUPS.items():
        assert style.link(group).code == group
        assert all(linkage_icon(kind) == f"link.{kind}" for kind in kinds)
    assert {*TRACKS.codes} <= {*style.bands}
    assert {*TLP_LABELS.codes} == {*style.tlp_labels}


def test_every_icon_is_in_the_font() -> None:
    assert len({icon_codepoint(name) for name in ICON_GLYPHS}) > 100
    assert icon_codepoint("no such icon") == icon_codepoint("help")


def test_conflict_parties_are_one_family_whatever_their_kind() -> None:
    assert actor_family("state", "primary_party") == actor_family("armed_group", "secondary_party")
    assert actor_family("armed_group", "non_signatory_armed") == "armed"


def test_unknown_labels_are_taken_for_the_strictest() -> None:
    assert style_sheet("paper").tlp("PURPLE").label == "RED"


def test_interaction_shows_on_every_screen() -> None:
    for medium in MEDIA:
        style, interaction = style_sheet(medium), interaction_style(medium)
        assert contrast(interaction.selected.colour, style.background) >= 3


def test_colours_are_checked() -> None:
    for wrong in ("red", "#12345", "#gggggg", "123456#"):
        with pytest.raises(ValueError, match=r"."):
            channels(wrong)
    assert mixed("#000000", "#ffffff", 0.5) == "#808080"
    assert faded("#102030", 0.5) == "#10203080"
