"""The window opens without the slow libraries, which load when first needed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LATE = (
    "fontTools",
    "igraph",
    "networkx",
    "openpyxl",
    "pandas",
    "pikepdf",
    "reportlab",
)

WINDOW = """
import json, sys
from PySide6.QtWidgets import QApplication
from desktop.application import build
application = QApplication(["crosstrack"])
controller = build(application, serial=True)
controller.window.show()
application.processEvents()
assert controller.window.isVisible()
print(json.dumps(sorted(sys.modules)))
"""

USAGE = """
import json, sys
from desktop.__main__ import main
sys.argv = ["crosstrack", "--help"]
try:
    main()
except SystemExit:
    pass
print()
print(json.dumps(sorted(sys.modules)))
"""


FIRST = """
import json
from desktop.startup import Front, make_application
import PySide6.QtCore
application = make_application()
front = Front(application)
front.start.painted.connect(lambda: application.exit())
front.window.show()
application.exec()
print(json.dumps(sorted(vars(PySide6.QtCore))))
"""

CLOSED_EARLY = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop import startup
make = startup.make_application
def application():
    made = make()
    timer = QTimer(made, interval=10)
    def close():
        shown = [one for one in QApplication.topLevelWidgets() if one.objectName() == "main-window"]
        if shown and "desktop.application" in sys.modules:
            timer.stop()
            shown[0].close()
    timer.timeout.connect(close)
    timer.start()
    return made
startup.make_application = application
sys.exit(startup.run(sample="mali"))
"""


def modules_after(script: str) -> set[str]:
    """Return the top-level names that are loaded once the script has run in a new process."""
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    return {name.partition(".")[0] for name in json.loads(run.stdout.splitlines()[-1])}


def test_the_window_opens_without_the_slow_libraries() -> None:
    loaded = modules_after(WINDOW)
    assert "PySide6" in loaded
    assert sorted(loaded.intersection(LATE)) == []


def test_the_first_window_does_without_the_enumerations_of_qt() -> None:
    names = modules_after(FIRST)
    assert "QTimer" in names
    assert "Qt" not in names


def test_the_command_line_answers_without_qt() -> None:
    loaded = modules_after(USAGE)
    assert sorted(loaded.intersection({"PySide6", *LATE})) == []


def test_a_window_that_is_closed_while_the_rest_loads_ends_in_order() -> None:
    """It crashed after its work was done: widgets outlived their Python half."""
    run = subprocess.run(
        [sys.executable, "-c", CLOSED_EARLY], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr[-2_000:]
