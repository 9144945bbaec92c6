from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from model.commands.actors import add_actor, move
from model.commands.linkages import connect
from model.commands.records import remove_records, set_fields
from model.drawing.bands import REACH
from model.drawing.boxes import POLE, overlap
from model.drawing.linkage import leader
from model.drawing.map_options import MapOptions
from model.drawing.primitives import Polyline
from model.drawing.routing import cuts, is_in_way
from model.drawing.scene import MapScene
from model.drawing.style import style_sheet
from model.layout import apply_arrangement, arrange_around
from model.records import Actor, Linkage, Placement
from tests.model.drawing.map_case import DAY, small_map
from tests.samples import sample

if TYPE_CHECKING:
    from model.document import Commit, Document
    from model.drawing.parts import SceneChange


def followed(
    document: Document, options: MapOptions | None = None
) -> tuple[MapScene, list[SceneChange]]:
    scene = MapScene(document, DAY, options or MapOptions())
    changes: list[SceneChange] = []

    def follow(commit: Commit) -> None:
        changes.append(scene.follow(commit.patch))

    document.subscribe(follow)
    return scene, changes


def assert_same(scene: MapScene, document: Document) -> None:
    anew = MapScene(document, scene.as_of, scene.options)
    assert scene.bands == anew.bands
    assert scene.cards == anew.cards
    assert scene.links == anew.links
    assert scene.labels == anew.labels
    assert scene.outlines == anew.outlines


def test_only_used_bands_are_drawn() -> None:
    document = small_map()
    scene, _ = followed(document)
    assert [band.code for band in scene.bands.entries] == ["T1", "T2", "T3"]
    set_fields(document, "actors", ["two"], {"tracks": ("T1.5",)})
    assert [band.code for band in scene.bands.entries] == ["T1", "T1.5", "T2", "T3"]
    assert scene.bands.at(scene.cards["two"].y).code == "T1.5"


def test_cards_lie_in_the_band_of_their_first_track() -> None:
    scene, _ = followed(small_map())
    for card_id, code in (("gov", "T1"), ("group", "T1"), ("two", "T2"), ("csos", "T2")):
        assert scene.bands.at(scene.cards[card_id].y).code == code
    assert scene.cards["gov"].content.badge == ""


def test_a_card_on_neighbouring_tracks_spans_their_bands_wherever_it_was_put() -> None:
    document = small_map()
    scene, _ = followed(document)
    border = scene.bands.band("T3").top
    for y in (280.0, 0.0, 400.0):
        move(document, {"csos": (320.0, y)})
        card = scene.cards["csos"]
        assert card.box[1] + 30 < border < card.box[3] - 30
        assert [code for code, _ in card.content.segments] == ["T2", "T3"]
        assert card.content.badge == ""
        assert card.box[1] + card.content.segments[1][1] == border
        assert_same(scene, document)


def test_a_card_on_three_bands_is_no_larger_but_hangs_from_a_pole_through_them() -> None:
    document = small_map()
    scene, _ = followed(document)
    plain = scene.cards["csos"].content.height
    set_fields(document, "actors", ["csos"], {"tracks": ("T1", "T2", "T3")})
    first, last = scene.bands.band("T1").bottom, scene.bands.band("T3").top
    for y in (0.0, 420.0, 900.0):
        move(document, {"csos": (320.0, y)})
        card = scene.cards["csos"]
        assert card.content.height <= plain
        assert card.pole is not None
        left, top, right, bottom = card.pole
        assert (top, bottom) == (first - REACH, last + REACH)
        assert top <= card.box[1] <= card.box[3] <= bottom
        assert card.box[0] < left < right <= card.box[2]
        assert [code for code, _ in card.content.segments] == ["T1", "T2", "T3"]
        assert set(scene.cards_near((left, top, right, top + 4))) == {"csos"}
        assert_same(scene, document)
    set_fields(document, "actors", ["csos"], {"tracks": ("T2",)})
    assert scene.cards["csos"].pole is None
    assert POLE + "csos" not in scene._grid.near((0.0, -900.0, 900.0, 2000.0))
    assert_same(scene, document)


def test_lines_run_around_poles_of_others_and_labels_keep_off_them() -> None:
    document = small_map()
    set_fields(document, "actors", ["csos"], {"tracks": ("T1", "T2", "T3")})
    move(document, {"csos": (320.0, 900.0)})
    scene, _ = followed(document)
    pole = scene.cards["csos"].pole
    assert pole is not None
    middle = (pole[1] + scene.cards["csos"].box[1]) / 2
    top = scene.bands.band("T2").top
    for key, x in (("left", pole[0] - 400.0), ("right", pole[2] + 200.0)):
        with document.edit("add") as edit:
            edit.put("actors", Actor(id=key, name=key, tracks=("T2",)))
            edit.put("placements", Placement(id=key, x=x, y=middle - top))
    with document.edit("link") as edit:
        edit.put(
            "linkages",
            Linkage(id="by", from_id="left", to_id="right", kind="coordination", status="active"),
        )
    route = scene.links["by"].route
    assert not is_in_way(route, pole)
    assert all(box is None or not overlap(box, pole) for box in scene.labels.values())


