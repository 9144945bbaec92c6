"""Printing a recovery sheet; a module of its own, because Qt's print support loads slowly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter

from desktop.recovery_sheet import print_sheet, set_page
from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from model.storage.recovery import Sheet


class PrintQuestion(QPrintDialog):
    """The system's print dialog for a flow; prints the sheet when it is confirmed.

    Signals:
        answered: True when it was printed, else None.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget | None, sheet: Sheet) -> None:
        """Ask where to print a sheet; its title in the queue says nothing."""
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(tr("Sheet"))
        set_page(self._printer)
        super().__init__(self._printer, parent)
        self._sheet = sheet
        self.finished.connect(self._finish)

    def ask(self) -> None:
        """Open without blocking."""
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.show()

    def _finish(self, code: int) -> None:
        if code:
            print_sheet(self._printer, self._sheet)
        self.answered.emit(True if code else None)
        self.deleteLater()
