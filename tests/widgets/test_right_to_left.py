"""Names that run the other way than their window, and signs that keep their side."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QStandardItem,
    QStandardItemModel,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from model.drawing.icons import ICON_GLYPHS, mirrors
from widgets.common.directions import DirectedDelegate, running_its_way

LTR, RTL = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
NAMES = {
    "Office of the Presidential Adviser on the Peace Process": False,
    "جبهة تحرير مورو الإسلامية وحلفاؤها في الجنوب": True,
    "မြန်မာ ငြိမ်းချမ်းရေး လုပ်ငန်းစဉ် ကော်မရှင်": False,
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("window", [LTR, RTL])
def test_a_long_name_is_cut_at_its_own_end(
    qapp: QApplication, name: str, window: Qt.LayoutDirection
) -> None:
    font = QFont(qapp.font())
    led = running_its_way(name, window)
    cut = QFontMetrics(font).elidedText(led, Qt.TextElideMode.ElideRight, 120)
    assert cut.endswith("…")
    layout = QTextLayout(cut, font)
    option = QTextOption()
    option.setTextDirection(window)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()

    def middle(at: int) -> float:
        runs = line.glyphRuns(at, 1)
        return sum(run.boundingRect().center().x() for run in runs) / len(runs)

    first, ellipsis = middle(cut.index(name[0])), middle(len(cut) - 1)
    assert (ellipsis < first) == NAMES[name]


def test_a_list_gives_each_text_its_direction(qapp: QApplication) -> None:
    model = QStandardItemModel()
    for name in NAMES:
        model.appendRow(QStandardItem(name))
    delegate = DirectedDelegate()
    shown = []
    for row in range(model.rowCount()):
        option = QStyleOptionViewItem()
        option.direction = LTR
        option.rect = QRect(0, 0, 100, 20)
        delegate.initStyleOption(option, model.index(row, 0))
        shown.append(option.text)
    latin, arabic, burmese = NAMES
    assert shown == [latin, f"\u202b{arabic}", burmese]
    assert model.index(1, 0).data() == arabic  # what is copied, sorted and read aloud stays


def test_steps_in_time_keep_their_side_in_every_window() -> None:
    assert {"earlier", "later"} <= ICON_GLYPHS.keys()
    assert not mirrors("earlier")
    assert not mirrors("later")
