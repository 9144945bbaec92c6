"""What a picture of the map shows, thing by thing: after an edit only what differs is drawn.

Stock is taken of the scene as it is drawn, never reckoned from an edit: whatever the edit was,
things that are equal in both lists are drawn alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from model.drawing.boxes import around, grown
from model.drawing.outlines import name_box

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.drawing.boxes import Box
    from widgets.canvas.camera import Camera
    from widgets.canvas.renderer import Renderer
    from widgets.canvas.stamps import Stamp

    Entry = tuple[tuple[str, str], tuple[object, Box]]

_NUMBER = 12.0
"""Numbers on lines reach so many pixels from them."""
_SOFT = 3.0
"""Soft edges and outlines reach so many pixels out of a box."""
_MOST = 1500
"""Of more things than this no stock is taken: they are as quickly drawn."""


class Stock(NamedTuple):
    """Things by kind and id, each with what it depends on and its box on the map.

    `ground` is what everything depends on.
    """

    ground: tuple[object, ...]
    things: dict[tuple[str, str], tuple[object, Box]]

    def differing(self, later: Stock) -> list[Box] | None:
        """The boxes of all that is not the same in both; None where everything may differ."""
        if self.ground != later.ground:
            return None
        boxes: list[Box] = []
        for key in self.things.keys() | later.things.keys():
            before, after = self.things.get(key), later.things.get(key)
            if before is None or after is None or before[0] != after[0]:
                boxes += [entry[1] for entry in (before, after) if entry is not None]
        return boxes


class View(NamedTuple):
    """What a picture was drawn for."""

    camera: Camera
    area: Box
    ratio: float
    level: str
    hidden: tuple[frozenset[str], frozenset[str]]


def stock_of(renderer: Renderer, view: View) -> Stock | None:
    """What a view shows now; None where so much is shown that it is as quickly drawn."""
    camera, area = view.camera, view.area
    rows, dashed = renderer.lines.shown(camera, area, view.level, view.hidden[1])
    if view.level == "far" or len(rows) + len(renderer.cards.within(area)) > _MOST:
        return None
    soft = _SOFT / camera.scale
    things: dict[tuple[str, str], tuple[object, Box]] = {}
    links, lines = renderer.scene.links, renderer.lines
    numbers = lines.bundles.numbers()[rows].tolist() if view.level == "middle" else [0] * len(rows)
    boxes = lines.boxes.boxes[rows].tolist()
    for link_id, number, box in zip(lines.boxes.names(rows), numbers, boxes, strict=True):
        left, top, right, bottom = box
        reach = soft if number < 2 else _NUMBER / camera.scale
        value = (links[link_id], number)
        things["line", link_id] = (value, grown((left, top, right, bottom), reach))
    things.update(_cards(renderer, view))
    things.update(_around_cards(renderer, view))
    if view.level == "near":
        things.update(_labels(renderer, view))
    ground = (renderer.scene.bands, dashed, view)
    return Stock(ground, things)


def _cards(renderer: Renderer, view: View) -> Iterator[Entry]:
    painter, camera = renderer.card_painter, view.camera
    names = painter.names(camera, view.area, view.hidden[0], view.level)
    near = view.level == "near"
    stamps = painter.stamps(names, camera.scale, view.ratio, near=near)
    has_blocks = any(stamp is None for stamp in stamps)
    captions = painter.captions.at(camera.scale) if has_blocks else {}
    for card_id, stamp in zip(names, stamps, strict=True):
        if stamp is not None:
            yield ("card", card_id), (stamp, _box_of(stamp, camera.scale * view.ratio))
            continue
        card, caption = renderer.scene.cards[card_id], captions.get(card_id)
        box = card.box
        if caption is not None:
            left, top, right, bottom = (side / camera.scale for side in caption)
            box = around([box, (left, top, right, bottom)])
        yield ("card", card_id), ((card, caption), grown(box, 2 * _SOFT / camera.scale))


def _around_cards(renderer: Renderer, view: View) -> Iterator[Entry]:
    """Poles, outlines and notes."""
    scene, scale = renderer.scene, view.camera.scale
    for card_id in renderer.poles.boxes.names_within(view.area):
        card = scene.cards[card_id]
        if card.pole is not None and card_id not in view.hidden[0]:
            yield ("pole", card_id), (card, grown(card.pole, 4 * _NUMBER + _SOFT / scale))
    for key, outline in scene.outlines.items():
        box = around([*outline.boxes, outline.title_box, name_box(outline, _NUMBER / scale)])
        yield key, (outline, grown(box, 4 * _SOFT / scale + 4 * _SOFT))
    for note in scene.notes.values():
        yield ("note", note.id), (note, grown(note.box, _NUMBER + _SOFT / scale))


def _labels(renderer: Renderer, view: View) -> Iterator[Entry]:
    scene = renderer.scene
    for link_id in renderer.labels.names_within(view.area):
        link, box = scene.links.get(link_id), scene.labels.get(link_id)
        if link is not None and box is not None and link_id not in view.hidden[1]:
            x, y = link.route.at(0.5)
            reach = around([box, (x, y, x, y)])  # a label put aside has a leader
            yield ("label", link_id), ((link, box), grown(reach, _SOFT / view.camera.scale))


def _box_of(stamp: Stamp, step: float) -> Box:
    picture, x, y = stamp
    return (
        (x - 1) / step,
        (y - 1) / step,
        (x + picture.width() + 1) / step,
        (y + picture.height() + 1) / step,
    )
