"""What runs in the background stops when the window's Cancel is pressed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.dialogs.export import ExportDialog
from desktop.tasks import in_background
from tests.desktop.test_whole_way import press, session_of, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.tasks import Flow, Progress


def test_cancel_stops_the_work_and_says_so(controller: Controller, qtbot: QtBot) -> None:
    window = controller.window
    begun, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        try:
            while not ended.wait(0.005):
                progress.report(0.5, "Working")
                begun.set()
        finally:
            ended.set()
        return "done"

    def flow() -> Flow[object]:
        return (yield from in_background(work, "Working"))

    for _ in range(2):  # the second time it stops its own work, not that of the first
        begun.clear()
        ended.clear()
        controller.runner.start(flow())
        qtbot.waitUntil(begun.is_set)
        qtbot.waitUntil(lambda: window.busy_cancel.isEnabled() and window.busy_cancel.isVisible())
        QTest.mouseClick(window.busy_cancel, Qt.MouseButton.LeftButton)
        assert window.busy_label.text() == "Stopping…"
        assert not window.busy_cancel.isEnabled()
        qtbot.waitUntil(ended.is_set)
        qtbot.waitUntil(lambda: not window.busy_label.isVisible())


def test_a_pack_that_is_given_up_leaves_no_file(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    controller.open_sample("mindanao")
    window = controller.window
    qtbot.waitUntil(lambda: controller.session is not None)
    window.actions_by_id["export"].trigger()
    dialog = wait_for(qtbot, ExportDialog)
    folder = tmp_path / "pack"
    folder.mkdir()
    dialog.folder.setText(str(folder))
    dialog.override.setText("agreed")
    qtbot.waitUntil(lambda: dialog._reckoned is not None and not dialog._newest.is_open)
    press(dialog, "Make the pack")
    qtbot.waitUntil(window.busy_cancel.isVisible)
    QTest.mouseClick(window.busy_cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.busy_label.isVisible(), timeout=20_000)
    assert list(folder.iterdir()) == []
    assert not session_of(controller).history.can_undo, "an export that was given up is not noted"
