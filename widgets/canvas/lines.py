"""The lines of the map and their end marks, drawn a whole kind at a time from kept arrays."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtGui import QPainter, QPen

from model.drawing.boxes import grown
from model.drawing.linkage import link_look
from widgets.canvas.box_table import BoxTable
from widgets.canvas.bundles import Bundles
from widgets.canvas.heads import Heads
from widgets.canvas.piece_pool import PiecePool
from widgets.canvas.strokes import plain_pen, qt_colour, showing
from widgets.common.dashes import draw_pieces, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from model.drawing.boxes import Box
    from model.drawing.linkage import LinkContent, LinkLook
    from model.drawing.parts import Link
    from model.drawing.primitives import Stroke
    from model.drawing.scene import MapScene
    from model.drawing.style import StyleSheet
    from widgets.canvas.box_table import Indices
    from widgets.canvas.camera import Camera
    from widgets.common.dashes import Pieces

LINE_ROOM = 8.0
"""How far the box of a line in the table reaches beyond the line: arrow heads have room in it."""
_DASHES_FROM = 0.36
"""Below this scale dashes and arrow heads would be smaller than a pixel."""
_COUNTS_FROM = 0.2
"""Below this scale there is no room for numbers on lines."""
_DASHED_LIMIT = 1200
"""More visible lines than this are drawn solid and without heads."""
_SOFT_LIMIT = 4000
"""More visible hairlines than this are drawn without soft edges."""
_HEAD_ROOM = 40.0
"""No end mark reaches further from the end of its line, in project units."""
_FINE = 1.25
"""Lines narrower than so many pixels are drawn one pixel wide."""
_MOST_POOLS = 4
"""For so many lengths of dashes the pieces of lines are kept."""


class Kind(NamedTuple):
    """What all lines that are drawn in one go have in common."""

    look: LinkLook
    is_current: bool
    is_apart: bool


class Manner(NamedTuple):
    """How the lines of a picture are drawn: with dashes and end marks, with soft edges."""

    dashed: bool
    soft: bool


class LineCount(NamedTuple):
    """A number on a line that stands for several."""

    middle: tuple[float, float]
    number: int
    ink: str


class Lines:
    """The lines of one scene in one style; keeps arrays in step with it."""

    def __init__(self, scene: MapScene, style: StyleSheet) -> None:
        """Start without lines."""
        self._scene, self._style = scene, style
        self.boxes = BoxTable(extra=4)
        self.bundles = Bundles(scene, self.boxes)
        self._heads = Heads(style)
        self._pools: dict[float, PiecePool] = {}
        self._kinds: list[Kind] = []
        self._kind_of: dict[LinkContent, int] = {}
        self._ranks = np.empty(0, dtype=np.intp)
        self._codes = np.empty(0, dtype=np.intp)
        self._drawn: dict[str, Link] = {}

    def look(self, content: LinkContent) -> LinkLook:
        """The look of a linkage, kept."""
        return self._kinds[self._code(content)].look

    def reload(self) -> None:
        """Take over all lines anew."""
        links = self._scene.links
        self.boxes.replace_all((i, *_line_row(link)) for i, link in links.items())
        codes = [self._code(link.content) for link in links.values()]
        self._codes = np.array(codes, dtype=np.intp)
        self._pools.clear()
        self._drawn = dict(links)
        self._heads.forget(None)
        self.bundles.forget()

    def follow(self, link_ids: Iterable[str]) -> None:
        """These lines came, went or have changed; what a filter hides and gives back is kept."""
        ids = list(link_ids)
        links, linkages, drawn = self._scene.links, self._scene.tables.linkages, self._drawn
        hidden: list[str] = []
        back: list[str] = []
        other: list[str] = []
        for link_id in ids:
            link = links.get(link_id)
            if link is None and link_id in linkages:
                hidden.append(link_id)
            elif link is not None and link_id in drawn and drawn[link_id] == link:
                back.append(link_id)
            else:
                other.append(link_id)
        self.boxes.put_away(hidden)
        self.boxes.bring_back(back)
        for link_id in other:
            self._replace(link_id, links.get(link_id))
        self._heads.forget(other)
        self.bundles.follow(ids)

    def _replace(self, link_id: str, link: Link | None) -> None:
        if link is not None:
            self._put(link)
            self._drawn[link_id] = link
            for pool in self._pools.values():
                pool.forget(self.boxes.row_of[link_id])
        elif link_id in self._drawn:
            del self._drawn[link_id]
            self.boxes.remove(link_id)

    def _put(self, link: Link) -> None:
        row, code = self.boxes.put(link.id, *_line_row(link)), self._code(link.content)
        if row >= len(self._codes):
            more = np.zeros(max(64, row), dtype=np.intp)
            self._codes = np.concatenate([self._codes, more])
        self._codes[row] = code

    def _code(self, content: LinkContent) -> int:
        """The number of a kind; kinds are drawn in an order that depends on their looks alone."""
        found = self._kind_of.get(content)
        if found is None:
            state, look = content.state, link_look(content, self._style)
            kind = Kind(look, state == "current", state == "keep_apart")
            if kind in self._kinds:
                found = self._kinds.index(kind)
            else:
                found = len(self._kinds)
                self._kinds.append(kind)
                order = sorted(range(found + 1), key=lambda at: _rank(self._kinds[at]))
                self._ranks = np.argsort(np.array(order, dtype=np.intp))
            self._kind_of[content] = found
        return found

    # drawing

    def draw(
        self,
        painter: QPainter,
        camera: Camera,
        area: Box,
        level: str,
        ratio: float,
        hidden: frozenset[str],
        manner: Manner | None = None,
    ) -> list[LineCount]:
        """Draw lines and end marks in map units; returns the numbers to draw on some of them.

        A part of a picture is drawn in the `manner` of the whole.
        """
        manner = self.manner(camera, area, level) if manner is None else manner
        rows = self.shown(camera, area, level, hidden)
        if level == "far":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, manner.soft)
            self._hairlines(painter, rows)
            return []
        rows = rows[np.argsort(self._ranks[self._codes[rows]], kind="stable")]
        stretch = dash_stretch(camera.scale, level)
        current, apart = self._flags(rows)
        margin = (area[0] - 3, area[1] - 3, area[2] + 3, area[3] + 3)
        pixel = 1.0 / (camera.scale * ratio)
        if manner.dashed:
            self._strokes(painter, rows, stretch, margin, pixel)
        else:
            self._strokes(painter, rows[current], 0.0, margin, pixel)
            self._strokes(painter, rows[~current], stretch, margin, pixel)
        marked = self._marked(rows, area, apart, alone=not manner.dashed)
        self._heads.draw(painter, self._by_look(marked))
        numbered = level == "middle" and camera.scale >= _COUNTS_FROM
        return list(self._counts(rows, _wide(area, camera))) if numbered else []

    def manner(self, camera: Camera, area: Box, level: str) -> Manner:
        """How lines are drawn that so many others are in view with."""
        count = len(self._in_view(camera, area, level))
        dashed = camera.scale >= _DASHES_FROM and count <= _DASHED_LIMIT
        return Manner(dashed, count <= _SOFT_LIMIT)

    def shown(self, camera: Camera, area: Box, level: str, hidden: frozenset[str]) -> Indices:
        """The rows of the lines that are drawn of an area."""
        rows = self._without(self._in_view(camera, area, level), hidden)
        if level == "middle":
            rows = rows[self.bundles.numbers()[rows] > 0]
        return rows

    def _in_view(self, camera: Camera, area: Box, level: str) -> Indices:
        return self.boxes.within(_wide(area, camera) if level == "middle" else area)

    def _without(self, rows: Indices, hidden: frozenset[str]) -> Indices:
        if not hidden:
            return rows
        row_of = self.boxes.row_of
        gone = np.array([row_of[i] for i in hidden if i in row_of], dtype=np.intp)
        kept: Indices = np.setdiff1d(rows, gone, assume_unique=True)
        return kept

    def _flags(self, rows: Indices) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which of some lines are simply there, and which are to be kept apart."""
        flags = np.array([kind[1:] for kind in self._kinds], dtype=bool).reshape(-1, 2)
        found = flags[self._codes[rows]]
        return found[:, 0], found[:, 1]

    def _strokes(
        self, painter: QPainter, rows: Indices, stretch: float, margin: Box, pixel: float
    ) -> None:
        """Draw lines that are in the order of their kinds, each at least a pixel wide."""
        if not len(rows):
            return
        found, counts = self._pieces(rows, stretch)
        codes = np.repeat(self._codes[rows], counts)
        shown = showing(found, margin)
        found, codes = found.compress(shown, axis=0), codes.compress(shown)
        for code, part in _runs(codes):
            painter.setPen(_pen(self._kinds[code].look.stroke, pixel))
            draw_pieces(painter, found[part])

    def draw_moved(
        self, painter: QPainter, links: Sequence[Link], camera: Camera, level: str, ratio: float
    ) -> None:
        """Draw lines while they are moved, with their end marks, in map units."""
        alike: dict[LinkLook, list[Link]] = {}
        for link in links:
            alike.setdefault(self.look(link.content), []).append(link)
        stretch, pixel = dash_stretch(camera.scale, level), 1.0 / (camera.scale * ratio)
        for look, members in alike.items():
            painter.setPen(_pen(look.stroke, pixel))
            dash = tuple(length * stretch for length in look.stroke.dash)
            ways = [link.route.points for link in members]
            if level == "far":
                ways = [(*points[:2], *points[-2:]) for points in ways]
            draw_pieces(painter, pieces_of(ways, dash)[0])
        Heads(self._style).draw(painter, alike.items())

    def _pieces(self, rows: Indices, stretch: float) -> tuple[Pieces, NDArray[np.intp]]:
        """Pieces of lines, dashes so many times as long as near by; 0 for solid lines."""
        pool = self._pools.get(stretch)
        if pool is None:
            while len(self._pools) >= _MOST_POOLS:
                self._pools.pop(next(iter(self._pools)))
            pool = self._pools[stretch] = PiecePool()
        missing: dict[tuple[float, ...], list[int]] = {}
        for row in pool.missing(rows):
            dash = self._kinds[self._codes[row]].look.stroke.dash if stretch else ()
            missing.setdefault(tuple(length * stretch for length in dash), []).append(row)
        for dash, group in missing.items():
            links = [self._scene.links[self.boxes.ids[row]] for row in group]
            pool.put(group, *pieces_of([link.route.points for link in links], dash))
        return pool.of(rows)

    def solid(self, rows: Indices) -> Pieces:
        """The pieces of lines without their dashes."""
        return self._pieces(rows, 0.0)[0]

    def _marked(
        self, rows: Indices, area: Box, apart: NDArray[np.bool_], *, alone: bool
    ) -> Indices:
        """The lines whose end marks may show, from top to bottom: by where lines end.

        Barriers stand on the line and count in any case; they are `alone` from afar.
        """
        ends = self.boxes.extra[rows, 2:]
        left, top, right, bottom = grown(area, _HEAD_ROOM)
        shows = (ends[:, 0] >= left) & (ends[:, 0] <= right)
        shows &= (ends[:, 1] >= top) & (ends[:, 1] <= bottom)
        shows = apart if alone else apart | shows
        found: Indices = rows[shows][np.argsort(ends[shows, 1], kind="stable")]
        return found

    def _by_look(self, rows: Indices) -> Iterator[tuple[LinkLook, list[Link]]]:
        """Lines look by look in the order in which lines are drawn, else as they come."""
        ids, links = self.boxes.ids, self._scene.links
        codes = self._codes[rows]
        order = np.argsort(self._ranks[codes], kind="stable")
        in_order = rows[order].tolist()
        for code, part in _runs(codes[order]):
            yield self._kinds[code].look, [links[ids[row]] for row in in_order[part]]

    def _counts(self, rows: Indices, area: Box) -> Iterator[LineCount]:
        rows = rows[self.bundles.numbers()[rows] > 1]
        middles = self.bundles.middles(rows)
        x, y = middles[:, 0], middles[:, 1]
        within = (x > area[0]) & (x < area[2]) & (y > area[1]) & (y < area[3])
        rows = rows[within]
        numbers, codes = self.bundles.numbers()[rows].tolist(), self._codes[rows].tolist()
        for middle, number, code in zip(middles[within].tolist(), numbers, codes, strict=True):
            yield LineCount((middle[0], middle[1]), number, self._kinds[code].look.ink)

    def _hairlines(self, painter: QPainter, rows: Indices) -> None:
        pieces = self.boxes.extra[rows]
        for colour, chosen in self.by_colour(rows).items():
            painter.setPen(QPen(qt_colour(colour + "99"), 0))
            draw_pieces(painter, pieces[chosen])

    def by_colour(self, rows: Indices) -> dict[str, NDArray[np.bool_]]:
        """Which of some lines have each colour, in the order in which colours are drawn."""
        colours = [kind.look.stroke.colour for kind in self._kinds]
        names = sorted(set(colours))
        numbers = np.array([names.index(colour) for colour in colours], dtype=np.intp)
        found = numbers[self._codes[rows]]
        return {colour: found == number for number, colour in enumerate(names)}


