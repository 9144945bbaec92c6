"""The question before a project with unsaved changes closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.question import QuestionDialog
from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class UnsavedDialog(QuestionDialog):
    """Answers "save" or "drop"; closing it changes nothing."""

    def __init__(self, parent: QWidget | None, title: str, *, in_file: bool) -> None:
        """Ask about a project by its title."""
        explanation = (
            tr("It has changes that are not in the file yet.")
            if in_file
            else tr("It is only in memory: it is in no file yet.")
        )
        super().__init__(parent, tr("Save {name} before closing?", name=title), explanation)
        self.add_answer(tr("Close without saving"), lambda: "drop")
        self.add_cancel(tr("Keep working"))
        self.add_answer(tr("Save"), lambda: "save", default=True)
