"""Taking down how the timeline is looked at, and looking at it that way again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.timeline.looks import PaneLook, TimelineLook
from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.scale import TimeScale, as_day
from model.timeline.strip import TABLES_OF_GROUPS, WHOLE_STRIP, Strip

if TYPE_CHECKING:
    from datetime import date

    from model.tables import Tables
    from widgets.timeline.canvas import TimelineCanvas
    from widgets.timeline.panel import TimelinePanel


def taken_look(panel: TimelinePanel) -> TimelineLook:
    """How the timeline is looked at now."""
    canvas, second = panel.canvas, panel.second
    return TimelineLook(
        _pane(canvas),
        None if second is None else _pane(second.canvas),
        days_in_view(canvas),
        canvas.picture.strip,
    )


def look_at_timeline(panel: TimelinePanel, look: TimelineLook) -> None:
    """Look at the timeline as a view says; what is gone by now is left out."""
    show_pane(panel.canvas, look.first, look.strip)
    panel.split(look.second is not None)
    if panel.second is not None and look.second is not None:
        show_pane(panel.second.canvas, look.second, second_strip(look.strip))
        panel.second.say()
    panel.say()
    show_days(panel.canvas, look.days)


def second_strip(strip: Strip) -> Strip:
    """What the lower of two timelines draws: its own need and cover, unless none is wanted."""
    return Strip(shown=strip.shown)


def days_in_view(canvas: TimelineCanvas) -> tuple[date, date] | None:
    """The days at the edges; None while everything is kept in sight."""
    if canvas.fitted:
        return None
    scale = canvas.time
    last = scale.day(canvas.body_rect().width())
    return as_day(scale.origin + 0.5), as_day(last - 0.5)


def show_days(canvas: TimelineCanvas, days: tuple[date, date] | None) -> None:
    """Bring days to the edges, or everything in sight."""
    if days is None:
        canvas.fit()
        return
    first, last = days[0].toordinal(), days[1].toordinal() + 1
    zoom = canvas.body_rect().width() / max(last - first, 1)
    canvas.follow_time(TimeScale(float(first), zoom))
    canvas.settle()


def show_pane(canvas: TimelineCanvas, look: PaneLook, strip: Strip) -> None:
    """Filter, grouping, folded sections and the strip of one timeline."""
    picture, tables = canvas.picture, canvas.workspace.document
    narrow = look.narrow
    known = _known(tables, narrow.kind, narrow.key)
    picture.narrow = narrow if known else EVERYTHING
    picture.strip = strip if _known(tables, strip.group, strip.key) else WHOLE_STRIP
    picture.grouping = look.grouping
    picture.folded = look.folded
    canvas.rebuild()


def _pane(canvas: TimelineCanvas) -> PaneLook:
    picture = canvas.picture
    narrow = picture.narrow
    return PaneLook(Narrow(narrow.kind, narrow.key), picture.grouping, picture.folded)


def _known(tables: Tables, kind: str, key: str) -> bool:
    table = TABLES_OF_GROUPS.get(kind)
    return not key or table is None or tables.get(table, key) is not None
