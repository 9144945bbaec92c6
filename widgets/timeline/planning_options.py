"""What the planning lists ask for: a step, a baseline, a grouping, an earlier day."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from model.timeline import lists
from model.timeline.baselines import add_baseline, ghosts
from model.timeline.changes import between
from model.timeline.dependencies import STEP_TABLES
from model.timeline.scheduling import Schedule, apply, settle_all, what_if
from resources.text import plural, tr
from widgets.common.choice_box import ChoiceBox
from widgets.timeline.date_field import DateField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.records import Baseline
    from model.tables import Tables
    from model.timeline.changes import How
    from model.timeline.lists import Line
    from model.timeline.moving import MoveUnit
    from model.timeline.span import Span
    from widgets.common.workspace import Workspace


class Options(QWidget):
    """What one list asks for; this one asks for nothing.

    Signals:
        changed: the list must be made again.
    """

    changed = Signal()
    asks = False

    def lines(self, _tables: Tables, _as_of: date) -> list[Line]:
        """The lines of the list."""
        return []

    def ghosts(self, _tables: Tables) -> Mapping[tuple[str, str], Span]:
        """What else the timeline shows meanwhile."""
        return {}

    def marks(self, _tables: Tables, _as_of: date) -> Mapping[str, How]:
        """What is marked on the map meanwhile, by record id."""
        return {}

    def hint(self) -> str:
        """What to do when there is nothing to list."""
        return ""

    def take(self, line: Line) -> None:
        """A line of the list was chosen."""

    def _form(self) -> QFormLayout:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        return form


class ScheduleOptions(Options):
    """Moves that are shown before they are made: what would move, where to, and a button."""

    asks = True

    def __init__(self, workspace: Workspace) -> None:
        """Work on the project of a workspace."""
        super().__init__()
        self._workspace = workspace
        self.apply = QPushButton(tr("Move them"))
        self.apply.clicked.connect(lambda _=False: self._make_real())

    @abstractmethod
    def schedule(self) -> Schedule | None:
        """What would happen; None when there is nothing to ask about."""

    def lines(self, tables: Tables, _as_of: date) -> list[Line]:
        """What would move."""
        schedule = self.schedule()
        self.apply.setEnabled(schedule is not None and bool(schedule.shifts))
        return [] if schedule is None else lists.schedule_lines(tables, schedule)

    def ghosts(self, _tables: Tables) -> Mapping[tuple[str, str], Span]:
        """Where things would stand."""
        schedule = self.schedule()
        return {} if schedule is None else {one.node: one.after.span for one in schedule.shifts}

    def _make_real(self) -> None:
        schedule = self.schedule()
        if schedule is not None:
            self._workspace.attempt(lambda: apply(self._workspace.document, schedule))


class SettleOptions(ScheduleOptions):
    """All that clashes for certain moves later, as far as it must."""

    def __init__(self, workspace: Workspace) -> None:
        """Look at the whole plan."""
        super().__init__(workspace)
        self._form().addRow(self.apply)

    def schedule(self) -> Schedule:
        """What settling the whole plan would move."""
        return settle_all(self._workspace.document)

    def hint(self) -> str:
        """What moves, and that nothing has moved yet."""
        schedule = self.schedule()
        if not schedule.shifts:
            return tr("Nothing that clashes for certain can be moved.")
        return _moves_words(schedule)


class WhatIfOptions(ScheduleOptions):
    """By how much the selected thing would move, and a button that makes it real."""

    def __init__(self, workspace: Workspace) -> None:
        """Move what is selected last."""
        super().__init__(workspace)
        self.count = QSpinBox()
        self.count.setRange(-240, 240)
        self.count.setAccessibleName(tr("By how much"))
        self.count.lineEdit().setAccessibleName(tr("By how much"))
        self.unit = ChoiceBox()
        self.unit.setAccessibleName(tr("Days, months, quarters or years"))
        for text, unit in (
            (tr("days"), "day"),
            (tr("months"), "month"),
            (tr("quarters"), "quarter"),
            (tr("years"), "year"),
        ):
            self.unit.addItem(text, unit)
        self.unit.setCurrentIndex(1)
        self.along = QCheckBox(tr("Move all that depends on it along"))
        form = self._form()
        form.addRow(tr("Later by"), self.count)
        form.addRow("", self.unit)
        form.addRow(self.along)
        form.addRow(self.apply)
        self.count.valueChanged.connect(lambda _: self.changed.emit())
        self.unit.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.along.toggled.connect(lambda _: self.changed.emit())

    def schedule(self) -> Schedule | None:
        """What would happen; None when nothing is selected that has dates."""
        chosen = self._workspace.selection[-1:]
        if not chosen or chosen[0][0] not in STEP_TABLES:
            return None
        unit = cast("MoveUnit", self.unit.currentData())
        manner = "along" if self.along.isChecked() else "needed"
        document = self._workspace.document
        return what_if(document, chosen[0], unit, self.count.value(), manner)  # type: ignore[arg-type]

    def hint(self) -> str:
        """What moves, and that nothing has moved yet."""
        schedule = self.schedule()
        if schedule is None:
            return tr("Select a milestone or another thing on the timeline.")
        return _moves_words(schedule)

    def _make_real(self) -> None:
        if self.schedule() is not None:
            super()._make_real()
            self.count.setValue(0)


def _moves_words(schedule: Schedule) -> str:
    count = len(schedule.shifts)
    moves = plural("{count} thing would move", "{count} things would move", count)
    return tr("{moves}. Nothing has changed yet.", moves=moves)


class BaselineOptions(Options):
    """Which baseline to compare with, and a line to keep a new one."""

    asks = True

    def __init__(self, workspace: Workspace) -> None:
        """Offer the baselines of a project."""
        super().__init__()
        self._workspace = workspace
        self.chooser = ChoiceBox()
        self.chooser.setAccessibleName(tr("Baseline to compare with"))
        self.chooser.setPlaceholderText(tr("None is kept yet"))
        self.title = QLineEdit()
        self.title.setAccessibleName(tr("Name of a new baseline"))
        self.title.setPlaceholderText(tr("Name of a new baseline"))
        self.keep = QPushButton(tr("Keep the plan as it is now"))
        form = self._form()
        form.addRow(tr("Compare with"), self.chooser)
        form.addRow(self.title)
        form.addRow(self.keep)
        self.chooser.activated.connect(lambda _: self.changed.emit())
        self.keep.clicked.connect(lambda _=False: self._keep())
        self.title.returnPressed.connect(self._keep)

    def chosen(self) -> Baseline | None:
        """The baseline that is compared with."""
        return self._workspace.document.baselines.get(str(self.chooser.currentData()))

    def lines(self, tables: Tables, _as_of: date) -> list[Line]:
        """What has changed since."""
        self._offer(tables)
        chosen = self.chosen()
        return [] if chosen is None else lists.baseline_lines(tables, chosen)

    def ghosts(self, tables: Tables) -> Mapping[tuple[str, str], Span]:
        """Where things stood."""
        chosen = self.chosen()
        return {} if chosen is None else ghosts(tables, chosen)

    def hint(self) -> str:
        """What the thin bars mean."""
        if self.chosen() is None:
            return tr("A baseline keeps all dates and money under a name, to compare with later.")
        return tr("Thin hatched bars show where things stood then.")

    def _offer(self, tables: Tables) -> None:
        known = {self.chooser.itemData(at) for at in range(self.chooser.count())}
        if known == set(tables.baselines):
            return
        current = self.chooser.currentData()
        self.chooser.clear()
        for one in tables.baselines.values():
            self.chooser.addItem(one.title, one.id)
        self.chooser.setCurrentIndex(max(self.chooser.findData(current), 0))

    def _keep(self) -> None:
        title = self.title.text().strip()
        title = title or tr("Plan of {date}", date=self._workspace.as_of.isoformat())
        made = self._workspace.attempt(
            lambda: add_baseline(self._workspace.document, title, self._workspace.as_of)
        )
        if made is not None:
            self.title.clear()
            self._offer(self._workspace.document)
            self.chooser.setCurrentIndex(self.chooser.findData(made.id))
            self.changed.emit()


class ChangeOptions(Options):
    """The earlier of the two days; the later one is the as-of date."""

    asks = True

    def __init__(self, workspace: Workspace) -> None:
        """Begin a year before the as-of date."""
        super().__init__()
        day = workspace.as_of
        self._workspace = workspace
        self._earlier = date(max(day.year - 1, 1), day.month, min(day.day, 28))
        self.field = DateField(self._earlier)
        self.field.setAccessibleName(tr("Earlier date"))
        self.field.setToolTip(tr("What changed from this day to the as-of date is listed."))
        self.mark = QCheckBox(tr("Mark it on the map"))
        self.mark.setChecked(True)
        self.mark.toggled.connect(lambda _: self.changed.emit())
        self.select = QPushButton(tr("Show all of it on map and timeline"))
        form = self._form()
        form.addRow(tr("Since"), self.field)
        form.addRow(self.mark)
        form.addRow(self.select)
        self.field.entered.connect(self._entered)
        self.field.refused.connect(self._refused)
        self.select.clicked.connect(lambda _=False: self._select())
        self._problem = ""

    def lines(self, tables: Tables, as_of: date) -> list[Line]:
        """What changed."""
        return lists.difference_lines(tables, self._earlier, as_of)

    def marks(self, tables: Tables, as_of: date) -> Mapping[str, How]:
        """Cards and linkages that are there on one of the two days only."""
        if not self.mark.isChecked():
            return {}
        found = between(tables, self._earlier, as_of)
        return {one.node[1]: one.how for one in found if one.node[0] in {"actors", "linkages"}}

    def hint(self) -> str:
        """Which days are compared, or what is wrong with the one typed."""
        return self._problem or tr("Up to the as-of date. The map says what its signs mean.")

    def _entered(self, day: date) -> None:
        self._earlier = day
        self.changed.emit()

    def _refused(self, problem: str) -> None:
        self._problem = problem
        self.changed.emit()

    def _select(self) -> None:
        found = self.lines(self._workspace.document, self._workspace.as_of)
        self._workspace.select([node for line in found for node in line.nodes])
