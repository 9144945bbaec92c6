"""Linking on the timeline: a bar waits for another one, or an actor takes part in an activity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from model.commands.timeline import add_dependency, add_participants
from model.drawing import axis
from model.drawing.style import interaction_style
from model.drawing.timeline_places import LANE
from resources.text import tr
from widgets.timeline.drawing_bar import BarDraw

if TYPE_CHECKING:
    from model.drawing.timeline_places import Placed
    from model.timeline.editing import Plan
    from widgets.timeline.canvas import TimelineCanvas

KNOB = 4.5
"""Radius of the knob that links are drawn from."""
REACH = 7.0
LINKED_FORMS = frozenset({"bar", "point", "milestone", "phase"})


def knob(canvas: TimelineCanvas, placed: Placed) -> QPointF | None:
    """Where the knob of a bar lies in the viewport; None for what cannot be linked."""
    if placed.item.form not in LINKED_FORMS or not placed.dated or not placed.item.editable:
        return None
    x = placed.x1 + canvas.picture.header - canvas.left
    return QPointF(x, placed.y + LANE - KNOB + axis.AXIS - canvas.top)


def knob_under(canvas: TimelineCanvas, at: QPointF, *shown: Placed | None) -> Placed | None:
    """The bar whose knob lies under a place."""
    for placed in shown:
        spot = knob(canvas, placed) if placed is not None else None
        if spot is not None and (spot - at).manhattanLength() <= REACH:
            return placed
    return None


class LinkDrag:
    """Drawing a link from one bar to another: the other one then waits for the first."""

    def __init__(self, canvas: TimelineCanvas, placed: Placed, at: QPointF) -> None:
        """Begin at the knob of a bar."""
        self._canvas = canvas
        self._source = placed
        self.at = at
        self._target: Placed | None = None

    @property
    def source(self) -> Placed:
        """The bar that is waited for."""
        return self._source

    def move(self, at: QPointF) -> None:
        """Follow the pointer to what shall wait."""
        self.at = at
        hit = self._canvas.hit(at)
        found = hit.placed if hit is not None else None
        same = found is not None and found.item.key == self._source.item.key
        linked = found is not None and found.item.form in LINKED_FORMS
        self._target = found if linked and not same else None

    def finish(self) -> None:
        """Link the two."""
        if self._target is not None:
            link(self._canvas, self._source, self._target)

    def cancel(self) -> None:
        """Nothing was changed."""

    def hint(self) -> str:
        """What the release would do."""
        source = self._source.item.title
        if self._target is None:
            return tr("Drag to what shall wait for “{title}”. Esc ends it.", title=source)
        return tr(
            "Release to let “{target}” begin after “{source}” ends. Esc ends it.",
            target=self._target.item.title,
            source=source,
        )

    def plan(self) -> Plan | None:
        """No dates change."""
        return None


def link(canvas: TimelineCanvas, source: Placed, target: Placed) -> None:
    """Let one thing wait for another."""
    workspace = canvas.workspace
    one, other = source.item, target.item
    workspace.attempt(
        lambda: add_dependency(
            workspace.document, (other.table, other.record_id), (one.table, one.record_id)
        )
    )


def link_selected(canvas: TimelineCanvas) -> bool:
    """Let the last selected thing wait for the one selected before it."""
    chosen = [canvas.picture.find(*key) for key in canvas.workspace.selection[-2:]]
    if len(chosen) < 2 or chosen[0] is None or chosen[1] is None:
        canvas.workspace.hinted.emit(
            tr("Select what is waited for, then with Ctrl what waits; L links the two.")
        )
        return True
    link(canvas, chosen[0], chosen[1])
    return True


def join_selected(canvas: TimelineCanvas) -> bool:
    """Make the selected actors participants of the selected activities."""
    workspace = canvas.workspace
    actors, activities = workspace.selected("actors"), workspace.selected("activities")
    if not actors or not activities:
        workspace.hinted.emit(
            tr("Select actors and, with Ctrl, an activity; P makes them its participants.")
        )
        return True
    for activity_id in activities:
        workspace.attempt(
            lambda one=activity_id: add_participants(workspace.document, one, actors)  # type: ignore[misc]
        )
    return True


def paint_link(
    painter: QPainter, canvas: TimelineCanvas, gesture: object, *shown: Placed | None
) -> None:
    """The knobs of the bars under the pointer and the keys, and the link under way."""
    looks = interaction_style(canvas.workspace.style.medium)
    colour = QColor.fromString(looks.selected.colour[:7])
    body = canvas.body_rect()
    painter.save()
    painter.setClipRect(body)
    if isinstance(gesture, BarDraw):
        gesture.paint(painter)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(QColor.fromString(canvas.workspace.style.surface))
    for placed in shown:
        spot = knob(canvas, placed) if placed is not None else None
        if spot is not None:
            painter.drawEllipse(spot, KNOB, KNOB)
    if isinstance(gesture, LinkDrag):
        spot = knob(canvas, gesture.source)
        if spot is not None:
            painter.setPen(QPen(colour, 2.0, Qt.PenStyle.DashLine))
            painter.drawLine(spot, gesture.at)
    painter.restore()
