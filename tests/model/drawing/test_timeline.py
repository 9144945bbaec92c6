from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest

from model.dates import parse_date
from model.drawing.bars import item_group
from model.drawing.bounds import bounds_of
from model.drawing.primitives import Group, Icon, Label, Polyline, Rect
from model.drawing.style import style_sheet
from model.drawing.timeline import TimelineView, fit_view, timeline_drawing, timeline_pages
from model.drawing.timeline_layout import frame_of, lay_out
from model.drawing.timeline_links import ghost
from model.drawing.timeline_places import HEADER, Frame, place
from model.timeline.building import sections
from model.timeline.narrowing import Narrow
from model.timeline.span import point
from tests.builders import a_project
from tests.samples import sample
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QApplication

    from model.document import Document
    from model.drawing.primitives import Primitive
    from model.drawing.timeline_places import Placed

AS_OF = date(2013, 2, 15)
STYLE = style_sheet("paper")


@pytest.fixture(scope="module")
def text(qapp: QApplication) -> QtTextEngine:
    return QtTextEngine()


@pytest.fixture(scope="module", params=["mindanao", "myanmar", "mali"])
def a_case(request: pytest.FixtureRequest) -> Document:
    return sample(request.param)


def everything(items: Iterable[Primitive]) -> Iterable[Primitive]:
    for item in items:
        yield item
        if isinstance(item, Group):
            yield from everything(item.children)


def texts(items: Iterable[Primitive]) -> list[str]:
    return [one.block.text for one in everything(items) if isinstance(one, Label)]


@pytest.mark.parametrize("zoom", [0.02, 0.1, 0.35, 2.0, 20.0])
def test_bars_and_labels_never_overlap_and_are_never_cut(
    a_case: Document, text: QtTextEngine, zoom: float
) -> None:
    found = sections(a_case)
    layout = lay_out(found, frame_of(found, zoom), text)

    for row in layout.rows:
        boxes = []
        for placed in (p for lane in row.lanes for p in lane):
            drawn = bounds_of([item_group(placed, layout.frame, STYLE)])
            assert drawn is not None
            assert row.top <= drawn.top
            assert drawn.bottom <= row.bottom
            assert not placed.block.elided
            boxes.append(drawn.grown(-2.0))  # halos may touch
        for at, one in enumerate(boxes):
            assert not any(_overlap(one, other) for other in boxes[at + 1 :])


def _overlap(one: object, other: object) -> bool:
    return one.intersection(other) is not None  # type: ignore[attr-defined]


def test_in_an_export_every_label_stays_on_the_page(a_case: Document, text: QtTextEngine) -> None:
    view = fit_view(a_case, AS_OF, 1000)
    drawing = timeline_drawing(a_case, AS_OF, STYLE, text, view)

    (body,) = [item for item in drawing.items if isinstance(item, Group) and item.key == "body"]
    (shown,) = [i for i in body.children if isinstance(i, Group) and i.key == "rows"]
    for row in shown.children:
        for item in row.children if isinstance(row, Group) else ():
            if isinstance(item, Group) and item.key.startswith("item:"):
                for label in (part for part in item.children if isinstance(part, Label)):
                    box = bounds_of([label])
                    assert box is not None
                    assert box.left + shown.dx >= -2
                    assert box.right + shown.dx <= 1000 - HEADER + 2


def test_the_picture_is_the_same_every_time_and_names_all_records(text: QtTextEngine) -> None:
    tables = sample()
    view = fit_view(tables, AS_OF, 1200)

    one = timeline_drawing(tables, AS_OF, STYLE, text, view)
    other = timeline_drawing(tables, AS_OF, STYLE, QtTextEngine(), view)

    assert one == other
    said = texts(one.items)
    assert "ICG accompaniment of the talks" in said
    assert "▲ 18 months unfunded · TPMT monitoring of implementation · not checked" in said
    assert "Malaysian Facilitator" in said
    assert "15 Feb 2013" in said
    drawn = {g.record_id for g in everything(one.items) if isinstance(g, Group) and g.record_id}
    dated = ("activities", "phases", "milestones", "postings", "funding", "processes")
    assert drawn == {record_id for table in dated for record_id in tables.table(table)}


def test_pages_cut_between_rows_and_leave_nothing_out(text: QtTextEngine) -> None:
    tables = sample()
    view = fit_view(tables, AS_OF, 700)
    whole = timeline_drawing(tables, AS_OF, STYLE, text, view)

    pages = timeline_pages(tables, AS_OF, STYLE, text, view, 480)

    assert len(pages) > 2
    assert all(page.height <= 480 for page in pages)

    def drawn(items: Iterable[Primitive]) -> list[str]:
        groups = (one for one in everything(items) if isinstance(one, Group))
        return [group.key for group in groups if group.key.startswith("item:")]

    every = [key for page in pages for key in drawn(page.items)]
    assert sorted(every) == sorted(drawn(whole.items))
    keys = [g.key for page in pages for g in everything(page.items) if isinstance(g, Group)]
    assert keys.count("cover-strip") == 1  # not once more above the rows of the next page
    assert all("15 Feb 2013" in texts(page.items) for page in pages)
    assert sum("Track I" in texts(page.items) for page in pages) == 2  # it goes on over the page


