"""The main window: menus, toolbar, docks that remember their place, notices, status in words.

It lays out and shows; what actions do is `desktop.controller`'s business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDockWidget,
    QLabel,
    QMainWindow,
    QMenu,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import ACTIONS, MENUS, make_actions
from desktop.save_state import SaveState
from resources.text import tr
from widgets.common.icons import icon
from widgets.common.notice import NoticeBar
from widgets.common.tlp_badge import TlpBadge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction, QCloseEvent

    from desktop.panels import Panels
    from desktop.tasks import Progress
    from model.drawing.style import StyleSheet
    from widgets.finding.command_field import CommandField

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea
_DOCKS = (
    ("palette", "Palette", _LEFT),
    ("filter", "Filter", _LEFT),
    ("views", "Views", _LEFT),
    ("timeline", "Timeline", _BOTTOM),
    ("tables", "Tables", _BOTTOM),
    ("analysis", "Analysis", _BOTTOM),
    ("inspector", "Inspector", _RIGHT),
    ("checklist", "Do no harm", _RIGHT),
    ("attention", "Needs attention", _RIGHT),
)
_STATE_SIGNS = {
    SaveState.MEMORY: "◌",
    SaveState.SAVED: "●",
    SaveState.UNSAVED: "○",
    SaveState.SAVING: "…",
    SaveState.FAILED: "▲",
}
_FIRST_SIZE = QSize(1440, 900)
_ICON_SIZE = QSize(20, 20)


class MainWindow(QMainWindow):
    """The one window of the application.

    Signals:
        close_wanted: the user wants to leave; the window stays until it is told to go.
    """

    close_wanted = Signal()

    def __init__(self, start_page: QWidget, callbacks: Mapping[str, Callable[[], object]]) -> None:
        """Lay everything out, with the start page in front."""
        super().__init__()
        self.setObjectName("main-window")
        self.resize(_FIRST_SIZE)
        self.setDockNestingEnabled(True)
        self.actions_by_id = make_actions(self, callbacks)
        self._may_go = False
        self._project_shown = False
        self._covered: QWidget | None = None
        self._cancel: Callable[[], None] = lambda: None
        self._dock_actions: list[QAction] = []
        self.docks = {name: self._make_dock(name, title, area) for name, title, area in _DOCKS}
        self.stack = QStackedWidget()
        self.stack.addWidget(start_page)
        self.notices = NoticeBar()
        self.setCentralWidget(self._centre())
        self.tlp_badge = TlpBadge()
        self._commands: CommandField | None = None
        self._place_of_commands = QVBoxLayout()
        self.toolbar = self._make_toolbar()
        self._place_docks()
        self._factory_docks = self.saveState()
        self._wanted_docks = QByteArray(self._factory_docks)
        self._fill_menus()
        self._make_status_bar()
        self.show_start()
        self._hide_spare_tab_bars()

    @property
    def commands(self) -> CommandField:
        """The field that finds and does everything; made when first needed."""
        if self._commands is None:
            from widgets.finding.command_field import (  # noqa: PLC0415 - not on the start page
                CommandField,
            )

            self._commands = CommandField()
            self._place_of_commands.addWidget(self._commands)
        return self._commands

    # -- what is shown

    def show_start(self) -> None:
        """Show the start page, without the panels of a project."""
        self._remember_docks()
        self._project_shown = False
        for dock in self.docks.values():
            dock.hide()
        self.toolbar.hide()
        self.stack.setCurrentIndex(0)
        self.setWindowTitle(tr("Crosstrack"))
        for label in (self.state_label, self.hint_label, self.facts_label):
            label.clear()

    def show_project(self, panels: Panels) -> None:
        """Show the panels of a project in the places the user gave them."""
        for name, panel in panels.docked().items():
            self.docks[name].setWidget(panel)
        self.stack.addWidget(panels.centre)
        self.stack.setCurrentWidget(panels.centre)
        self.toolbar.show()
        self._put_docks(self._wanted_docks)
        self._project_shown = True
        panels.map.setFocus()

    def drop_project(self, panels: Panels) -> None:
        """Take the panels away again and delete them."""
        if self._commands is not None:
            self._commands.retire()
        self.show_start()
        self.stack.removeWidget(panels.centre)
        panels.centre.deleteLater()
        for name, panel in panels.docked().items():
            self.docks[name].setWidget(QWidget())
            panel.deleteLater()

    def cover(self, page: QWidget) -> None:
        """Show only this page, with a title and a status line that say nothing of the project."""
        self._remember_docks()
        self._project_shown = False
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        if self.stack.currentWidget() is not page:
            self._covered = self.stack.currentWidget()
        self.stack.setCurrentWidget(page)
        for part in (*self.docks.values(), self.toolbar, self.menuBar(), self.notices):
            part.hide()
        self.setWindowTitle(tr("Crosstrack"))
        self.name_undo("", "")
        for label in (self.state_label, self.hint_label, self.facts_label):
            label.clear()
        for action in self.actions_by_id.values():
            action.setEnabled(False)

    def uncover(self) -> None:
        """Show again what the page covered."""
        self.menuBar().show()
        if self._covered is not None and self.stack.indexOf(self._covered) > 0:
            self.stack.setCurrentWidget(self._covered)
            self.toolbar.show()
            self._put_docks(self._wanted_docks)
            self._project_shown = True
        self._covered = None

    def show_style(self, style: StyleSheet) -> None:
        """Give the icons the ink of the style."""
        for spec in ACTIONS:
            if spec.icon:
                self.actions_by_id[spec.id].setIcon(icon(spec.icon, style.ink))

    def enable_actions(self, states: Mapping[str, bool]) -> None:
        """Enable what can be used now; `states` says which of the table's "when" are so."""
        for spec in ACTIONS:
            self.actions_by_id[spec.id].setEnabled(states[spec.when])

    def name_undo(self, undo: str, redo: str) -> None:
        """Say in menu and button what undo and redo would do."""
        for name, verb, label in (("undo", tr("Undo"), undo), ("redo", tr("Redo"), redo)):
            text = tr("{verb}: {step}", verb=verb, step=label) if label else verb
            self.actions_by_id[name].setText(text.replace("&", "&&"))
            self.actions_by_id[name].setIconText(verb)
            self.actions_by_id[name].setToolTip(text)

    def show_state(self, state: SaveState, words: str) -> None:
        """Show how safe the project is: a sign and words, never colour alone."""
        self.state_label.setText(f"{_STATE_SIGNS[state]} {words}")
        self.state_label.setProperty("state", state.value)
        self.state_label.style().polish(self.state_label)

    def raise_dock(self, name: str) -> None:
        """Bring a panel to the front."""
        self.docks[name].show()
        self.docks[name].raise_()

    def show_busy(self, title: str, progress: Progress | None) -> None:
        """Show what runs in the background, with a way to give it up; "" hides it."""
        self.busy_label.setText(title)
        for widget in (self.busy_label, self.busy_bar, self.busy_cancel):
            widget.setVisible(bool(title))
        self.busy_bar.setRange(0, 0)
        if progress is not None and title:
            progress.moved.connect(self._show_progress)
            self._cancel = progress.cancel

    def _show_progress(self, fraction: float, text: str) -> None:
        if text:
            self.busy_label.setText(text)
        self.busy_bar.setRange(0, 0 if fraction < 0 else 1000)
        self.busy_bar.setValue(round(max(fraction, 0.0) * 1000))

    # -- places of docks and window

    def reset_docks(self) -> None:
        """Put all panels where they are at first."""
        self._put_docks(self._factory_docks)

    def restore_places(self, geometry: bytes, docks: bytes) -> None:
        """Take over remembered places; empty ones change nothing."""
        if geometry:
            self.restoreGeometry(QByteArray(geometry))
        if docks:
            self._wanted_docks = QByteArray(docks)

    def places(self) -> tuple[bytes, bytes]:
        """Window and dock places, for remembering."""
        self._remember_docks()
        return bytes(self.saveGeometry().data()), bytes(self._wanted_docks.data())

    def _remember_docks(self) -> None:
        if self._project_shown:
            self._wanted_docks = self.saveState()

    # -- closing

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first; the answer comes later through `go`."""
        if self._may_go:
            event.accept()
        else:
            event.ignore()
            self.close_wanted.emit()

    def go(self) -> None:
        """Close for good."""
        self._may_go = True
        self.close()

    # -- making the parts

    def _make_dock(self, name: str, title: str, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(tr(title), self)
        dock.setObjectName(f"dock-{name}")
        dock.setWidget(QWidget())
        self.addDockWidget(area, dock)
        self._dock_actions.append(dock.toggleViewAction())
        return dock

    def _place_docks(self) -> None:
        for corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            self.setCorner(corner, _RIGHT)
        self.setCorner(Qt.Corner.BottomLeftCorner, _BOTTOM)
        self.tabifyDockWidget(self.docks["palette"], self.docks["filter"])
        self.tabifyDockWidget(self.docks["filter"], self.docks["views"])
        self.docks["palette"].raise_()
        self.tabifyDockWidget(self.docks["timeline"], self.docks["tables"])
        self.tabifyDockWidget(self.docks["tables"], self.docks["analysis"])
        self.docks["timeline"].raise_()
        self.tabifyDockWidget(self.docks["checklist"], self.docks["attention"])
        self.docks["checklist"].raise_()
        sides = [self.docks["palette"], self.docks["inspector"]]
        self.resizeDocks(sides, [200, 350], Qt.Orientation.Horizontal)
        self.resizeDocks([self.docks["timeline"]], [320], Qt.Orientation.Vertical)
        right = [self.docks["inspector"], self.docks["checklist"]]
        self.resizeDocks(right, [430, 430], Qt.Orientation.Vertical)

    def _put_docks(self, places: QByteArray) -> None:
        self._hide_spare_tab_bars()
        self.restoreState(places)

    def _hide_spare_tab_bars(self) -> None:
        """Hide the bars that Qt leaves behind when it places docks; it shows those that it uses."""
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.hide()

    def _centre(self) -> QWidget:
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notices)
        layout.addWidget(self.stack, 1)
        return centre

    def _make_toolbar(self) -> QToolBar:
        bar = self.addToolBar(tr("Tools"))
        bar.setObjectName("toolbar")
        bar.setMovable(False)
        bar.setIconSize(_ICON_SIZE)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for spec in ACTIONS:
            if spec.in_toolbar and spec.id not in {"export", "present"}:
                bar.addAction(self.actions_by_id[spec.id])
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(gap)
        place = QWidget()
        place.setLayout(self._place_of_commands)
        self._place_of_commands.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(place)
        bar.addWidget(self.tlp_badge)
        bar.addAction(self.actions_by_id["present"])
        bar.addAction(self.actions_by_id["export"])
        bar.toggleViewAction().setVisible(False)
        return bar

    def _fill_menus(self) -> None:
        menus: dict[str, QMenu] = {title: self.menuBar().addMenu(tr(title)) for title in MENUS}
        for spec in ACTIONS:
            if spec.separator:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(self.actions_by_id[spec.id])
        panels = menus["View"].addMenu(tr("Panels"))
        for action in self._dock_actions:
            panels.addAction(action)

    def _make_status_bar(self) -> None:
        bar = self.statusBar()
        self.state_label = _status_label("state")
        self.hint_label = _status_label("hint")
        self.facts_label = _status_label("facts")
        self.busy_label = _status_label("busy")
        self.busy_bar = QProgressBar()
        self.busy_bar.setFixedWidth(140)
        self.busy_bar.setTextVisible(False)
        self.busy_bar.setAccessibleName(tr("Progress"))
        self.busy_cancel = QPushButton(tr("Cancel"))
        self.busy_cancel.clicked.connect(self._cancel)
        bar.addWidget(self.state_label)
        bar.addWidget(self.hint_label, 1)
        for widget in (self.busy_label, self.busy_bar, self.busy_cancel):
            widget.hide()
            bar.addPermanentWidget(widget)
        bar.addPermanentWidget(self.facts_label)


def _status_label(name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(f"status-{name}")
    return label
