"""What can be written down below a grid: a search, a test, a divider, an entry of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from model.codes import DIVIDER_CATEGORIES, DIVIDER_EFFECTS, DIVIDER_SIDES
from model.commands.dividers import add_divider, find_test, note_test
from model.commands.gates import log_decision
from model.commands.searches import note_search
from model.dates import exactly
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.choices import ChoiceButtons
from widgets.common.lines import asking_line
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from datetime import date

    from model.dates import PartialDate
    from widgets.common.workspace import Workspace


class SearchForm(QWidget):
    """Answers a gap: looked for, none found, on the day that the window shows."""

    action = "search"

    def __init__(self, workspace: Workspace) -> None:
        """Ask where was looked."""
        super().__init__()
        self._workspace = workspace
        self._key: tuple[str, ...] = ()
        self.outcome = asking_line(
            tr("Where did you look, whom did you ask?"), tr("Where was looked")
        )
        self.outcome.returnPressed.connect(self.keep)
        self.none_found = QPushButton(tr("&None found"))
        self.none_found.clicked.connect(self.keep)
        line = _row(self)
        line.addWidget(self.outcome, 1)
        line.addWidget(self.none_found)

    def show_key(self, key: tuple[str, ...]) -> None:
        """Ask about a category on a track."""
        if key != self._key:
            self.outcome.clear()
        self._key = key
        day = self._workspace.as_of.isoformat()
        self.none_found.setToolTip(tr("Looked for, none found, {date}", date=day))

    def keep(self) -> None:
        """Note that the category was looked for and nobody was found."""
        _, category, track = self._key
        self._workspace.attempt(
            lambda: note_search(
                self._workspace.document,
                category,
                track,
                self.outcome.text(),
                shown_day(self._workspace),
            )
        )
        self.outcome.clear()


class EffectForm(QWidget):
    """Judges what an activity does to a divider or connector."""

    action = "test"

    def __init__(self, workspace: Workspace) -> None:
        """Ask for the effect, why, what else could be done, and who says so."""
        super().__init__()
        self._workspace = workspace
        self._key: tuple[str, ...] = ()
        effects = [(code, DIVIDER_EFFECTS.label(code)) for code in DIVIDER_EFFECTS.codes]
        self.effect = ChoiceButtons(effects, tr("What it does"))
        self.effect.chosen.connect(lambda _: self.keep())
        self.reasoning = asking_line(tr("Why?"), tr("Reasoning"))
        self.options = asking_line(tr("What could be done instead?"), tr("Other options"))
        self.role = asking_line(tr("Who judges (a role)"), tr("Who judges"))
        self.keep_button = QPushButton(tr("&Keep"))
        self.keep_button.clicked.connect(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.effect)
        for field in (self.reasoning, self.options, self.role):
            field.returnPressed.connect(self.keep)
        layout.addWidget(self.reasoning)
        layout.addWidget(self.options)
        rest = QWidget()
        line = _row(rest)
        line.addWidget(self.role, 1)
        line.addWidget(self.keep_button)
        layout.addWidget(rest)

    def show_key(self, key: tuple[str, ...]) -> None:
        """Show the judgement that stands for an activity and a divider."""
        if key == self._key and self._is_typing():
            return
        same = key == self._key
        self._key = key
        standing = find_test(self._workspace.document, key[1], key[2])
        if standing is None and same:
            return
        self.effect.choose("" if standing is None else standing.effect)
        self.reasoning.setText("" if standing is None else standing.reasoning)
        self.options.setText("" if standing is None else standing.options)
        if standing is not None:
            self.role.setText(standing.reviewer_role)

    def _is_typing(self) -> bool:
        return any(one.hasFocus() for one in (self.reasoning, self.options, self.role))

    def keep(self) -> None:
        """Note the judgement; without an effect chosen it is not known."""
        _, activity, divider = self._key
        self._workspace.attempt(
            lambda: note_test(
                self._workspace.document,
                activity,
                divider,
                self.effect.code or "unknown",
                day=shown_day(self._workspace),
                reasoning=self.reasoning.text(),
                options=self.options.text(),
                reviewer_role=self.role.text(),
            )
        )


class DividerForm(QWidget):
    """Lists one more divider or connector."""

    def __init__(self, workspace: Workspace) -> None:
        """Ask what it is, and of which category."""
        super().__init__()
        self._workspace = workspace
        self.title = asking_line(tr("What divides or connects people here?"), tr("Title"))
        self.category = ChoiceBox()
        self.category.setAccessibleName(tr("Category"))
        for code in DIVIDER_CATEGORIES.codes:
            self.category.addItem(DIVIDER_CATEGORIES.label(code), code)
        line = _row(self)
        line.addWidget(self.title, 1)
        line.addWidget(self.category)
        self.buttons = {}
        for side in DIVIDER_SIDES.codes:
            text = tr("Add {side}", side=DIVIDER_SIDES.label(side).lower())
            button = QPushButton(text)
            button.clicked.connect(lambda _=False, side=side: self.add(side))
            self.buttons[side] = button
            line.addWidget(button)

    def add(self, side: str) -> None:
        """Add it to a side, and be ready for the next."""
        category = str(self.category.currentData())
        made = self._workspace.attempt(
            lambda: add_divider(self._workspace.document, self.title.text(), side, category)
        )
        if made is not None:
            self.title.clear()
        self.title.setFocus()


class DecisionForm(QWidget):
    """Adds an entry to the log, which nothing takes out again."""

    def __init__(self, workspace: Workspace) -> None:
        """Ask what was decided, why, between which options and by whom."""
        super().__init__()
        self._workspace = workspace
        self.title = asking_line(tr("What was decided?"), tr("Decision"))
        self.reason = asking_line(tr("Why?"), tr("Reason"))
        self.options = asking_line(tr("Which other options were there?"), tr("Options"))
        self.role = asking_line(tr("By whom (a role)"), tr("Decided by"))
        self.log_button = QPushButton(tr("&Log it"))
        self.log_button.setEnabled(False)
        self.log_button.clicked.connect(self.log)
        self.title.textChanged.connect(lambda text: self.log_button.setEnabled(bool(text.strip())))
        line = _row(self)
        for field in (self.title, self.reason, self.options, self.role):
            field.returnPressed.connect(self.log)
            line.addWidget(field, 1)
        line.addWidget(self.log_button)

    def log(self) -> None:
        """Add the entry; it is about the one thing that is selected, if any."""
        if not self.title.text().strip():
            self.title.setFocus()
            return
        selection = self._workspace.selection
        table, record_id = selection[0] if len(selection) == 1 else ("", "")
        made = self._workspace.attempt(
            lambda: log_decision(
                self._workspace.document,
                self.title.text().strip(),
                reason=self.reason.text().strip(),
                options=self.options.text().strip(),
                decided_by=self.role.text().strip(),
                date=exactly(cast("date", QDate.currentDate().toPython())),
                target_table=table,
                target_id=record_id,
            )
        )
        if made is not None:
            for field in (self.title, self.reason, self.options):
                field.clear()


def shown_day(workspace: Workspace) -> PartialDate:
    """The day that the window shows."""
    return exactly(workspace.as_of)


def _row(widget: QWidget) -> QHBoxLayout:
    line = QHBoxLayout(widget)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GRID)
    return line
