"""The docks of the window: made with the first project, and put where the user had them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QTabBar, QWidget

from resources.text import tr
from widgets.common.tab_order import step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow

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
_TABBED: Final = (
    ("palette", "filter", "views"),
    ("timeline", "tables", "analysis"),
    ("checklist", "attention"),
)
_ROOMY: Final = 1200
"""Pixels of width from which on the side panels may be wide."""
_SIDES: Final = ((224, 336), (176, 280))
"""Widths of the left and right docks in a roomy window and in a small one."""
_BOTTOMS: Final = (0.36, 0.3)
"""The share of the window's height that the bottom docks get in the same two."""


class PanelDock(QDockWidget):
    """A dock whose own buttons say which panel they mean."""

    def __init__(self, title: str, window: QMainWindow) -> None:
        """Make it, empty."""
        super().__init__(title, window)
        for name, words in (
            ("qt_dockwidget_closebutton", tr("Close {panel}", panel=title)),
            ("qt_dockwidget_floatbutton", tr("{panel} in a window of its own", panel=title)),
        ):
            for button in self.findChildren(QAbstractButton, name):
                button.setAccessibleName(words)

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """In a window of its own Tab stays in the panel."""
        if self.isFloating() and step([self], QApplication.focusWidget(), 1 if is_next else -1):
            return True
        return super().focusNextPrevChild(is_next)


class Docks:
    """All docks of one window by name; only where they are is remembered, never what is in them."""

    def __init__(self, window: QMainWindow) -> None:
        """Make them, empty, in the places of a first start."""
        self._window = window
        window.setDockNestingEnabled(True)
        self._by_name = {name: self._make(name, title, area) for name, title, area in _DOCKS}
        self._place()
        self._factory = window.saveState()
        self.hide()
        self.hide_spare_tab_bars()
        window.tabifiedDockWidgetActivated.connect(lambda _dock: self._open_for_drags())

    def __getitem__(self, name: str) -> QDockWidget:
        """The dock of that name."""
        return self._by_name[name]

    def items(self) -> Iterator[tuple[str, QDockWidget]]:
        """Every dock with its name."""
        yield from self._by_name.items()

    def in_sight(self) -> list[QWidget]:
        """The docks that are not hidden, nor behind another one."""
        docks = self._by_name.values()
        return [one for one in docks if one.isVisible() and not one.visibleRegion().isEmpty()]

    def actions(self) -> list[QAction]:
        """What shows and hides each dock, for the menu."""
        return [dock.toggleViewAction() for dock in self._by_name.values()]

    def fill(self, panels: Mapping[str, QWidget]) -> None:
        """Put the panels of a project into their docks."""
        for name, panel in panels.items():
            self._by_name[name].setWidget(panel)

    def clear(self, panels: Mapping[str, QWidget]) -> None:
        """Take panels out again and delete them."""
        for name, panel in panels.items():
            self._by_name[name].setWidget(QWidget())
            panel.deleteLater()

    def hide(self) -> None:
        """Hide all of them."""
        for dock in self._by_name.values():
            dock.hide()

    def bring_forward(self, name: str) -> None:
        """Show a dock in front of those that share its place."""
        self._by_name[name].show()
        self._by_name[name].raise_()
        self._open_for_drags()

    def places(self) -> QByteArray:
        """Where they are, in Qt's own description."""
        return self._window.saveState()

    def put(self, places: QByteArray) -> None:
        """Put them where a description says; an empty or foreign one: as at a first start."""
        self.hide_spare_tab_bars()
        if places.isEmpty() or not self._window.restoreState(places):
            self._window.restoreState(self._factory)
            self._give_sizes()
        self._open_for_drags()

    def reset(self) -> None:
        """Put all where they are at a first start."""
        self.put(QByteArray())

    def hide_spare_tab_bars(self) -> None:
        """Hide the bars that Qt leaves behind when it places docks; it shows those that it uses."""
        for bar in self._tab_bars():
            bar.hide()

    def _open_for_drags(self) -> None:
        """Let a tab come forward under what is dragged, as from the tables to the timeline.

        Qt makes these bars as docks are put together, so each is told whenever they may be others.
        """
        for bar in self._tab_bars():
            bar.setAcceptDrops(True)
            bar.setChangeCurrentOnDrag(True)

    def _tab_bars(self) -> list[QTabBar]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        return self._window.findChildren(QTabBar, options=direct)

    def _make(self, name: str, title: str, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = PanelDock(tr(title), self._window)
        dock.setObjectName(f"dock-{name}")
        dock.setWidget(QWidget())
        self._window.addDockWidget(area, dock)
        dock.show()  # a window that is already there does not show what comes later by itself
        return dock

    def _place(self) -> None:
        for corner in (Qt.Corner.TopRightCorner, Qt.Corner.BottomRightCorner):
            self._window.setCorner(corner, _RIGHT)
        self._window.setCorner(Qt.Corner.BottomLeftCorner, _BOTTOM)
        for names in _TABBED:
            for before, after in pairwise(names):
                self._window.tabifyDockWidget(self._by_name[before], self._by_name[after])
            self._by_name[names[0]].raise_()

    def _give_sizes(self) -> None:
        window, small = self._window, self._window.width() < _ROOMY
        sides = [self._by_name["palette"], self._by_name["inspector"]]
        window.resizeDocks(sides, list(_SIDES[small]), Qt.Orientation.Horizontal)
        height = round(window.height() * _BOTTOMS[small])
        window.resizeDocks([self._by_name["timeline"]], [height], Qt.Orientation.Vertical)
        right = [self._by_name["inspector"], self._by_name["checklist"]]
        window.resizeDocks(right, [1, 1], Qt.Orientation.Vertical)
