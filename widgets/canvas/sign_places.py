"""Where signs lie on the map: at a corner of a card or on a line, never over the words of a card.

A sign lies over the upper left corner of a card, where the card's symbol is and no words are, so
that it is plain whose sign it is; over the lower left one where it would lie on words, a label or
the name of a group. Where neither is free it juts out of another corner, and where little room is
it is smaller. Every card shows its sign: at worst one sign is counted with another that lies there.
Places are reckoned for what lies around the view, so that they stay when the map is panned; while
the picture is only stretched, signs keep to the corners they have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.drawing.boxes import Box, BoxGrid, around, grown
from model.drawing.link_labels import RELABEL_LIMIT
from model.drawing.outlines import name_box
from model.drawing.words import card_words, plate_words
from widgets.canvas.pictures import COUNT_HEIGHT
from widgets.canvas.renderer import NAME_PX, NEAR, level_of
from widgets.canvas.shown_boxes import outer_boxes, scaled, seen_boxes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from model.analysis.finding import Target
    from model.drawing.parts import Card, SceneChange
    from widgets.canvas.view import MapView

    Numbers = NDArray[np.float64]
    Rows = NDArray[np.intp]
    Spot = tuple[float, float]

CORNERS = ("symbol", "low symbol", "top left", "bottom left", "top right", "bottom right")
_ON_CARD = ("symbol", "low symbol")
"""These corners lie on the card itself, where other cards near by are not in the way."""
_AROUND = 96.0
"""What lies so many pixels outside the view may be in the way of a sign within it."""
_OUT = 0.4
"""How far outside the corner the middle of a sign lies, in its radii: it still lies on the card."""
_RIM = 1.0
"""The rim of a sign may touch words where there is no other room."""
_LABEL_ENDS = (0, 2)
"""The sides of a label's box at which a sign may lie."""
_APART = 0.9
"""Signs may touch, but not cover, one another: so many of their radii belong to each alone."""
_NO_ONE, _OF_LINES = -1, -2
"""Owners that are no cards: of labels and names, which are in the way of all, and of lines."""


class Sign(NamedTuple):
    """The middle of a sign and its radius, with the rim around it, in pixels."""

    x: float
    y: float
    radius: float

    def moved(self, dx: float, dy: float) -> Sign:
        """The sign so much further right and lower."""
        return Sign(self.x + dx, self.y + dy, self.radius)

    @property
    def own(self) -> Box:
        """What belongs to this sign alone."""
        return grown((self.x, self.y, self.x, self.y), _APART * self.radius)


class Obstacles(NamedTuple):
    """Boxes in pixels of the whole map at a scale, each with the row of the card it belongs to."""

    boxes: Numbers
    owners: Rows

    def hit(self, discs: Numbers, owners: Rows | None = None) -> NDArray[np.bool_]:
        """Which discs (x, y, radius) lie on an obstacle; not counting their owner's, if given."""
        if not len(self.boxes):
            return np.zeros(len(discs), dtype=bool)
        x, y, radius = discs[:, 0, None], discs[:, 1, None], discs[:, 2, None]
        left, top, right, bottom = self.boxes.T
        across = np.maximum(np.maximum(left - x, x - right), 0.0)
        upright = np.maximum(np.maximum(top - y, y - bottom), 0.0)
        found = across * across + upright * upright < radius * radius
        if owners is not None:
            found &= owners[:, None] != self.owners[None, :]
        return np.asarray(found.any(axis=1))

    def of_no_card(self) -> Obstacles:
        """Labels and names only."""
        free_of = self.owners == _NO_ONE
        return Obstacles(self.boxes[free_of], self.owners[free_of])


class _Try(NamedTuple):
    """One place to be tried for signs, in one size, and what must be free there."""

    at: int
    radius: float
    spot: Callable[[Target], Spot]
    taken: Callable[[Numbers, Rows], NDArray[np.bool_]]


