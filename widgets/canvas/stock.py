"""What a picture of the map shows, thing by thing: after an edit only what differs is drawn.

Stock is taken of the scene as it is drawn, never reckoned from an edit: whatever the edit was,
things that are equal in both lists are drawn alike. Lines, and cards that are mere blocks, are
compared as rows of numbers, thousands at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

import numpy as np

from model.drawing.boxes import around, grown
from model.drawing.outlines import name_box
from widgets.canvas.lines import LINE_ROOM
from widgets.canvas.stale import along

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from model.drawing.boxes import Box
    from model.drawing.parts import Card, Link
    from widgets.canvas.box_table import BoxTable, Indices
    from widgets.canvas.camera import Camera
    from widgets.canvas.captions import Caption
    from widgets.canvas.renderer import Renderer
    from widgets.canvas.stamps import Stamp

    PartsOf = Callable[[object], Iterable[Box]]
    Entry = tuple[tuple[str, str], tuple[object, Box]]

K = TypeVar("K")
_NUMBER = 12.0
"""Numbers on lines reach so many pixels from them."""
_SOFT = 3.0
"""Soft edges and outlines reach so many pixels out of a box."""
_MOST_CARDS = 700
"""Of more cards in some detail no stock is taken: they are as quickly drawn."""
_NUMBERS = 1 << 20
"""More lines than this are never one."""
_MOST_COMPARED = 500
_MOST_OTHER = 2000
_MOST_IN_PARTS = 64
"""The boxes of so many lines are taken along them, of more around them."""


class View(NamedTuple):
    """What a picture was drawn for."""

    camera: Camera
    area: Box
    ratio: float
    level: str
    hidden: tuple[frozenset[str], frozenset[str]]


class Rows(NamedTuple):
    """Rows of a table that a view shows: what each depends on, and its box on the map."""

    rows: Indices
    states: NDArray[np.int64]
    boxes: NDArray[np.float64]
    numbers: NDArray[np.int64]
    ids: list[str]
    things: Mapping[str, object]

    def differing(
        self, later: Rows, reach: float, parts_of: PartsOf | None = None
    ) -> list[Box] | None:
        """The boxes of rows that are not the same in both, so much larger on every side.

        None where so many are not that all is as quickly drawn.

        Args:
            later: the other rows.
            reach: how much larger.
            parts_of: gives of a thing several smaller boxes; asked when there are few.
        """
        size = 1 + max((int(one.rows[-1]) for one in (self, later) if len(one.rows)), default=-1)
        before, after = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        before[self.rows], after[later.rows] = self.states, later.states
        other = before != after
        before[self.rows], after[later.rows] = 1 + self.numbers, 1 + later.numbers
        same = np.nonzero(other & (before == after))[0].tolist()
        # What was changed and changed back is another row, but the same thing.
        back = [row for row in same[:_MOST_COMPARED] if self.thing(row) == later.thing(row)]
        other[back] = False
        if np.count_nonzero(other) > _MOST_OTHER:
            return None
        if parts_of is not None and np.count_nonzero(other) <= _MOST_IN_PARTS:
            things = [
                one.thing(row)
                for one in (self, later)
                for row in one.rows[other[one.rows]].tolist()
            ]
            return [grown(box, reach) for thing in things for box in parts_of(thing)]
        found = [one.boxes[other[one.rows]] for one in (self, later)]
        return [
            grown((left, top, right, bottom), reach)
            for left, top, right, bottom in np.concatenate(found).tolist()
        ]

    def thing(self, row: int) -> object:
        """What is drawn of a row."""
        return self.things[self.ids[row]]


class Stock(NamedTuple):
    """Lines and blocks as rows; stamps of cards; the rest by kind and id, each with its box.

    `ground` is what everything depends on.
    """

    ground: tuple[object, ...]
    view: View
    lines: Rows
    blocks: Rows
    stamps: Mapping[str, Stamp | None]
    captions: Mapping[str, tuple[Card, Caption]]
    things: dict[tuple[str, str], tuple[object, Box]]

    def differing(self, later: Stock) -> list[Box] | None:
        """The boxes of all that is not the same in both; None where everything may differ."""
        if self.ground != later.ground:
            return None
        scale = self.view.camera.scale
        reach = _NUMBER if self.view.level == "middle" else _SOFT
        lines = self.lines.differing(later.lines, reach / scale, self._parts_of_line)
        blocks = self.blocks.differing(later.blocks, 2 * _SOFT / scale)
        if lines is None or blocks is None:
            return None
        boxes = lines + blocks
        step = scale * self.view.ratio
        for card_id in self.stamps.keys() | later.stamps.keys():
            before, after = self.stamps.get(card_id), later.stamps.get(card_id)
            if before is not after and before != after:
                boxes += [_box_of(one, step) for one in (before, after) if one is not None]
        boxes += _different(self.things, later.things)
        for card_id in self.captions.keys() | later.captions.keys():
            one, other = self.captions.get(card_id), later.captions.get(card_id)
            if one != other:
                both = [found for found in (one, other) if found is not None]
                boxes += [_named_block(*found, scale) for found in both]
        return boxes

    def _parts_of_line(self, thing: object) -> Iterator[Box]:
        """Small boxes along a line as it is drawn, with the room that its end marks have."""
        points = cast("Link", thing).route.points
        if self.view.level == "far":
            points = (*points[:2], *points[-2:])
        left, top, right, bottom = self.view.area
        return along(points, (right - left, bottom - top), LINE_ROOM)


def _different(
    before: Mapping[K, tuple[object, Box]], after: Mapping[K, tuple[object, Box]]
) -> list[Box]:
    boxes: list[Box] = []
    for key in before.keys() | after.keys():
        one, other = before.get(key), after.get(key)
        if one is None or other is None or one != other:
            boxes += [entry[1] for entry in (one, other) if entry is not None]
    return boxes


def stock_of(renderer: Renderer, view: View) -> Stock | None:
    """What a view shows now; None where so much is shown that it is as quickly drawn."""
    camera, area = view.camera, view.area
    lines, painter = renderer.lines, renderer.card_painter
    blocks = renderer.cards.within(area)
    stamps: dict[str, Stamp | None] = {}
    captioned: set[str] | None = None
    if view.level != "far":
        names = painter.names(camera, area, view.hidden[0], view.level)
        if len(names) > _MOST_CARDS:
            return None
        near = view.level == "near"
        found = painter.stamps(names, camera.scale, view.ratio, near=near)
        stamps = dict(zip(names, found, strict=True))
        captioned = {name for name, stamp in stamps.items() if stamp is None}
        row_of = renderer.cards.row_of
        blocks = np.array(sorted(row_of[name] for name in captioned), dtype=np.intp)
    captions: dict[str, tuple[Card, Caption]] = {}
    if captioned or captioned is None:
        captions = _captions(renderer, camera.scale, captioned)
    rows = lines.shown(camera, area, view.level, view.hidden[1])
    numbers = lines.bundles.numbers()[rows] if view.level == "middle" else None
    things = dict(_around_cards(renderer, view))
    if view.level == "near":
        things.update(_labels(renderer, view))
    ground = (renderer.scene.bands, lines.manner(camera, area, view.level), view)
    line_rows = _rows(lines.boxes, rows, renderer.scene.links, numbers)
    return Stock(
        ground,
        view,
        line_rows,
        _rows(renderer.cards, blocks, renderer.scene.cards),
        stamps,
        captions,
        things,
    )


def _rows(
    table: BoxTable,
    rows: Indices,
    things: Mapping[str, object],
    numbers: NDArray[np.intp] | None = None,
) -> Rows:
    shown = np.zeros(len(rows), dtype=np.int64) if numbers is None else numbers
    # Versions are far fewer than would not leave room for the numbers.
    states = table.versions[rows] * _NUMBERS + shown
    return Rows(rows, states, table.boxes[rows], shown, list(table.ids), dict(things))


def _captions(
    renderer: Renderer, scale: float, wanted: set[str] | None
) -> dict[str, tuple[Card, Caption]]:
    """Captions of blocks with their cards: of the whole map, or of some cards."""
    cards, captions = renderer.scene.cards, renderer.card_painter.captions.at(scale)
    return {
        card_id: (cards[card_id], caption)
        for card_id, caption in captions.items()
        if wanted is None or card_id in wanted
    }


def _named_block(card: Card, caption: Caption, scale: float) -> Box:
    """What a block and its caption, which covers it, take of the map."""
    left, top, right, bottom = caption.box
    named = (left / scale, top / scale, right / scale, bottom / scale)
    return grown(around([named, card.box]), 2 * _SOFT / scale)


def _around_cards(renderer: Renderer, view: View) -> Iterator[Entry]:
    """Poles, outlines and notes."""
    scene, scale = renderer.scene, view.camera.scale
    for card_id in renderer.poles.boxes.names_within(view.area):
        card = scene.cards[card_id]
        if card.pole is not None and card_id not in view.hidden[0]:
            yield ("pole", card_id), (card, grown(card.pole, 4 * _NUMBER + _SOFT / scale))
    if view.level != "far":
        for key, outline in scene.outlines.items():
            box = around([*outline.boxes, outline.title_box, name_box(outline, _NUMBER / scale)])
            yield key, (outline, grown(box, 4 * _SOFT / scale + 4 * _SOFT))
    for note in scene.notes.values():
        yield ("note", note.id), (note, grown(note.box, _NUMBER + _SOFT / scale))


def _labels(renderer: Renderer, view: View) -> Iterator[Entry]:
    scene, reaches = renderer.scene, renderer.label_reaches
    rows = reaches.within(view.area)
    for link_id, reach in zip(reaches.names(rows), reaches.boxes[rows].tolist(), strict=True):
        link, box = scene.links.get(link_id), scene.labels.get(link_id)
        if link is not None and box is not None and link_id not in view.hidden[1]:
            yield ("label", link_id), ((link, box), grown(tuple(reach), _SOFT / view.camera.scale))


def _box_of(stamp: Stamp, step: float) -> Box:
    picture, x, y = stamp
    return (
        (x - 1) / step,
        (y - 1) / step,
        (x + picture.width() + 1) / step,
        (y + picture.height() + 1) / step,
    )
