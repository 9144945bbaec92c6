"""The real window in a process that will be killed: it edits, drafts, saves and locks for ever.

Started by `tests.safety.gui` with: file, key file, canary, folder. It says on standard output what
it has promised so far.
"""

from __future__ import annotations

import os
import resource
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.application import build
from desktop.diagnostics import FaultReporter
from desktop.export_job import run_export
from desktop.hardening import harden_process
from desktop.save_state import SaveState
from desktop.session import Session
from exporters.progress import Silent
from exporters.request import ExportRequest, Output
from model.commands.records import set_fields
from model.storage.keys import KeyFile
from model.storage.store import Store

if TYPE_CHECKING:
    from desktop.controller import Controller

FOR_EVER = 10**9


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
        if count[0] == 1 and int(most) < FOR_EVER:
            set_fields(session.document, "actors", ["a1"], {"name": canary})
        if count[0] == int(most):
            timer.stop()
            _misbehave(folder, canary)
            _export(session, folder)
            _fail_to_save(controller, session)

    timer = QTimer()
    timer.setInterval(3)
    timer.timeout.connect(edit)
    timer.start()
    return application.exec()


def _misbehave(folder: Path, canary: str) -> None:
    """An exception whose text holds content, in a slot: its report must not."""

    def fault() -> None:
        os.write(1, b"slot failed\n")
        raise ValueError(canary)

    QTimer.singleShot(0, fault)
    (folder / "p.xtrk").chmod(0o600)


def _export(session: Session, folder: Path) -> None:
    """A pack for an audience that may not see what is looked for."""
    outputs = (Output("pdf", str(folder / "out.pdf")), Output("xlsx", str(folder / "out.xlsx")))
    request = ExportRequest(audience="CLEAR", as_of=date(2013, 2, 15), outputs=outputs)
    run_export(session.document.snapshot(), request, Silent())
    os.write(1, b"exported\n")


def _fail_to_save(controller: Controller, session: Session) -> None:
    """A save that the disk does not take; then the lock."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (700, most))

    def follow() -> None:
        if session.state is SaveState.FAILED:
            session.state_changed.disconnect(follow)
            os.write(1, b"failed to save\n")
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            QTimer.singleShot(0, lock)

    def lock() -> None:
        controller.lock()
        os.write(1, b"locked\n")

    session.state_changed.connect(follow)
    controller.save()


if __name__ == "__main__":
    sys.exit(main())
