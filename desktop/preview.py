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
from model.storage import codec
from model.storage.schema import SaveStamp

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from exporters.request import ExportRequest
    from model.document import Content

_POLL_MS: Final = 30
_STAMP: Final = SaveStamp(project="export", id="export")


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

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without a process."""
        super().__init__(parent)
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._number = 0
        self._open = 0
        self._next: tuple[bytes, bytes] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._take)

    def lay_out(self, content: Content, request: ExportRequest) -> None:
        """Ask for the pages of a copy; pages of earlier orders are not shown any more.

        The order waits until the process has answered all others: a full pipe would hold up the
        window. Of several that wait only the newest is sent.
        """
        self._number += 1
        data = codec.encode(content, _STAMP, "crosstrack").json
        self._next = (msgspec.msgpack.encode(Lay(self._number, request)), data)
        self._send_next()

    def want(self, page: int, width: int) -> None:
        """Ask for a picture of a page of the newest layout."""
        if self._next is None:
            self._send(msgspec.msgpack.encode(Want(self._number, page, width)))

    def close(self) -> None:
        """End the process; nothing more is shown."""
        self._timer.stop()
        self._open, self._next = 0, None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
            self._process = None

    def _send_next(self) -> None:
        if self._next is not None and not self._open:
            messages, self._next = self._next, None
            self._send(*messages)

    def _send(self, *messages: bytes) -> None:
        pipe = self._pipe or self._started()
        try:
            for message in messages:
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
