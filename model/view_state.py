"""What a saved view holds, and how it is written into a record and read back.

Codes and ids only, so that redaction can follow every value; typed words stay in the project they
were typed in, beside the ids of what they let through.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

from model.dates import PartialDate
from model.facets import FRESHNESS
from model.filtering import FACETS, THESE, Filtering, FilterSpec
from model.records import View
from model.timeline.looks import (
    LOOK_CODES,
    LOOK_STYLING,
    TimelineLook,
    look_filters,
    look_of,
    look_styling,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.tables import Tables

FOCUS_MODES: Final = ("around", "between", "channels", "these")
_STEPS: Final = ("1", "2", "3")
VIEW_CODES: Final = frozenset({*FRESHNESS, *FOCUS_MODES, *_STEPS, *LOOK_CODES})
"""Codes in the filters of views that are in no list of the field; redaction lets them through."""
_TEXT, _MODE, _FAR, _ABOUT, _FRAME = "text", "focus", "steps", "about", "frame"


class ViewState(msgspec.Struct, frozen=True):
    """Everything about how map and timeline are looked at.

    Attributes:
        spec: the filter.
        as_of: the day.
        focus: mode and steps of the focus; "" for none.
        about: the actors that the focus is about.
        frame: actors that were in sight; empty where all were.
        camera: scale and top left corner; None where the frame has to do.
        styling: options of the map that are not as at first.
        shown: ids that typed words let through, for copies that must not hold the words.
        timeline: filters, grouping, split and days of the timeline; None where nothing is said.
    """

    spec: FilterSpec = msgspec.field(default_factory=FilterSpec)
    as_of: date | None = None
    focus: str = ""
    steps: int = 1
    about: tuple[str, ...] = ()
    frame: tuple[str, ...] = ()
    camera: tuple[float, float, float] | None = None
    styling: dict[str, str] = msgspec.field(default_factory=dict)
    shown: tuple[str, ...] = ()
    timeline: TimelineLook | None = None


def view_fields(state: ViewState) -> dict[str, object]:
    """The fields of a view record that hold a state."""
    filters = {
        facet: tuple(sorted(values)) for facet in FACETS if (values := state.spec.ticked(facet))
    }
    if state.spec.text.strip():
        filters[_TEXT] = (state.spec.text.strip(),)
        filters[THESE] = state.shown
    elif state.spec.ticked(THESE):
        filters[THESE] = tuple(sorted(state.spec.ticked(THESE)))
    if state.focus:
        filters[_MODE] = (state.focus,)
        filters[_FAR] = (str(state.steps),)
        filters[_ABOUT] = state.about
    if state.frame:
        filters[_FRAME] = state.frame
    styling = dict(state.styling)
    if state.timeline is not None:
        filters |= look_filters(state.timeline)
        styling |= look_styling(state.timeline)
    day = state.as_of
    return {
        "filters": filters,
        "as_of": None if day is None else PartialDate(year=day.year, month=day.month, day=day.day),
        "camera": state.camera,
        "styling": dict(sorted(styling.items())),
    }


def nameless_view(state: ViewState) -> View:
    """A record that holds a state and is in no project, to be written down with other things."""
    return View(id="nameless", title="", **cast("dict[str, Any]", view_fields(state)))


def state_of(view: View) -> ViewState:
    """The state that a view record holds; what this version does not know is left out."""
    filters = view.filters
    text = _first(filters, _TEXT)
    chosen = {facet: frozenset(filters[facet]) for facet in FACETS if filters.get(facet)}
    if not text and filters.get(THESE):
        chosen[THESE] = frozenset(filters[THESE])
    mode, far = _first(filters, _MODE), _first(filters, _FAR)
    about = filters.get(_ABOUT, ())
    return ViewState(
        spec=FilterSpec(chosen, text),
        as_of=None if view.as_of is None or view.as_of.open else view.as_of.stated_first(),
        focus=mode if mode in FOCUS_MODES and about else "",
        steps=int(far) if far in _STEPS else 1,
        about=about,
        frame=filters.get(_FRAME, ()),
        camera=view.camera,
        styling={key: text for key, text in view.styling.items() if key not in LOOK_STYLING},
        shown=filters.get(THESE, ()),
        timeline=look_of(filters, view.styling),
    )


def actors_of_view(tables: Tables, as_of: date, view: View) -> frozenset[str]:
    """The actors that a saved view lets through; what its words let through was kept with it."""
    state = state_of(view)
    spec = state.spec
    if spec.text:
        spec = FilterSpec({**spec.chosen, THESE: frozenset(state.shown)})
    return Filtering(tables, state.as_of or as_of, spec).actor_ids


def _first(filters: Mapping[str, tuple[str, ...]], key: str) -> str:
    return next(iter(filters.get(key, ())), "")
