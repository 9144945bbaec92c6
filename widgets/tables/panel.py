"""The tables panel: tabs for the tables that people use most, and a chooser for all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from model.fields import TABLE_SPECS
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.hands_on import HandsOn
from widgets.common.theme import GRID
from widgets.tables.matrix import MatrixTable
from widgets.tables.record_table import RecordTable

if TYPE_CHECKING:
    from widgets.common.workspace import Workspace

TABS = (
    *("actors", "linkages", "processes", "activities"),
    *("phases", "milestones", "postings", "funding"),
)
MATRIX = "matrix"
FIXED = (*TABS, MATRIX)
"""All tabs that are always there."""
HIDDEN = frozenset(
    {
        "project",
        "tracks",
        "groups",
        "placements",
        "views",
        "exports",
        "baselines",
        "conflicts",
        "recipes",
    }
)
"""Tables of the software itself: shown by the map, by settings and by the export dialog."""
_LETTERS = 6
"""Room for so many letters in the field with the other tables."""
FILTERED = frozenset({"actors", "linkages"})
"""Tables to which the filter of the map can be applied."""
MORE = tuple(name for name in TABLE_SPECS if name not in TABS and name not in HIDDEN)


class TablesPanel(HandsOn):
    """All tables of the project; each is built when it is first looked at."""

    def __init__(self, workspace: Workspace) -> None:
        """Show the first table of a workspace."""
        super().__init__()
        self._workspace = workspace
        self._tables: dict[str, RecordTable] = {}
        self._matrix: MatrixTable | None = None
        self._only: frozenset[str] | None = None
        self.setAccessibleName(tr("Tables"))
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(tr("Tables"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        for name in TABS:
            self.tabs.setTabData(self.tabs.addTab(_label(name)), name)
        self.tabs.setTabData(self.tabs.addTab(tr("Matrix")), MATRIX)
        self.more = ChoiceBox()
        self.more.setAccessibleName(tr("More tables"))
        self.more.setPlaceholderText(tr("More…"))
        for name in MORE:
            self.more.addItem(TABLE_SPECS[name].title, name)
        self.more.setCurrentIndex(-1)
        _keep_narrow(self.more)
        self._stack = QStackedWidget()
        top = QHBoxLayout()
        top.setContentsMargins(GRID, GRID // 2, GRID, 0)
        top.addWidget(self.tabs, 1)
        top.addWidget(self.more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self._tab_changed)
        self.more.activated.connect(lambda at: self.show_table(str(self.more.itemData(at))))
        workspace.reveal_wanted.connect(self._reveal)
        names = {"ScrollLeftButton": tr("Tabs before"), "ScrollRightButton": tr("Tabs after")}
        for button in self.tabs.findChildren(QToolButton):
            button.setAccessibleName(names.get(button.objectName(), ""))
        self.show_table(TABS[0])

    @property
    def current(self) -> RecordTable:
        """The table that is shown."""
        return self._tables[self._name]

    def show_table(self, name: str) -> RecordTable:
        """Show a table, in a tab of its own when it is one of the others."""
        if name not in self._tables:
            self._tables[name] = RecordTable(self._workspace, name)
            self._add(self._tables[name])
            if name in FILTERED:
                self._tables[name].show_only(self._only)
        self._name = name
        self._bring(self._tables[name], name)
        return self._tables[name]

    def show_matrix(self) -> MatrixTable:
        """Show who is linked to whom as a grid of pairs."""
        if self._matrix is None:
            self._matrix = MatrixTable(self._workspace)
            self._matrix.show_only(self._only)
            self._add(self._matrix)
        self._bring(self._matrix, MATRIX)
        return self._matrix

    def _add(self, table: RecordTable | MatrixTable) -> None:
        """Tab leads from the choice of tables into it; by itself it would come after all panels."""
        self._stack.addWidget(table)
        before: QWidget = self.more
        for stop in table.stops():
            self.setTabOrder(before, stop)
            before = stop

    def _bring(self, table: QWidget, name: str) -> None:
        self._stack.setCurrentWidget(table)
        self.keyboard_part = table
        self.tabs.blockSignals(True)
        self._show_tab(name)
        self.tabs.blockSignals(False)
        self.more.setCurrentIndex(self.more.findData(name))

    def show_only(self, ids: frozenset[str] | None) -> None:
        """Show only these actors and linkages; None for all."""
        self._only = ids
        if self._matrix is not None:
            self._matrix.show_only(ids)
        for name in FILTERED & set(self._tables):
            self._tables[name].show_only(ids)

    def _show_tab(self, name: str) -> None:
        if name in FIXED:
            self.tabs.setCurrentIndex(FIXED.index(name))
            return
        if self.tabs.count() == len(FIXED):
            self.tabs.addTab("")
        last = self.tabs.count() - 1
        self.tabs.setTabText(last, _label(name))
        self.tabs.setTabData(last, name)
        self.tabs.setCurrentIndex(last)

    def _tab_changed(self, at: int) -> None:
        name = str(self.tabs.tabData(at)) if at >= 0 else ""
        if name == MATRIX:
            self.show_matrix()
        elif name:
            self.show_table(name)

    def _reveal(self, table: str, _record_id: str) -> None:
        """A record that is to be seen brings its table forward when the panel is in sight."""
        if self._matrix is self._stack.currentWidget() and table in FILTERED:
            return  # The matrix shows actors and linkages, too.
        if self.isVisible() and (table in TABS or table in MORE):
            self.show_table(table)


def _label(name: str) -> str:
    return TABLE_SPECS[name].title.replace("&", "&&")


def _keep_narrow(chooser: ChoiceBox) -> None:
    """Leave the room to the tabs: a table that is chosen gets one; the list shows whole names."""
    chooser.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    chooser.setMinimumContentsLength(_LETTERS)
    longest = max(
        chooser.fontMetrics().horizontalAdvance(chooser.itemText(at))
        for at in range(chooser.count())
    )
    chooser.view().setMinimumWidth(longest + 6 * GRID)
