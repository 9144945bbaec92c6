"""The main window: what the start page needs at once, the rest when a project needs it.

It lays out and shows; what actions do is `desktop.controller`'s business. Menus are filled when the
window is already there, docks, tool bar and notices are made when they are first used: the first
window is the slowest for whoever waits for it (budget: design section 8).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.save_state import SaveState
from resources.text import tr
from widgets.common.plain_label import plain_label

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction, QCloseEvent
    from PySide6.QtWidgets import QLabel

    from desktop.docks import Docks
    from desktop.panels import Panels
    from desktop.tasks import Progress
    from desktop.tool_bar import ToolBar
    from model.drawing.style import StyleSheet
    from widgets.common.notice import NoticeBar
    from widgets.finding.command_field import CommandField

MENUS = ("File", "Edit", "Map", "View", "Help")
_STATE_SIGNS = {
    SaveState.MEMORY: "◌",
    SaveState.SAVED: "●",
    SaveState.UNSAVED: "○",
    SaveState.SAVING: "…",
    SaveState.FAILED: "▲",
}
_FIRST_SIZE = QSize(1440, 900)


class MainWindow(QMainWindow):
    """The one window of the application.

    Signals:
        close_wanted: the user wants to leave; the window stays until it is told to go.
    """

    close_wanted = Signal()

    def __init__(self, start_page: QWidget, act: Callable[[str], object]) -> None:
        """Lay out what the start page needs; `act` does what an action is for, by its id."""
        super().__init__()
        self.setObjectName("main-window")
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self._act = act
        self._may_go = False
        self._project_shown = False
        self._covered: QWidget | None = None
        self._cancel: Callable[[], None] = lambda: None
        self._wanted_docks = QByteArray()
        self._menus: dict[str, QMenu] = {
            title: self.menuBar().addMenu(tr(title)) for title in MENUS
        }
        self.stack = QStackedWidget()
        self.stack.addWidget(start_page)
        self.setCentralWidget(self._centre())
        self._make_status_bar()
        self.show_start()

    # -- parts that are made when they are first needed

    @cached_property
    def actions_by_id(self) -> dict[str, QAction]:
        """All actions, which fill the menus."""
        from desktop.actions import fill_menus, make_actions  # noqa: PLC0415 - after the first look

        actions = make_actions(self, self._act)
        fill_menus(self._menus, actions)
        return actions

    @cached_property
    def docks(self) -> Docks:
        """The docks with the panels of a project."""
        from desktop.docks import Docks  # noqa: PLC0415 - not on the start page

        docks = Docks(self)
        self.make_menus()
        panels = self._menus["View"].addMenu(tr("Panels"))
        panels.addActions(docks.actions())
        return docks

    @cached_property
    def toolbar(self) -> ToolBar:
        """The tool bar with the command field and the label of the project."""
        from desktop.tool_bar import ToolBar  # noqa: PLC0415 - not on the start page

        bar = ToolBar(self.actions_by_id)
        self.addToolBar(bar)
        return bar

    @cached_property
    def notices(self) -> NoticeBar:
        """The bar that says what happened, above the page."""
        from widgets.common.notice import NoticeBar  # noqa: PLC0415 - nothing to say at first

        bar = NoticeBar()
        self._column.insertWidget(0, bar)
        return bar

    def make_menus(self) -> None:
        """Fill the menus, if they are not full yet."""
        _ = self.actions_by_id

    @property
    def commands(self) -> CommandField:
        """The field that finds and does everything."""
        return self.toolbar.commands

    def _made(self, part: str) -> bool:
        return part in self.__dict__

    # -- what is shown

    def show_start(self) -> None:
        """Show the start page, without the panels of a project."""
        self._put_project_away()
        self.stack.setCurrentIndex(0)
        self.setWindowTitle(tr("Crosstrack"))
        self._wipe_status()

    def show_project(self, panels: Panels) -> None:
        """Show the panels of a project in the places the user gave them."""
        self.docks.fill(panels.docked())
        self.stack.addWidget(panels.centre)
        self.stack.setCurrentWidget(panels.centre)
        self._bring_project_back()
        panels.map.setFocus()

    def drop_project(self, panels: Panels) -> None:
        """Take the panels away again and delete them."""
        self.commands.retire()
        self.show_start()
        self.stack.removeWidget(panels.centre)
        panels.centre.deleteLater()
        self.docks.clear(panels.docked())

    def cover(self, page: QWidget) -> None:
        """Show only this page, with a title and a status line that say nothing of the project."""
        self._put_project_away()
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        if self.stack.currentWidget() is not page:
            self._covered = self.stack.currentWidget()
        self.stack.setCurrentWidget(page)
        for part in (self.menuBar(), self.notices):
            part.hide()
        self.setWindowTitle(tr("Crosstrack"))
        self.name_undo("", "")
        self._wipe_status()
        for action in self.actions_by_id.values():
            action.setEnabled(False)

    def uncover(self) -> None:
        """Show again what the page covered."""
        self.menuBar().show()
        self.notices.show_again()
        if self._covered is not None and self.stack.indexOf(self._covered) > 0:
            self.stack.setCurrentWidget(self._covered)
            self._bring_project_back()
        self._covered = None

    def show_style(self, style: StyleSheet) -> None:
        """Give the icons the ink of the style."""
        from desktop.actions import give_icons  # noqa: PLC0415 - after the first look

        give_icons(self.actions_by_id, style.ink)

    def enable_actions(self, states: Mapping[str, bool]) -> None:
        """Enable what can be used now; `states` says which of the table's "when" are so.

        Its "protected" says whether what changes the project is out of use.
        """
        from desktop.action_table import ACTIONS  # noqa: PLC0415 - after the first look

        is_protected = states["protected"]
        for spec in ACTIONS:
            usable = states[spec.when] and not (spec.edits and is_protected)
            self.actions_by_id[spec.id].setEnabled(usable)
        self.actions_by_id["protect"].setChecked(is_protected)
        if self._made("toolbar"):
            self.toolbar.show_protected(on=is_protected)

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
        self.state_label.setToolTip(words)  # a narrow window cuts long words off
        self.state_label.setProperty("state", state.value)
        self.state_label.style().polish(self.state_label)

    def hint(self, text: str) -> None:
        """Say in the status line what letting go would do, or what was done; "" clears it."""
        from widgets.common.announcing import announce  # noqa: PLC0415 - nothing to say at first

        if text != self.hint_label.text():
            self.hint_label.setText(text)
            announce(self.hint_label, text)

    def _wipe_status(self) -> None:
        for label in (self.state_label, self.hint_label, self.facts_label):
            label.clear()
            label.setToolTip("")

    def raise_dock(self, name: str) -> None:
        """Bring a panel to the front."""
        self.docks.bring_forward(name)

    def show_busy(self, title: str, progress: Progress | None) -> None:
        """Show what runs in the background, with a way to give it up; "" hides it."""
        self.busy_label.setText(title)
        for widget in (self.busy_label, self.busy_bar, self.busy_cancel):
            widget.setVisible(bool(title))
        self.busy_bar.setRange(0, 0)
        self.busy_cancel.setEnabled(True)
        self._cancel = lambda: None
        if progress is not None and title:
            progress.moved.connect(self._show_progress)
            self._cancel = progress.cancel

    def _give_up(self) -> None:
        """Stop what runs; it may take a moment to notice."""
        self._cancel()
        self.busy_cancel.setEnabled(False)
        self.busy_label.setText(tr("Stopping…"))

    def _show_progress(self, fraction: float, text: str) -> None:
        if text and self.busy_cancel.isEnabled():
            self.busy_label.setText(text)
        self.busy_bar.setRange(0, 0 if fraction < 0 else 1000)
        self.busy_bar.setValue(round(max(fraction, 0.0) * 1000))

    # -- places of docks and window

    def reset_docks(self) -> None:
        """Put all panels where they are at first."""
        self.docks.reset()

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
            self._wanted_docks = self.docks.places()

    def _put_project_away(self) -> None:
        self._remember_docks()
        self._project_shown = False
        if self._made("docks"):
            self.docks.hide()
            self.toolbar.hide()

    def _bring_project_back(self) -> None:
        self.toolbar.show()
        self.docks.put(self._wanted_docks)
        self._project_shown = True

    # -- closing

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first; the answer comes later through `go`."""
        if not self._may_go:
            self.close_wanted.emit()  # the answer may come at once, where nothing is unsaved
        event.setAccepted(self._may_go)

    def go(self) -> None:
        """Close for good."""
        self._may_go = True
        self.close()

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """Tab goes through the map and the panels in sight as they are laid out."""
        if self._made("docks"):
            from widgets.common.tab_order import step  # noqa: PLC0415 - not on the start page

            parts = (self.centralWidget(), *self.docks.in_sight(), self.toolbar)
            shown = [part for part in parts if part is not None]
            if step(shown, QApplication.focusWidget(), 1 if is_next else -1):
                return True
        return super().focusNextPrevChild(is_next)

    # -- making the parts

    def _centre(self) -> QWidget:
        centre = QWidget()
        self._column = QVBoxLayout(centre)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.stack, 1)
        return centre

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
        self.busy_cancel.clicked.connect(self._give_up)
        bar.addWidget(self.state_label)
        bar.addWidget(self.hint_label, 1)
        for widget in (self.busy_label, self.busy_bar, self.busy_cancel):
            widget.hide()
            bar.addPermanentWidget(widget)
        bar.addPermanentWidget(self.facts_label)


def _status_label(name: str) -> QLabel:
    label = plain_label()
    label.setObjectName(f"status-{name}")
    return label
