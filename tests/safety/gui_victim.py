"""The real window in a process that will be killed: it edits, drafts, saves and locks for ever.

Started by `tests.safety.gui` with: file, key file, canary, folder. It says on standard output what
it has promised so far.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.application import build
from desktop.diagnostics import FaultReporter
from desktop.hardening import harden_process
from desktop.session import Session
from model.commands.records import set_fields
from model.storage.keys import KeyFile
from model.storage.store import Store


def main() -> int:
    """Run until killed, or until a number of edits."""
    path, key_path, canary, most = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    harden_process()
    application = QApplication(sys.argv[:1])
    FaultReporter().install()
    folder = path.parent
    store = Store("victim", generations=folder / "generations", log_n=10)
    controller = build(application, store=store)
    project = store.open(path, KeyFile.parse(key_path.read_bytes()))
    controller.window.show()
    controller.show_content(project.content, project, "victim")
    count = [0]

    def edit() -> None:
        session = controller.session
        if not isinstance(session, Session):
            return
        count[0] += 1
        set_fields(session.document, "actors", ["a0"], {"notes": f"{canary}s{count[0]}"})
        session.history.close_step()
        os.write(1, f"s{count[0]}\n".encode())
        if count[0] % 7 == 0:
            controller.save()
        if count[0] == int(most):
            _misbehave(folder, canary)
            controller.lock()
            os.write(1, b"locked\n")

    timer = QTimer()
    timer.setInterval(3)
    timer.timeout.connect(edit)
    timer.start()
    return application.exec()


def _misbehave(folder: Path, canary: str) -> None:
    """An exception whose text holds content, in a slot: its report must not."""

    def fault() -> None:
        raise ValueError(canary)

    QTimer.singleShot(0, fault)
    (folder / "p.xtrk").chmod(0o600)


if __name__ == "__main__":
    sys.exit(main())
