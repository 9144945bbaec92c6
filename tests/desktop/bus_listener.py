"""Listens like the application: exit code 0 when the signal came. Run by a test."""

from __future__ import annotations

import subprocess
import sys

from PySide6.QtCore import QCoreApplication, QTimer

from desktop.lock_triggers import SystemWatch


def main() -> int:
    """Subscribe, start the screen saver, wait."""
    application = QCoreApplication(sys.argv)
    watch = SystemWatch(application)
    watch.connect_buses()
    watch.lock_wanted.connect(lambda: application.exit(0))
    QTimer.singleShot(15_000, lambda: application.exit(3))
    saver = subprocess.Popen([sys.executable, "-m", "tests.desktop.screen_saver"])
    try:
        return application.exec()
    finally:
        saver.kill()
        saver.wait()


if __name__ == "__main__":
    sys.exit(main())
