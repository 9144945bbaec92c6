"""Start-up: our first window against an empty PySide6 main window, in turns, warm.

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
OURS = """
from PySide6.QtWidgets import QApplication
from desktop.startup import Front
application = QApplication([])
front = Front(application)
front.window.show()
application.processEvents()
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
    seconds(EMPTY), seconds(OURS)
    pairs = [(seconds(EMPTY), seconds(OURS)) for _ in range(ROUNDS)]
    statistics.median(pair[0] for pair in pairs)
    statistics.median(pair[1] for pair in pairs)
    with capsys.disabled():
        pass
