"""What is put on the clipboard is marked as private.

Clipboard managers that keep a history are asked to leave the content out (KDE and Windows have
marks for that). Locking and leaving take it off again (`desktop/traces.py`).
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

_NO = QByteArray(b"\x00\x00\x00\x00")
_PRIVATE_MARKS = {
    "x-kde-passwordManagerHint": QByteArray(b"secret"),
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _NO,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _NO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _NO,
}


def put_privately(content: QMimeData) -> None:
    """Put something on the clipboard, marked as private."""
    for name, value in _PRIVATE_MARKS.items():
        content.setData(name, value)
    QGuiApplication.clipboard().setMimeData(content)


def put_text_privately(text: str) -> None:
    """Put words on the clipboard, marked as private."""
    content = QMimeData()
    content.setText(text)
    put_privately(content)
