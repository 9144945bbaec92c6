"""Places for signs on the map: at a corner of a card or on a line, never over the words of a card.

A sign lies over the upper left corner of a card, where the card's symbol is and no words are, so
that it is plain whose sign it is; over the lower left one where it would lie on words, a label or
the name of a group. Only where neither is free does it hang at the outside of another corner.
Places are reckoned for what lies around the view, so that they stay when the map is panned; while
the picture is only stretched, signs keep to the corners they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.drawing.boxes import Box, BoxGrid, around, grown
from model.drawing.outlines import name_box
from model.drawing.words import card_words, plate_words
from widgets.canvas.pictures import COUNT_HEIGHT
from widgets.canvas.renderer import NAME_PX, NEAR, level_of
from widgets.canvas.shown_boxes import outer_boxes, scaled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from model.analysis.finding import Target
    from model.drawing.parts import Card
    from widgets.canvas.view import MapView

    Numbers = NDArray[np.float64]
    Spot = tuple[float, float]

CORNERS = ("symbol", "low symbol", "top left", "bottom left", "top right", "bottom right")
_ON_SYMBOL = 2
"""So many of the corners lie on the card itself, where other cards near by are not in the way."""
_AROUND = 96.0
"""What lies so many pixels outside the view may be in the way of a sign within it."""
_OUT = 0.75
"""How far outside the corner the middle of a sign lies, in its radii."""
_LABEL_ENDS = (0, 2)
"""The sides of a label's box at which a sign may lie."""
_APART = 0.9
"""Signs may touch, but not cover, one another: so many of their radii belong to each alone."""
_NO_ONE, _OF_LINES = -1, -2
"""Owners that are no cards: of labels and names, which are in the way of all, and of lines."""


class Obstacles(NamedTuple):
    """Boxes in pixels of the whole map at a scale, each with the row of the card it belongs to."""

    boxes: Numbers
    owners: NDArray[np.intp]

    def hit(self, discs: Numbers, owners: NDArray[np.intp] | None = None) -> NDArray[np.bool_]:
        """Which of some boxes lie on an obstacle; not counting their owner's, if one is given."""
        if not len(self.boxes):
            return np.zeros(len(discs), dtype=bool)
        one, two = discs[:, None, :], self.boxes[None, :, :]
        found = (one[..., 0] < two[..., 2]) & (one[..., 2] > two[..., 0])
        found &= (one[..., 1] < two[..., 3]) & (one[..., 3] > two[..., 1])
        if owners is not None:
            found &= owners[:, None] != self.owners[None, :]
        return np.asarray(found.any(axis=1))


