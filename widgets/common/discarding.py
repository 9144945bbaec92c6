"""Taking widgets away at once, without a moment in which they stand as windows of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def discard(widget: QWidget) -> None:
    """Hide a widget, take it from its parent and let Qt delete it when it is done with it."""
    widget.hide()
    widget.setParent(None)
    widget.deleteLater()
