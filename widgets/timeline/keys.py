"""Keys of the timeline: the date cursor, the items, their dates, the zoom.

Left and right move the date cursor by a day, with Shift by a week, with Ctrl by a month, with
both by a year; Home and End go to the first and last date. Tab, up and down go through the items;
Alt with left and right moves the selected one, with Shift its end; F2 names it, Delete removes it;
L links the last two selected, P makes the selected actors participants of the selected activity.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from model.dates import PartialDate
from model.timeline.editing import dates_of, make_real, nudge_end, plan_steps
from model.timeline.moving import move_unit, shifted
from model.timeline.rows import content_days
from model.timeline.scale import as_day
from resources.text import tr
from widgets.common.removing import remove
from widgets.timeline.linking import join_selected, link_selected

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from widgets.timeline.canvas import TimelineCanvas

_KEY = Qt.Key
_ARROWS = {_KEY.Key_Left: -1, _KEY.Key_Right: 1}
_ZOOM = {_KEY.Key_Plus: 1.25, _KEY.Key_Equal: 1.25, _KEY.Key_Minus: 0.8}


class TimelineKeys:
    """Takes key presses for a canvas."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        """Serve this canvas."""
        self._canvas = canvas

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key says; False for keys that mean nothing here."""
        key, held = _KEY(event.key()), event.modifiers()
        shift = bool(held & Qt.KeyboardModifier.ShiftModifier)
        ctrl = bool(held & Qt.KeyboardModifier.ControlModifier)
        if key in _ARROWS and held & Qt.KeyboardModifier.AltModifier:
            return self._nudge(_ARROWS[key], end=shift)
        if key in _ARROWS:
            self.move_cursor(_ARROWS[key], week=shift, month=ctrl)
            return True
        if key in {_KEY.Key_Up, _KEY.Key_Down}:
            self.step(1 if key == _KEY.Key_Down else -1, wrap=True)
            return True
        if key in {_KEY.Key_Home, _KEY.Key_End}:
            self._jump(last=key == _KEY.Key_End)
            return True
        if key in _ZOOM:
            self._canvas.zoom_by(_ZOOM[key])
            return True
        return self._act(key)

    def move_cursor(self, direction: int, *, week: bool, month: bool) -> None:
        """Move the date cursor by a day, a week, a month, or (both) a year."""
        day = self._canvas.workspace.as_of
        if month:
            exact = PartialDate(year=day.year, month=day.month, day=day.day)
            moved = shifted(exact, "year" if week else "month", direction)
            wanted = moved.stated_first() if moved is not None else day
        else:
            days = 7 if week else 1
            ordinal = day.toordinal() + direction * days
            wanted = as_day(min(max(ordinal, 1), date.max.toordinal()))
        self._canvas.set_cursor(wanted)

    def step(self, direction: int, *, wrap: bool) -> bool:
        """Select the next or previous item; False at the end unless it wraps around."""
        canvas = self._canvas
        order = [placed for placed in canvas.picture.layout.placed() if placed.item.editable]
        if not order:
            return False
        keys = [placed.item.key for placed in order]
        current = "" if canvas.current is None else canvas.current.item.key
        at = keys.index(current) if current in keys else -1
        wanted = at + direction if at >= 0 else (0 if direction > 0 else len(order) - 1)
        if not 0 <= wanted < len(order):
            if not wrap:
                return False
            wanted %= len(order)
        placed = order[wanted]
        canvas.workspace.select([(placed.item.table, placed.item.record_id)])
        canvas.show_placed(placed)
        canvas.workspace.hinted.emit(placed.item.alt)
        return True

    def _nudge(self, count: int, *, end: bool) -> bool:
        canvas, current = self._canvas, self._canvas.current
        if current is None:
            return False
        workspace, item = canvas.workspace, current.item
        before = dates_of(workspace.document, item)
        if before is None:
            return False
        if end and not before.single:
            plan = nudge_end(item, before, count, canvas.snap())
        else:
            unit = move_unit(canvas.snap(), before.start, before.end)
            plan = plan_steps(item, before, unit, count)
        key = f"nudge/{plan.handle}/{item.key}"
        workspace.attempt(lambda: make_real(workspace.document, plan, key))
        workspace.hinted.emit(
            tr("{title}: {dates}", title=item.title, dates=plan.after.text)
            if plan.changes
            else tr("“{title}” cannot be moved that way.", title=item.title)
        )
        self._keep_in_sight()
        return True

    def _keep_in_sight(self) -> None:
        if self._canvas.current is not None:
            self._canvas.show_placed(self._canvas.current)

    def _jump(self, *, last: bool) -> None:
        days = content_days(self._canvas.picture.sections)
        if days is not None:
            day = as_day(days[1]) - timedelta(days=1) if last else as_day(days[0])
            self._canvas.set_cursor(day)

    def _act(self, key: Qt.Key) -> bool:
        canvas = self._canvas
        if key == _KEY.Key_0:
            canvas.fit()
        elif key == _KEY.Key_F2 and canvas.current is not None:
            self.rename()
        elif key in {_KEY.Key_Delete, _KEY.Key_Backspace}:
            self.delete()
        elif key == _KEY.Key_Insert:
            self._insert()
        elif key == _KEY.Key_L:
            return link_selected(canvas)
        elif key == _KEY.Key_P:
            return join_selected(canvas)
        else:
            return False
        return True

    def _insert(self) -> None:
        """Add to the row of the current item, on the date of the cursor."""
        canvas = self._canvas
        y = canvas.view_rect(canvas.current).center().y() if canvas.current is not None else None
        if y is None:
            y = canvas.body_rect().center().y()
        x = canvas.x_of(canvas.workspace.as_of.toordinal() + 0.5)
        canvas.add_at(QPointF(x, y))

    def rename(self) -> None:
        """Edit the title of the current item, or say what to do first."""
        canvas = self._canvas
        if canvas.current is None:
            canvas.workspace.hinted.emit(tr("Select one thing on the timeline, then rename it."))
        elif canvas.workspace.may_edit():
            canvas.show_placed(canvas.current)
            canvas.rename(canvas.current)

    def delete(self) -> None:
        """Remove what is selected of what stands on the timeline."""
        workspace = self._canvas.workspace
        shown = {(p.item.table, p.item.record_id) for p in self._canvas.picture.layout.placed()}
        remove(workspace, [key for key in workspace.selection if key in shown])