class SignPlaces:
    """Where the signs of one kind lie on a view."""

    def __init__(
        self, view: MapView, radius: float, corners: Sequence[str], along: Sequence[float]
    ) -> None:
        """Try these corners of cards, and these shares of the way along lines, in this order."""
        self._view = view
        self._radius = radius
        self._corners, self._along = corners, along
        self._scale = 0.0
        self._spots: dict[Target, Spot | None] = {}
        self._corner: dict[Target, int] = {}
        self._signs: BoxGrid[Target] = BoxGrid()

    def forget(self) -> None:
        """What lies on the map has changed."""
        self._scale = 0.0

    def find(self, keys: Iterable[Target]) -> dict[Target, Spot | None]:
        """The middles of signs in pixels of the view; None where nothing is free."""
        view, keys = self._view, list(keys)
        scale = view.camera.scale
        if view.frame.shows(view.camera):
            if scale != self._scale:
                self._scale = scale
                self._spots.clear()
                self._signs = BoxGrid()
            missing = [key for key in keys if key not in self._spots]
            if missing:
                self._settle(missing)
            found = {key: self._spots.get(key) for key in keys}
        else:
            found = {key: self._roughly(key) for key in keys}
        dx, dy = view.camera.left * scale, view.camera.top * scale
        return {
            key: None if spot is None else (spot[0] - dx, spot[1] - dy)
            for key, spot in found.items()
        }

    def _roughly(self, key: Target) -> Spot | None:
        """Where a sign lies while the picture is stretched: at the corner where it was."""
        scene, scale = self._view.scene, self._view.camera.scale
        at = self._corner.get(key, 0)
        if at < 0:
            return None
        card = scene.cards.get(key[1]) if key[0] != "linkages" else None
        if card is not None:
            return _at_corner(scaled(card.box, scale), self._corners[at], self._radius)
        link = scene.links.get(key[1])
        if link is None:
            return None
        if at >= len(self._along):
            return _at_label(self._view, _LABEL_ENDS[at - len(self._along)])(key)
        x, y = link.route.at(self._along[at])
        return x * scale, y * scale

    def _settle(self, keys: Sequence[Target]) -> None:
        """Find places for signs that have none at this scale."""
        scene = self._view.scene
        cards = [key for key in keys if key[0] != "linkages" and key[1] in scene.cards]
        links = [key for key in keys if key[0] == "linkages" and key[1] in scene.links]
        for key in keys:
            self._spots[key] = None
        surroundings = self._surroundings(cards, links)
        if cards:
            shown = [scene.cards[i] for _, i in cards]
            boxes = outer_boxes(self._view.renderer, shown, self._view.camera.scale)
            outer = dict(zip(cards, boxes, strict=True))
            rows = self._view.renderer.cards.row_of
            owners = np.array([rows.get(i, _NO_ONE) for _, i in cards], dtype=np.intp)
            ways = [_corner_of(outer, name, self._radius) for name in self._corners]
            self._choose(cards, ways, surroundings, owners)
        if links:
            ways = [_along_line(self._view, share) for share in self._along]
            ways += [_at_label(self._view, end) for end in _LABEL_ENDS]
            nobody = np.full(len(links), _OF_LINES, dtype=np.intp)
            self._choose(links, ways, self._with_signs(surroundings), nobody)

    def _choose(
        self,
        keys: Sequence[Target],
        ways: Sequence[Callable[[Target], Spot]],
        surroundings: tuple[Obstacles, Obstacles],
        owners: NDArray[np.intp],
    ) -> None:
        """Give each sign the first place that is free of all, or else of words and other signs."""
        words, others = surroundings
        on_card = _ON_SYMBOL if keys[0][0] != "linkages" else 0
        free_of = others.owners == _NO_ONE
        labels = Obstacles(others.boxes[free_of], others.owners[free_of])
        waiting = np.arange(len(keys))
        for strict in (True, False):
            for at, way in self._in_order(ways, strict=strict):
                if not len(waiting):
                    return
                spots = np.array([way(keys[i]) for i in waiting.tolist()])
                discs = np.hstack([spots - self._radius, spots + self._radius])
                taken = words.hit(discs)
                if at < on_card:
                    taken |= labels.hit(discs)
                elif strict:
                    taken |= others.hit(discs, owners[waiting])
                for row in np.nonzero(~taken)[0].tolist():
                    key, (x, y) = keys[waiting[row]], spots[row].tolist()
                    disc = grown((x, y, x, y), _APART * self._radius)
                    if self._signs.is_free(disc):
                        self._signs.put(key, disc)
                        self._spots[key], self._corner[key] = (x, y), at
                    else:
                        taken[row] = True
                waiting = waiting[taken]
        for i in waiting.tolist():
            self._corner[keys[i]] = -1

    def _in_order(
        self, ways: Sequence[Callable[[Target], Spot]], *, strict: bool
    ) -> list[tuple[int, Callable[[Target], Spot]]]:
        """Which places are tried one after the other, with their numbers.

        A sign that has no room on its line goes to an end of its label, where no words are, before
        it goes anywhere on the line.
        """
        numbered, along = list(enumerate(ways)), len(self._along)
        if len(ways) != along + len(_LABEL_ENDS):
            return numbered
        return numbered[:along] if strict else numbered[along:] + numbered[:along]

    # what is in the way

    def _with_signs(self, surroundings: tuple[Obstacles, Obstacles]) -> tuple[Obstacles, Obstacles]:
        """The signs of cards are in the way of those on lines."""
        words, others = surroundings
        radius = self._radius
        spots = [s for key, s in self._spots.items() if s is not None and key[0] != "linkages"]
        boxes = [*others.boxes.tolist(), *(grown((x, y, x, y), radius) for x, y in spots)]
        owners = np.concatenate([others.owners, np.full(len(spots), _NO_ONE)])
        return words, Obstacles(_rows(boxes), owners.astype(np.intp))

    def _surroundings(
        self, cards: Sequence[Target], links: Sequence[Target]
    ) -> tuple[Obstacles, Obstacles]:
        """The words of cards, and cards, labels and names, near what gets signs now."""
        view, scene = self._view, self._view.scene
        boxes = [scene.cards[i].box for _, i in cards]
        boxes += [scene.links[i].route.box() for _, i in links]
        area = around([*boxes, view.camera.view(view.width(), view.height())])
        renderer, scale = view.renderer, view.camera.scale
        near = renderer.cards.names_within(grown(area, _AROUND / scale))
        shown = [scene.cards[i] for i in near]
        rows = np.array([renderer.cards.row_of[i] for i in near], dtype=np.intp)
        words, owners = words_of(view, shown, rows.tolist())
        outer = outer_boxes(renderer, shown, scale)
        more = self._labels(area)
        nobody = np.full(len(more), _NO_ONE, dtype=np.intp)
        return (
            Obstacles(_rows(words), np.array(owners, dtype=np.intp)),
            Obstacles(_rows([*outer, *more]), np.concatenate([rows, nobody])),
        )

    def _labels(self, area: Box) -> list[Box]:
        """Labels of lines, names of groups, numbers on lines."""
        view, scene, scale = self._view, self._view.scene, self._view.camera.scale
        if scale >= NEAR:
            found = [
                box for i in view.renderer.labels.names_within(area) if (box := scene.labels[i])
            ]
            found += [outline.title_box for outline in scene.outlines.values()]
            return [scaled(box, scale) for box in found]
        size = NAME_PX / scale
        found = [scaled(name_box(one, size), scale) for one in scene.outlines.values()]
        bundles, half = view.renderer.lines.bundles, COUNT_HEIGHT / 2
        if level_of(scale) == "middle":
            for link_id in view.renderer.links.names_within(area):
                link = scene.links[link_id]
                if not bundles.is_led(link_id) and bundles.count(link) > 1:
                    x, y = bundles.middle(link)
                    found.append(grown((x * scale, y * scale, x * scale, y * scale), half))
        return found


