"""When records come and go: which may look different between two days, found without asking all."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from model.dates import LAST_DAY, first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.dates import PartialDate
    from model.tables import Tables


class Turns:
    """The days on which actors, roles and linkages begin or have ended, in order."""

    def __init__(self, tables: Tables) -> None:
        """Note the turns of all dated records; a role's turn is its actor's."""
        turns: list[tuple[int, bool, str]] = []
        for i, actor in tables.actors.items():
            turns += [(day, True, i) for day in _days(actor.start, actor.end)]
        for role in tables.roles.values():
            turns += [(day, True, role.actor_id) for day in _days(role.start, role.end)]
        for i, linkage in tables.linkages.items():
            turns += [(day, False, i) for day in _days(linkage.start, linkage.end)]
        turns.sort()
        self._turns = turns
        self._days = [day for day, _, _ in turns]

    def between(self, one: date, other: date) -> tuple[set[str], set[str]]:
        """Ids of the actors and of the linkages that may look different on the two days."""
        low, high = sorted((one.toordinal(), other.toordinal()))
        found = self._turns[bisect_right(self._days, low) : bisect_right(self._days, high)]
        actors = {i for _, is_actor, i in found if is_actor}
        return actors, {i for _, is_actor, i in found if not is_actor}


def _days(start: PartialDate | None, end: PartialDate | None) -> Iterable[int]:
    """The first day of being there, and the first day of being there no more."""
    if start is not None:
        yield first_day(start).toordinal()
    if end is not None and last_day(end) < LAST_DAY:
        yield last_day(end).toordinal() + 1