def _rank(kind: Kind) -> tuple[object, ...]:
    """Where a kind comes when lines are drawn; what is to be kept apart lies on top."""
    stroke = kind.look.stroke
    return (
        kind.is_apart,
        not kind.is_current,
        stroke.colour,
        stroke.width,
        stroke.dash,
        kind.look.ink,
        kind.look.marker,
        kind.look.icon,
    )


def _runs(codes: Indices) -> Iterator[tuple[int, slice]]:
    """Where each of the numbers stands that follow one another."""
    bounds = [0, *(np.nonzero(np.diff(codes))[0] + 1).tolist(), len(codes)]
    for start, end in pairwise(bounds):
        if end > start:
            yield int(codes[start]), slice(start, end)


def dash_stretch(scale: float, level: str) -> float:
    """From afar dashes keep the length that they have on paper, or they would be specks."""
    return 1.0 if level == "near" else math.ceil(4.0 / scale) / 4.0


def _pen(stroke: Stroke, pixel: float) -> QPen:
    """Qt draws lines of exactly one pixel in half the time."""
    return plain_pen(stroke, 0.0 if stroke.width < _FINE * pixel else stroke.width)


def _wide(area: Box, camera: Camera) -> Box:
    """Numbers on lines are a little wider than the lines."""
    return grown(area, 12.0 / camera.scale)


def _line_row(link: Link) -> tuple[Box, tuple[float, ...]]:
    points = link.route.points
    left, top, right, bottom = link.route.box()
    return grown((left, top, right, bottom), LINE_ROOM), (*points[:2], *points[-2:])
