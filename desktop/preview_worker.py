"""The process that lays out and paints pages for the pack builder, from a redacted copy alone.

It gives one answer to each order, as long as its pipe is open. Nothing is written to any disk.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from exporters.progress import Silent
from exporters.request import ExportRequest
from exporters.unshown import Unshown, unshown_texts
from model.refusals import Refusal
from resources.text import use_pack_language

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from PySide6.QtGui import QImage

    from exporters.pdf.pages import Page
    from exporters.request import Pack

_PNG_FAST = 80


class Lay(msgspec.Struct, frozen=True, tag="lay"):
    """Lay out the pages of a request; the content follows as bytes."""

    number: int
    request: ExportRequest


class Want(msgspec.Struct, frozen=True, tag="want"):
    """Paint a page of a layout, so many pixels wide."""

    number: int
    page: int
    width: int


class Laid(msgspec.Struct, frozen=True, tag="laid"):
    """The pages of a layout: width, height and running head; and texts they cannot show."""

    number: int
    pages: tuple[tuple[float, float, str], ...]
    unshown: tuple[Unshown, ...] = ()


class Shown(msgspec.Struct, frozen=True, tag="shown"):
    """A painted page; the picture follows as bytes."""

    number: int
    page: int


class Passed(msgspec.Struct, frozen=True, tag="passed"):
    """An order for a page that is not there any more."""

    number: int


class Stuck(msgspec.Struct, frozen=True, tag="stuck"):
    """A layout that cannot be made, and why; empty for a bug."""

    number: int
    message: str


Order = Lay | Want
Answer = Laid | Shown | Passed | Stuck


class _Desk:
    """What lies ready: the pages of the newest layout, and an arrangement worth keeping."""

    def __init__(self) -> None:
        self.number = -1
        self.pages: list[Page] = []
        self._content = b""
        self._pack: Pack | None = None

    def lay(self, order: Lay, data: bytes) -> Answer:
        """Lay the pages out; the map is arranged anew only when what it shows has changed."""
        from desktop.export_worker import make_pack  # noqa: PLC0415 - after the platform is chosen
        from exporters.pdf.briefing import briefing_pages  # noqa: PLC0415
        from model.storage import codec  # noqa: PLC0415

        use_pack_language(order.request.language)
        before = self._pack
        pack = make_pack(codec.parse(data).content, order.request)
        same = data == self._content and before is not None
        if same and before is not None and before.request.as_of == order.request.as_of:
            known = before.__dict__.get("map_tables")
            if known is not None:
                pack.__dict__["map_tables"] = known  # where cached_property keeps it
        self._content, self._pack = data, pack
        try:
            self.pages = briefing_pages(pack, Silent())
        except Refusal as refusal:
            return Stuck(order.number, refusal.message)
        self.number = order.number
        pages = tuple((one.width, one.height, one.head) for one in self.pages)
        return Laid(order.number, pages, unshown_texts(pack))


def main(connection: Connection) -> None:
    """Answer orders until the pipe is closed: the entry point of the spawned process."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.umask(0o077)
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - after the platform is chosen

    application = QGuiApplication([])
    desk = _Desk()
    try:
        while True:
            order, data = _read(connection)
            if isinstance(order, Lay):
                _say(connection, desk.lay(order, data))
            elif order.number == desk.number and order.page < len(desk.pages):
                _say(connection, Shown(order.number, order.page))
                connection.send_bytes(_png(painted(desk.pages[order.page], order.width)))
            else:
                _say(connection, Passed(order.number))
    except (EOFError, OSError):
        pass
    del application


def painted(page: Page, width: int) -> QImage:
    """A page as a picture so many pixels wide."""
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415 - after the platform is chosen

    from widgets.common.painter import PrimitivePainter  # noqa: PLC0415

    scale = width / page.width
    image = QImage(width, max(1, round(page.height * scale)), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    primitives = PrimitivePainter()
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    done = 0
    for picture in sorted(page.pictures, key=lambda one: one.after):
        primitives.paint(painter, page.items[done : picture.after])
        done = max(done, min(picture.after, len(page.items)))
        painter.save()
        painter.translate(picture.x, picture.y)
        painter.scale(picture.scale, picture.scale)
        primitives.draw(painter, picture.drawing)
        painter.restore()
    primitives.paint(painter, page.items[done:])
    painter.end()
    return image


def _read(connection: Connection) -> tuple[Order, bytes]:
    order: Order = msgspec.msgpack.decode(connection.recv_bytes(), type=Order)
    return order, connection.recv_bytes() if isinstance(order, Lay) else b""


def _say(connection: Connection, answer: Answer) -> None:
    connection.send_bytes(msgspec.msgpack.encode(answer))


def _png(image: QImage) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice  # noqa: PLC0415

    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _PNG_FAST)  # type: ignore[call-overload] # the stubs want bytes
    return bytes(held.data())
