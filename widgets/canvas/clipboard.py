"""The clipboard of the system, for copies of cards.

No plain text is put there, so that nothing can be pasted elsewhere by accident.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from model.commands.clipboard import packed, unpacked
from widgets.common.private_clipboard import put_privately

if TYPE_CHECKING:
    from model.commands.clipboard import Copies

FORMAT = "application/x-crosstrack-copies"


def put_copies(copies: Copies) -> None:
    """Put copies on the clipboard, marked as private."""
    content = QMimeData()
    content.setData(FORMAT, QByteArray(packed(copies)))
    put_privately(content)


def has_copies() -> bool:
    """Whether there is something to paste."""
    content = _content()
    return content is not None and content.hasFormat(FORMAT)


def taken_copies() -> Copies | None:
    """The copies on the clipboard; None when something else or nothing lies there.

    Raises:
        Refusal: when they cannot be read.
    """
    content = _content()
    if content is None or not content.hasFormat(FORMAT):
        return None
    return unpacked(bytes(content.data(FORMAT).data()))


def _content() -> QMimeData | None:
    """What is on the clipboard; None when nothing is (Qt's own types do not say so)."""
    return QGuiApplication.clipboard().mimeData()
