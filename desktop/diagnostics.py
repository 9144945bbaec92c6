"""What happens when something goes wrong that nobody foresaw.

All hooks are set before the first window: exceptions in Qt slots do not reach the caller, they
end here. The report holds versions and the places in the code, never exception texts or values:
those may carry names of real people.
"""

from __future__ import annotations

import sys
import threading
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from model.refusals import Refusal

if TYPE_CHECKING:
    from types import TracebackType


class FaultReporter(QObject):
    """Collects unforeseen errors and tells the window, on the GUI thread.

    Signals:
        fault: the report to show, without any content of the project.
        refused: a `Refusal` that no caller was there for, as in a slot of Qt.
    """

    fault = Signal(str)
    refused = Signal(object)

    def install(self) -> None:
        """Take over all hooks of Python and Qt."""
        sys.excepthook = self._caught
        threading.excepthook = lambda args: self._caught(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        sys.unraisablehook = lambda args: self._caught(
            args.exc_type, args.exc_value, args.exc_traceback
        )
        qInstallMessageHandler(_qt_message)

    def _caught(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        if isinstance(error, Refusal):
            self.refused.emit(error)
            return
        report = fault_report(kind, trace)
        sys.stderr.write(report + "\n")
        self.fault.emit(report)


def fault_report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Versions and code places of an error, without its text and without values."""
    places = [
        f"  {frame.name} ({frame.filename.rsplit('/', 1)[-1]}:{frame.lineno})"
        for frame in traceback.extract_tb(trace)
    ]
    head = f"Python {sys.version.split()[0]}, Qt {qVersion()}, {sys.platform}"
    return "\n".join([head, kind.__name__, *places])


def _qt_message(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt itself complains about; its texts never hold project content."""
    if kind in {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}:
        sys.stderr.write(f"Qt: {text}\n")
