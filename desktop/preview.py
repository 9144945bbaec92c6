"""Pages of a pack while it is put together: laid out and painted by a process of their own.

The window only sends orders and takes pictures; it never waits. The process gets the redacted copy
through a pipe and is gone as soon as the preview is closed.
"""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from desktop import preview_worker
from desktop.preview_worker import Answer, Laid, Lay, Shown, Stuck, Want
from desktop.tasks import Flow, FlowRunner, Progress, in_background
from model.storage import codec
from model.storage.schema import SaveStamp

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from exporters.request import ExportRequest
    from model.document import Content

_POLL_MS: Final = 30
_STAMP: Final = SaveStamp(project="export", id="export")


def encoded(content: Content) -> bytes:
    """The content of a copy as the process gets it."""
    return codec.encode(content, _STAMP, "crosstrack").json


class Preview(QObject):
    """One preview with its process, which is started by the first order.

    Signals:
        laid_out: the pages of the newest order, each with width, height and head.
        unshown: texts of the copy that pages show with replacement marks.
        shown: a page's number and its picture.
        stuck: why the pages cannot be laid out.
    """

    laid_out = Signal(object)
    unshown = Signal(object)
    shown = Signal(int, QImage)
    stuck = Signal(str)

    def __init__(self, runner: FlowRunner, parent: QObject | None = None) -> None:
        """Begin without a process; the runner hands large copies over to it."""
        super().__init__(parent)
        self._runner = runner
        self._laying = self._sending = False
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._number = 0
        self._open = 0
        self._next: tuple[bytes, bytes] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._take)

    def lay_out(self, data: bytes, request: ExportRequest) -> None:
        """Ask for the pages of an encoded copy; pages of earlier orders are not shown any more.

        The order waits until the process has answered all others: a full pipe would hold up the
        window. Of several that wait only the newest is sent.
        """
        self._number += 1
        self._next = (msgspec.msgpack.encode(Lay(self._number, request)), data)
        self._send_next()

    def want(self, page: int, width: int) -> None:
        """Ask for a picture of a page of the newest layout; while that is made, there is none."""
        if self._next is None and not self._laying:
            self._send(msgspec.msgpack.encode(Want(self._number, page, width)))

    def close(self) -> None:
        """End the process; nothing more is shown."""
        self._timer.stop()
        self._open, self._next, self._laying = 0, None, False
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None
        pipe, self._pipe = self._pipe, None
        if pipe is not None and not self._sending:
            pipe.close()

    def _send_next(self) -> None:
        if self._next is not None and not self._open:
            messages, self._next = self._next, None
            pipe = self._pipe or self._started()
            self._open += 1
            self._laying = self._sending = True
            self._timer.start()
            self._runner.start(self._hand_over(pipe, messages))

    def _hand_over(self, pipe: Connection, messages: tuple[bytes, ...]) -> Flow[None]:
        """Send a large copy: the pipe is full until the process has started and reads."""

        def send(_progress: Progress) -> None:
            for message in messages:
                pipe.send_bytes(message)

        whole = True
        try:
            yield from in_background(send)
        except OSError:
            whole = False
        self._sending = False
        if pipe is not self._pipe:
            pipe.close()  # the preview was closed meanwhile
        elif not whole:
            self._broken()

    def _send(self, message: bytes) -> None:
        pipe = self._pipe or self._started()
        try:
            pipe.send_bytes(message)
        except OSError:
            self._broken()
            return
        self._open += 1
        self._timer.start()

    def _started(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=preview_worker.main, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        self._process, self._pipe = process, ours
        return ours

    def _take(self) -> None:
        """Take what has come, and go on with the window."""
        try:
            while self._pipe is not None and self._pipe.poll(0):
                self._hear(self._pipe)
        except (EOFError, OSError):
            self._broken()
            return
        self._send_next()
        if not self._open:
            self._timer.stop()

    def _hear(self, pipe: Connection) -> None:
        answer: Answer = msgspec.msgpack.decode(pipe.recv_bytes(), type=Answer)
        data = pipe.recv_bytes() if isinstance(answer, Shown) else b""
        self._open -= 1
        self._laying = self._laying and not isinstance(answer, Laid | Stuck)
        if answer.number != self._number:
            return
        if isinstance(answer, Laid):
            self.laid_out.emit(answer.pages)
            self.unshown.emit(answer.unshown)
        elif isinstance(answer, Shown):
            self.shown.emit(answer.page, QImage.fromData(data))
        elif isinstance(answer, Stuck):
            self.stuck.emit(answer.message)

    def _broken(self) -> None:
        self.close()
        self.stuck.emit("")
