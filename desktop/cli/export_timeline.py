"""``crosstrack export``: which part of the timeline its pictures and its page show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.request import AS_IN, TimelineWindow
from exporters.views import views_in_order
from model.dates import day
from model.refusals import Refusal
from model.timeline.narrowing import EVERYTHING, Narrow, choices
from model.timeline.strip import NO_STRIP, TABLES_OF_GROUPS, WHOLE_STRIP, Strip
from model.timeline.strip_rows import strip_choices
from model.view_state import state_of
from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable
    from datetime import date
    from typing import TypeVar

    from exporters.request import Recipe
    from model.tables import Tables
    from model.timeline.money import FundingGroup
    from model.timeline.narrowing import NarrowKind

    Choice = TypeVar("Choice", Narrow, Strip)
    Kind = TypeVar("Kind", NarrowKind, FundingGroup)

_GROUPINGS: Final = ("track", "process", "actor")
_NARROWS: Final[tuple[NarrowKind, ...]] = ("track", "process", "actor")
_STRIPS: Final[tuple[FundingGroup, ...]] = ("activity", "process", "track", "phase", "actor")
_PARTS: Final = ("from", "to", "by", "only", "cover")


def add_timeline_arguments(parser: ArgumentParser) -> None:
    """First and last day, grouping, filter and strip, or a saved view that holds them all."""
    add = parser.add_argument
    add("--timeline-from", metavar="DATE", help=tr("first day that the timeline shows"))
    add("--timeline-to", metavar="DATE", help=tr("last day that it shows"))
    add(
        "--timeline-by",
        metavar="WHAT",
        choices=_GROUPINGS,
        help=tr("what its activities are grouped by: {names}", names=", ".join(_GROUPINGS)),
    )
    add(
        "--timeline-only",
        metavar="WHAT",
        help=tr("show only this on it: track:T1, process:NAME or actor:NAME"),
    )
    add(
        "--timeline-cover",
        metavar="WHAT",
        help=tr(
            "whose need and cover it draws: all, none, or one of {kinds} as in track:T1",
            kinds=", ".join(_STRIPS),
        ),
    )
    add(
        "--timeline-view",
        metavar="NAME",
        help=tr("show the timeline, also in the briefing, as the saved view of this name holds it"),
    )


def timeline_asked(
    recipe: Recipe, options: Namespace, tables: Tables
) -> tuple[Recipe, TimelineWindow]:
    """The recipe and what its timeline shows: in the briefing as well once anything was said.

    Raises:
        Refusal: a day cannot be read, or the last one lies before the first; a name means nothing.
    """
    parts = [name for name in _PARTS if getattr(options, f"timeline_{name}")]
    if options.timeline_view:
        if parts:
            message = tr(
                "--timeline-view says all that the timeline shows: leave out {others}.",
                others=", ".join(f"--timeline-{name}" for name in parts),
            )
            raise Refusal("timeline", message)
        view_id = _view(options.timeline_view, tables)
        return recipe.told("timeline", f"{AS_IN}{view_id}"), TimelineWindow()
    first, last = _days(options)
    window = TimelineWindow(
        first=first,
        last=last,
        grouping=options.timeline_by or "track",
        narrow=_narrow(options.timeline_only, tables),
        strip=_strip(options.timeline_cover, tables),
    )
    return (recipe.told("timeline", "shown") if parts else recipe), window


def _days(options: Namespace) -> tuple[date | None, date | None]:
    first = day(options.timeline_from) if options.timeline_from else None
    last = day(options.timeline_to) if options.timeline_to else None
    if first is not None and last is not None and last < first:
        message = tr(
            "The timeline cannot end on {last}, before it begins on {first}.",
            last=last.isoformat(),
            first=first.isoformat(),
        )
        raise Refusal("timeline", message)
    return first, last


def _narrow(text: str | None, tables: Tables) -> Narrow:
    if not text:
        return EVERYTHING
    kind, name = _kind(text, _NARROWS)
    offered = choices(tables)[kind]
    return _named(name, [(_names(tables, kind, one.key), one) for one in offered])


def _strip(text: str | None, tables: Tables) -> Strip:
    if not text or text == "all":
        return WHOLE_STRIP
    if text == "none":
        return NO_STRIP
    kind, name = _kind(text, _STRIPS)
    offered = strip_choices(tables, kind)
    return _named(name, [({title, *_names(tables, kind, one.key)}, one) for title, one in offered])


def _kind(text: str, known: tuple[Kind, ...]) -> tuple[Kind, str]:
    kind, _, name = text.partition(":")
    for one in known:
        if one == kind and name:
            return one, name
    message = tr(
        "“{text}” is not understood; write {kinds}, as in track:T1.",
        text=text[:40],
        kinds=", ".join(f"{one}:…" for one in known),
    )
    raise Refusal("timeline", message)


def _names(tables: Tables, kind: str, key: str) -> set[str]:
    """By what a thing may be called: its id or code, and its names."""
    table = TABLES_OF_GROUPS.get(kind)
    record = None if table is None else tables.get(table, key)
    found = {key, *(getattr(record, name, "") for name in ("name", "short_name", "title", "label"))}
    return {one for one in found if one}


def _named(name: str, offered: Iterable[tuple[set[str], Choice]]) -> Choice:
    known = list(offered)
    found = [one for names, one in known if name in names]
    if len(found) == 1:
        return found[0]
    message = (
        tr("The timeline has several “{name}”; use the id.", name=name[:60])
        if found
        else tr("The timeline has no “{name}”.", name=name[:60])
    )
    raise Refusal("timeline", message)


def _view(name: str, tables: Tables) -> str:
    """The id of a saved view that holds a timeline."""
    offered = [view for view in views_in_order(tables) if state_of(view).timeline is not None]
    found = [view.id for view in offered if name in {view.id, view.title}]
    if len(found) == 1:
        return found[0]
    known = ", ".join(view.title for view in offered)
    message = (
        tr("No saved view that holds a timeline is called “{name}”; there is {known}.",
           name=name[:60], known=known)
        if known
        else tr("No saved view holds a timeline; save one in the window first.")
    )  # fmt: skip
    if found:
        message = tr("Several views are called “{name}”; use the id.", name=name[:60])
    raise Refusal("view", message)
