"""How the timeline is looked at, as saved views keep it.

Written as codes and ids into the filters of a view, so that redaction can follow every value;
only the days at the edges stand beside its styling.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final, cast, get_args

import msgspec

from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.rows import ALL_SECTIONS, Grouping
from model.timeline.strip import NO_STRIP, WHOLE_STRIP, Strip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.timeline.money import FundingGroup
    from model.timeline.narrowing import NarrowKind

_NARROWS: Final[tuple[NarrowKind, ...]] = ("track", "process", "actor")
_GROUPINGS: Final = get_args(Grouping)
_STRIPS: Final[tuple[FundingGroup, ...]] = ("activity", "process", "track", "phase", "actor")
_MAIN, _SECOND, _STRIP = "timeline", "second", "strip"
_YES, _NOTHING, _ALL = "yes", "nothing", "everything"
_FIRST, _LAST = "timeline_first", "timeline_last"
LOOK_CODES: Final = frozenset({*_GROUPINGS, *_STRIPS, *ALL_SECTIONS, _YES, _NOTHING, _ALL})
"""Codes that looks write into the filters of views; redaction lets them through."""
LOOK_STYLING: Final = frozenset({_FIRST, _LAST})
"""What looks write into the styling of views."""


class PaneLook(msgspec.Struct, frozen=True):
    """One of the two timelines: its filter, grouping, and the sections folded away."""

    narrow: Narrow = EVERYTHING
    grouping: Grouping = "track"
    folded: frozenset[str] = frozenset()


class TimelineLook(msgspec.Struct, frozen=True):
    """The whole timeline.

    Attributes:
        first: the upper timeline, or the only one.
        second: the lower one; None where there is none.
        days: days at the edges; None where everything was in sight.
        strip: whose need and cover are drawn.
    """

    first: PaneLook = PaneLook()
    second: PaneLook | None = None
    days: tuple[date, date] | None = None
    strip: Strip = WHOLE_STRIP


def look_filters(look: TimelineLook) -> dict[str, tuple[str, ...]]:
    """What a view keeps among its filters."""
    filters = {_MAIN: (_YES,), **_pane_filters(_MAIN, look.first)}
    if look.second is not None:
        filters |= {_SECOND: (_YES,), **_pane_filters(_SECOND, look.second)}
    strip = look.strip
    if strip == NO_STRIP:
        filters[_STRIP] = (_NOTHING,)
    elif strip.group:
        filters[f"{_STRIP}_{strip.group}"] = (strip.key or _NOTHING,)
    else:
        filters[_STRIP] = (_ALL,)
    return filters


def look_styling(look: TimelineLook) -> dict[str, str]:
    """What a view keeps beside its styling."""
    if look.days is None:
        return {}
    return {_FIRST: look.days[0].isoformat(), _LAST: look.days[1].isoformat()}


def look_of(
    filters: Mapping[str, tuple[str, ...]], styling: Mapping[str, str]
) -> TimelineLook | None:
    """The look that a view holds; None where it says nothing about the timeline."""
    if _MAIN not in filters:
        return None
    second = _pane_of(_SECOND, filters) if _SECOND in filters else None
    return TimelineLook(_pane_of(_MAIN, filters), second, _days(styling), _strip_of(filters))


def _pane_filters(name: str, pane: PaneLook) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    if pane.narrow.kind:
        filters[f"{name}_{pane.narrow.kind}"] = (pane.narrow.key,)
    if pane.grouping != "track":
        filters[f"{name}_by"] = (pane.grouping,)
    if pane.folded:
        filters[f"{name}_folded"] = tuple(sorted(pane.folded))
    return filters


def _pane_of(name: str, filters: Mapping[str, tuple[str, ...]]) -> PaneLook:
    narrow = EVERYTHING
    for kind in _NARROWS:
        for key in filters.get(f"{name}_{kind}", ())[:1]:
            narrow = Narrow(kind, key)
    grouping = next(iter(filters.get(f"{name}_by", ())), "track")
    folded = frozenset(filters.get(f"{name}_folded", ())).intersection(ALL_SECTIONS)
    known = grouping if grouping in _GROUPINGS else "track"
    return PaneLook(narrow, cast("Grouping", known), folded)


def _strip_of(filters: Mapping[str, tuple[str, ...]]) -> Strip:
    if filters.get(_STRIP) == (_NOTHING,):
        return NO_STRIP
    for group in _STRIPS:
        for key in filters.get(f"{_STRIP}_{group}", ())[:1]:
            return Strip(group, "" if key == _NOTHING else key)
    return WHOLE_STRIP


def _days(styling: Mapping[str, str]) -> tuple[date, date] | None:
    try:
        first, last = (date.fromisoformat(styling.get(key, "")) for key in (_FIRST, _LAST))
    except ValueError:
        return None
    return (first, last) if first < last else None
