"""What the list of rotations asks for, and the hand-over note of the posting that is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPlainTextEdit, QPushButton, QSpinBox

from model.commands.records import set_fields
from model.timeline import lists
from model.timeline.continuity import NEAR_DAYS
from resources.text import tr
from widgets.timeline.planning_options import Options

if TYPE_CHECKING:
    from datetime import date

    from model.tables import Tables
    from model.timeline.lists import Line
    from widgets.common.workspace import Workspace

_NOTE_LINES = 3


class RotationOptions(Options):
    """How near a milestone counts, whether all are listed, and a place for the hand-over note."""

    asks = True

    def __init__(self, workspace: Workspace) -> None:
        """Begin with all rotations and no posting."""
        super().__init__()
        self._workspace = workspace
        self._posting = ""
        self.near = QSpinBox()
        self.near.setRange(1, 730)
        self.near.setValue(NEAR_DAYS)
        self.near.setSuffix(tr(" days"))
        self.near.setAccessibleName(tr("Days within which a milestone counts as near"))
        self.near.lineEdit().setAccessibleName(self.near.accessibleName())
        self.only = QCheckBox(tr("Only where something is at risk"))
        self.only.setToolTip(
            tr("No successor, a gap, relationships or channels that rest on the holder, "
               "no note, or a milestone near")
        )  # fmt: skip
        self.subject = QLabel()
        self.subject.setTextFormat(Qt.TextFormat.PlainText)
        self.subject.setWordWrap(True)
        self.note = QPlainTextEdit()
        self.note.setAccessibleName(tr("Hand-over note"))
        self.note.setPlaceholderText(tr("Who knows whom, what was promised, what must not be said"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * _NOTE_LINES + 16)
        self.keep = QPushButton(tr("Keep the note"))
        self._rows = self._form()
        self._rows.addRow(tr("Near means"), self.near)
        self._rows.addRow(self.only)
        self._rows.addRow(self.subject)
        self._rows.addRow(self.note)
        self._rows.addRow(self.keep)
        self.near.valueChanged.connect(lambda _: self.changed.emit())
        self.only.toggled.connect(lambda _: self.changed.emit())
        self.keep.clicked.connect(lambda _=False: self._keep())
        self._show_posting()

    def lines(self, tables: Tables, as_of: date) -> list[Line]:
        """Ends of postings, those ahead first."""
        chosen = [key for key in self._workspace.selection if key[0] == "postings"]
        if chosen and chosen[0][1] != self._posting:
            self._posting = chosen[0][1]
            self._show_posting()
        elif self._posting and self._posting not in tables.postings:
            self._posting = ""
            self._show_posting()
        return lists.rotation_lines(
            tables, as_of, self.near.value(), only_at_risk=self.only.isChecked()
        )

    def _show_posting(self) -> None:
        posting = self._workspace.document.postings.get(self._posting)
        for row in (self.note, self.keep):
            self._rows.setRowVisible(row, posting is not None)
        if posting is None:
            self.subject.setText(tr("Choose a posting to write its hand-over note."))
            return
        holder = posting.holder or tr("Holder not known")
        self.subject.setText(
            tr("Hand-over note of {office}, {holder}", office=posting.office, holder=holder)
        )
        self.note.setPlainText(posting.handover_note)

    def _keep(self) -> None:
        document, posting = self._workspace.document, self._posting
        text = self.note.toPlainText()
        self._workspace.attempt(
            lambda: set_fields(document, "postings", [posting], {"handover_note": text})
        )
        self.changed.emit()
