"""Which part of the timeline is shown: all of it, what was asked for, or what a view holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from exporters.request import TimelineWindow
from model.drawing.timeline import fit_view
from model.drawing.timeline_places import HEADER
from model.timeline.rows import ALL_SECTIONS, filled_sections
from model.timeline.strip import Strip
from model.view_state import state_of

if TYPE_CHECKING:
    from datetime import date

    from exporters.request import Pack
    from model.drawing.timeline import TimelineView
    from model.records import View
    from model.timeline.looks import PaneLook, TimelineLook


def shown_by(view: View) -> TimelineWindow | None:
    """What a saved view holds of the timeline; None where it says nothing about it."""
    state = state_of(view)
    if state.timeline is None:
        return None
    return window_of(state.timeline, state.as_of)


def window_of(look: TimelineLook, as_of: date | None = None) -> TimelineWindow:
    """A look at the timeline as an order for pictures of it."""
    upper = _part(look, look.first, look.strip, as_of)
    if look.second is None:
        return upper
    # The lower one draws its own need and cover, unless none is wanted.
    lower = _part(look, look.second, Strip(shown=look.strip.shown), as_of)
    return msgspec.structs.replace(upper, second=lower)


def _part(look: TimelineLook, pane: PaneLook, strip: Strip, as_of: date | None) -> TimelineWindow:
    first, last = look.days or (None, None)
    return TimelineWindow(
        first=first,
        last=last,
        grouping=pane.grouping,
        sections=tuple(one for one in ALL_SECTIONS if one not in pane.folded),
        narrow=pane.narrow,
        strip=strip,
        as_of=as_of,
    )


def day_of(pack: Pack, window: TimelineWindow) -> date:
    """The day that the cursor of a part marks."""
    return window.as_of or pack.request.as_of


def view_of(pack: Pack, window: TimelineWindow, width: float) -> TimelineView:
    """A part in a width: its days, grouping and sections; all that is dated where none are said."""
    view = fit_view(pack.tables, day_of(pack, window), width, window.grouping)
    body = width - HEADER
    first = view.start if window.first is None else float(window.first.toordinal())
    last = view.start + body * view.days_per_unit
    if window.last is not None:
        last = window.last.toordinal() + 1.0
    last = max(last, first + 1.0)
    filled = filled_sections(pack.tables)
    return msgspec.structs.replace(
        view,
        start=first,
        days_per_unit=(last - first) / body,
        sections=tuple(key for key in filled if key in window.sections or not window.sections),
        narrow=window.narrow,
        strip=window.strip,
    )
