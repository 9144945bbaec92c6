"""What the timeline in the window shows, as an order for a picture of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from exporters.request import TimelineWindow
from exporters.timeline_parts import shown_by, window_of
from model.refusals import Refusal
from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.strip import TABLES_OF_GROUPS, WHOLE_STRIP, Strip
from resources.text import tr
from widgets.timeline.looks import taken_look

if TYPE_CHECKING:
    from desktop.panels import Panels
    from exporters.request import ExportRequest
    from model.records import View
    from model.redaction import RedactedCopy


def timeline_in_view(panels: Panels | None) -> TimelineWindow:
    """Its days, filters, groupings, strip and unfolded sections; both where there are two."""
    return TimelineWindow() if panels is None else window_of(taken_look(panels.timeline))


def styling_in_view(panels: Panels | None) -> tuple[str, str]:
    """What colour and size of the cards follow on the map now; empty for as always."""
    if panels is None:
        return "", ""
    options = panels.map.canvas.scene.options
    return options.colour_by, options.size_by


def in_view(panels: Panels | None) -> tuple[TimelineWindow, tuple[str, str]]:
    """What timeline and map in the window show: the part, and what colour and size follow."""
    return timeline_in_view(panels), styling_in_view(panels)


def for_copy(request: ExportRequest, copy: RedactedCopy) -> ExportRequest:
    """The request by the ids of the copy; a saved view is read as the audience would read it.

    Raises:
        Refusal: the view that the timeline is to be shown as in is gone or withheld.
    """
    wanted, window = request.recipe.timeline_view, in_copy(request.timeline, copy)
    recipe = request.recipe
    if wanted:
        window, recipe = _by_view(wanted, copy), recipe.told("timeline", "shown")
    return msgspec.structs.replace(
        request, aliased=bool(copy.aliases), timeline=window, recipe=recipe
    )


def _by_view(view_id: str, copy: RedactedCopy) -> TimelineWindow:
    new = next((one for one, old in copy.ids.items() if old == ("views", view_id)), "")
    view = copy.content["views"].get(new)
    window = None if view is None else shown_by(cast("View", view))
    if window is None:
        raise Refusal(
            "view",
            tr(
                "The saved view that the timeline is to be shown as in is gone or withheld from "
                "this audience; choose another one, or all of the timeline."
            ),
        )
    return window


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
    second = None if window.second is None else in_copy(window.second, copy)
    return msgspec.structs.replace(window, narrow=narrow, strip=strip, second=second)