def test_a_card_on_tracks_apart_says_so() -> None:
    document = small_map()
    scene, _ = followed(document)
    set_fields(document, "actors", ["csos"], {"tracks": ("T1", "T3")})
    content = scene.cards["csos"].content
    assert (content.segments, content.badge) == ((), "also on III")
    set_fields(document, "actors", ["two"], {"tracks": ("T1.5",)})
    set_fields(document, "actors", ["csos"], {"tracks": ("T1", "T1.5", "T3")})
    content = scene.cards["csos"].content
    assert [code for code, _ in content.segments] == ["T1", "T1.5"]
    assert content.badge == "also on III"


def test_what_is_not_there_is_left_out_or_a_ghost() -> None:
    document = small_map()
    scene, _ = followed(document)
    assert "later" not in scene.cards
    assert "late" not in scene.links
    assert scene.links["plan"].content.state == "planned"
    assert scene.links["apart"].content.state == "keep_apart"
    scene.set_options(MapOptions(show_absent=True))
    assert scene.cards["later"].content.state == "planned"
    assert scene.links["late"].content.state == "planned"


def test_moving_the_date_rebuilds_what_differs_only() -> None:
    document = small_map()
    scene, _ = followed(document)
    before = dict(scene.cards)
    change = scene.set_as_of(date(2014, 6, 1))
    assert change.cards == {"later"}
    assert "late" in change.links
    assert all(scene.cards[i] is before[i] for i in before)
    assert_same(scene, document)
    scene.set_as_of(DAY)
    assert scene.cards == before


def test_membership_of_a_contact_group_is_an_outline_and_no_line() -> None:
    scene, _ = followed(small_map())
    assert not {"m1", "m2"} & set(scene.links)
    outline = scene.outlines["actors", "group"]
    assert set(outline.membership.member_ids) == {"group", "one", "two"}
    assert "2 members" in outline.membership.title
    for member in outline.membership.member_ids:
        card = scene.cards[member].box
        assert any(
            box[0] <= card[0] and box[1] <= card[1] and box[2] >= card[2] and box[3] >= card[3]
            for box in outline.boxes
        )


def test_a_patch_rebuilds_only_what_it_touches() -> None:
    document = small_map()
    scene, changes = followed(document)
    before, built = dict(scene.links), scene.built
    move(document, {"office": (336.0, 68.0)})
    assert changes[-1].cards == {"office"}
    assert {"f1", "f2"} <= changes[-1].links
    assert scene.built - built <= 5
    untouched = set(before) - {"f1", "f2", "n"}
    assert all(scene.links[i] is before[i] for i in untouched)
    built = scene.built
    set_fields(document, "actors", ["gov"], {"needs": "Safety"})
    assert scene.built - built == 1
    assert changes[-1].is_empty


def test_followed_and_built_anew_are_the_same() -> None:
    document = small_map()
    scene, _ = followed(document)
    move(document, {"gov": (160.0, 220.0), "csos": (900.0, 300.0)})
    assert_same(scene, document)
    made = connect(document, "gov", "csos", "funding")
    assert_same(scene, document)
    connect(document, "csos", "gov", "influence")
    assert_same(scene, document)
    set_fields(document, "linkages", [made.id], {"decision": "wait"})
    assert_same(scene, document)
    set_fields(document, "actors", ["front"], {"name": "The front of the many long words " * 2})
    assert_same(scene, document)
    remove_records(document, "actors", ["office"])
    assert_same(scene, document)
    move(document, {"two": (1000.0, 700.0)})
    assert_same(scene, document)


def test_parallel_linkages_lie_apart_and_one_alone_is_straight() -> None:
    document = small_map()
    scene, _ = followed(document)
    assert scene.links["f1"].route.is_straight
    connect(document, "gov", "office", "consultation")
    connect(document, "office", "gov", "funding")
    pair = [
        link for link in scene.links.values() if {link.from_id, link.to_id} == {"gov", "office"}
    ]
    assert len(pair) == 3
    middles = [link.route.at(0.5) for link in pair]
    for one, other in combinations(middles, 2):
        assert abs(one[0] - other[0]) + abs(one[1] - other[1]) > 20


