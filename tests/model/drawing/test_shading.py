from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from model.drawing.bounds import bounds_of
from model.drawing.legend import legend_items
from model.drawing.map import map_drawing
from model.drawing.map_options import MapOptions
from model.drawing.primitives import Group
from model.drawing.scene import MapScene
from model.drawing.shading import colour_choices, shading, size_choices
from model.drawing.style import style_sheet
from model.drawing.tones import tone_colour
from model.records import Linkage, Stance
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from model.document import Commit
from tests.model.drawing.map_case import DAY, small_map
from tests.samples import sample

STYLE = style_sheet("light")


@pytest.fixture
def engine(qapp: QApplication) -> QtTextEngine:
    return QtTextEngine()


@pytest.mark.parametrize("name", [one for one in colour_choices(small_map()) if one])
def test_every_value_stands_on_its_card_and_in_the_legend(engine: QtTextEngine, name: str) -> None:
    document = sample()
    scene = MapScene(document, DAY, MapOptions(colour_by=name))
    shades = scene.shades.now.shades
    entries, _ = legend_items(scene, STYLE, engine, 216.0, only_styling=True)
    named = {entry.alt for entry in entries if isinstance(entry, Group)}
    coloured = [card for card in scene.cards.values() if card.content.tone]
    assert coloured
    for card in coloured:
        assert card.content.tag  # colour never stands alone
        assert shades[card.id].entry in named
        assert tone_colour(card.content.tone, STYLE).startswith("#")
    # One colour, one meaning.
    meanings: dict[str, set[str]] = {}
    for card in coloured:
        meanings.setdefault(card.content.tone, set()).add(shades[card.id].entry)
    assert all(len(words) == 1 for tone, words in meanings.items() if tone != "unknown")


@pytest.mark.parametrize("name", [one for one in size_choices(small_map()) if one])
def test_sizes_follow_figures(name: str) -> None:
    found = shading(sample(), DAY, "", name)
    assert found.size_title
    assert bool(found.sizes) is (found.bounds[1] > 0)
    assert all(0.8 <= size <= 1.3 for size in found.sizes.values())
    if found.bounds[1] > 0:
        assert len(set(found.sizes.values())) > 1


def test_the_last_stance_that_the_team_noted_counts() -> None:
    document = small_map()
    with document.edit("stances") as edit:
        edit.put("stances", Stance(id="s1", actor_id="gov", stance="supports"))
        edit.put("stances", Stance(id="s2", actor_id="gov", stance="opposes", view_of="Front"))
    scene = MapScene(document, DAY, MapOptions(colour_by="stance"))
    assert scene.cards["gov"].content.tag == "Supports"
    assert scene.cards["front"].content.tone == "unknown"


def test_a_new_linkage_changes_what_depends_on_it() -> None:
    document = small_map()
    scene = MapScene(document, DAY, MapOptions(colour_by="measure:partners"))

    def follow(commit: Commit) -> None:
        scene.follow(commit.patch)

    document.subscribe(follow)
    before = scene.cards["csos"].content.tag
    with document.edit("link") as edit:
        edit.put("linkages", Linkage(id="new", from_id="csos", to_id="office", status="active"))
    assert int(scene.cards["csos"].content.tag) == int(before) + 1
    fresh = MapScene(document, DAY, scene.options)
    assert scene.cards == fresh.cards


def test_without_a_choice_cards_look_as_always() -> None:
    document = small_map()
    plain = MapScene(document, DAY, MapOptions())
    scene = MapScene(document, DAY, MapOptions(colour_by="tlp", size_by="measure:partners"))
    assert scene.cards != plain.cards
    scene.set_options(MapOptions())
    assert scene.cards == plain.cards
    assert MapScene(document, DAY, MapOptions(colour_by="no such field")).cards == plain.cards


def test_a_large_card_is_large_in_exports_too(engine: QtTextEngine) -> None:
    document = small_map()
    drawing = map_drawing(
        document,
        DAY,
        STYLE,
        engine,
        MapOptions(colour_by="track", size_by="measure:partners"),
    )
    keys = {item.key for group in drawing.items for item in getattr(group, "children", ())}
    assert any(key.startswith("legend:tone") for key in keys)
    assert any(key.startswith("legend:size") for key in keys)
    scene = MapScene(document, DAY, MapOptions(size_by="measure:partners"))
    largest = max(scene.cards.values(), key=lambda card: card.content.grow)
    assert largest.content.grow > 1.2
    assert bounds_of(drawing.items) is not None
    assert msgspec.structs.replace(largest.content, grow=1.0) != largest.content
