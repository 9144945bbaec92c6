"""The corners of the map, where the legend and the small map lie: over cards only if need be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from PySide6.QtCore import QRect, QTimer

from model.drawing.boxes import overlap
from widgets.canvas.overlay import STRIP
from widgets.canvas.renderer import NEAR
from widgets.canvas.shown_boxes import MOST_REACH, outer_boxes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from widgets.canvas.camera import Camera
    from widgets.canvas.view import MapView

Name = Literal["bottom left", "bottom right", "top right", "top left"]
NAMES: tuple[Name, ...] = ("bottom left", "bottom right", "top right", "top left")
EDGE = 12.0
_LEFT = STRIP + 8.0
_REST_MS = 400
_MOST_LOOKED_AT = 120
"""Of so many cards the plates are looked at; among more, one or two make no difference."""


class Corner(NamedTuple):
    """A corner, where something of a size lies in it, and how many cards that covers."""

    name: Name
    rect: QRect
    covered: int


def best_corner(
    view: MapView,
    camera: Camera,
    size: tuple[float, float],
    order: Sequence[Name] = NAMES,
    taken: Sequence[QRect] = (),
) -> Corner:
    """The corner in which something of a size covers the fewest cards; the first of the best."""
    found = [_corner(view, camera, size, name) for name in order]
    free = [one for one in found if not any(one.rect.intersects(other) for other in taken)]
    return min(free or found, key=lambda one: one.covered)


class Seat:
    """The corner that something has.

    It is kept while the map is pushed about, and chosen anew at rest or at another scale; another
    one is only taken where fewer cards are covered.
    """

    def __init__(self, view: MapView, order: Sequence[Name], at_rest: Callable[[], None]) -> None:
        """Prefer corners in this order; call back when the map has come to rest."""
        self._view = view
        self._order = order
        self._scale = 0.0
        self._name: Name | None = None
        self._rest = QTimer(view)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(at_rest)

    def moved(self) -> bool:
        """Say that the view has changed; returns whether it was only pushed."""
        scale = self._view.camera.scale
        pushed, self._scale = scale == self._scale and self._name is not None, scale
        if pushed:
            self.rest()
        return pushed

    def rest(self) -> None:
        """Call back when nothing has changed for a while."""
        self._rest.start()

    def try_for(
        self, size: tuple[float, float], taken: Sequence[QRect] = (), *, keep: bool = False
    ) -> Corner:
        """The corner that something of a size would have."""
        order = [*self._order]
        if self._name is not None:
            order = [self._name, *(name for name in order if name != self._name)]
            order = order[:1] if keep else order
        return best_corner(self._view, self._view.camera, size, order, taken)

    def sit(self, corner: Corner) -> None:
        """Take a corner."""
        self._name = corner.name

    def leave(self) -> None:
        """It is no longer shown."""
        self._name = None


def _corner(view: MapView, camera: Camera, size: tuple[float, float], name: Name) -> Corner:
    width, height = round(size[0]), round(size[1])
    x = _LEFT if "left" in name else view.width() - width - EDGE
    y = EDGE if "top" in name else view.height() - height - EDGE
    rect = QRect(round(x), round(y), width, height)
    return Corner(name, rect, covered(view, camera, rect))


def covered(view: MapView, camera: Camera, rect: QRect) -> int:
    """How many cards, as they are seen from there, would lie beneath something."""
    reach = MOST_REACH if camera.scale < NEAR else 0.0
    left, top = camera.to_map(rect.left() - reach, rect.top() - reach)
    right, bottom = camera.to_map(rect.right() + reach, rect.bottom() + reach)
    near = view.renderer.cards.names_within((left, top, right, bottom))
    if len(near) > _MOST_LOOKED_AT:
        return len(near)
    x, y = camera.left * camera.scale, camera.top * camera.scale
    place = (rect.left() + x, rect.top() + y, rect.right() + x, rect.bottom() + y)
    cards = [view.scene.cards[i] for i in near]
    boxes = outer_boxes(view.renderer, cards, camera.scale)
    return sum(overlap(box, place) for box in boxes)


def all_in_view(view: MapView) -> bool:
    """Whether every card can be seen as a whole."""
    left, top, right, bottom = view.camera.view(view.width(), view.height())
    boxes = view.renderer.cards.boxes
    hidden = (boxes[:, 0] < left) | (boxes[:, 1] < top)
    hidden |= (boxes[:, 2] > right) | (boxes[:, 3] > bottom)
    return not bool(np.any(hidden))
