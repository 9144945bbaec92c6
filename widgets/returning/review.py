"""The review of a workbook that came back: every difference with its cell, and what becomes of it.

Keys in the list: W takes what the workbook says, P leaves it as the project has it; both go on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from model.fields import TABLE_SPECS
from model.returning.applying import choice_of
from model.returning.items import ADD, KEEP, KINDS, TAKE, ReturnItem, option_words
from resources.text import plural, tr
from widgets.common.choices import ChoiceButtons
from widgets.common.theme import GRID
from widgets.merging.plan_list import ITEM, PlanList, arrange
from widgets.merging.values import ValueRow, plain

if TYPE_CHECKING:
    from model.returning.items import Kind
    from model.returning.plan import ReturnPlan

_MANY = 40
"""Groups with no more rows than this are opened at first."""
_WORKBOOK, _PROJECT = "workbook", "project"
_KEYS: dict[int, str] = {Qt.Key.Key_W: _WORKBOOK, Qt.Key.Key_P: _PROJECT}


class ReturnReview(QWidget):
    """Shows a plan and collects the choices; knows nothing of documents and files.

    Signals:
        choices_changed: something was decided.
    """

    choices_changed = Signal()

    def __init__(self, plan: ReturnPlan) -> None:
        """Show a plan."""
        super().__init__()
        self._plan = plan
        self._choices: dict[str, str] = {}
        self.tree = self._make_tree()
        arrange(self, self.tree, self._make_detail(), self._make_bulk(), (620, 460))
        self._fill()

    @property
    def choices(self) -> dict[str, str]:
        """What was decided, by key of the item."""
        return dict(self._choices)

    @property
    def open_count(self) -> int:
        """How many items somebody still has to decide."""
        return sum(not choice_of(item, self._choices) for item in self._plan.undecided)

    # -- making the parts

    def _make_tree(self) -> PlanList:
        name = tr("What came back, and what it would change")
        tree = PlanList(name, [tr("What"), tr("Where"), tr("Decision")], _KEYS)
        tree.currentItemChanged.connect(lambda now, _: self._show(_item(now)))
        tree.chosen.connect(self._side_and_go_on)
        return tree

    def _make_detail(self) -> QWidget:
        detail = QWidget()
        self._layout = layout = QVBoxLayout(detail)
        layout.setContentsMargins(GRID, 0, 0, 0)
        layout.setSpacing(GRID)
        self.title = plain("", "heading")
        self.place = plain("", "explanation")
        self.reason = plain("", "value")
        self.values = ValueRow({"now": tr("In the project"), "then": tr("As it came back")})
        self.buttons = ChoiceButtons([], tr("Decision"))
        for widget in (self.title, self.place, self.reason):
            layout.addWidget(widget)
        layout.addWidget(self.values, 1)
        layout.addWidget(self.buttons)
        return detail

    def _make_bulk(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        hint = plain(tr("Keys: W as it came back, P as in the project"), "explanation")
        row.addWidget(hint, 1)
        self.rest = QLabel(tr("All that are still to decide:"))
        row.addWidget(self.rest)
        self.all_buttons = {}
        for side, text in ((_PROJECT, tr("Project")), (_WORKBOOK, tr("As it came back"))):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.setAccessibleName(tr("All that are still to decide: {side}", side=text))
            button.clicked.connect(lambda _=False, side=side: self._side_of_rest(side))
            self.all_buttons[side] = button
            row.addWidget(button)
        for widget in (self.rest, *self.all_buttons.values()):
            widget.setVisible(len(self._plan.undecided) > 1)
        return row

    def _fill(self) -> None:
        for kind in KINDS:
            if items := self._plan.of(kind):
                is_open = kind == "decide" or len(items) <= _MANY
                rows = [([_title(item), item.cell, ""], item) for item in items]
                self.tree.add_group(_heading(kind, len(items)), rows, is_open=is_open)
        self._show_decisions()
        if every := self.tree.rows():
            self.tree.setCurrentItem(every[0])
        else:
            self._show(None)

    # -- choosing

    def _choose(self, option: str) -> None:
        item = _item(self.tree.currentItem())
        if item is not None and option in item.options:
            self._choices[item.key] = option
            self._after_choice()

    def _side_and_go_on(self, side: str) -> None:
        row = self.tree.currentItem()
        item = _item(row)
        if row is None or item is None or not item.options:
            return
        option = _option_of(item, side)
        if option:
            self._choose(option)
            below = self.tree.itemBelow(row)
            if below is not None and _item(below) is not None:
                self.tree.setCurrentItem(below)

    def _side_of_rest(self, side: str) -> None:
        for item in self._plan.undecided:
            option = _option_of(item, side)
            if option and not choice_of(item, self._choices):
                self._choices[item.key] = option
        self._after_choice()

    def _after_choice(self) -> None:
        self._show_decisions()
        self._show(_item(self.tree.currentItem()))
        self.choices_changed.emit()

    # -- showing

    def _show_decisions(self) -> None:
        for row in self.tree.rows():
            item = _item(row)
            if item is not None:
                row.setText(2, _decision(item, choice_of(item, self._choices)))

    def _show(self, item: ReturnItem | None) -> None:
        self.title.setText(_title(item) if item else tr("Nothing is selected."))
        self.place.setText(item.cell if item else "")
        self.reason.setText(item.reason if item else "")
        self.reason.setVisible(bool(item and item.reason))
        shown = {}
        if item is not None and item.field:
            shown = {"now": item.now or tr("(empty)"), "then": item.then or tr("(empty)")}
        elif item is not None and item.then:
            shown = {"then": item.then}
        chosen = choice_of(item, self._choices) if item else ""
        self.values.show_values(shown, {KEEP: "now", TAKE: "then", ADD: "then"}.get(chosen, ""))
        self._offer(item, chosen)

    def _offer(self, item: ReturnItem | None, chosen: str) -> None:
        """Put the buttons of an item in the place of those of the one before."""
        options = [(one, option_words(item, one)) for one in item.options] if item else []
        buttons = ChoiceButtons(options, tr("Decision"))
        buttons.choose(chosen)
        buttons.chosen.connect(self._choose)
        self._layout.replaceWidget(self.buttons, buttons)
        self.buttons.hide()
        self.buttons.deleteLater()
        self.buttons = buttons
        buttons.setVisible(len(options) > 0)


def _option_of(item: ReturnItem, side: str) -> str:
    wanted = (KEEP,) if side == _PROJECT else (TAKE, ADD)
    return next((one for one in wanted if one in item.options), "")


def _title(item: ReturnItem) -> str:
    """The text of a row: the kind and name of the record, and the field."""
    if not item.table:
        return item.reason
    kind = TABLE_SPECS[item.table].singular
    name = item.name if item.name == kind else tr("{kind} “{name}”", kind=kind, name=item.name)
    return tr("{record} – {field}", record=name, field=item.field) if item.field else name


def _decision(item: ReturnItem, choice: str) -> str:
    if not item.options:
        return tr("Not taken") if item.kind == "refused" else tr("Not read")
    return option_words(item, choice) if choice else tr("To decide")


def _heading(kind: Kind, count: int) -> str:
    return {
        "decide": plural("To decide: {count}", "To decide: {count}", count),
        "changed": plural("Changed: {count}", "Changed: {count}", count),
        "added": plural("Added: {count}", "Added: {count}", count),
        "removed": plural(
            "Rows that are missing: {count}", "Rows that are missing: {count}", count
        ),
        "refused": plural("Cannot be taken: {count}", "Cannot be taken: {count}", count),
        "remark": plural("Not read: {count}", "Not read: {count}", count),
    }[kind]


def _item(row: QTreeWidgetItem | None) -> ReturnItem | None:
    found = row.data(0, ITEM) if row is not None else None
    return found if isinstance(found, ReturnItem) else None
