"""What an import would do, before it does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from desktop.dialogs.question import QuestionDialog
from resources.text import plural, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from model.importing.report import ImportReport


class ImportPlanDialog(QuestionDialog):
    """Answers True when the plan is to be carried out."""

    def __init__(self, parent: QWidget | None, report: ImportReport) -> None:
        """Show a report; where something is refused nothing can be imported."""
        explanation = (
            tr("Nothing can be imported until the refused places are mended.")
            if report.refused
            else plural(
                "{count} record would be added, as one step that can be undone.",
                "{count} records would be added, as one step that can be undone.",
                report.added,
            )
        )
        super().__init__(parent, tr("Import from {name}", name=report.source), explanation)
        text = QPlainTextEdit("\n".join(report.sentences()))
        text.setReadOnly(True)
        text.setAccessibleName(tr("Report of the import"))
        self.give_room(text, 720, 360)
        self.body.addWidget(text)
        self.add_cancel(tr("Close") if report.refused else tr("Do not import"))
        if not report.refused:
            self.add_answer(tr("Import"), lambda: True, default=True)
