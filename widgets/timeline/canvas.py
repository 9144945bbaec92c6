"""The canvas of the timeline: one widget that scrolls, zooms, selects, drags and takes keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from model.drawing import axis
from model.drawing.timeline import timeline_alt
from model.drawing.timeline_places import LANE, Placed
from model.timeline.scale import MAX_UNITS_PER_DAY, MIN_UNITS_PER_DAY, TimeScale
from model.timeline.ticks import snap_step
from resources.text import tr
from widgets.timeline.keys import TimelineKeys
from widgets.timeline.linking import paint_link
from widgets.timeline.painting import Scene, TimelinePainter
from widgets.timeline.picture import Hit, TimelinePicture
from widgets.timeline.pointer import TimelinePointer
from widgets.timeline.renaming import TitleEditor, add_and_name
from widgets.timeline.timers import resting_timer
from widgets.timeline.zooming import ZoomInput

if TYPE_CHECKING:
    from datetime import date

    from model.document import Commit
    from model.patch import Patch
    from model.timeline.moving import MoveUnit
    from model.timeline.narrowing import Narrow
    from widgets.common.spoken_list import SpokenList
    from widgets.common.workspace import Workspace

REST_MS = 120
"""How long the view rests after zooming before everything is put in its place."""
LEAST_HEIGHT = 188
"""Pixels of a canvas that stands alone: some rows between axis and date handle."""
ROOMY_HEIGHT = 360
"""Pixels below which labels are shortened and phases share lanes."""


class TimelineCanvas(QAbstractScrollArea):
    """The picture of the plan over time.

    Signals:
        zoomed: the zoom changed, in units per day.
        changed: rows were built anew.
    """

    zoomed = Signal(float)
    changed = Signal()

    def __init__(self, workspace: Workspace, today: date | None = None) -> None:
        """Show the workspace's document; `today` draws a line on that day."""
        super().__init__()
        self.workspace = workspace
        self.today = today
        self._picture = TimelinePicture(workspace.document, workspace.style, workspace.text_engine)
        self._glance: TimeScale | None = None
        self.current: Placed | None = None
        self.accessible: SpokenList[str] | None = None
        self.painter = TimelinePainter()
        self.pointer = TimelinePointer(self)
        self._fitted = True
        self._settling = resting_timer(self, REST_MS, self.settle)
        self.zooming = ZoomInput(self)
        self.zooming.listen()
        self._keys = TimelineKeys(self)
        self._editor = TitleEditor(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.horizontalScrollBar().setAccessibleName(tr("Earlier and later"))
        self.verticalScrollBar().setAccessibleName(tr("Rows of the timeline"))
        self.setAccessibleName(tr("Timeline"))
        self.setMinimumSize(360, LEAST_HEIGHT)
        workspace.committed.connect(self._follow)
        workspace.broken_off.connect(self._break_off)
        workspace.selection_changed.connect(self._selected)
        workspace.as_of_changed.connect(self._as_of_moved)
        workspace.style_changed.connect(self._restyle)
        workspace.reveal_wanted.connect(self.reveal)
        self._picture.opened = float(workspace.as_of.toordinal())
        self._know_days()
        self.fit()
        self.describe()

    # Places

    @property
    def picture(self) -> TimelinePicture:
        """The rows at the present zoom; puts them in place if zooming is still under way."""
        self.settle()
        return self._picture

    @property
    def left(self) -> float:
        """The x of the content at the left edge of the body."""
        self.settle()
        return float(self.horizontalScrollBar().value())

    @property
    def top(self) -> float:
        """The y of the rows at the upper edge of the body."""
        return float(self.verticalScrollBar().value())

    def body_rect(self) -> QRect:
        """The part of the viewport in which the rows scroll."""
        size = self.viewport().size()
        height = size.height() - int(axis.AXIS + axis.RAIL)
        header = int(self._picture.header)
        return QRect(header, int(axis.AXIS), max(size.width() - header, 1), max(height, 1))

    def day_at(self, x: float) -> float:
        """The day at a place of the viewport."""
        return self.picture.layout.frame.day(x - self._picture.header + self.left)

    def x_of(self, day: float) -> float:
        """Where a day begins in the viewport."""
        return self.picture.layout.frame.x(day) + self._picture.header - self.left

    def snap(self) -> MoveUnit:
        """What the pointer can tell apart at this zoom."""
        return snap_step(self.picture.layout.frame.units_per_day)

    def view_rect(self, placed: Placed) -> QRect:
        """Where a bar lies in the viewport."""
        x = placed.x0 + self._picture.header - (self.left if placed.dated else 0.0)
        y = placed.y + axis.AXIS - self.top
        return QRect(int(x), int(y), max(int(placed.x1 - placed.x0), 1), int(LANE))

    def hit(self, at: QPointF) -> Hit | None:
        """What lies under a place of the viewport."""
        if not self.body_rect().contains(at.toPoint()):
            return None
        x, y = at.x() - self._picture.header + self.left, at.y() - axis.AXIS + self.top
        return self.picture.hit(x, y, self.left)

    # Zoom and scrolling

    @property
    def fitted(self) -> bool:
        """Whether everything is kept in sight."""
        return self._fitted

    def fit(self) -> None:
        """Show everything from the first to the last date."""
        frame = self.picture.layout.frame
        zoom = self.body_rect().width() / max(frame.high - frame.low, 1.0)
        self._set_zoom(zoom)
        self.horizontalScrollBar().setValue(0)
        self._fitted = True

    def zoom_by(self, factor: float, at_x: float | None = None) -> None:
        """Zoom around a place of the viewport, else around the date cursor or the middle.

        The painted picture is stretched at once; everything finds its place when the view rests
        or when something asks where it is.
        """
        scale = self.time
        if at_x is None:
            cursor = scale.x(self.workspace.as_of.toordinal())
            width = self.body_rect().width()
            at_x = self._picture.header + (cursor if 0 <= cursor <= width else width / 2)
        self._glance = scale.zoomed(factor, at_x - self._picture.header)
        self._fitted = False
        self._settling.start()
        self.zoomed.emit(self._glance.units_per_day)
        self.viewport().update()

    @property
    def time(self) -> TimeScale:
        """Which days are in view, while zooming as well."""
        if self._glance is not None:
            return self._glance
        frame = self._picture.layout.frame
        return TimeScale(frame.day(self.horizontalScrollBar().value()), frame.units_per_day)

    def follow_time(self, scale: TimeScale) -> None:
        """Show the days of another canvas."""
        self._glance = scale
        self._fitted = False
        self._settling.start()
        self.viewport().update()

    def narrow(self, wanted: Narrow) -> None:
        """Show only what belongs to a track, a process or an actor."""
        self.picture.narrow = wanted
        self.rebuild()

    def settle(self) -> None:
        """Give everything its place at the zoom that so far only a stretched picture shows."""
        if self._glance is None:
            return
        scale, self._glance = self._glance, None
        self._set_zoom(scale.units_per_day)
        self.horizontalScrollBar().setValue(round(self._picture.layout.frame.x(scale.origin)))

    def scroll_by(self, dx: float, dy: float) -> None:
        """Move the view."""
        self.settle()
        self._fitted = self._fitted and not dx
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(round(across.value() + dx))
        down.setValue(round(down.value() + dy))

    def reveal(self, table: str, record_id: str) -> None:
        """Bring a record into view."""
        placed = self.picture.find(table, record_id)
        if placed is not None:
            self.show_placed(placed)

    def show_placed(self, placed: Placed) -> None:
        """Scroll so that an item is in sight."""
        body, rect = self.body_rect(), self.view_rect(placed)
        if rect.top() < body.top() or rect.bottom() > body.bottom():
            self.scroll_by(0, rect.center().y() - body.center().y())
        if placed.dated and (rect.right() < body.left() + 16 or rect.left() > body.right() - 16):
            self.scroll_by(rect.left() - body.left() - body.width() / 3, 0)
        self.viewport().update()

    def show_day(self, day: date) -> None:
        """Scroll so that a day is in sight."""
        body, x = self.body_rect(), self.x_of(day.toordinal())
        if not body.left() <= x <= body.right():
            self.scroll_by(x - body.center().x(), 0)

    def _set_zoom(self, zoom: float) -> None:
        self._glance = None
        bounded = min(max(zoom, MIN_UNITS_PER_DAY), MAX_UNITS_PER_DAY)
        anchor = self._anchor()
        self.picture.relayout(bounded)
        self._range(anchor)
        self.zoomed.emit(bounded)

    def _anchor(self) -> tuple[str, float]:
        """The row at the upper edge and how much of it is hidden, to find it again."""
        row = self.picture.layout.row_at(self.top)
        return (row.row.key, self.top - row.top) if row is not None else ("", self.top)

    def _range(self, anchor: tuple[str, float] | None = None) -> None:
        body, layout = self.body_rect(), self.picture.layout
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        spare = 0 if layout.width <= body.width() + 1 else body.width() // 2
        across.setRange(-spare, max(round(layout.width) - body.width() + spare, -spare))
        across.setPageStep(body.width())
        across.setSingleStep(40)
        down.setRange(0, max(round(layout.height) - body.height(), 0))
        down.setPageStep(body.height())
        down.setSingleStep(int(LANE))
        if anchor is not None and anchor[0]:
            for row in layout.rows:
                if row.row.key == anchor[0]:
                    down.setValue(round(row.top + min(anchor[1], row.height)))
        self.pointer.hovered = None
        self._find_current()
        self.viewport().update()

    # Following the workspace

    def _know_days(self) -> None:
        days = [self.workspace.as_of.toordinal()]
        self.picture.days = tuple(float(day) for day in days)

    def _follow(self, commit: Commit) -> None:
        if self.picture.concerns(commit.patch):
            self.rebuild(commit.patch)

    def rebuild(self, patch: Patch | None = None) -> None:
        """Read the records again, or those of a patch; what is in view stays where it is."""
        frame, left = self.picture.layout.frame, self.left
        day, anchor = frame.day(left), self._anchor()
        self._know_days()
        if patch is None:
            self.picture.rebuild()
        elif not self.picture.follow(patch):
            return
        self._range(anchor)
        if self._fitted:
            self.fit()
        else:
            self.horizontalScrollBar().setValue(round(self.picture.layout.frame.x(day)))
        self.describe()
        self.changed.emit()

    def fold(self, section: str) -> None:
        """Fold a section away, or unfold it."""
        self.picture.folded = self.picture.folded ^ {section}
        self.picture.relayout(self.picture.layout.frame.units_per_day)
        self._range()

    def _restyle(self) -> None:
        self.picture.restyle(self.workspace.style, self.workspace.text_engine)
        self.painter = TimelinePainter()
        self._range()

    def _as_of_moved(self, day: date) -> None:
        if self.pointer.gesture is None:
            self.show_day(day)
        self.viewport().update()

    def _selected(self) -> None:
        self._find_current()
        self.describe()
        self.viewport().update()

    def _find_current(self) -> None:
        keys = self.workspace.selection
        self.current = self.picture.find(*keys[-1]) if keys else None

    def describe(self) -> None:
        """Say to screen readers what is selected, else what the whole shows."""
        text = (
            timeline_alt(self.picture.layout, self.workspace.as_of)
            if self.current is None
            else self.current.item.alt
        )
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    # Qt events

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what is in view."""
        size = self.viewport().size()
        if self._glance is not None and not self.painter.stretchable(self._picture):
            self.settle()
        left = float(self.horizontalScrollBar().value())
        scene = Scene(left, self.top, (float(size.width()), float(size.height())))
        scene.glance = self._glance
        scene.as_of, scene.today = self.workspace.as_of, self.today
        scene.selected = frozenset(self.workspace.selection)
        scene.hovered, scene.plan = self.pointer.hovered, self.pointer.plan()
        scene.current = self.current if self.hasFocus() else None
        painter = QPainter(self.viewport())
        self.painter.paint(painter, self._picture, scene)
        if self._glance is None:
            paint_link(painter, self, self.pointer.gesture, scene.hovered, scene.current)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep everything in view as long as nothing else was asked for."""
        super().resizeEvent(event)
        self.picture.fit_into(self.width(), dense=self.height() < ROOMY_HEIGHT)
        if self._fitted:
            self.fit()
        else:
            self._range()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is hidden speaks to no screen reader."""
        super().hideEvent(event)
        if self.accessible is not None:
            self.accessible.release()
            self.accessible = None

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Repaint: headers stay where they are."""
        self._editor.follow()
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll or zoom."""
        self.zooming.wheel(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._editor.finish()
        self.pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the gesture, or show what could be taken hold of here."""
        self.pointer.move(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Make the gesture real."""
        self.pointer.release()

    def _break_off(self) -> None:
        self._editor.finish()
        self.pointer.break_off()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On an item: rename it; on empty ground: add what the row holds."""
        self.pointer.double_click(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the timeline; Esc ends a gesture without a trace."""
        if event.key() == Qt.Key.Key_Escape and self.pointer.gesture is not None:
            self.pointer.cancel()
        elif not self._keys.take(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab goes through the items first, then on to the next control."""
        if self.hasFocus() and self._keys.step(1 if next else -1, wrap=False):
            return True
        return super().focusNextPrevChild(next)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say in a tip what lies under the pointer; zoom by two fingers."""
        if self.zooming.gesture(event):
            return True
        if event.type() == QEvent.Type.ToolTip:
            position = event.pos()  # type: ignore[attr-defined]
            self.pointer.tip(position, event.globalPos())  # type: ignore[attr-defined]
            return True
        if event.type() == QEvent.Type.Leave:
            self.pointer.leave()
        return super().viewportEvent(event)

    # Doing

    def rename(self, placed: Placed) -> None:
        """Edit an item's title where it stands."""
        self._editor.begin(placed)

    def rename_selection(self) -> None:
        """Edit the title of what was selected last, where it stands."""
        self._keys.rename()

    def delete_selection(self) -> None:
        """Remove what is selected of what stands here."""
        self._keys.delete()

    def add_at(self, at: QPointF) -> None:
        """Add what the row under a place holds, at that date, and let it be named."""
        add_and_name(self, at)

    def set_cursor(self, day: date) -> None:
        """Put the date cursor on a day and keep it in sight."""
        self.workspace.set_as_of(day)
        self.show_day(day)
