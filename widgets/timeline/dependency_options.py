"""The form for what the selected thing waits for: another thing, a date, or a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from model.codes import DEPENDENCY_KINDS, TRISTATES
from model.commands.dependencies import NO_NODE, Statement, state_dependency
from model.commands.records import remove_records
from model.dates import parse_date
from model.timeline import lists
from model.timeline.dependencies import STEP_TABLES, awaited, waits
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.theme import GRID
from widgets.timeline.planning_options import Options

if TYPE_CHECKING:
    from datetime import date

    from model.dates import PartialDate
    from model.records import Dependency
    from model.tables import Tables
    from model.timeline.dependencies import Node
    from model.timeline.lists import Line
    from widgets.common.workspace import Workspace

_WITH_OTHER = frozenset({"finish_start", "start_start", "only_if"})
_LONGEST_LAG = 3650


class DependencyOptions(Options):
    """States dependencies of the selected thing; one that is selected in the list is changed."""

    asks = True

    def __init__(self, workspace: Workspace) -> None:
        """Begin with nothing selected."""
        super().__init__()
        self._workspace = workspace
        self._target: Node = NO_NODE
        self._known = ""
        self._taken: tuple[Node, ...] = ()
        self._steps: tuple[tuple[Node, str], ...] = ()
        self.subject = QLabel()
        self.subject.setTextFormat(Qt.TextFormat.PlainText)
        self.subject.setWordWrap(True)
        self.kind = ChoiceBox()
        self.kind.setAccessibleName(tr("In which way it waits"))
        for code in DEPENDENCY_KINDS.codes:
            self.kind.addItem(DEPENDENCY_KINDS.label(code), code)
        self.other = ChoiceBox()
        self.other.setEditable(True)
        self.other.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.other.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.other.setMinimumContentsLength(12)
        self.other.setAccessibleName(tr("What it waits for"))
        line = QLineEdit()
        line.setAccessibleName(tr("What it waits for"))
        line.setPlaceholderText(tr("Type a part of its name"))
        self.other.setLineEdit(line)
        completer = QCompleter(self.other.model(), self.other)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.other.setCompleter(completer)
        self.lag = QSpinBox()
        self.lag.setRange(-_LONGEST_LAG, _LONGEST_LAG)
        self.lag.setSuffix(tr(" days"))
        self.lag.setAccessibleName(tr("Days between; fewer than none where they may overlap"))
        self.lag.lineEdit().setAccessibleName(self.lag.accessibleName())
        self.date = QLineEdit()
        self.date.setAccessibleName(tr("Date before which it must not begin"))
        self.date.setPlaceholderText(tr("2014-03-27, March 2014, after 2014"))
        self.condition = QLineEdit()
        self.condition.setAccessibleName(tr("What must be the case"))
        self.condition.setPlaceholderText(tr("Track I stalls"))
        self.met = ChoiceBox()
        self.met.setAccessibleName(tr("Whether that is the case"))
        for code in TRISTATES.codes:
            self.met.addItem(TRISTATES.label(code), code)
        self.state = QPushButton(tr("State it"))
        self.remove = QPushButton(tr("Remove"))
        self.fresh = QPushButton(tr("New"))
        self._buttons = QWidget()
        self._arrange()
        self._show_fields(there=False)

    def _arrange(self) -> None:
        buttons = self._buttons
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for button in (self.state, self.remove, self.fresh):
            row.addWidget(button)
        row.addStretch(1)
        self._rows = self._form()
        self._rows.addRow(self.subject)
        self._rows.addRow(self.kind)
        self._rows.addRow(tr("Waits for"), self.other)
        self._rows.addRow(tr("Not before"), self.date)
        self._rows.addRow(tr("Only if"), self.condition)
        self._rows.addRow(tr("Is it so?"), self.met)
        self._rows.addRow(tr("Days between"), self.lag)
        self._rows.addRow(buttons)
        self.kind.currentIndexChanged.connect(lambda _: self._show_fields())
        self.state.clicked.connect(lambda _=False: self._make_real())
        self.remove.clicked.connect(lambda _=False: self._remove())
        self.fresh.clicked.connect(lambda _=False: self._begin())
        for one in (self.date, self.condition):
            one.returnPressed.connect(self._make_real)

    def lines(self, tables: Tables, _as_of: date) -> list[Line]:
        """Clashes first, then what is kept."""
        self._offer(tables)
        chosen = self._workspace.selection
        by_hand = chosen != self._taken
        if by_hand and chosen and chosen[-1] != self._target and chosen[-1][0] in STEP_TABLES:
            self._target = chosen[-1]
            self._begin()
            before = chosen[-2] if len(chosen) > 1 else NO_NODE
            if before[0] in STEP_TABLES:
                self._choose(before)
        if self._known and self._known not in tables.dependencies:
            self._begin()
        self._name_subject(tables)
        return lists.clash_lines(tables)

    def hint(self) -> str:
        """How links are drawn without a form."""
        return tr("Drag from the knob of a bar to what shall wait for it, or press L.")

    def take(self, line: Line) -> None:
        """Put what the line tells of into the form; the selection that follows is not by hand."""
        dependency = self._workspace.document.dependencies.get(line.dependency_id)
        if dependency is not None:
            self._taken = line.nodes
            self.show_record(dependency)

    def show_record(self, dependency: Dependency) -> None:
        """Put a dependency into the form, to change it."""
        self._known = dependency.id
        self._target = waits(dependency)
        self.kind.setCurrentIndex(self.kind.findData(dependency.kind))
        self._choose(awaited(dependency) or NO_NODE)
        self.lag.setValue(dependency.lag_days)
        self.date.setText("" if dependency.date is None else dependency.date.iso())
        self.condition.setText(dependency.condition)
        self.met.setCurrentIndex(self.met.findData(dependency.met))
        self._show_fields()
        self._name_subject(self._workspace.document)

    def _name_subject(self, tables: Tables) -> None:
        there = tables.get(*self._target) is not None if self._target[1] else False
        self._show_fields(there=there)
        self.remove.setVisible(bool(self._known))
        self.fresh.setVisible(bool(self._known))
        self.state.setText(tr("Change it") if self._known else tr("State it"))
        if there:
            name = tables.name_of(*self._target)
            self.subject.setText(tr("“{name}” begins", name=name))
        else:
            self.subject.setText(tr("Select what shall wait on the timeline."))

    def _begin(self) -> None:
        """An empty form for the same thing."""
        self._known = ""
        self._choose(NO_NODE)
        self.lag.setValue(0)
        for one in (self.date, self.condition):
            one.clear()
        self.met.setCurrentIndex(self.met.findData("unknown"))
        self._name_subject(self._workspace.document)

    def _show_fields(self, *, there: bool = True) -> None:
        """The fields that the kind needs; none while nothing is selected."""
        kind = str(self.kind.currentData())
        self._rows.setRowVisible(self.kind, there)
        self._rows.setRowVisible(self.other, there and kind in _WITH_OTHER)
        self._rows.setRowVisible(self.date, there and kind == "not_before")
        self._rows.setRowVisible(self.condition, there and kind == "only_if")
        self._rows.setRowVisible(self.met, there and kind == "only_if")
        self._rows.setRowVisible(self.lag, there and kind != "not_before")
        self._rows.setRowVisible(self._buttons, there)

    def _offer(self, tables: Tables) -> None:
        """Everything with dates, by its name."""
        steps = tuple(
            sorted(
                (
                    ((table, one), tables.name_of(table, one))
                    for table in sorted(STEP_TABLES)
                    for one in tables.table(table)
                ),
                key=lambda step: (step[1].casefold(), step[0]),
            )
        )
        if steps == self._steps:
            return
        now, text = self._chosen(), self.other.currentText()
        self._steps = steps
        self.other.clear()
        for node, name in steps:
            self.other.addItem(name, node)
        self._choose(now)
        if not now[1]:
            self.other.setEditText(text)

    def _choose(self, node: Node) -> None:
        at = next((at for at, (step, _) in enumerate(self._steps) if step == node), -1)
        self.other.setCurrentIndex(at)
        if at < 0:
            self.other.setEditText("")

    def _chosen(self) -> Node:
        """What the text of the chooser names, where it names one thing only."""
        text = self.other.currentText().strip()
        at = self.other.currentIndex()
        if 0 <= at < len(self._steps) and self._steps[at][1] == text:
            return self._steps[at][0]
        named = [node for node, name in self._steps if name.casefold() == text.casefold()]
        return named[0] if len(named) == 1 else NO_NODE

    def _make_real(self) -> None:
        document = self._workspace.document
        made = self._workspace.attempt(
            lambda: state_dependency(document, self._statement(), self._known)
        )
        if made is not None:
            self.show_record(made)
            self.changed.emit()

    def _statement(self) -> Statement:
        kind = str(self.kind.currentData())
        return Statement(
            target=self._target,
            other=self._chosen() if kind in _WITH_OTHER else NO_NODE,
            kind=kind,
            lag_days=self.lag.value(),
            date=self._date() if kind == "not_before" else None,
            condition=self.condition.text(),
            met=str(self.met.currentData()),
        )

    def _date(self) -> PartialDate | None:
        text = self.date.text().strip()
        return parse_date(text) if text else None

    def _remove(self) -> None:
        document, known = self._workspace.document, self._known
        self._workspace.attempt(lambda: remove_records(document, "dependencies", [known]))
        self._begin()
        self.changed.emit()
