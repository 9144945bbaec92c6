"""What the timeline in the window shows, as an order for a picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.request import TimelineWindow
from model.timeline.scale import as_day

if TYPE_CHECKING:
    from desktop.panels import Panels


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
    )