def test_lines_run_around_cards_in_their_way() -> None:
    scene, _ = followed(small_map())
    route = scene.links["n"].route
    office = scene.cards["office"].box
    assert not route.is_straight
    points = route.points
    assert not any(cuts(points[i : i + 4], office, 0) for i in range(0, len(points) - 2, 2))


def test_new_actors_get_free_spots_and_nothing_placed_moves() -> None:
    document = small_map()
    scene, _ = followed(document)
    before = {i: card.box for i, card in scene.cards.items()}
    for number in range(12):
        add_actor(document, "state", ("T1",), f"State {number}")
    assert {i: scene.cards[i].box for i in before} == before
    boxes = [card.box for card in scene.cards.values()]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
@pytest.mark.parametrize("way", ["as shipped", "tidied", "anew"])
def test_nothing_overlaps_on_the_samples(name: str, way: str) -> None:
    """At print size: cards, labels of lines and titles of groups, before and after Arrange."""
    document = sample(name)
    assert document.project.as_of is not None
    day = document.project.as_of.stated_first()
    if way != "as shipped":
        apply_arrangement(document, arrange_around(document, day, anew=way == "anew"))
    scene = MapScene(document, day, MapOptions())
    cards = [card.box for card in scene.cards.values()]
    poles = [card.pole for card in scene.cards.values() if card.pole is not None]
    labels = [box for box in scene.labels.values() if box is not None]
    titles = [outline.title_box for outline in scene.outlines.values()]
    assert len(labels) == len(scene.links)
    alone = [*cards, *labels, *titles]
    assert not [(one, other) for one, other in combinations(alone, 2) if overlap(one, other)]
    assert not [(pole, label) for pole in poles for label in labels if overlap(pole, label)]


def test_a_filter_hides_cards_and_their_linkages_and_gives_them_back() -> None:
    document = small_map()
    scene, _ = followed(document)
    everything = dict(scene.cards), dict(scene.links), dict(scene.outlines)
    change = scene.set_options(MapOptions(visible=frozenset({"gov", "front", "n", "f1"})))
    assert set(scene.cards) == {"gov", "front"}
    assert set(scene.links) == {"n"}
    assert not change.everything
    assert_same(scene, document)
    set_fields(document, "actors", ["csos"], {"name": "Citizens"})
    assert set(scene.cards) == {"gov", "front"}
    set_fields(document, "actors", ["csos"], {"name": "Civil society"})
    scene.set_options(MapOptions())
    assert (scene.cards, scene.links, scene.outlines) == everything
    assert_same(scene, document)


@pytest.mark.parametrize("name", ["mindanao", "myanmar"])
def test_no_line_from_a_label_to_its_linkage_runs_over_a_card(name: str) -> None:
    document = sample(name)
    opened = document.project.as_of
    assert opened is not None
    scene = MapScene(document, opened.stated_first(), MapOptions())
    style = style_sheet("light")
    lines = [
        leader(scene.links[link_id].route, box, style)
        for link_id, box in scene.labels.items()
        if box is not None
    ]
    found = [line.points for line in lines if isinstance(line, Polyline)]
    assert not [
        points for points in found for card in scene.cards.values() if cuts(points, card.box, 0.0)
    ]


def _apart(scene: MapScene, ids: list[str]) -> float:
    """How near the middles of lines come to one another at least."""
    return min(
        scene.links[one].route.distance(*scene.links[other].route.at(0.5))
        for one, other in combinations(ids, 2)
    )


def test_parallel_lines_stay_apart_where_a_card_is_in_the_way_of_some() -> None:
    document = small_map()
    scene, _ = followed(document)
    kinds = ("mandate", "facilitation", "coordination", "membership")
    ids = [connect(document, "gov", "csos", kind).id for kind in kinds]
    assert _apart(scene, ids) > 15
    blocker = add_actor(document, "other", ("T1",), "In the way", (270.0, 200.0)).id
    assert blocker in scene.cards
    assert _apart(scene, ids) > 15


def test_lines_of_moved_cards_keep_their_bends_and_places_side_by_side() -> None:
    document = small_map()
    ids = frozenset(connect(document, "gov", "front", kind).id for kind in ("mandate", "oversight"))
    scene, _ = followed(document)
    left, top, right, bottom = scene.cards["gov"].box
    boxes = {"gov": (left, top + 40, right, bottom + 40)}
    moved = {link.id: link.route for link in scene.moved_links(ids, boxes)}
    assert moved.keys() == ids
    one, other = moved.values()
    assert one.distance(*other.at(0.5)) > 15
    first = min(ids)
    set_fields(document, "linkages", [first], {"bends": ((400.0, 400.0),)})
    bent = next(iter(scene.moved_links(frozenset({first}), boxes)))
    assert bent.route.distance(400.0, 400.0) < 1
