"""One-line fields that say themselves what they ask for."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit


def asking_line(placeholder: str, name: str) -> QLineEdit:
    """An empty line with its question in it, and a name for screen readers."""
    line = QLineEdit()
    line.setPlaceholderText(placeholder)
    line.setAccessibleName(name)
    return line
