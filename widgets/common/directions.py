"""Texts in lists that run the other way than the window: cut at their own end, not at its edge.

Qt lays a line of a list out in the direction of the window. An Arabic name that is too long for its
column in an English window then gets its ellipsis before its first word, and so does a Latin one in
an Arabic window. A mark in front of the text gives the line the direction of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyledItemDelegate

from model.drawing.text import begins_at_the_right

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

_FROM_LEFT, _FROM_RIGHT = "\u202a", "\u202b"
_RTL: Final = Qt.LayoutDirection.RightToLeft


def running_its_way(text: str, direction: Qt.LayoutDirection) -> str:
    """The text for a line of a direction, led by a mark where it runs the other way."""
    window = direction is _RTL
    own = begins_at_the_right(text, otherwise=window)
    return text if own == window else (_FROM_RIGHT if own else _FROM_LEFT) + text


class DirectedDelegate(QStyledItemDelegate):
    """Shows each text of a view in its own direction."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Put the mark in front where it is needed."""
        super().initStyleOption(option, index)
        option.text = running_its_way(option.text, option.direction)
