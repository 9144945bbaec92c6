"""The question what to do with unsaved changes that do not fit the file as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.question import QuestionDialog
from resources.text import plural, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class StrayDialog(QuestionDialog):
    """Answers "merge" or "delete"; closing it keeps them for the next time."""

    def __init__(self, parent: QWidget | None, title: str, count: int) -> None:
        """Ask about a number of changes."""
        explanation = plural(
            "They are {count} change that was kept, sealed, on this computer. The file has been "
            "changed by somebody else since, or it is another copy of the project. Merge brings "
            "both together and shows the result first.",
            "They are {count} changes that were kept, sealed, on this computer. The file has been "
            "changed by somebody else since, or it is another copy of the project. Merge brings "
            "both together and shows the result first.",
            count,
        )
        super().__init__(parent, title, explanation)
        self.setMinimumWidth(520)
        self.add_answer(tr("Delete them"), lambda: "delete")
        self.add_cancel(tr("Keep for later"))
        self.add_answer(tr("Merge…"), lambda: "merge", default=True)
