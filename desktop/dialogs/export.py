"""Choosing an audience and what to export, with a count of what will be withheld."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desktop.dialogs.audience import audience_box, flags_words, withheld_words
from desktop.dialogs.files import folder_question
from desktop.dialogs.question import QuestionDialog, plain_label
from desktop.dialogs.recipe import RecipeChooser
from model.redaction import open_red_flags, redact
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from exporters.request import OutputKind, Recipe
    from model.document import Snapshot

_KINDS: tuple[tuple[OutputKind, str, str], ...] = (
    ("pdf", "Briefing (PDF)", ".pdf"),
    ("xlsx", "Workbook (Excel)", ".xlsx"),
    ("svg", "Map as a drawing (SVG)", ".svg"),
    ("png", "Map as a picture (PNG)", ".png"),
    ("timeline-svg", "Timeline as it is shown, a drawing (SVG)", "-timeline.svg"),
    ("timeline-png", "Timeline as it is shown, a picture (PNG)", "-timeline.png"),
    ("csv", "Tables (CSV, one file for each)", "-csv"),
    ("document-json", "All records (JSON)", ".json"),
    ("graphml", "Network for other programs (GraphML)", ".graphml"),
    ("gexf", "Network for Gephi (GEXF)", ".gexf"),
    ("ics", "Calendar of what is dated (iCalendar)", ".ics"),
)


@dataclass(frozen=True)
class ExportChoice:
    """What the user wants: for whom, as of when, which files."""

    audience: str
    as_of: date
    outputs: tuple[tuple[OutputKind, Path], ...]
    override: str
    recipe: Recipe


class ExportDialog(QuestionDialog):
    """Answers with an ExportChoice."""

    def __init__(
        self, parent: QWidget | None, snapshot: Snapshot, as_of: date, file_stem: str
    ) -> None:
        """Ask about a project as it is now."""
        super().__init__(
            parent,
            tr("Briefing pack"),
            tr(
                "Only what the audience may see is in it: a copy is rebuilt without the rest. "
                "Nothing is hidden inside the files."
            ),
        )
        self._snapshot = snapshot
        self._stem = file_stem
        form = QFormLayout()
        form.setVerticalSpacing(10)
        self.audience = audience_box()
        form.addRow(tr("Audience"), self.audience)
        self.withheld = plain_label("", "explanation")
        form.addRow("", self.withheld)
        self.as_of = QDateEdit(QDate(as_of.year, as_of.month, as_of.day))
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setCalendarPopup(True)
        self.as_of.setAccessibleName(tr("As of"))
        form.addRow(tr("As of"), self.as_of)
        self.kinds: dict[OutputKind, QCheckBox] = {}
        for kind, text, _suffix in _KINDS:
            box = QCheckBox(tr(text))
            box.setChecked(kind in {"pdf", "xlsx"})
            self.kinds[kind] = box
            form.addRow(tr("Make") if not self.kinds.keys() - {kind} else "", box)
        self.recipe = RecipeChooser()
        form.addRow(tr("Briefing"), self.recipe)
        self.kinds["pdf"].toggled.connect(self.recipe.setEnabled)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.setPlaceholderText(tr("Choose where the files go"))
        form.addRow(tr("Folder"), self._folder_row())
        self.flags = plain_label("", "problem")
        self.override = QLineEdit()
        self.override.setAccessibleName(tr("Reason to go on"))
        self.override.setPlaceholderText(tr("Reason to go on; it is kept in the decision log"))
        form.addRow(self.flags)
        form.addRow(tr("Reason"), self.override)
        self._form = form
        self.body.addLayout(form)
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Make the pack"), self._value, default=True)
        self.audience.currentIndexChanged.connect(lambda _: self._preview())
        self._preview()

    def _folder_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.folder, 1)
        choose = QPushButton(tr("Choose…"))
        choose.clicked.connect(self._choose_folder)
        layout.addWidget(choose)
        return row

    def _choose_folder(self) -> None:
        question = folder_question(self, tr("Where the pack goes"))
        question.answered.connect(
            lambda path: self.folder.setText(str(path)) if path is not None else None
        )
        question.ask()

    def _preview(self) -> None:
        audience = self._audience()
        copy = redact(self._snapshot, audience)
        mentions = plural(
            "{count} visible text mentions a withheld actor: read it before you send the pack.",
            "{count} visible texts mention withheld actors: read them before you send the pack.",
            len(copy.mentions),
        )
        self.withheld.setText(withheld_words(copy, mentions))
        flags = open_red_flags(self._snapshot, audience)
        self.flags.setText(flags_words(flags))
        for row in (self.flags, self.override):
            self._form.setRowVisible(row, bool(flags))
        self._needs_reason = bool(flags)

    def _value(self) -> ExportChoice | None:
        problem = self._problem()
        self.complain(problem)
        if problem:
            return None
        picked = cast("date", self.as_of.date().toPython())
        reason = self.override.text().strip()
        return ExportChoice(self._audience(), picked, self._outputs(), reason, self.recipe.recipe())

    def _audience(self) -> str:
        return cast("str", self.audience.currentData())

    def _outputs(self) -> tuple[tuple[OutputKind, Path], ...]:
        name = f"{self._stem}-{self._audience().lower().replace('+', '-')}"
        folder = Path(self.folder.text().strip())
        return tuple(
            (kind, folder / f"{name}{suffix}")
            for kind, _text, suffix in _KINDS
            if self.kinds[kind].isChecked()
        )

    def _problem(self) -> str:
        """What is missing, in one sentence; empty when all is there."""
        folder = self.folder.text().strip()
        if not folder or not Path(folder).is_dir():
            return tr("Choose a folder that exists.")
        outputs = self._outputs()
        if not outputs:
            return tr("Choose at least one thing to make.")
        if self.kinds["pdf"].isChecked() and not self.recipe.recipe().sections:
            return tr("Tick at least one section of the briefing.")
        if self._needs_reason and not self.override.text().strip():
            return tr("Give a reason to go on in spite of the open red flags.")
        taken = [path.name for _kind, path in outputs if path.exists()]
        if taken:
            return tr("{name} is already there; choose another folder.", name=taken[0])
        return ""
