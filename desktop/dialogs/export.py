"""The pack builder: for whom, what is withheld, which pages, whose names, which files."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDate, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTabWidget,
    QToolButton,
    QWidget,
)

from desktop.dialogs.aliases import AliasChooser
from desktop.dialogs.audience import audience_box, flags_words, withheld_words
from desktop.dialogs.files import folder_question
from desktop.dialogs.passphrase import show_box
from desktop.dialogs.preview import PagesView
from desktop.dialogs.question import QuestionDialog, plain_label
from desktop.dialogs.recipe import RecipeChooser
from desktop.dialogs.reckoned import Reckoned, reckon
from desktop.dialogs.withheld import WithheldList
from desktop.tasks import FlowRunner, Newest
from desktop.timeline_in_view import for_copy
from desktop.unshown_letters import by_own_ids, unshown_words
from exporters.recipes import kept_fields, told_by
from exporters.request import ExportRequest, TimelineWindow
from model.commands.recipes import recipes_in_order
from model.redaction import Aliases
from model.refusals import Refusal
from resources.text import pack_languages, plural, tr
from widgets.common.choice_box import ChoiceBox

if TYPE_CHECKING:
    from datetime import date

    from exporters.request import OutputKind, Recipe
    from exporters.unshown import Unshown
    from model.document import Snapshot
    from model.records import PackRecipe
    from model.redaction import RedactedCopy

_SETTLED_MS = 350
_LEFT = 430
_SIZE = (1120, 760)
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


_NOBODY = Aliases()


@dataclass(frozen=True)
class ExportChoice:
    """What the user wants: for whom, as of when, which files, put together how."""

    audience: str
    as_of: date
    outputs: tuple[tuple[OutputKind, Path], ...]
    override: str
    recipe: Recipe
    language: str = "en"
    aliases: Aliases = _NOBODY
    keep_positions: bool = False
    pdf_password: str = field(default="", repr=False)


class ExportDialog(QuestionDialog):
    """Answers with an ExportChoice.

    Signals:
        keep_recipe: a recipe to be kept, by its title and fields.
    """

    keep_recipe = Signal(str, object)

    def __init__(
        self,
        parent: QWidget | None,
        snapshot: Snapshot,
        as_of: date,
        file_stem: str,
        styling: tuple[str, str] = ("", ""),
        runner: FlowRunner | None = None,
        timeline: TimelineWindow | None = None,
    ) -> None:
        """Ask about a project as it is now; its map is coloured and sized by `styling`.

        `timeline` is what the timeline in the window shows. The runner reckons off the GUI thread;
        without one it is done at once.
        """
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
        self._timeline, self._lost = timeline or TimelineWindow(), ""
        self._runner = runner or FlowRunner(self, serial=True)
        self._newest = Newest(self._runner)
        self._reckoned: Reckoned | None = None
        self._copy: RedactedCopy | None = None
        self._needs_reason = False
        self._seed = secrets.token_hex(16)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLED_MS)
        self._later.timeout.connect(self._show_pages)
        self.recipe = RecipeChooser(snapshot, recipes_in_order(snapshot), styling)
        self.aliases = AliasChooser(snapshot)
        self.pages = PagesView(self._runner)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Parts of the pack"))
        self.tabs.tabBar().setAccessibleName(tr("Parts of the pack"))
        self.tabs.addTab(self._audience_tab(as_of), tr("Audience"))
        self.tabs.addTab(self.recipe, tr("Briefing"))
        self.tabs.addTab(self.aliases, tr("Aliases"))
        self.tabs.addTab(self._files_tab(), tr("Files"))
        self.tabs.setMinimumWidth(_LEFT)
        self.recipe.setContentsMargins(8, 8, 8, 8)
        both = QSplitter()
        both.addWidget(self.tabs)
        both.addWidget(self.pages)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        self.body.addWidget(both, 1)
        self._add_notes()
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Make the pack"), self._value, default=True)
        self._connect()
        self._preview()
        self.wish(*_SIZE)

    def _add_notes(self) -> None:
        """What to know before the pack is made, and the reason to go on all the same."""
        self.asked = plain_label("", "explanation")
        self.letters = plain_label("", "problem")
        self.letters.hide()
        self.flags = plain_label("", "problem")
        self.override = QLineEdit()
        self.override.setAccessibleName(tr("Reason to go on"))
        self.override.setPlaceholderText(tr("Reason to go on; it is kept in the decision log"))
        self.body.addWidget(self.asked)
        self.body.addWidget(self.letters)
        self.body.addWidget(self.flags)
        self.body.addWidget(self.override)

    def _connect(self) -> None:
        self.audience.currentIndexChanged.connect(lambda _: self._preview())
        self.keep_positions.toggled.connect(lambda _: self._preview())
        self.as_of.dateChanged.connect(lambda _: self._preview())
        self.language.currentIndexChanged.connect(lambda _: self._later.start())
        self.aliases.changed.connect(self._preview)
        self.recipe.changed.connect(self._later.start)
        self.recipe.taken.connect(self._take)
        self.recipe.keep_wanted.connect(self._keep)
        for one in (self.recipe, self.password, self.password_shown):
            self.kinds["pdf"].toggled.connect(one.setEnabled)
        self._newest.answered.connect(self._show)
        self.finished.connect(lambda _: self._newest.close())
        self.pages.preview.unshown.connect(self._tell_letters)
        self.finished.connect(lambda _: self.pages.preview.close())

    def _audience_tab(self, as_of: date) -> QWidget:
        tab = QWidget()
        form = QFormLayout(tab)
        form.setVerticalSpacing(10)
        self.audience = audience_box()
        form.addRow(tr("Audience"), self.audience)
        self.as_of = QDateEdit(QDate(as_of.year, as_of.month, as_of.day))
        # Qt turns the parts of a date round in windows that are read from right to left.
        self.as_of.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setCalendarPopup(True)
        _calm(self.as_of.calendarWidget())
        self.as_of.setAccessibleName(tr("As of"))
        form.addRow(tr("As of"), self.as_of)
        self.language = ChoiceBox()
        self.language.setAccessibleName(tr("Language of the pack"))
        for code in pack_languages():
            self.language.addItem(_language_name(code), code)
        form.addRow(tr("Language"), self.language)
        self.keep_positions = QCheckBox(tr("Leave the cards of the map where they are"))
        form.addRow("", self.keep_positions)
        self.positions_warning = plain_label(
            tr(
                "Gaps between the cards can tell that something is left out, and where. Without "
                "this the map is arranged anew."
            ),
            "problem",
        )
        form.addRow("", self.positions_warning)
        self.withheld = plain_label("", "explanation")
        form.addRow(self.withheld)
        self.withheld_list = WithheldList()
        form.addRow(self.withheld_list)
        return tab

    def _files_tab(self) -> QWidget:
        tab = QWidget()
        form = QFormLayout(tab)
        form.setVerticalSpacing(10)
        self.kinds: dict[OutputKind, QCheckBox] = {}
        for kind, text, _suffix in _KINDS:
            box = QCheckBox(tr(text))
            box.setChecked(kind in {"pdf", "xlsx"})
            self.kinds[kind] = box
            form.addRow(tr("Make") if not self.kinds.keys() - {kind} else "", box)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(tr("Password of the briefing"))
        self.password.setPlaceholderText(tr("Only if the PDF is to ask for one"))
        self.password_shown = show_box([self.password])
        form.addRow(tr("Password"), self.password)
        form.addRow("", self.password_shown)
        self.folder = QLineEdit()
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.setPlaceholderText(tr("Choose where the files go"))
        form.addRow(tr("Folder"), self._folder_row())
        return tab

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

    def _chosen_aliases(self) -> Aliases:
        return Aliases(self.aliases.chosen(), self.aliases.holders.isChecked(), self._seed)

    def _preview(self) -> None:
        """Reckon what is withheld now, off the GUI thread; pages follow after a moment's calm."""
        work = partial(
            reckon,
            self._snapshot,
            self._audience(),
            self._day(),
            self._chosen_aliases(),
            keep_positions=self.keep_positions.isChecked(),
        )
        self._later.stop()
        self.withheld.setText(tr("Reckoning what is withheld…"))
        self.positions_warning.setVisible(self.keep_positions.isChecked())
        self._newest.ask(work)

    def _show(self, reckoned: Reckoned) -> None:
        """Say what has been reckoned for the present choice."""
        copy = reckoned.copy
        self._reckoned = reckoned
        mentions = plural(
            "{count} visible text mentions a withheld name: read it before you send the pack.",
            "{count} visible texts mention withheld names: read them before you send the pack.",
            len(copy.mentions),
        )
        self.withheld.setText(withheld_words(copy, mentions))
        self.withheld_list.show_groups(reckoned.withheld)
        self.asked.setText(
            tr("Checklist, questions on exports: {progress}.", progress=reckoned.asked)
        )
        self.asked.setVisible(bool(reckoned.asked))
        self.flags.setText(flags_words(reckoned.flags))
        self.flags.setVisible(bool(reckoned.flags))
        self.override.setVisible(bool(reckoned.flags))
        self._needs_reason = bool(reckoned.flags)
        self._later.start()

    def _show_pages(self) -> None:
        """Bring the pages up to date; only while somebody can see them."""
        if not self.isVisible() or self._reckoned is None or self._newest.is_open:
            return
        self._copy = self._reckoned.copy
        request = ExportRequest(
            audience=self._audience(),
            as_of=self._day(),
            language=self._language(),
            recipe=self.recipe.recipe(),
            keep_positions=self.keep_positions.isChecked(),
            timeline=self._timeline,
        )
        try:
            request = for_copy(request, self._copy)
        except Refusal as refusal:
            self._lost = refusal.message
            self.complain(self._lost)
            return
        if self._lost and self.problem.text() == self._lost:
            self.complain("")
        self.pages.show_pages(self._reckoned.data, request)

    def _tell_letters(self, found: tuple[Unshown, ...]) -> None:
        """Say what the pages show with replacement marks, before the pack is made."""
        own = by_own_ids(found, self._copy) if self._copy is not None else found
        self.letters.setText(unshown_words(own, self._snapshot))
        self.letters.setVisible(bool(found))

    def _take(self, kept: PackRecipe) -> None:
        """Take over what a kept recipe says of audience, language, aliases and files."""
        told = told_by(kept)
        for box, name in ((self.audience, "audience"), (self.language, "language")):
            at = box.findData(told.get(name, ""))
            if at >= 0:
                box.setCurrentIndex(at)
        for kind, tick in self.kinds.items():
            tick.setChecked(kind in kept.outputs)
        self.aliases.tick(kept.alias_ids, holders=told.get("holders") == "alias")

    def _keep(self, title: str) -> None:
        """Keep the present choice in the project, under a name."""
        more = {"audience": self._audience(), "language": self._language()}
        if self.aliases.holders.isChecked():
            more["holders"] = "alias"
        fields = {
            **kept_fields(self.recipe.recipe(), **more),
            "outputs": tuple(kind for kind, tick in self.kinds.items() if tick.isChecked()),
            "alias_ids": tuple(sorted(self.aliases.chosen())),
        }
        if not title.strip():
            self.complain(tr("Give the recipe a name."))
            return
        self.complain("")
        self.keep_recipe.emit(title.strip(), fields)

    def _value(self) -> ExportChoice | None:
        problem = self._problem()
        self.complain(problem)
        if problem:
            return None
        return ExportChoice(
            self._audience(),
            self._day(),
            self._outputs(),
            self.override.text().strip(),
            self.recipe.recipe(),
            self._language(),
            self._chosen_aliases(),
            self.keep_positions.isChecked(),
            self.password.text() if self.kinds["pdf"].isChecked() else "",
        )

    def _day(self) -> date:
        return cast("date", self.as_of.date().toPython())

    def _language(self) -> str:
        return cast("str", self.language.currentData())

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
        if self._newest.is_open:
            return tr("What is withheld is still being reckoned; try again in a moment.")
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


def _calm(calendar: QCalendarWidget) -> None:
    """Weekends and arrows in the colours of the window; Qt's own red means danger here."""
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, QTextCharFormat())
    arrows = {"prevmonth": Qt.ArrowType.LeftArrow, "nextmonth": Qt.ArrowType.RightArrow}
    for name, arrow in arrows.items():
        button = calendar.findChild(QToolButton, f"qt_calendar_{name}")
        if button is not None:
            button.setIcon(QIcon())
            button.setArrowType(arrow)


def _language_name(code: str) -> str:
    """A language as its readers call it, and in English for those who send the pack."""
    found = QLocale(code)
    english = QLocale.languageToString(found.language())
    own = found.nativeLanguageName()
    return english if english in own else f"{own} – {english}"
