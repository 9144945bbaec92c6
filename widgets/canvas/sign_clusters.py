"""Signs on a map seen from afar: one for all cards that lie close together, with their number.

Cards that are mere blocks have no room for signs of their own. Which cards share a sign is reckoned
for the whole map at a scale, and a sign keeps its place when the map is panned.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.analysis.finding import SEVERITIES
from model.drawing.boxes import Box, BoxGrid, grown, overlap
from widgets.canvas.renderer import level_of
from widgets.canvas.shown_boxes import scaled
from widgets.canvas.sign_pictures import sign_width
from widgets.canvas.sign_places import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from model.analysis.finding import Finding, Target
    from widgets.canvas.view import MapView

_APART_FROM = 0.25
"""From this scale on every card has a sign of its own, however many there are."""
_FEW, _FEW_APART_FROM = 700, 0.145
"""The same, for a map with no more cards than this."""
SIZE = 12.0
"""Height of a shared sign."""
_CELL = 72.0
"""Pixels of the squares whose cards share a sign."""
_AROUND = 2 * _CELL
_MEMBERS = 6
"""At so many of its cards a place for a shared sign is looked for."""
_STEP = 6.0
"""Steps in pixels in which a place off the cards is looked for, when names lie on all of them."""
_REACH = int(_CELL / _STEP)
_AROUND_IT = sorted(
    (
        (_STEP * across, _STEP * upright)
        for across in range(-_REACH, _REACH + 1)
        for upright in range(-_REACH, _REACH + 1)
    ),
    key=lambda step: math.hypot(*step),
)


class Cluster(NamedTuple):
    """Cards that share a sign, the one with the gravest finding first."""

    keys: tuple[Target, ...]

    @property
    def width(self) -> float:
        """The width of the sign, its number included."""
        return sign_width(SIZE / 2 + 1, len(self.keys))


class SignClusters:
    """Where the shared signs of one view lie."""

    def __init__(self, view: MapView) -> None:
        """Reckon nothing before it is asked for."""
        self._view = view
        self._scale = 0.0
        self._clusters: list[Cluster] = []
        self._middles = np.empty((0, 2))
        self._spots: dict[int, tuple[float, float]] = {}
        self._taken: BoxGrid[int] = BoxGrid()

    @property
    def are_shown(self) -> bool:
        """Whether cards share signs at the scale of the view."""
        scale = self._view.camera.scale
        few = len(self._view.scene.cards) <= _FEW
        return scale < (_FEW_APART_FROM if few else _APART_FROM)

    def forget(self) -> None:
        """What lies on the map, or what is found about it, has changed."""
        self._scale = 0.0

    def find(
        self, found: Mapping[Target, tuple[Finding, ...]]
    ) -> list[tuple[Cluster, tuple[float, float]]]:
        """The shared signs in view, each with its middle in pixels of the view."""
        view, scale = self._view, self._view.camera.scale
        if self._scale != scale and (self._scale == 0.0 or view.frame.shows(view.camera)):
            self._gather(found, scale)
        stretched = scale / self._scale
        left, top = view.camera.left * scale, view.camera.top * scale
        seen = self._middles * stretched - (left, top)
        low, high = -_CELL, np.array([view.width(), view.height()]) + _CELL
        rows = np.nonzero(((seen > low) & (seen < high)).all(axis=1))[0].tolist()
        missing = [row for row in rows if row not in self._spots]
        if missing:
            self._place(missing)
        return [
            (
                self._clusters[row],
                (self._spots[row][0] * stretched - left, self._spots[row][1] * stretched - top),
            )
            for row in rows
        ]

    def _gather(self, found: Mapping[Target, tuple[Finding, ...]], scale: float) -> None:
        """Find out which cards share a sign."""
        cards = self._view.renderer.cards
        self._scale = scale
        self._spots, self._taken = {}, BoxGrid()
        ranks = {severity: at for at, severity in enumerate(SEVERITIES)}
        keys = [key for key in found if key[0] != "linkages" and key[1] in cards.row_of]
        keys.sort(key=lambda key: ranks[found[key][0].severity])
        boxes = cards.boxes[[cards.row_of[key[1]] for key in keys]].reshape(-1, 4)
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2 * scale
        members: dict[tuple[float, float], list[int]] = {}
        for at, (column, line) in enumerate(np.floor(middles / _CELL).tolist()):
            members.setdefault((column, line), []).append(at)
        self._clusters = [Cluster(tuple(keys[at] for at in one)) for one in members.values()]
        self._middles = middles[[one[0] for one in members.values()]].reshape(-1, 2)

    def _place(self, rows: list[int]) -> None:
        """Find places for shared signs, off the names of cards and off one another."""
        scale, words = self._scale, self._words(rows)
        for row in rows:
            wide, high = self._clusters[row].width / 2, SIZE / 2 + 1
            least, chosen = math.inf, (0.0, 0.0, 0.0, 0.0)
            for x, y in self._spots_of(self._clusters[row], scale):
                box = (x - wide, y - high, x + wide, y + high)
                covered = self._covered(words, box)
                if covered < least:
                    least, self._spots[row], chosen = covered, (x, y), box
                if not covered:
                    break
            self._taken.put(row, chosen)

    def _covered(self, words: BoxGrid[int], box: Box) -> float:
        """How much of names and other signs lies in a box; that of signs counts more."""
        names = sum(_shared(box, other) for other in words.near(box).values())
        return names + 4 * sum(_shared(box, other) for other in self._taken.near(box).values())

    def _words(self, rows: list[int]) -> BoxGrid[int]:
        """The words of all cards around these signs."""
        view, scale = self._view, self._scale
        middles = self._middles[rows]
        hull = (*middles.min(axis=0).tolist(), *middles.max(axis=0).tolist())
        around_them = grown(hull, _AROUND)
        if level_of(scale) == "far":
            captions = view.renderer.card_painter.captions.at(scale).values()
            words = [one.words_box for one in captions if overlap(one.box, around_them)]
        else:
            table = view.renderer.cards
            near = table.within(scaled(around_them, 1 / scale))
            cards = [view.scene.cards[name] for name in table.names(near)]
            words, _ = words_of(view, cards, near.tolist())
        grid: BoxGrid[int] = BoxGrid()
        for at, box in enumerate(words):
            grid.put(at, box)
        return grid

    def _spots_of(self, cluster: Cluster, scale: float) -> Iterator[tuple[float, float]]:
        """Where a shared sign may lie: on one of its cards, at its corners, then further off."""
        cards = [self._view.scene.cards[key[1]] for key in cluster.keys[:_MEMBERS]]
        boxes = [scaled(card.box, scale) for card in cards]
        for left, top, right, bottom in boxes:
            yield left, top
            yield left, bottom
            yield right, top
            yield right, bottom
        x, y = (boxes[0][0] + boxes[0][2]) / 2, (boxes[0][1] + boxes[0][3]) / 2
        # The sign stands for all cards of its square, so anywhere about there is right.
        yield from ((x + across, y + upright) for across, upright in _AROUND_IT)


def _shared(one: Box, other: Box) -> float:
    """The area that two boxes share."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)
