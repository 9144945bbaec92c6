from __future__ import annotations

from itertools import combinations

import pytest

from model.document import Document
from model.drawing.boxes import Box, around, overlap
from model.drawing.linkage import LinkContent
from model.drawing.map_options import MapOptions
from model.drawing.parts import Link
from model.drawing.routing import cuts, route
from model.drawing.scene import MapScene
from model.layout import apply_arrangement, arrange, arrange_around, initial_places
from model.layout.tangle import crossings
from model.records import Actor, Placement
from tests.model.drawing.map_case import DAY, small_map
from tests.samples import sample


def unplaced(document: Document) -> Document:
    content = document.content()
    content["placements"], content["tracks"] = {}, {}
    return Document(content)


def test_everything_gets_a_place_in_its_band_without_overlap() -> None:
    document = unplaced(sample())
    found = arrange(document, DAY)
    assert set(found.places) == set(document.actors)
    apply_arrangement(document, found)
    scene = MapScene(document, DAY, MapOptions(show_absent=True))
    boxes = [card.box for card in scene.cards.values()]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    for card in scene.cards.values():
        tracks = document.actors[card.id].tracks
        if len(tracks) == 1:
            assert scene.bands.at(card.y).code == scene.bands.at(card.box[3]).code == tracks[0]


def test_arranging_is_repeatable_and_one_step() -> None:
    document = unplaced(sample("myanmar"))
    assert arrange(document, DAY) == arrange(document, DAY)
    revision = document.revision
    apply_arrangement(document, arrange(document, DAY))
    assert document.revision == revision + 1


def test_members_of_a_contact_group_lie_together() -> None:
    document = unplaced(sample())
    apply_arrangement(document, arrange(document, DAY, effort=4))
    scene = MapScene(document, DAY, MapOptions())
    outline = next(o for o in scene.outlines.values() if "ICG" in o.membership.title)
    assert len(outline.membership.member_ids) == 9
    assert len(outline.boxes) <= 2
    strangers = [c for i, c in scene.cards.items() if i not in outline.membership.member_ids]
    assert not any(overlap(card.box, box) for card in strangers for box in outline.boxes)


def test_cards_on_two_neighbouring_tracks_lie_on_the_border() -> None:
    document = unplaced(small_map())
    apply_arrangement(document, arrange(document, DAY))
    scene = MapScene(document, DAY, MapOptions())
    border = scene.bands.band("T3").top
    top, bottom = scene.cards["csos"].box[1], scene.cards["csos"].box[3]
    assert top < border < bottom


def test_pinned_cards_stay() -> None:
    document = small_map()
    with document.edit("pin") as edit:
        edit.put("placements", Placement(id="gov", x=7.0, y=300.0, pinned=True))
    apply_arrangement(document, arrange(document, DAY))
    assert (document.placements["gov"].x, document.placements["gov"].y) == (7.0, 300.0)


def test_placed_cards_never_move_when_others_come() -> None:
    document = small_map()
    with document.edit("add") as edit:
        for number in range(5):
            edit.put("actors", Actor(id=f"new{number}", name=f"New {number}", tracks=("T2",)))
    places = initial_places(document, DAY)
    for actor_id, placement in document.placements.items():
        assert places[actor_id] == (placement.x, placement.y)
    assert len({places[f"new{number}"] for number in range(5)}) == 5


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_maps(count: int) -> None:
    actors = {f"a{i}": Actor(id=f"a{i}", name="A") for i in range(count)}
    document = Document({"actors": dict(actors)})
    assert set(arrange(document, DAY).places) == set(actors)
    assert set(initial_places(document, DAY)) == set(actors)
    assert len(MapScene(document, DAY, MapOptions()).cards) == count


def centres(document: Document) -> dict[str, tuple[float, float]]:
    scene = MapScene(document, DAY, MapOptions(show_absent=True))
    return {
        i: ((c.box[0] + c.box[2]) / 2, (c.box[1] + c.box[3]) / 2) for i, c in scene.cards.items()
    }


@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
def test_samples_after_arranging_are_legible(name: str) -> None:
    document = unplaced(sample(name))
    opened = document.project.as_of
    assert opened is not None
    day = opened.stated_first()
    apply_arrangement(document, arrange(document, day))
    scene = MapScene(document, day, MapOptions())
    cards = {i: card.box for i, card in scene.cards.items()}
    labels = {i: box for i, box in scene.labels.items() if box is not None}
    assert len(labels) == len(scene.links)  # none had to be left out
    assert not any(overlap(a, b) for a, b in combinations(cards.values(), 2))
    assert not any(overlap(a, b) for a, b in combinations(labels.values(), 2))
    assert not any(overlap(a, b) for a in labels.values() for b in cards.values())
    near = [
        (link.id, card)
        for link in scene.links.values()
        for card, box in cards.items()
        if card not in {link.from_id, link.to_id} and is_near(link.route.points, box)
    ]
    assert not near
    content = around([*cards.values(), *(b for o in scene.outlines.values() for b in o.boxes)])
    width, height = content[2] - content[0], scene.bands.height
    assert 1.3 < width / height < 2.2
    filled = sum((b[2] - b[0]) * (b[3] - b[1]) for b in cards.values())
    assert filled > 0.22 * width * height


def is_near(points: tuple[float, ...], box: Box) -> bool:
    return any(cuts(points[i : i + 4], box, 6.0) for i in range(0, len(points) - 2, 2))


def test_arranging_again_after_a_small_change_keeps_the_order_of_the_map() -> None:
    document = sample()
    before = centres(document)
    with document.edit("add") as edit:
        for number in range(2):
            edit.put("actors", Actor(id=f"new{number}", name=f"New {number}", tracks=("T2",)))
    apply_arrangement(document, arrange_around(document, DAY))
    after = centres(document)
    moved = sorted(abs(after[i][0] - x) + abs(after[i][1] - y) for i, (x, y) in before.items())
    assert moved[len(moved) // 2] < 60  # a quarter of a card
    apply_arrangement(document, arrange_around(document, DAY, anew=True))
    anew = centres(document)
    far = sorted(abs(anew[i][0] - x) + abs(anew[i][1] - y) for i, (x, y) in before.items())
    assert far[len(far) // 2] > 240


@pytest.mark.parametrize(("name", "most"), [("mindanao", 64), ("myanmar", 50), ("mali", 0)])
def test_few_lines_of_the_samples_cross(name: str, most: int) -> None:
    document = sample(name)
    opened = document.project.as_of
    assert opened is not None
    scene = MapScene(document, opened.stated_first(), MapOptions())
    assert crossings(list(scene.links.values())) <= most
    straight = [
        Link(str(at), "", "", LinkContent("alliance", directed=True, state="current", mark=""), one)
        for at, one in enumerate(
            route((0, y, 10, y + 10), (500, 300 - y, 510, 310 - y)) for y in (0.0, 150.0, 300.0)
        )
    ]
    assert crossings(straight) == 3
