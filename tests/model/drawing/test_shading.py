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
    most = max(found.figures.values(), default=0.0)
    assert bool(found.sizes) is (most > 0)
    assert all(0.8 <= size <= 1.3 for size in found.sizes.values())
    if most > 0:
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


def legend_words(scene: MapScene, engine: QtTextEngine) -> list[str]:
    entries, _ = legend_items(scene, STYLE, engine, 216.0, only_styling=True)
    return [entry.alt for entry in entries if isinstance(entry, Group)]


def test_measures_count_what_the_filter_shows_and_the_legend_names_only_that(
    engine: QtTextEngine,
) -> None:
    document = sample()
    measured = MapOptions(colour_by="measure:partners", size_by="measure:partners")
    scene = MapScene(document, DAY, measured)
    busiest = max(scene.shades.now.figures, key=scene.shades.now.figures.__getitem__)
    link = next(x for x in scene.links.values() if busiest in {x.from_id, x.to_id})
    visible = frozenset({link.from_id, link.to_id, link.id})
    figures: set[float] = set()
    for options in (msgspec.structs.replace(measured, visible=visible), measured):
        scene.set_options(options)
        assert scene.cards == MapScene(document, DAY, options).cards
        figures = {scene.shades.now.figures[i] for i in scene.cards}
        words = legend_words(scene, engine)
        sizes = words[words.index("Size: Linked actors") + 1 : -1]
        assert sizes == [f"{one:.0f}" for one in sorted({min(figures), max(figures)})]
        assert ("Counted among what the filter shows." in words[-1]) is bool(options.visible)
    assert figures != {1.0}


def test_a_size_that_is_no_measure_is_explained_by_the_cards_on_the_map(
    engine: QtTextEngine,
) -> None:
    document = small_map()
    with document.edit("stances") as edit:
        for at, actor_id in enumerate(("gov", "front", "csos")):
            edit.put("stances", Stance(id=actor_id, actor_id=actor_id, influence=str(at + 1)))
    options = MapOptions(size_by="influence", visible=frozenset({"gov", "front"}))
    assert legend_words(MapScene(document, DAY, options), engine) == ["Size: Influence", "1", "2"]


def test_roles_of_the_day_and_circles_are_colours(engine: QtTextEngine) -> None:
    document = sample()
    scene = MapScene(document, DAY, MapOptions(colour_by="role"))
    words = legend_words(scene, engine)
    assert {"Contact group member", "Several roles", "no role"} <= set(words)
    several = [card for card in scene.cards.values() if card.content.tag == "Several roles"]
    assert all(
        len({r.role for r in document.roles.values() if r.actor_id == c.id}) > 1 for c in several
    )
    scene = MapScene(document, DAY, MapOptions(colour_by="measure:circles"))
    words = legend_words(scene, engine)
    assert words[:2] == ["Colour: Circle", "Circle 1"]
    assert "in no circle" in words


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
