"""A recovery sheet: on which way it is to be made, and typing it back from the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLineEdit

from desktop.dialogs.question import QuestionDialog
from model.storage.identities import mistyped_groups
from resources.text import plural, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from model.storage.recovery import Sheet

SheetForm = Literal["print", "pdf", "text"]


class SheetDialog(QuestionDialog):
    """On which way; answers with a SheetForm."""

    def __init__(self, parent: QWidget | None, name: str) -> None:
        """Ask about the sheet of a project."""
        super().__init__(
            parent,
            tr("A recovery sheet for {name}", name=name),
            tr(
                "A key on paper opens the project when the passphrase is lost or its keeper is "
                "gone. The sheet names the project's file and tells how to open it, with "
                "Crosstrack and with common tools. Whoever finds it can open the project: a "
                "printer's queue and memory keep a copy, and so does a file until it is deleted. "
                "Use a printer of your own on a cable."
            ),
        )
        self.setMinimumWidth(560)
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("As a text file…"), lambda: "text")
        self.add_answer(tr("As a PDF…"), lambda: "pdf")
        self.add_answer(tr("Print…"), lambda: "print", default=True)


class TypeBackDialog(QuestionDialog):
    """Types the key back from the paper; answers "right" or "skipped"."""

    def __init__(self, parent: QWidget | None, sheet: Sheet) -> None:
        """Ask for the key of a sheet that was just made."""
        super().__init__(
            parent,
            tr("Is the sheet right?"),
            tr(
                "Type the groups from the paper, in their order; gaps, hyphens and small letters "
                "do not matter. A sheet that nobody can read helps nobody."
            ),
        )
        self._sheet = sheet
        self.typed = QLineEdit()
        self.typed.setAccessibleName(tr("The key from the sheet"))
        self.typed.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.typed.setMinimumWidth(640)
        self.body.addWidget(self.typed)
        self.add_cancel(tr("Throw the sheet away"))
        self.add_answer(tr("Without check"), lambda: "skipped")
        self.add_answer(tr("Check"), self._check, default=True)

    def _check(self) -> str | None:
        wrong = mistyped_groups(self._sheet.key, self.typed.text())
        if not wrong:
            return "right"
        self.complain(
            plural(
                "Group {groups} is not as in the project; look at it again.",
                "Groups {groups} are not as in the project; look at them again.",
                len(wrong),
                groups=", ".join(map(str, wrong)),
            )
        )
        return None
