"""The field above the timeline into which the as-of date can be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from model.dates import day
from model.refusals import Refusal
from model.timeline.wording import day_text
from resources.text import tr

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

_WIDTH = 128


class DateField(QLineEdit):
    """A line that takes a full day as people write it: 2013-02-15, 15 Feb 2013.

    Signals:
        entered: the day that was typed.
        refused: one sentence why the text is not a day; "" when all is well again.
    """

    entered = Signal(object)
    refused = Signal(str)

    def __init__(self, shown: date) -> None:
        """Show a day."""
        super().__init__()
        self._day = shown
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(tr("As-of date"))
        self.setToolTip(tr("The day that map, tables and warnings show, like 15 Feb 2013."))
        self.editingFinished.connect(self._read)
        self.show_day(shown)

    def show_day(self, shown: date) -> None:
        """Show the day on which the cursor stands now."""
        self._day = shown
        self.setText(day_text(shown))
        self.setModified(False)
        self.refused.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the present day back."""
        if event.key() == Qt.Key.Key_Escape:
            self.show_day(self._day)
            self.selectAll()
            return
        super().keyPressEvent(event)

    def _read(self) -> None:
        if not self.isModified():
            return
        self.setModified(False)
        try:
            found = day(self.text())
        except Refusal as refusal:
            self.refused.emit(refusal.message)
            return
        self.show_day(found)
        self.entered.emit(found)
