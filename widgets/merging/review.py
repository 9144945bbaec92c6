"""The review of a merge: everything that would happen, and a choice for each conflict.

Keys in the list: M takes mine, T takes theirs, K keeps it open; each goes on to the next one.
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

from model.merge import wording
from resources.text import tr
from widgets.common.choices import ChoiceButtons
from widgets.common.theme import GRID
from widgets.merging.entries import Entry, GroupName, entries, heading
from widgets.merging.plan_list import ITEM, PlanList, arrange
from widgets.merging.values import ValueRow, plain

if TYPE_CHECKING:
    from model.merge.conflicts import Choice, ConflictKey
    from model.merge.threeway import MergePlan
    from model.tables import Tables

_KEYS: dict[int, Choice] = {
    Qt.Key.Key_M: "ours",
    Qt.Key.Key_T: "theirs",
    Qt.Key.Key_K: "open",
}
_GROUPS: tuple[GroupName, ...] = ("decide", "looks", "added", "changed", "removed", "alike")
_OPENED = frozenset({"decide", "looks", "alike"})
_MANY = 12
"""Groups of changes with no more rows than this are opened at first."""


def choice_words(choice: Choice) -> str:
    """A choice as the list shows it."""
    return {"ours": tr("Mine"), "theirs": tr("Theirs"), "open": tr("Stays open")}[choice]


class MergeReview(QWidget):
    """Shows a plan and collects the choices; knows nothing of documents and files.

    Signals:
        choices_changed: something was decided or left open again.
        looked_at: table and id of the record whose row was chosen.
    """

    choices_changed = Signal()
    looked_at = Signal(str, str)

    def __init__(self, plan: MergePlan, names: Tables) -> None:
        """Show a plan.

        Args:
            plan: what the merge would do.
            names: both copies, to name records of either.
        """
        super().__init__()
        self._plan = plan
        self._names = names
        self._choices: dict[ConflictKey, Choice] = {}
        self.tree = self._make_tree()
        arrange(self, self.tree, self._make_detail(), self._make_bulk(), (520, 560))
        self._fill()

    @property
    def choices(self) -> dict[ConflictKey, Choice]:
        """What was decided so far; everything else stays open."""
        return dict(self._choices)

    @property
    def open_count(self) -> int:
        """How many conflicts about content are not decided."""
        return sum(one.key not in self._choices for one in self._plan.to_decide)

    # -- making the parts

    def _make_tree(self) -> PlanList:
        tree = PlanList(tr("What the merge would do"), [tr("What"), tr("Decision")], _KEYS)
        tree.currentItemChanged.connect(lambda now, _: self._show(_entry(now)))
        tree.chosen.connect(self._choose_and_go_on)
        return tree

    def _make_detail(self) -> QWidget:
        detail = QWidget()
        layout = QVBoxLayout(detail)
        layout.setContentsMargins(GRID, 0, 0, 0)
        layout.setSpacing(GRID)
        self.title = plain("", "heading")
        self.question = plain("", "explanation")
        self.values = ValueRow()
        self.lines = plain("", "value")
        self.lines.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.buttons = ChoiceButtons(
            [
                ("ours", tr("Mine")),
                ("theirs", tr("Theirs")),
                ("open", tr("Keep open")),
            ],
            tr("Decision"),
        )
        self.buttons.chosen.connect(self._choose)
        layout.addWidget(self.title)
        layout.addWidget(self.question)
        layout.addWidget(self.values, 1)
        layout.addWidget(self.lines, 1)
        layout.addWidget(self.buttons)
        return detail

    def _make_bulk(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        hint = plain(tr("Keys: M mine, T theirs, K keep open"), "explanation")
        row.addWidget(hint, 1)
        self.rest_label = QLabel(tr("All that are still open:"))
        self.all_ours = QPushButton(tr("Mine"))
        self.all_theirs = QPushButton(tr("Theirs"))
        reason = tr(
            "Checklist answers, decisions about linkages, dates and amounts of funding are left "
            "out: they are decided one by one."
        )
        sides: tuple[tuple[QPushButton, Choice], ...] = (
            (self.all_ours, "ours"),
            (self.all_theirs, "theirs"),
        )
        for button, choice in sides:
            name = tr("All that are still open: {choice}", choice=choice_words(choice))
            button.setAccessibleName(name)
            button.setToolTip(reason)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, choice=choice: self._choose_rest(choice))
        for widget in (self.rest_label, self.all_ours, self.all_theirs):
            row.addWidget(widget)
            widget.setVisible(len(self._plan.to_decide) > 1)
        hint.setVisible(bool(self._plan.conflicts))
        return row

    def _fill(self) -> None:
        groups: dict[GroupName, list[Entry]] = {name: [] for name in _GROUPS}
        for entry in entries(self._plan, self._names):
            groups[entry.group].append(entry)
        for name in _GROUPS:
            if listed := groups[name]:
                is_open = name in _OPENED or len(listed) <= _MANY
                rows = [([entry.title, ""], entry) for entry in listed]
                self.tree.add_group(heading(name, len(listed)), rows, is_open=is_open)
        self._show_decisions()
        if every := self.tree.rows():
            self.tree.setCurrentItem(every[0])
        else:
            self._show(None)

    # -- choosing

    def _choice_of(self, entry: Entry) -> Choice:
        return self._choices.get(entry.conflicts[0].key, "open")

    def _set(self, entry: Entry, choice: Choice) -> None:
        for conflict in entry.conflicts:
            if choice == "open":
                self._choices.pop(conflict.key, None)
            else:
                self._choices[conflict.key] = choice

    def _choose(self, choice: str) -> None:
        entry = _entry(self.tree.currentItem())
        if entry is not None and entry.conflicts:
            self._set(entry, choice)  # type: ignore[arg-type]
            self._after_choice()

    def _choose_and_go_on(self, choice: str) -> None:
        item = self.tree.currentItem()
        entry = _entry(item)
        if item is None or entry is None or not entry.conflicts:
            return
        self._choose(choice)
        below = self.tree.itemBelow(item)
        following = _entry(below)
        if below is not None and following is not None and following.conflicts:
            self.tree.setCurrentItem(below)

    def _choose_rest(self, choice: Choice) -> None:
        for item in self.tree.rows():
            entry = _entry(item)
            undecided = entry is not None and entry.group == "decide"
            if entry is None or not undecided or entry.one_by_one:
                continue
            if self._choice_of(entry) == "open":
                self._set(entry, choice)
        self._after_choice()

    def _after_choice(self) -> None:
        self._show_decisions()
        self._show(_entry(self.tree.currentItem()))
        self.choices_changed.emit()

    # -- showing

    def _show_decisions(self) -> None:
        for item in self.tree.rows():
            entry = _entry(item)
            if entry is not None and entry.conflicts:
                choice = self._choice_of(entry)
                looks = entry.group == "looks" and choice == "open"
                item.setText(1, choice_words("ours" if looks else choice))

    def _show(self, entry: Entry | None) -> None:
        conflict = entry.conflicts[0] if entry and entry.group == "decide" else None
        self.looked_at.emit(*(entry.about if entry else ("", "")))
        self.title.setText(entry.title if entry else tr("Nothing is selected."))
        self.values.setVisible(conflict is not None)
        self.lines.setVisible(conflict is None)
        self.buttons.setVisible(bool(entry and entry.conflicts))
        self.lines.setText("\n".join(entry.detail) if entry else "")
        self.question.setText("")
        if entry is not None and entry.conflicts:
            self.buttons.choose(self._choice_of(entry))
            self.buttons.button("open").setVisible(entry.group == "decide")
        if entry is not None and entry.group == "looks" and entry.conflicts:
            if self._choice_of(entry) == "open":
                self.buttons.choose("ours")
            self.question.setText(
                tr("Cards, bands and views: the arrangement of one of the copies is taken.")
            )
        if conflict is not None and entry is not None:
            self.question.setText(wording.question_words(conflict))
            texts = {
                "ours": wording.value_words(self._names, conflict, conflict.ours),
                "theirs": wording.value_words(self._names, conflict, conflict.theirs),
            }
            if conflict.field:
                texts = {
                    "base": wording.value_words(self._names, conflict, conflict.base),
                    **texts,
                }
            self.values.show_values(texts, self._choice_of(entry))


def _entry(item: QTreeWidgetItem | None) -> Entry | None:
    found = item.data(0, ITEM) if item is not None else None
    return found if isinstance(found, Entry) else None