def test_a_view_of_part_of_the_time_leaves_out_what_lies_outside(text: QtTextEngine) -> None:
    tables = sample()
    start = date(2015, 1, 1).toordinal()
    view = TimelineView(start=start, days_per_unit=1.0, width=HEADER + 365)

    said = texts(timeline_drawing(tables, AS_OF, STYLE, text, view).items)

    assert "Protocol on decommissioning" in said
    assert "Joint statement resuming talks" not in said
    assert "15 Feb 2013" not in said  # the cursor lies outside


def one_item(text: QtTextEngine, **fields: str) -> tuple[Placed, Frame]:
    tables = a_project().add("activities", "A", title="A", kind="training", **fields).document()
    found = sections(tables)
    frame = Frame(0.2, 730_000.0, 740_000.0)
    (item,) = [item for part in found for row in part.rows for item in row.items]
    return place(item, frame, text, 0.0), frame


def hatches(placed: Placed, frame: Frame) -> list[str]:
    parts = item_group(placed, frame, STYLE).children
    return [part.fill.hatch for part in parts if isinstance(part, Rect) and part.fill is not None]


def test_sure_and_unsure_dates_look_different_without_colour(text: QtTextEngine) -> None:
    exact = hatches(*one_item(text, start="2012-01-01", end="2014-12-31"))
    years = hatches(*one_item(text, start="2012", end="2014"))
    about = hatches(*one_item(text, start="about 2012", end="2014-12-31"))
    unchecked = hatches(
        *one_item(text, start="2012-01-01", end="2014-12-31", basis="public_memory")
    )

    assert exact == ["none"]
    assert years == ["diagonal", "diagonal", "none"]
    assert about == ["dots", "none"]
    assert unchecked == ["back-diagonal"]


def test_open_ends_are_arrows_and_unknown_ones_fade(text: QtTextEngine) -> None:
    placed, frame = one_item(text, start="2012-01-01", end="open")
    arrows = [p for p in item_group(placed, frame, STYLE).children if isinstance(p, Polyline)]
    assert len(arrows) == 1
    assert placed.x1 == frame.x(frame.high)

    fading, frame = one_item(text, start="2012-01-01")
    rects = [p for p in item_group(fading, frame, STYLE).children if isinstance(p, Rect)]
    fills = [rect.fill.colour for rect in rects if rect.fill is not None and not rect.radius]
    assert len(fills) > 4
    assert [int(colour[7:], 16) for colour in fills] == sorted(
        (int(colour[7:], 16) for colour in fills), reverse=True
    )


def test_planned_things_are_dashed_and_marked_ones_bear_an_icon(text: QtTextEngine) -> None:
    placed, frame = one_item(
        text, start="2012-01-01", end="2014-12-31", status="pipeline", basis="illustrative"
    )
    parts = item_group(placed, frame, STYLE).children

    (bar,) = [part for part in parts if isinstance(part, Rect)]
    assert bar.stroke is not None
    assert bar.stroke.dash
    assert "doubtful" in {part.name for part in parts if isinstance(part, Icon)}
    assert "A · illustrative" in texts(parts)


def test_a_part_of_the_timeline_says_that_it_is_one(text: QtTextEngine) -> None:
    tables = sample("mindanao")
    view = msgspec.structs.replace(fit_view(tables, AS_OF, 1200), narrow=Narrow("track", "T2"))
    said = texts(timeline_drawing(tables, AS_OF, STYLE, text, view).items)
    assert "Only: Track II" in said
    whole = texts(timeline_drawing(tables, AS_OF, STYLE, text, fit_view(tables, AS_OF, 1200)).items)
    assert not any(one.startswith("Only") for one in whole)
    assert len(said) < len(whole)


def test_a_ghost_is_tied_to_where_the_thing_stands_now(qapp: QApplication) -> None:
    later = a_project().add("activities", "A", title="Talks", start="2014-01-10", kind="signing")
    tables = later.document()
    layout = lay_out(sections(tables, "track"), Frame(1.0, 734_000.0, 736_000.0), QtTextEngine())
    (placed,) = (one for one in layout.placed() if one.item.record_id == "A")
    before = point(parse_date("2013-01-10"))
    drawn = ghost(placed, before, layout.frame, STYLE)
    assert drawn is not None
    line, bar = drawn.children
    assert isinstance(line, Polyline)
    assert isinstance(bar, Rect)
    assert (line.points[0], line.points[2]) == (bar.x + bar.width, placed.x0)
    assert bar.width >= 12.0, "the ghost of a day can be seen"
