"""Drawing a bar on an empty spot of a row: Shift held, from its first to its last day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from model.drawing.style import interaction_style
from model.fields import TABLE_SPECS
from model.timeline.moving import at_day
from model.timeline.wording import period_text
from resources.text import tr
from widgets.timeline.gestures import START_DISTANCE
from widgets.timeline.renaming import add_and_name

if TYPE_CHECKING:
    from model.dates import PartialDate
    from model.timeline.editing import Plan
    from model.timeline.rows import Row
    from widgets.timeline.canvas import TimelineCanvas

_HALF = 9.0


class BarDraw:
    """Adds what the row holds over the days that were drawn, as exact as the zoom can tell."""

    def __init__(self, canvas: TimelineCanvas, row: Row, at: QPointF) -> None:
        """Begin where the button went down."""
        self._canvas = canvas
        self._row = row
        self._start = at
        self._at = at

    def move(self, at: QPointF) -> None:
        """Follow the pointer."""
        self._at = at

    def finish(self) -> None:
        """Add it and let it be named; a mere click adds nothing."""
        if abs(self._at.x() - self._start.x()) >= START_DISTANCE:
            left, right = sorted((self._start.x(), self._at.x()))
            y = self._start.y()
            add_and_name(self._canvas, QPointF(left, y), QPointF(right, y))

    def cancel(self) -> None:
        """Nothing was added."""

    def hint(self) -> str:
        """What the release would add."""
        start, end = self.dates()
        return tr(
            "Release to add to {row}: {kind}, {dates}. Esc ends it.",
            row=self._row.title,
            kind=TABLE_SPECS[self._row.adds].singular.lower(),
            dates=period_text(start, end),
        )

    def plan(self) -> Plan | None:
        """Nothing that is there changes."""
        return None

    def dates(self) -> tuple[PartialDate, PartialDate]:
        """First and last day, month or year."""
        left, right = sorted((self._start.x(), self._at.x()))
        snap = self._canvas.snap()
        return at_day(self._canvas.day_at(left), snap), at_day(self._canvas.day_at(right), snap)

    def paint(self, painter: QPainter) -> None:
        """The bar as it would be."""
        canvas = self._canvas
        start, end = self.dates()
        left = canvas.x_of(start.stated_first().toordinal())
        right = canvas.x_of(end.stated_last().toordinal() + 1)
        looks = interaction_style(canvas.workspace.style.medium)
        colour = QColor.fromString(looks.selected.colour[:7])
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        colour.setAlpha(60)
        painter.setBrush(colour)
        box = QRectF(left, self._start.y() - _HALF, max(right - left, 2.0), 2 * _HALF)
        painter.drawRoundedRect(box, 3, 3)
