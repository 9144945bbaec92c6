"""What the reviews of all plans have in common: the list in groups, details beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QLayout,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from widgets.common.theme import GRID
from widgets.merging.values import VALUE_STYLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

ITEM = Qt.ItemDataRole.UserRole
"""Where a row keeps what it is about."""


class PlanList(QTreeWidget):
    """The rows of a plan under headings.

    Signals:
        chosen: what the key stands for that was pressed.
    """

    chosen = Signal(str)

    def __init__(self, name: str, titles: Sequence[str], keys: Mapping[int, str]) -> None:
        """Begin empty; the first column takes the room that the others leave."""
        super().__init__()
        self._keys = keys
        self.setColumnCount(len(titles))
        self.setHeaderLabels(titles)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setUniformRowHeights(True)
        self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by a key; everything else moves in the list."""
        meant = self._keys.get(event.key())
        if meant is not None and not event.modifiers():
            self.chosen.emit(meant)
        else:
            super().keyPressEvent(event)

    def add_group(
        self, heading: str, rows: Iterable[tuple[list[str], object]], *, is_open: bool
    ) -> None:
        """Add a heading and its rows: what stands in their columns, and what they are about."""
        top = QTreeWidgetItem([heading])
        font = self.font()
        font.setBold(True)
        top.setFont(0, font)
        self.addTopLevelItem(top)
        for texts, about in rows:
            row = QTreeWidgetItem(texts)
            row.setToolTip(0, texts[0])
            row.setData(0, ITEM, about)
            top.addChild(row)
        top.setExpanded(is_open)

    def rows(self) -> list[QTreeWidgetItem]:
        """All rows in order, without the headings."""
        tops = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [
            row
            for top in tops
            if top is not None
            for at in range(top.childCount())
            if (row := top.child(at)) is not None
        ]


def arrange(
    review: QWidget, plan: PlanList, detail: QWidget, below: QLayout, widths: tuple[int, int]
) -> None:
    """Put list and details side by side, and what decides many rows at once below."""
    review.setStyleSheet(VALUE_STYLE)
    outer = QVBoxLayout(review)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(GRID)
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.addWidget(plan)
    splitter.addWidget(detail)
    splitter.setSizes(widths)
    splitter.setChildrenCollapsible(False)
    outer.addWidget(splitter, 1)
    outer.addLayout(below)
