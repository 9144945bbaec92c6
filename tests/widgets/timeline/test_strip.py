"""The strip of need and cover in the window: drawn, explained, clicked, chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from model.commands.records import set_fields
from model.drawing import axis
from model.drawing.primitives import Group, Label
from model.drawing.timeline import row_group
from model.timeline.narrowing import Narrow
from model.timeline.strip import NO_STRIP, Strip
from model.timeline.strip_rows import STRIP_ROW, month_days
from tests.samples import by_case_id
from tests.widgets.timeline.conftest import differences
from widgets.timeline.painting import TimelinePainter
from widgets.timeline.strip import strip_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.primitives import Primitive
    from model.drawing.timeline_layout import PlacedRow
    from widgets.timeline.panel import TimelinePanel


def strip_of(panel: TimelinePanel) -> PlacedRow:
    return next(row for row in panel.canvas.picture.layout.rows if row.row.key == STRIP_ROW)


def said(items: Iterable[Primitive]) -> Iterable[str]:
    for one in items:
        if isinstance(one, Label):
            yield one.block.text
        elif isinstance(one, Group):
            yield from said(one.children)


def test_the_strip_says_what_its_months_mean_and_a_click_selects_whose_they_are(
    mindanao: TimelinePanel,
) -> None:
    canvas, row = mindanao.canvas, strip_of(mindanao)
    strip = row.row.strip
    assert strip is not None
    canvas.scroll_by(0, row.top - canvas.top)
    month = next(one for one in strip.months if one.uncovered)
    middle = sum(month_days(month)) / 2
    at = QPointF(canvas.x_of(middle), row.bottom - 8 + axis.AXIS - canvas.top)
    assert "not covered" in strip_sentence(canvas, at)
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    chosen = canvas.workspace.selection
    assert chosen
    assert {table for table, _ in chosen} == {"activities"}
    words = " ".join(said([row_group(row, canvas.picture.layout.frame, canvas.picture.style,
                                     canvas.picture.text, (0.0, 900.0))]))  # fmt: skip
    for one in ("covered", "not covered", "cliff: after the last line"):
        assert one in words


def test_a_line_of_the_list_is_drawn(mindanao: TimelinePanel) -> None:
    planning = mindanao.planning
    mindanao.show_planning(True)
    planning.show_topic("funding")
    planning.options["funding"].group.setCurrentIndex(1)  # type: ignore[attr-defined]
    planning.refresh()
    planning.lines.setCurrentRow(0)
    QTest.keyClick(planning.lines, Qt.Key.Key_Return)
    strip = mindanao.canvas.picture.strip
    assert strip.group == "process"
    assert strip_of(mindanao).row.detail


def test_the_strip_follows_edits_filter_and_wish(mindanao: TimelinePanel) -> None:
    document, canvas = mindanao.canvas.workspace.document, mindanao.canvas
    before = strip_of(mindanao).row.strip
    activity = by_case_id(document, "activities", "C06")
    set_fields(document, "activities", [activity], {"start": document.activities[activity].end})
    after = strip_of(mindanao).row.strip
    assert before != after
    live = canvas.grab().toImage()
    canvas.painter = TimelinePainter()
    assert differences(live, canvas.grab().toImage()) == 0
    canvas.narrow(Narrow("track", "T1"))
    assert strip_of(mindanao).row.strip != after
    canvas.picture.strip = Strip("activity", activity)
    canvas.rebuild()
    assert document.activities[activity].title in strip_of(mindanao).row.detail
    canvas.picture.strip = NO_STRIP
    canvas.rebuild()
    assert all(row.row.key != STRIP_ROW for row in canvas.picture.layout.rows)
