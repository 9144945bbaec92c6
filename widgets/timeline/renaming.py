"""Naming things where they stand on the timeline, and adding new ones there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLineEdit

from model.commands.records import add_record, set_fields
from model.drawing import axis
from model.fields import FIELDS, TABLE_SPECS
from model.timeline.moving import at_day
from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QKeyEvent

    from model.document import Document
    from model.drawing.timeline_places import Placed
    from model.records import Record
    from model.timeline.moving import MoveUnit
    from model.timeline.rows import Row
    from widgets.timeline.canvas import TimelineCanvas

_WIDTH = 240
_TITLES = {"postings": "holder", "mandates": "text_reference"}
"""The field that a bar is named by, where it is not the table's title field."""


def title_field(table: str) -> str:
    """The field that a double click edits; "" where a bar is named by other records."""
    return _TITLES.get(table, TABLE_SPECS[table].title_field)


def add_here(
    document: Document, row: Row, day: float, snap: MoveUnit, until: float | None = None
) -> Record:
    """Add what a row holds, from and to the day, month or year that the zoom can tell apart.

    Without a last day its end is not known.

    Raises:
        Refusal: when it breaks a rule.
    """
    begins = at_day(day, snap)
    values: dict[str, object] = dict(row.defaults)
    if row.adds == "milestones":
        values |= {"label": tr("New milestone"), "date": begins}
    elif row.adds == "phases":
        values |= {"label": tr("New phase"), "start": begins}
    elif row.adds == "activities":
        values |= {"title": tr("New activity"), "start": begins, "status": "pipeline"}
    elif row.adds == "processes":
        values |= {"name": tr("New process"), "start": begins}
    else:
        values["start"] = begins
    if until is not None and "start" in values:
        values["end"] = at_day(until, snap)
    return add_record(document, row.adds, **values)


def add_and_name(canvas: TimelineCanvas, at: QPointF, until: QPointF | None = None) -> None:
    """Add what the row under a place holds, from that date on, and let it be named."""
    row = canvas.picture.layout.row_at(at.y() - axis.AXIS + canvas.top)
    if row is None or not row.row.adds:
        return
    workspace = canvas.workspace
    day = canvas.day_at(at.x())
    last = None if until is None else canvas.day_at(until.x())
    record = workspace.attempt(
        lambda: add_here(workspace.document, row.row, day, canvas.snap(), last)
    )
    if record is not None:
        workspace.select([(row.row.adds, record.id)])
        placed = canvas.picture.find(row.row.adds, record.id)
        if placed is not None:
            canvas.rename(placed)


class TitleEditor(QObject):
    """A line to type a title into, over the bar. Enter keeps it, Esc drops it."""

    def __init__(self, canvas: TimelineCanvas) -> None:
        """Be ready; nothing shows yet."""
        super().__init__(canvas)
        self._canvas = canvas
        self._line: QLineEdit | None = None
        self._placed: Placed | None = None

    def begin(self, placed: Placed) -> None:
        """Edit the title of an item."""
        item = placed.item
        name = title_field(item.table)
        record = self._canvas.workspace.document.get(item.table, item.record_id)
        if not name or record is None:
            return
        self.finish()
        line = QLineEdit(self._canvas.viewport())
        line.setText(str(getattr(record, name)))
        line.setAccessibleName(FIELDS[item.table][name].title)
        line.installEventFilter(self)
        self._line, self._placed = line, placed
        self.follow()
        line.show()
        line.selectAll()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.returnPressed.connect(self.finish)

    def follow(self) -> None:
        """Stay over the bar when the view moves."""
        if self._line is None or self._placed is None:
            return
        body, rect = self._canvas.body_rect(), self._canvas.view_rect(self._placed)
        left = min(max(rect.left(), body.left()), max(body.right() - _WIDTH, body.left()))
        height = self._line.sizeHint().height()
        self._line.setGeometry(left, rect.center().y() - height // 2, _WIDTH, height)

    def finish(self) -> None:
        """Keep what was typed."""
        line, placed = self._line, self._placed
        if line is None or placed is None:
            return
        text = line.text().strip()
        self._end()
        item, workspace = placed.item, self._canvas.workspace
        record = workspace.document.get(item.table, item.record_id)
        name = title_field(item.table)
        if record is not None and text != getattr(record, name):
            workspace.attempt(
                lambda: set_fields(workspace.document, item.table, [item.record_id], {name: text})
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc drops what was typed; losing the focus keeps it."""
        if event.type() == QEvent.Type.KeyPress:
            key: QKeyEvent = event  # type: ignore[assignment]
            if key.key() == Qt.Key.Key_Escape:
                self._end()
                return True
        elif event.type() == QEvent.Type.FocusOut and watched is self._line:
            self.finish()
        return super().eventFilter(watched, event)

    def _end(self) -> None:
        line, self._line, self._placed = self._line, None, None
        if line is not None:
            line.removeEventFilter(self)
            line.hide()
            line.deleteLater()
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)
