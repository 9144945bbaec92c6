"""``crosstrack export``: which part of the timeline its pictures show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.request import TimelineWindow
from model.dates import day
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_GROUPINGS: Final = ("track", "process", "actor")


def add_timeline_arguments(parser: ArgumentParser) -> None:
    """First and last day, and what activities are grouped by."""
    parser.add_argument(
        "--timeline-from", metavar="DATE", help=tr("first day that the timeline's picture shows")
    )
    parser.add_argument("--timeline-to", metavar="DATE", help=tr("last day that it shows"))
    parser.add_argument(
        "--timeline-by",
        metavar="WHAT",
        choices=_GROUPINGS,
        default="track",
        help=tr("what its activities are grouped by: {names}", names=", ".join(_GROUPINGS)),
    )


def timeline_window(options: Namespace) -> TimelineWindow:
    """What was asked for.

    Raises:
        Refusal: a day cannot be read, or the last one lies before the first.
    """
    first = day(options.timeline_from) if options.timeline_from else None
    last = day(options.timeline_to) if options.timeline_to else None
    if first is not None and last is not None and last < first:
        message = tr(
            "The timeline cannot end on {last}, before it begins on {first}.",
            last=last.isoformat(),
            first=first.isoformat(),
        )
        raise Refusal("timeline", message)
    return TimelineWindow(first=first, last=last, grouping=options.timeline_by)