class SignPlaces:
    """Where the signs of one kind lie on a view."""

    def __init__(
        self,
        view: MapView,
        radii: Sequence[float],
        corners: Sequence[str],
        along: Sequence[float],
    ) -> None:
        """Try these sizes, corners of cards, and shares of the way along lines, in this order."""
        self._view = view
        self._radii, self._corners, self._along = radii, corners, along
        self._scale = 0.0
        self._found: dict[Target, Sign | None] = {}
        self._corner: dict[Target, tuple[int, float]] = {}
        self._joined: dict[Target, Target] = {}
        self._signs: BoxGrid[Target] = BoxGrid()
        self._stale: list[SceneChange] = []
        self._boxes: list[Box] = []

    def forget(self) -> None:
        """What lies on the map has changed."""
        self._scale = 0.0
        self._stale.clear()
        self._boxes.clear()

    def follow(self, change: SceneChange, boxes: Sequence[Box] | None) -> None:
        """Something has changed on the map: cards in these boxes, or very many.

        With few linkages every label may move then, and all signs are placed anew; with many, those
        near what has changed.
        """
        if change.everything or boxes is None or len(self._view.scene.links) <= RELABEL_LIMIT:
            self.forget()
        else:
            self._stale.append(change)
            self._boxes += boxes

    def joined(self, key: Target) -> Target | None:
        """The other card whose sign stands for this card's, too, where there is no room for two."""
        return self._joined.get(key)

    def find(self, keys: Iterable[Target]) -> dict[Target, Sign | None]:
        """Signs in pixels of the view; None on lines where nothing is free."""
        view, keys = self._view, list(keys)
        scale = view.camera.scale
        if view.frame.shows(view.camera):
            if scale != self._scale:
                self._scale = scale
                self._found.clear()
                self._joined.clear()
                self._signs = BoxGrid()
            elif self._stale:
                self._take_back()
            self._stale.clear()
            self._boxes.clear()
            missing = [key for key in keys if key not in self._found]
            if missing:
                self._settle(missing)
            found = {key: self._found.get(key) for key in keys}
        else:
            found = {key: self._roughly(key) for key in keys}
        dx, dy = -view.camera.left * scale, -view.camera.top * scale
        return {key: None if sign is None else sign.moved(dx, dy) for key, sign in found.items()}

    def _roughly(self, key: Target) -> Sign | None:
        """Where a sign lies while the picture is stretched: at the corner where it was."""
        scene, scale = self._view.scene, self._view.camera.scale
        at, radius = self._corner.get(key, (0, self._radii[0]))
        if at < 0:
            return None
        card = scene.cards.get(key[1]) if key[0] != "linkages" else None
        if card is not None:
            x, y = _at_corner(scaled(card.box, scale), self._corners[at], radius)
            return Sign(x, y, radius)
        link = scene.links.get(key[1])
        if link is None:
            return None
        if at >= len(self._along):
            x, y = _at_label(self._view, _LABEL_ENDS[at - len(self._along)])(key)
            return Sign(x, y, radius)
        x, y = link.route.at(self._along[at])
        return Sign(x * scale, y * scale, radius)

    def _take_back(self) -> None:
        """Signs of what has changed, and those near it, lose their places."""
        scene, scale = self._view.scene, self._scale
        actors = frozenset().union(*(change.cards for change in self._stale))
        links = frozenset().union(*(change.links for change in self._stale))
        boxes = self._boxes + [box for i in links if (box := scene.labels.get(i)) is not None]
        for x, y in (scene.links[i].route.at(0.5) for i in links if i in scene.links):
            boxes.append((x, y, x, y))  # a number may stand there
        near = [grown(scaled(box, scale), _AROUND) for box in boxes]
        gone = {key for box in near for key in self._signs.near(box)}
        gone |= {key for key in self._found if key[1] in (links if _is_line(key) else actors)}
        gone |= {key for key, sign in self._found.items() if sign is None}
        # A sign that another one stands for goes with it.
        gone |= {key for key, other in self._joined.items() if other in gone}
        for key in gone:
            self._found.pop(key, None)
            self._joined.pop(key, None)
            self._signs.remove(key)

    def _settle(self, keys: Sequence[Target]) -> None:
        """Find places for signs that have none at this scale."""
        scene = self._view.scene
        cards = [key for key in keys if key[0] != "linkages" and key[1] in scene.cards]
        links = [key for key in keys if key[0] == "linkages" and key[1] in scene.links]
        for key in keys:
            self._found[key] = None
        words, others = self._surroundings(cards, links)
        if cards:
            shown = [scene.cards[i] for _, i in cards]
            boxes = seen_boxes(self._view.renderer, shown, self._view.camera.scale)
            outer = dict(zip(cards, boxes, strict=True))
            rows = self._view.renderer.cards.row_of
            owners = np.array([rows.get(i, _NO_ONE) for _, i in cards], dtype=np.intp)
            left = self._choose(cards, self._on_cards(outer, words, others), owners)
            for key in left:
                self._join(key, outer[key])
        if links:
            nobody = np.full(len(links), _OF_LINES, dtype=np.intp)
            others = self._with_signs(others)
            for key in self._choose(links, self._on_lines(words, others), nobody):
                self._corner[key] = (-1, 0.0)

    def _on_cards(
        self, outer: dict[Target, Box], words: Obstacles, others: Obstacles
    ) -> Iterator[_Try]:
        """Where the sign of a card may lie: where nothing is, smaller, or at least on no words."""
        labels, least = others.of_no_card(), self._radii[-1]

        def on_card(discs: Numbers, _: Rows) -> NDArray[np.bool_]:
            return words.hit(discs) | labels.hit(discs)

        def beside(discs: Numbers, owners: Rows) -> NDArray[np.bool_]:
            return words.hit(discs) | others.hit(discs, owners)

        def on_no_words(discs: Numbers, _: Rows) -> NDArray[np.bool_]:
            return words.hit(discs)

        def on_no_words_of_others(discs: Numbers, owners: Rows) -> NDArray[np.bool_]:
            return words.hit(discs - (0.0, 0.0, _RIM), owners)

        for radius in self._radii:
            for at, name in enumerate(self._corners):
                taken = on_card if name in _ON_CARD else beside
                yield _Try(at, radius, _corner_of(outer, name, radius), taken)
        for taken in (on_no_words, on_no_words_of_others):
            for at, name in enumerate(self._corners):
                yield _Try(at, least, _corner_of(outer, name, least), taken)

    def _on_lines(self, words: Obstacles, others: Obstacles) -> Iterator[_Try]:
        """Where the sign of a line may lie.

        A sign that has no room on its line goes to an end of its label, where no words are, before
        it goes anywhere on the line.
        """
        radius = self._radii[0]
        ways = [_along_line(self._view, share) for share in self._along]
        ways += [_at_label(self._view, end) for end in _LABEL_ENDS]
        numbered, along = list(enumerate(ways)), len(self._along)

        def taken(discs: Numbers, owners: Rows) -> NDArray[np.bool_]:
            return words.hit(discs) | others.hit(discs, owners)

        def loosely(discs: Numbers, _: Rows) -> NDArray[np.bool_]:
            return words.hit(discs)

        for at, way in numbered[:along]:
            yield _Try(at, radius, way, taken)
        for at, way in numbered[along:] + numbered[:along]:
            yield _Try(at, radius, way, loosely)

    def _choose(self, keys: Sequence[Target], tries: Iterable[_Try], owners: Rows) -> list[Target]:
        """Give each sign the first place that is free; returns those that found none."""
        waiting = np.arange(len(keys))
        for at, radius, spot, is_taken in tries:
            if not len(waiting):
                break
            discs = np.array([(*spot(keys[i]), radius) for i in waiting.tolist()])
            taken = is_taken(discs, owners[waiting])
            for row in np.nonzero(~taken)[0].tolist():
                key, (x, y, _) = keys[waiting[row]], discs[row].tolist()
                sign = Sign(x, y, radius)
                if self._signs.is_free(sign.own):
                    self._put(key, sign, at)
                else:
                    taken[row] = True
            waiting = waiting[taken]
        return [keys[i] for i in waiting.tolist()]

    def _put(self, key: Target, sign: Sign, at: int) -> None:
        self._signs.put(key, sign.own)
        self._found[key], self._corner[key] = sign, (at, sign.radius)

    def _join(self, key: Target, box: Box) -> None:
        """Count the sign of a card that has no room with one that lies there; or put it there."""
        radius = self._radii[-1]
        signs = [Sign(*_at_corner(box, name, radius), radius) for name in self._corners]
        for sign in signs:
            for other in self._signs.near(sign.own):
                if other[0] != "linkages":
                    self._joined[key] = self._joined.get(other, other)
                    self._found[key] = self._found[self._joined[key]]
                    self._corner[key] = self._corner[self._joined[key]]
                    return
        self._put(key, signs[0], 0)

    # what is in the way

    def _with_signs(self, others: Obstacles) -> Obstacles:
        """The signs of cards are in the way of those on lines."""
        signs = [s for key, s in self._found.items() if s is not None and key[0] != "linkages"]
        boxes = _rows([grown((x, y, x, y), radius) for x, y, radius in signs])
        nobody = np.full(len(signs), _NO_ONE, dtype=np.intp)
        return Obstacles(
            np.concatenate([others.boxes, boxes]), np.concatenate([others.owners, nobody])
        )

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
            words = [captions[card.id].words_box]
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


def _is_line(key: Target) -> bool:
    return key[0] == "linkages"


def _moved(box: Box, to: Box) -> Box:
    return box[0] + to[0], box[1] + to[1], box[2] + to[0], box[3] + to[1]


def _rows(boxes: Sequence[Sequence[float]]) -> Numbers:
    return np.array(boxes, dtype=np.float64).reshape(-1, 4)
