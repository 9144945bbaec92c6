"""The parts that panels at the side are put together from: strips that stay, pages that scroll."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from widgets.common.theme import GRID


def head_strip(spacing: int) -> tuple[QWidget, QVBoxLayout]:
    """The strip at the head of a panel, and the layout for what stands in it."""
    strip = QWidget()
    strip.setObjectName("page")
    layout = QVBoxLayout(strip)
    layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
    layout.setSpacing(spacing)
    return strip, layout


def scrolled(page: QWidget) -> QScrollArea:
    """A page as wide as the panel, which scrolls up and down; the keys go to what is on it."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def fill_with(panel: QWidget, page: QWidget) -> None:
    """Let a page that scrolls be all of a panel."""
    outer = QVBoxLayout(panel)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scrolled(page))
