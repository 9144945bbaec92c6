"""Labels that show their text as it is, for the first window: made without naming ``Qt``.

PySide6 makes the hundred enumerations of that namespace together when it is first named, which
takes a tenth of the time to the first window; so that does not name it (tests/test_startup.py).
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QLabel

_PLAIN: Final = 0
"""The number of Qt.TextFormat.PlainText."""


def plain_label(text: str = "") -> QLabel:
    """A label that takes markup for text."""
    label = QLabel(text)
    label.setProperty("textFormat", _PLAIN)
    return label
