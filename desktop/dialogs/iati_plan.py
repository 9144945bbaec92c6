"""What an import of IATI activities would do, and which statement of their money is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout

from desktop.dialogs.importing import ImportPlanDialog
from model.importing.iati_statements import MONEY_KINDS, money_words
from resources.text import tr
from widgets.common.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from model.importing.report import ImportReport


class IatiPlanDialog(ImportPlanDialog):
    """Answers True to go on, or another statement of money to plan anew with."""

    def __init__(self, parent: QWidget | None, report: ImportReport, money: str) -> None:
        """Show a report, and how its money was read."""
        super().__init__(parent, report)
        self.money = ChoiceBox()
        self.money.setAccessibleName(tr("Which statement of money becomes funding lines"))
        self.money.addItem(tr("What each activity states first"), "")
        for kind in MONEY_KINDS:
            self.money.addItem(money_words(kind), kind)
        self.money.setCurrentIndex(max(self.money.findData(money), 0))
        self.money.setToolTip(
            tr("IATI states the same money in several ways; only one of them may count.")
        )
        form = QFormLayout()
        form.addRow(tr("Money is read from"), self.money)
        self.body.insertLayout(0, form)
        self.money.activated.connect(lambda _at: self.answer(self.money.currentData()))
