"""Start-up: our first window against empty PySide6 main windows, in turns, warm.

One has nothing in it, the other what every main window has: a menu, a tool bar, docks, a status
bar (the window of the study that the budget comes from). Both ratios are printed, and what the
whole command takes, with its arguments and its fences, until the start page has been painted.

Budget (design section 8): at most 1.6 times the empty window. Run with `python3 dev.py bench`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROUNDS = 9
BUDGET = 1.6
ROOT = Path(__file__).parents[2]
EMPTY = """
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.show()
application.processEvents()
"""
FURNISHED = """
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow
from PySide6.QtCore import Qt
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("empty"))
menu = window.menuBar().addMenu("File")
bar = window.addToolBar("Tools")
for number in range(30):
    action = QAction(f"Action {number}", window)
    menu.addAction(action)
    bar.addAction(action)
for number in range(9):
    dock = QDockWidget(f"Dock {number}", window)
    dock.setWidget(QLabel("empty"))
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
window.statusBar().showMessage("empty")
window.show()
application.processEvents()
"""
OURS = """
import gc
gc.disable()  # as `desktop.cli.open_` does
from desktop.startup import Front, make_application
application = make_application()
front = Front(application)
front.window.show()
application.processEvents()
"""
COMMAND = """
import os, sys
from desktop.__main__ import main
def stop_behind_the_first_picture(event, arguments):
    if event == "import" and arguments[0] == "desktop.actions":
        os._exit(0)
sys.addaudithook(stop_behind_the_first_picture)
main([])
"""


def seconds(program: str) -> float:
    """Wall time from the start of the process to its first painted window, with byte code."""
    program += "\nimport os\nos._exit(0)\n"
    environment = {**os.environ}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", program]
    began = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True, env=environment)
    return time.perf_counter() - began


def test_first_window(capsys: pytest.CaptureFixture[str]) -> None:
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    programs = (EMPTY, FURNISHED, OURS, COMMAND)
    for program in programs:
        seconds(program)
    rounds = [[seconds(program) for program in programs] for _ in range(ROUNDS)]
    empty, furnished, ours, command = (
        statistics.median(times) for times in zip(*rounds, strict=True)
    )
    with capsys.disabled():
        sys.stdout.write(
            f"\nfirst window: Crosstrack {ours * 1000:.0f} ms; empty {empty * 1000:.0f} ms, ratio "
            f"{ours / empty:.2f}; with menu, tool bar and docks {furnished * 1000:.0f} ms, ratio "
            f"{ours / furnished:.2f} (budget {BUDGET}); the whole command {command * 1000:.0f} ms, "
            f"ratio {command / empty:.2f}\n"
        )
