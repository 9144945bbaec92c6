"""Work of a panel waits while another tab lies over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from widgets.common.when_seen import WhenSeen

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_work_waits_behind_another_tab_and_is_done_once(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(400, 300)
    docks = []
    for name in ("front", "back"):
        dock = QDockWidget(name)
        dock.setWidget(QWidget())
        window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        docks.append(dock)
    window.tabifyDockWidget(*docks)
    docks[0].raise_()
    done: list[str] = []
    seen = WhenSeen(docks[1].widget(), lambda: done.append("done"))
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: docks[1].widget().visibleRegion().isEmpty())
    seen.want()
    seen.want()
    assert not done
    docks[1].raise_()
    qtbot.waitUntil(lambda: done == ["done"])
    assert not seen.is_due
    seen.want()
    assert done == ["done", "done"]
