"""What screen readers learn of the timeline: its items as a list, each with dates and marks.

The items come row by row, in order of time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleInterface

from model.drawing.timeline import timeline_alt
from widgets.common.spoken_list import Spoken, SpokenList
from widgets.timeline.canvas import TimelineCanvas

if TYPE_CHECKING:
    from PySide6.QtCore import QObject, QPointF

    from model.drawing.timeline_layout import TimelineLayout
    from model.drawing.timeline_places import Placed
    from widgets.common.workspace import Key


def announce_timeline(canvas: TimelineCanvas) -> None:
    """Make the canvas known to screen readers and tell them of selections."""
    QAccessible.installFactory(_interface_for)
    canvas.workspace.selection_changed.connect(lambda keys: _tell_focus(canvas, keys))


def _interface_for(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, TimelineCanvas):
        return None
    if thing.accessible is None:
        thing.accessible = SpokenList(thing, thing.viewport(), TimelineSpeaker(thing))
    return thing.accessible


def _tell_focus(canvas: TimelineCanvas, keys: tuple[Key, ...]) -> None:
    if not keys or canvas.accessible is None:
        return
    placed = canvas.picture.find(*keys[-1])
    if placed is not None:
        canvas.accessible.tell_focus(placed.item.key)


class TimelineSpeaker:
    """Tells of the items of a timeline; each is known by its key in the layout."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        self._canvas = canvas
        self._known: TimelineLayout | None = None
        self._placed: dict[str, Placed] = {}
        self._keys: tuple[str, ...] = ()

    def keys(self) -> tuple[str, ...]:
        """The items row by row, in order of time."""
        self._read()
        return self._keys

    def forget(self) -> None:
        """Read the layout anew at the next question; a new layout is noticed without it."""
        self._known = None

    def spoken(self, key: str) -> Spoken | None:
        """The item in words, with its dates as exact as they are, and its mark."""
        self._read()
        placed = self._placed.get(key)
        if placed is None:
            return None
        item, place = placed.item, self._canvas.view_rect(placed)
        return Spoken(
            name=item.alt,
            description="",
            place=place,
            is_selected=(item.table, item.record_id) in self._canvas.workspace.selection,
            is_in_view=self._canvas.body_rect().intersects(place),
            is_read_only=not item.editable,
        )

    def at(self, point: QPointF) -> str | None:
        """The item under a pixel."""
        hit = self._canvas.hit(point)
        return hit.placed.item.key if hit is not None else None

    def current(self) -> str | None:
        """The item that keys act on."""
        current = self._canvas.current
        return current.item.key if current is not None else None

    def summary(self) -> str:
        """What the whole shows."""
        return timeline_alt(self._canvas.picture.layout, self._canvas.workspace.as_of)

    def _read(self) -> None:
        layout = self._canvas.picture.layout
        if layout is not self._known:
            self._known = layout
            self._placed = {placed.item.key: placed for placed in layout.placed()}
            self._keys = tuple(self._placed)
