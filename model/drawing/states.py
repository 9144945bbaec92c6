"""In which state actors and linkages are drawn on a day, and which are not drawn at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.asof import exists, linkage_state
from model.dates import first_day, last_day

if TYPE_CHECKING:
    from datetime import date

    from model.drawing.actor import CardState
    from model.records import Actor, Linkage


def card_state(actor: Actor, day: date) -> CardState:
    """Whether an actor is there on a day, not yet, or no longer."""
    if first_day(actor.start) > day:
        return "planned"
    return "ended" if last_day(actor.end) < day else "current"


def is_drawn_on(linkage: Linkage, day: date, *, show_absent: bool) -> bool:
    """Whether a linkage is drawn on a day."""
    state = linkage_state(linkage, day)
    announced = linkage.status in {"idea", "planned"} and last_day(linkage.end) >= day
    absent = (state == "planned" and not announced) or state == "ended"
    if state in {"keep_apart", "wait"} and not exists(linkage, day):
        absent = True
    return show_absent or not absent
