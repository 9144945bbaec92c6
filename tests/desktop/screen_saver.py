"""A screen saver on the session bus that says it is active; a process of its own for a test."""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage

NAME = "org.freedesktop.ScreenSaver"


def main() -> int:
    """Take the name and send the signal a few times."""
    application = QCoreApplication(sys.argv)
    bus = QDBusConnection.sessionBus()
    if not bus.registerService(NAME):
        return 1
    timer = QTimer()
    timer.setInterval(100)

    def send() -> None:
        message = QDBusMessage.createSignal("/ScreenSaver", NAME, "ActiveChanged")
        message.setArguments([True])
        bus.send(message)

    timer.timeout.connect(send)
    timer.start()
    QTimer.singleShot(8_000, application.quit)
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
