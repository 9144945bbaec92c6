"""Lines around the same corner run side by side, in step with every change."""

from __future__ import annotations

import math
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from model.commands.records import remove_records
from model.document import Document
from model.drawing.map_options import MapOptions
from model.drawing.routing import is_in_way
from model.drawing.scene import MapScene
from model.records import Actor, Linkage, Placement, Record
from tests.samples import sample

if TYPE_CHECKING:
    from model.drawing.parts import SceneChange
    from model.drawing.routing import Route

DAY = date(2024, 1, 1)
_TELL_APART = 10.0


def around_a_wall(lines: int) -> Document:
    """Lines from left to right, with a wall of cards in between."""
    content: dict[str, dict[str, Record]] = {"actors": {}, "placements": {}, "linkages": {}}

    def put(key: str, x: float, y: float) -> None:
        content["actors"][key] = Actor(id=key, name=key, tracks=("T1",))
        content["placements"][key] = Placement(id=key, x=x, y=y)

    for at in range(8):
        put(f"wall{at}", 600.0, 300.0 + 60.0 * at)
    for at in range(lines):
        put(f"from{at}", 0.0, 290.0 + 60.0 * at)
        put(f"to{at}", 1200.0, 290.0 + 60.0 * at)
        link = Linkage(id=f"l{at}", from_id=f"from{at}", to_id=f"to{at}", kind="funding")
        content["linkages"][link.id] = link
    return Document(content)


def corners(route: Route) -> list[tuple[float, float]]:
    return list(zip(route.stops[2:-2:2], route.stops[3:-2:2], strict=True))


def least_apart(scene: MapScene) -> float:
    """How near the corners of two lines come to each other."""
    bent = [corners(link.route) for link in scene.links.values()]
    return min(
        math.dist(one, other)
        for first, second in combinations(bent, 2)
        for one in first
        for other in second
    )


def test_lines_around_the_same_corner_can_be_told_apart() -> None:
    document = around_a_wall(4)
    scene = MapScene(document, DAY, MapOptions())
    assert sum(not link.route.is_straight for link in scene.links.values()) >= 3
    assert least_apart(scene) >= _TELL_APART
    for link in scene.links.values():
        for card in scene.cards.values():
            if card.id not in {link.from_id, link.to_id}:
                assert not is_in_way(link.route, card.box)


def test_lanes_close_up_when_a_line_goes_and_open_when_it_is_back() -> None:
    document = around_a_wall(4)
    scene = MapScene(document, DAY, MapOptions())
    changes: list[SceneChange] = []
    document.subscribe(lambda commit: changes.append(scene.follow(commit.patch)))
    before = dict(scene.links)
    for link_id in sorted(before):
        remove_records(document, "linkages", [link_id])
        fresh = MapScene(document, DAY, MapOptions())
        assert scene.links == fresh.links
        with document.edit("Put it back") as edit:
            edit.put("linkages", around_a_wall(4).linkages[link_id])
        assert scene.links == before
    assert any(len(change.links) > 1 for change in changes)


@pytest.mark.parametrize("name", ["mindanao", "myanmar"])
def test_lanes_bring_no_line_over_a_card(name: str) -> None:
    document = sample(name)
    opened = document.project.as_of
    assert opened is not None
    scene = MapScene(document, opened.stated_first(), MapOptions())
    for link in scene.links.values():
        others = (card for i, card in scene.cards.items() if i not in {link.from_id, link.to_id})
        assert not any(is_in_way(link.route, card.box) for card in others)
