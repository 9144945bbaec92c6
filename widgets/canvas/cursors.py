"""The shape of the pointer over the map: what a press would take hold of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor

if TYPE_CHECKING:
    from widgets.canvas.hits import Hit


def cursor_over(hit: Hit, *, space: bool) -> QCursor:
    """The pointer over something; a hand while the map can be pushed about."""
    if space:
        return QCursor(Qt.CursorShape.OpenHandCursor)
    shapes = {
        "handle": Qt.CursorShape.CrossCursor,
        "card": Qt.CursorShape.SizeAllCursor,
        "note": Qt.CursorShape.SizeAllCursor,
        "link": Qt.CursorShape.PointingHandCursor,
        "label": Qt.CursorShape.PointingHandCursor,
        "end": Qt.CursorShape.CrossCursor,
        "bend": Qt.CursorShape.SizeAllCursor,
        "pull": Qt.CursorShape.SizeAllCursor,
        "outline": Qt.CursorShape.PointingHandCursor,
    }
    return QCursor(shapes.get(hit.kind, Qt.CursorShape.ArrowCursor))