def _at_corner(box: Box, name: str, radius: float) -> Spot:
    """The middle of a sign at the outside of a box."""
    left, top, right, bottom = box
    out = _OUT * radius
    if name == "symbol":
        return left + 0.5, top + 0.5
    if name == "low symbol":
        return left + 0.5, bottom - 0.5
    x = right + out if "right" in name else left - out
    return x, top - out if "top" in name else bottom + out


def words_of(
    view: MapView, cards: Sequence[Card], rows: Sequence[int]
) -> tuple[list[Box], list[int]]:
    """Boxes of the words of cards as they are shown, in pixels, each with the row of its card."""
    scale, painter = view.camera.scale, view.renderer.card_painter
    level, outer = level_of(scale), outer_boxes(view.renderer, cards, scale)
    found: list[Box] = []
    owners: list[int] = []
    plates = painter.plates.of(cards, scale) if level == "middle" else [None] * len(cards)
    captions = {} if level == "near" else painter.captions.at(scale)
    for card, row, box, plate in zip(cards, rows, outer, plates, strict=True):
        words: list[Box] = []
        if level == "near":
            times = scale * card.content.grow
            words = [_moved(scaled(one, times), box) for one in card_words(card.content)]
        elif plate is not None:
            words = [_moved(one, box) for one in plate_words(plate)]
        elif card.id in captions:
            words = [captions[card.id].box]
        found += words
        owners += [row] * len(words)
    return found, owners


def _corner_of(outer: dict[Target, Box], name: str, radius: float) -> Callable[[Target], Spot]:
    return lambda key: _at_corner(outer[key], name, radius)


def _along_line(view: MapView, share: float) -> Callable[[Target], Spot]:
    def spot(key: Target) -> Spot:
        x, y = view.scene.links[key[1]].route.at(share)
        return x * view.camera.scale, y * view.camera.scale

    return spot


def _at_label(view: MapView, end: int) -> Callable[[Target], Spot]:
    """The middle of a sign at an end of a line's label; the middle of the line without a label."""

    def spot(key: Target) -> Spot:
        scale, box = view.camera.scale, view.scene.labels.get(key[1])
        if box is None or scale < NEAR:
            x, y = view.scene.links[key[1]].route.at(0.5)
            return x * scale, y * scale
        return box[end] * scale, (box[1] + box[3]) / 2 * scale

    return spot


def _moved(box: Box, to: Box) -> Box:
    return box[0] + to[0], box[1] + to[1], box[2] + to[0], box[3] + to[1]


def _rows(boxes: Sequence[Sequence[float]]) -> Numbers:
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)
