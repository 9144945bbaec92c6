"""What the timeline in the window shows, as an order for a picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from exporters.request import TimelineWindow
from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.scale import as_day
from model.timeline.strip import TABLES_OF_GROUPS, WHOLE_STRIP, Strip

if TYPE_CHECKING:
    from desktop.panels import Panels
    from model.redaction import RedactedCopy


def timeline_in_view(panels: Panels | None) -> TimelineWindow:
    """The days between its edges, its grouping, and the sections that are not folded."""
    if panels is None:
        return TimelineWindow()
    canvas = panels.timeline.canvas
    picture, scale = canvas.picture, canvas.time
    last = scale.day(canvas.body_rect().width())
    return TimelineWindow(
        first=as_day(scale.origin),
        last=as_day(last),
        grouping=picture.grouping,
        sections=tuple(one.key for one in picture.sections if one.key not in picture.folded),
        narrow=picture.narrow,
        strip=picture.strip,
    )


def styling_in_view(panels: Panels | None) -> tuple[str, str]:
    """What colour and size of the cards follow on the map now; empty for as always."""
    if panels is None:
        return "", ""
    options = panels.map.canvas.scene.options
    return options.colour_by, options.size_by


def in_view(panels: Panels | None) -> tuple[TimelineWindow, tuple[str, str]]:
    """What timeline and map in the window show: the part, and what colour and size follow."""
    return timeline_in_view(panels), styling_in_view(panels)


def in_copy(window: TimelineWindow, copy: RedactedCopy) -> TimelineWindow:
    """The same order by the ids of the copy; what the audience may not see is not singled out."""
    new = {old: one for one, old in copy.ids.items()}
    narrow, strip = window.narrow, window.strip
    if narrow.kind in TABLES_OF_GROUPS:
        key = new.get((TABLES_OF_GROUPS[narrow.kind], narrow.key), "")
        narrow = Narrow(narrow.kind, key) if key else EVERYTHING
    if strip.key and strip.group in TABLES_OF_GROUPS:
        key = new.get((TABLES_OF_GROUPS[strip.group], strip.key), "")
        strip = Strip(strip.group, key) if key else WHOLE_STRIP
    return msgspec.structs.replace(window, narrow=narrow, strip=strip)
