"""The lists beside the timeline: clashes, what-if, baselines, money, rotations, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from model.timeline import lists
from model.timeline.dependencies import STEP_TABLES
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.icons import icon
from widgets.common.pages import fill_with
from widgets.common.theme import GRID, theme_colours
from widgets.timeline.dependency_options import DependencyOptions
from widgets.timeline.funding_options import FundingOptions
from widgets.timeline.planning_options import (
    BaselineOptions,
    ChangeOptions,
    Options,
    SettleOptions,
    WhatIfOptions,
)
from widgets.timeline.rotation_options import RotationOptions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from model.timeline.changes import How
    from model.timeline.lists import Line
    from model.timeline.span import Span
    from widgets.common.workspace import Workspace
    from widgets.timeline.canvas import TimelineCanvas

    Index = QModelIndex | QPersistentModelIndex

REST_MS = 120
_WIDTH = 300
_LEAST_LIST = 84
"""Pixels of the list below a form; where the panel is lower than both, they scroll together."""
_LINE = int(Qt.ItemDataRole.UserRole)
_ICONS = {"high": "warning", "medium": "warning", "info": "forward"}


class _Apart(QStyledItemDelegate):
    """Keeps lines of several rows apart; the list's own spacing would cut their words."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as the words, with air."""
        return super().sizeHint(option, index) + QSize(0, GRID)


class PlanningPanel(QWidget):
    """A topic, what it asks for, and its lines; a click on a line selects what it is about.

    Signals:
        changes_marked: what changed by record id, to be marked on the map; empty for nothing.
        strip_wanted: whose need and cover a chosen line wants to see drawn.
    """

    changes_marked = Signal(object)
    strip_wanted = Signal(object)

    def __init__(self, workspace: Workspace, canvas: TimelineCanvas) -> None:
        """Follow a workspace; ghosts are shown on the canvas."""
        super().__init__()
        self._workspace = workspace
        self._canvas = canvas
        self.setAccessibleName(tr("Planning"))
        self.setMinimumWidth(280)
        self.topic = ChoiceBox()
        self.topic.setAccessibleName(tr("What the list shows"))
        self.options: dict[str, Options] = {
            "clashes": DependencyOptions(workspace),
            "settle": SettleOptions(workspace),
            "chain": Options(),
            "what-if": WhatIfOptions(workspace),
            "baselines": BaselineOptions(workspace),
            "funding": FundingOptions(workspace),
            "rotations": RotationOptions(workspace),
            "changes": ChangeOptions(workspace),
        }
        self.lines = QListWidget()
        self.lines.setAccessibleName(tr("Lines of the list"))
        self.lines.setWordWrap(True)
        self.lines.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.lines.setItemDelegate(_Apart(self.lines))
        self.lines.itemClicked.connect(self._show)
        self.lines.itemActivated.connect(self._show)
        self._marks: Mapping[str, How] = {}
        self.hint = QLabel()
        self.hint.setObjectName("muted")
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setWordWrap(True)
        self._arrange()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.refresh)
        workspace.committed.connect(lambda _commit: self._later())
        workspace.as_of_changed.connect(lambda _day: self._later())
        workspace.selection_changed.connect(lambda _keys: self._later())
        workspace.style_changed.connect(self._later)

    def show_topic(self, name: str) -> None:
        """Show one of the lists."""
        self.topic.setCurrentIndex(self.topic.findData(name))
        self.refresh()

    def sizeHint(self) -> QSize:
        """As wide as the forms need."""
        return QSize(_WIDTH, super().sizeHint().height())

    def refresh(self) -> None:
        """Make the list again."""
        name = str(self.topic.currentData())
        for key, options in self.options.items():
            options.setVisible(key == name and options.asks)
        found, ghosts, hint = self._made(name)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self._fill(found)
        self._ghosts(ghosts)
        self._mark(self.options[name].marks(self._workspace.document, self._workspace.as_of))

    def hideEvent(self, event: object) -> None:
        """Nothing of it stays on the canvas or the map."""
        self._rest.stop()
        self._ghosts({})
        self._mark({})
        super().hideEvent(event)  # type: ignore[arg-type]

    def _arrange(self) -> None:
        titles = {
            "clashes": tr("Dependencies and clashes"),
            "settle": tr("What settles all clashes"),
            "chain": tr("What decides a date"),
            "what-if": tr("What if it moved?"),
            "baselines": tr("Baselines"),
            "funding": tr("Funding"),
            "rotations": tr("Rotations"),
            "changes": tr("What changed between two dates"),
        }
        inner = QWidget()
        inner.setObjectName("plain")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.topic)
        for name, options in self.options.items():
            self.topic.addItem(titles[name], name)
            layout.addWidget(options)
            options.changed.connect(self._later)
        layout.addWidget(self.hint)
        layout.addWidget(self.lines, 1)
        self.lines.setMinimumHeight(_LEAST_LIST)
        fill_with(self, inner)
        self.topic.currentIndexChanged.connect(lambda _at: self.refresh())

    def _later(self) -> None:
        if self.isVisible():
            self._rest.start()

    def _made(self, name: str) -> tuple[list[Line], Mapping[tuple[str, str], Span], str]:
        tables, as_of = self._workspace.document, self._workspace.as_of
        if name == "chain":
            goal = self._workspace.selection[-1:]
            if not goal or goal[0][0] not in STEP_TABLES:
                return [], {}, tr("Select a milestone or another thing on the timeline.")
            return lists.chain_lines(tables, goal[0]), {}, ""
        options = self.options[name]
        return options.lines(tables, as_of), options.ghosts(tables), options.hint()

    def _fill(self, found: list[Line]) -> None:
        style = self._workspace.style
        self.lines.clear()
        colours = theme_colours(style.medium)
        for line in found:
            colour = colours.muted
            if line.gravity != "info":
                colour = style.severity(line.gravity).colour
            item = QListWidgetItem(icon(_ICONS[line.gravity], colour), line.text)
            item.setData(_LINE, line)
            self.lines.addItem(item)

    def _ghosts(self, ghosts: Mapping[tuple[str, str], Span]) -> None:
        if self._canvas.picture.ghosts != ghosts:
            self._canvas.picture.ghosts = ghosts
            self._canvas.viewport().update()

    def _mark(self, marks: Mapping[str, How]) -> None:
        if marks != self._marks:
            self._marks = marks
            self.changes_marked.emit(marks)

    def _show(self, item: QListWidgetItem) -> None:
        """Select what a line is about and bring it into view, on the map too."""
        line: Line = item.data(_LINE)
        nodes = line.nodes
        self.options[str(self.topic.currentData())].take(line)
        if line.strip is not None:
            self.strip_wanted.emit(line.strip)
        if nodes:
            self._workspace.reveal(*nodes[0])
            self._workspace.select([(table, record_id) for table, record_id in nodes])
