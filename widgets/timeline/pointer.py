"""The pointer on the timeline: what it is over, what a press takes hold of, tips."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QToolTip

from model.drawing import axis
from model.timeline.editing import dates_of
from model.timeline.scale import as_day
from model.timeline.wording import day_text
from resources.text import tr
from widgets.timeline.drawing_bar import BarDraw
from widgets.timeline.gestures import CursorDrag, CursorSetter, Gesture, PanDrag, PeriodDrag
from widgets.timeline.linking import LinkDrag, knob_under
from widgets.timeline.strip import select_month, strip_sentence

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from model.drawing.timeline_places import Placed
    from model.timeline.editing import Plan
    from model.timeline.rows import Row
    from widgets.timeline.canvas import TimelineCanvas
    from widgets.timeline.picture import Hit

_LEFT = Qt.MouseButton.LeftButton
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_SHAPE = Qt.CursorShape
_CURSOR_REACH = 4.0


class TimelinePointer:
    """Turns presses, moves and releases on a canvas into gestures."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        """Serve a canvas."""
        self._canvas = canvas
        self._setter = CursorSetter(canvas.workspace)
        self.gesture: Gesture | None = None
        self.hovered: Placed | None = None

    def plan(self) -> Plan | None:
        """The change that the gesture under way previews."""
        return self.gesture.plan() if self.gesture is not None else None

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture: cursor on axis and rail, bar, end of a bar, or the ground."""
        canvas, at = self._canvas, event.position()
        body = canvas.body_rect()
        if event.button() == Qt.MouseButton.MiddleButton and body.contains(at.toPoint()):
            self._begin(PanDrag(canvas, at))
        elif event.button() != _LEFT:
            return
        elif self._heading(at):
            canvas.fold(self._heading(at))
        elif at.x() < canvas.picture.header:
            return
        elif not body.top() <= at.y() <= body.bottom() or self._on_cursor(at):
            self._begin(CursorDrag(canvas, self._setter, at))
        else:
            row = self._row_to_draw_in(event)
            if row is not None:
                self._begin(BarDraw(canvas, row, at))
            else:
                self._press_body(at, add=bool(event.modifiers() & _CTRL))

    def move(self, at: QPointF) -> None:
        """Follow the gesture, or show what could be taken hold of here."""
        if self.gesture is None:
            self._hover(at)
            return
        self.gesture.move(at)
        self._canvas.workspace.hinted.emit(self.gesture.hint())
        self._canvas.viewport().update()

    def release(self) -> None:
        """Make the gesture real."""
        if self.gesture is not None:
            gesture, self.gesture = self.gesture, None
            gesture.finish()
            self._done()

    def break_off(self) -> None:
        """End the gesture without a release: what it moved stays, a line half drawn goes."""
        if isinstance(self.gesture, PeriodDrag | CursorDrag):
            self.release()
        else:
            self.cancel()

    def cancel(self) -> None:
        """End the gesture without a trace."""
        if self.gesture is not None:
            gesture, self.gesture = self.gesture, None
            gesture.cancel()
            self._done()

    def double_click(self, event: QMouseEvent) -> None:
        """On an item: rename it; on empty ground: add what the row holds."""
        canvas, at = self._canvas, event.position()
        if event.button() != _LEFT or not canvas.body_rect().contains(at.toPoint()):
            return
        hit = canvas.hit(at)
        if hit is not None and canvas.workspace.may_edit():
            canvas.rename(hit.placed)
        elif hit is None and not self._heading(at) and canvas.workspace.may_edit():
            canvas.add_at(at)

    def leave(self) -> None:
        """The pointer is gone."""
        self.hovered = None
        self._canvas.viewport().update()

    def tip(self, at: QPoint, globally: QPoint) -> None:
        """Say in a tip what lies here; the text is data, never markup."""
        hit = self._canvas.hit(QPointF(at))
        said = hit.placed.item.alt if hit is not None else strip_sentence(self._canvas, QPointF(at))
        said = said or self._row_name(at)
        text = html.escape(said)
        QToolTip.showText(globally, f"<p>{text}</p>" if text else "", self._canvas.viewport())

    def _row_name(self, at: QPoint) -> str:
        """The whole name of a row, which its header may have no room for."""
        canvas = self._canvas
        if at.x() >= canvas.picture.header or self._heading(QPointF(at)):
            return ""
        row = canvas.picture.layout.row_at(at.y() - axis.AXIS + canvas.top)
        if row is None or at.y() < axis.AXIS:
            return ""
        return " · ".join(part for part in (row.row.title, row.row.detail) if part)

    def _begin(self, gesture: Gesture) -> None:
        self.gesture = gesture
        self._canvas.viewport().update()

    def _done(self) -> None:
        self._canvas.workspace.hinted.emit("")
        self._canvas.viewport().update()

    def _row_to_draw_in(self, event: QMouseEvent) -> Row | None:
        """The row whose empty ground is pressed with Shift held, where it can hold something."""
        canvas, at = self._canvas, event.position()
        if canvas.workspace.is_protected:
            return None
        if not event.modifiers() & _SHIFT or canvas.hit(at) is not None:
            return None
        found = canvas.picture.layout.row_at(at.y() - axis.AXIS + canvas.top)
        return found.row if found is not None and found.row.adds else None

    def _press_body(self, at: QPointF, *, add: bool) -> None:
        canvas = self._canvas
        workspace, hit = canvas.workspace, canvas.hit(at)
        source = knob_under(canvas, at, self.hovered, canvas.current)
        if source is not None and not add and not workspace.is_protected:
            self._begin(LinkDrag(canvas, source, at))
            return
        if hit is None:
            if not add and not select_month(canvas, at):
                workspace.select(())
            self._begin(PanDrag(canvas, at))
            return
        item = hit.placed.item
        key, chosen = (item.table, item.record_id), workspace.selection
        if add:
            kept = tuple(one for one in chosen if one != key)
            workspace.select(kept if key in chosen else (*chosen, key))
            return
        workspace.select([key])
        dates = dates_of(workspace.document, item)
        if dates is not None and hit.part != "label" and not workspace.is_protected:
            self._begin(PeriodDrag(canvas, hit.placed, dates, hit.part, at))

    def _hover(self, at: QPointF) -> None:
        canvas, hit = self._canvas, self._canvas.hit(at)
        shape, hint = self._offer(at, hit)
        if canvas.viewport().cursor().shape() != shape:
            canvas.viewport().setCursor(shape)
        hovered = hit.placed if hit is not None else None
        if hovered is None and knob_under(canvas, at, self.hovered) is not None:
            hovered = self.hovered
        if hovered is not self.hovered:
            self.hovered = hovered
            canvas.workspace.hinted.emit(hint)
            canvas.viewport().update()

    def _offer(self, at: QPointF, hit: Hit | None) -> tuple[Qt.CursorShape, str]:
        """The shape of the pointer, and what pressing here would do."""
        canvas = self._canvas
        if canvas.workspace.is_protected and hit is not None:
            return _SHAPE.ArrowCursor, ""
        if knob_under(canvas, at, self.hovered, canvas.current) is not None:
            return _SHAPE.CrossCursor, tr("Drag to what shall wait for this.")
        if hit is not None:
            if not hit.placed.item.editable or hit.part == "label":
                return _SHAPE.ArrowCursor, ""
            if hit.part == "whole":
                return _SHAPE.OpenHandCursor, tr("Drag to move it in time.")
            return _SHAPE.SizeHorCursor, tr("Drag to change when it starts or ends.")
        body = canvas.body_rect()
        if at.x() >= canvas.picture.header and not body.contains(at.toPoint()):
            date = day_text(as_day(canvas.day_at(at.x())))
            return _SHAPE.SplitHCursor, tr("Show {date} everywhere.", date=date)
        if at.x() >= canvas.picture.header and self._on_cursor(at):
            return _SHAPE.SplitHCursor, tr("Drag the date cursor; the map follows.")
        return _SHAPE.ArrowCursor, ""

    def _on_cursor(self, at: QPointF) -> bool:
        """Whether the pointer is on the cursor's line, with nothing else under it."""
        canvas = self._canvas
        x = canvas.x_of(canvas.workspace.as_of.toordinal() + 0.5)
        return abs(at.x() - x) <= _CURSOR_REACH and canvas.hit(at) is None

    def _heading(self, at: QPointF) -> str:
        """The section whose heading lies here, or ""."""
        canvas = self._canvas
        body = canvas.body_rect()
        if not body.top() <= at.y() <= body.bottom():
            return ""
        return canvas.picture.heading_at(at.y() - axis.AXIS + canvas.top)
