"""The first column of a wide table stays: seen, hit, edited, widened and sorted at the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from widgets.common.frozen_column import FrozenTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

DIRECTIONS = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(params=DIRECTIONS, ids=["ltr", "rtl"])
def table(request: pytest.FixtureRequest, qtbot: QtBot) -> FrozenTable:
    view = FrozenTable()
    view.setLayoutDirection(request.param)
    model = QStandardItemModel(30, 12, view)
    for row in range(30):
        for column in range(12):
            model.setItem(row, column, QStandardItem(f"{row} {column}"))
    view.setModel(model)
    view.setShowGrid(False)
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show()
    qtbot.waitExposed(view)
    view.horizontalScrollBar().setValue(333)
    return view


def first(view: FrozenTable, row: int = 2) -> QPoint:
    """The middle of the place at the edge where the first column stays."""
    half = view.columnWidth(0) // 2
    mirrored = view.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return QPoint(
        view.viewport().width() - half if mirrored else half, view.rowViewportPosition(row) + 5
    )


def test_a_click_at_the_edge_means_the_first_column(table: FrozenTable) -> None:
    QTest.mouseClick(table.viewport(), LEFT, pos=first(table))
    assert (table.currentIndex().row(), table.currentIndex().column()) == (2, 0)
    assert table.horizontalScrollBar().value() == 333


def test_it_is_drawn_there_and_what_lies_below_is_not(table: FrozenTable) -> None:
    place = table.frozen_place()
    assert place is not None
    scrolled = table.viewport().grab(place).toImage()
    table.horizontalScrollBar().setValue(0)
    assert table.frozen_place() is None
    assert table.viewport().grab(place).toImage() == scrolled


def test_it_is_edited_where_it_stays(qtbot: QtBot, table: FrozenTable) -> None:
    table.setCurrentIndex(table.model().index(2, 0))
    assert table.horizontalScrollBar().value() == 333
    table.edit(table.currentIndex())
    line = table.viewport().findChild(QLineEdit)
    assert line is not None
    assert line.geometry().contains(first(table))
    QTest.keyClicks(line, "new")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table.model().index(2, 0).data() == "new")


def test_a_cell_gone_to_by_keys_is_never_below_it(table: FrozenTable) -> None:
    table.setCurrentIndex(table.model().index(0, 11))
    for column in range(10, 0, -1):
        QTest.keyClick(table, _towards(table))
        assert table.currentIndex().column() == column
        rect, place = table.visualRect(table.currentIndex()), table.frozen_place()
        assert place is None or not place.intersects(rect)
    assert table.horizontalScrollBar().value() == 0


def test_its_heading_sorts_and_is_widened_there(table: FrozenTable) -> None:
    table.setSortingEnabled(True)
    header = table.horizontalHeader()
    QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(first(table).x(), 5))
    assert header.sortIndicatorSection() == 0
    before = table.columnWidth(0)
    place = table.frozen_place()
    assert place is not None
    mirrored = table.layoutDirection() == Qt.LayoutDirection.RightToLeft
    edge = QPoint(place.left() + 1 if mirrored else place.right() - 1, 5)
    by = QPoint(-40 if mirrored else 40, 0)
    QTest.mousePress(header.viewport(), LEFT, pos=edge)
    QTest.mouseMove(header.viewport(), edge + by)
    QTest.mouseRelease(header.viewport(), LEFT, pos=edge + by)
    assert abs(table.columnWidth(0) - before - 40) <= 2


def test_a_screen_reader_finds_one_table(table: FrozenTable) -> None:
    spoken = QAccessible.queryAccessibleInterface(table)
    cells = table.model().rowCount() * table.model().columnCount()
    assert spoken.childCount() <= cells + 12 + 30 + 1
    assert [w for w in table.viewport().children() if w.isWidgetType()] == []


def test_a_column_wider_than_most_of_the_table_scrolls_along(table: FrozenTable) -> None:
    table.setColumnWidth(0, 400)
    assert table.frozen_place() is None


def _towards(table: FrozenTable) -> Qt.Key:
    """The arrow that leads to the first column."""
    mirrored = table.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return Qt.Key.Key_Right if mirrored else Qt.Key.Key_Left
