"""The dialog for an error that nobody foresaw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from desktop.dialogs.question import QuestionDialog
from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class FaultDialog(QuestionDialog):
    """Says what is safe and shows a report without any content of the project."""

    def __init__(self, parent: QWidget | None, report: str) -> None:
        """Show the report so that it can be copied."""
        super().__init__(
            parent,
            tr("Something went wrong inside Crosstrack"),
            tr(
                "What you did last may not have been carried out; the file on disk is as it was "
                "saved last. Save under another name to be sure. The report below holds no "
                "content of your project."
            ),
        )
        text = QPlainTextEdit(report)
        text.setReadOnly(True)
        text.setAccessibleName(tr("Report"))
        text.setMinimumSize(560, 200)
        self.body.addWidget(text)
        self.add_cancel(tr("Go on"))
