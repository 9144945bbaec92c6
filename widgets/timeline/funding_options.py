"""What the lists about money ask for: which list, reckoned by what, in which currency."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from model.dates import parse_date
from model.fields import field
from model.importing.values import Unreadable, read_value
from model.refusals import Refusal
from model.timeline.building import sections
from model.timeline.funding_lists import FundingView, funding_lines
from model.timeline.rates import state_rate
from model.timeline.rows import content_days
from model.timeline.scale import as_day
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.theme import GRID
from widgets.timeline.planning_options import Options

if TYPE_CHECKING:
    from datetime import date

    from model.dates import PartialDate
    from model.tables import Tables
    from model.timeline.lists import Line
    from model.timeline.money import FundingGroup
    from widgets.common.workspace import Workspace

_BY_GROUP = frozenset({"cover", "months"})


class FundingOptions(Options):
    """Which list about money is shown, and a line to state exchange rates."""

    asks = True

    def __init__(self, workspace: Workspace) -> None:
        """Offer the lists, the groupings and the currencies of the project."""
        super().__init__()
        self._workspace = workspace
        self.view = _chooser(
            tr("Which list about money"),
            (tr("Need and cover"), "cover"),
            (tr("Month by month"), "months"),
            (tr("Gaps, holes, cliffs"), "gaps"),
            (tr("Whose money"), "donors"),
            (tr("Single donor only"), "single"),
            (tr("Rigid money only"), "rigid"),
        )
        self.group = _chooser(
            tr("Reckon cover by"),
            (tr("Activity"), "activity"),
            (tr("Process"), "process"),
            (tr("Track"), "track"),
            (tr("Phase"), "phase"),
            (tr("Lead"), "actor"),
        )
        self.into = _chooser(tr("Sums in one currency as well"), (tr("Kept apart"), ""))
        self.rates = RateForm(workspace)
        self._form_layout = self._form()
        self._form_layout.addRow(tr("Show"), self.view)
        self._form_layout.addRow(tr("By"), self.group)
        self._form_layout.addRow(tr("Sums"), self.into)
        self._form_layout.addRow(self.rates)
        for chooser in (self.view, self.group, self.into):
            chooser.currentIndexChanged.connect(lambda _: self.changed.emit())

    def lines(self, tables: Tables, as_of: date) -> list[Line]:
        """The list that was chosen."""
        self._offer(tables)
        view = cast("FundingView", self.view.currentData())
        self._form_layout.setRowVisible(self.group, view in _BY_GROUP)
        self._form_layout.setRowVisible(self.into, view == "cover")
        self._form_layout.setRowVisible(self.rates, view == "cover" and bool(self._into()))
        group = cast("FundingGroup", self.group.currentData())
        days = content_days(sections(tables))
        horizon = as_day(days[1] - 1) if days is not None else as_of
        return funding_lines(tables, view, group, as_of, horizon, self._into())

    def hint(self) -> str:
        """What is never done."""
        view = self.view.currentData()
        if view == "cover":
            return tr(
                "A click draws need and cover in the timeline. Currencies are added only with a "
                "stated rate and date; unknown is not zero."
            )
        if view == "gaps":
            return tr("In order of time; each is drawn in the row “Not covered”.")
        return tr("Lines in force on the as-of date.") if view not in _BY_GROUP else ""

    def _into(self) -> str:
        return str(self.into.currentData() or "")

    def _offer(self, tables: Tables) -> None:
        """The currencies that the project uses."""
        used = {line.currency for line in tables.funding.values()}
        used |= {one for rate in tables.rates.values() for one in (rate.currency, rate.into)}
        wanted = ["", *sorted(used - {""})]
        if [self.into.itemData(at) for at in range(self.into.count())] == wanted:
            return
        current = self._into()
        self.into.blockSignals(True)
        while self.into.count() > 1:
            self.into.removeItem(1)
        for code in wanted[1:]:
            self.into.addItem(code, code)
        self.into.setCurrentIndex(max(self.into.findData(current), 0))
        self.into.blockSignals(False)
        self.rates.offer(wanted[1:])


class RateForm(QWidget):
    """States one exchange rate: 1 of a currency, how much of another, on which day."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin with the as-of date."""
        super().__init__()
        self._workspace = workspace
        self.currency = _currency(tr("Currency of which one unit is meant"))
        self.rate = QLineEdit()
        self.rate.setAccessibleName(tr("How much one unit is worth"))
        self.rate.setPlaceholderText("0.92")
        self.into = _currency(tr("Currency in which it is worth that"))
        self.on = QLineEdit(workspace.as_of.isoformat())
        self.on.setAccessibleName(tr("Date of the rate"))
        self.on.setToolTip(tr("As exact as it is known: 2013-05-17, May 2013, 2013."))
        self.state = QPushButton(tr("State this rate"))
        self.state.clicked.connect(lambda _=False: self.submit())
        self.rate.returnPressed.connect(self.submit)
        self.on.returnPressed.connect(self.submit)
        worth, when = QHBoxLayout(), QHBoxLayout()
        for one in (_label("1"), self.currency, _label("=")):
            worth.addWidget(one)
        worth.addWidget(self.rate, 1)
        worth.addWidget(self.into)
        when.addWidget(_label(tr("on")))
        when.addWidget(self.on, 1)
        when.addWidget(self.state)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addLayout(worth)
        layout.addLayout(when)

    def offer(self, currencies: list[str]) -> None:
        """Suggest the currencies that the project uses; others can be typed."""
        for chooser in (self.currency, self.into):
            text = chooser.currentText()
            chooser.clear()
            chooser.addItems(currencies)
            chooser.setEditText(text)

    def submit(self) -> None:
        """Keep the rate; what cannot be read is said."""
        made = self._workspace.attempt(self._state)
        if made is not None:
            self.rate.clear()

    def _state(self) -> object:
        currency = _code(self.currency.currentText())
        into = _code(self.into.currentText())
        return state_rate(self._workspace.document, currency, into, self._amount(), self._date())

    def _amount(self) -> Decimal:
        text = self.rate.text().strip()
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite():
            raise Refusal("rate", tr("Write the rate with a point, such as 0.92."))
        return found

    def _date(self) -> PartialDate:
        return parse_date(self.on.text())


def _code(text: str) -> str:
    try:
        return str(read_value(field("rates", "currency"), text.strip().upper()))
    except Unreadable as problem:
        message = tr("“{text}”: {reason}.", text=text.strip()[:20], reason=str(problem))
        raise Refusal("rate", message) from None


def _chooser(name: str, *choices: tuple[str, str]) -> QComboBox:
    chooser = ChoiceBox()
    chooser.setAccessibleName(name)
    for text, data in choices:
        chooser.addItem(text, data)
    return chooser


def _currency(name: str) -> QComboBox:
    chooser = ChoiceBox()
    chooser.setEditable(True)
    chooser.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    chooser.setAccessibleName(name)
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setMaxLength(3)
    chooser.setLineEdit(line)
    chooser.setMinimumContentsLength(4)
    return chooser


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
