"""What waits for what, and where dates clash with that.

Dates are as exact as they are known, so a clash is *certain* when no reading of the dates keeps the
dependency, and *possible* when some do not. A date that is not known clashes with nothing.
A milestone and a one-off activity end on the day that they happen, so what follows may begin on
that day; anything else is over on the day after its last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.dates import FIRST_DAY, LAST_DAY, PartialDate
from model.records import Activity, Dependency
from model.timeline.editing import Dates, record_dates
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.tables import Tables

Node = tuple[str, str]
"""A thing with dates: (table, record id)."""
Zone = tuple[int, int]
"""First and last ordinal day that something may happen on."""
STEP_TABLES = frozenset(
    {"activities", "milestones", "phases", "processes", "mandates", "funding", "postings"}
)
UNDER_WAY = frozenset({"implementation", "finalisation", "closed"})
DROPPED = frozenset({"cancelled"})


class Clash(msgspec.Struct, frozen=True):
    """A dependency that the dates do not keep.

    Attributes:
        dependency: which.
        certain: whether no reading of the dates keeps it.
        days: how many days it begins too early at least; 0 where that is not the point.
        text: the clash in a sentence.
    """

    dependency: Dependency
    certain: bool
    days: int
    text: str

    @property
    def node(self) -> Node:
        """What begins too early."""
        return waits(self.dependency)


def waits(dependency: Dependency) -> Node:
    """What waits."""
    return dependency.target_table, dependency.target_id


def awaited(dependency: Dependency) -> Node | None:
    """What is waited for; None for a date or a mere condition."""
    if not dependency.other_id or dependency.kind == "not_before":
        return None
    return dependency.other_table, dependency.other_id


def dates_by_node(tables: Tables, dependencies: Iterable[Dependency]) -> dict[Node, Dates]:
    """The dates of all that takes part in dependencies."""
    found: dict[Node, Dates] = {}
    for dependency in dependencies:
        for node in (waits(dependency), awaited(dependency)):
            if node is not None and node not in found:
                record = tables.get(*node)
                if record is not None:
                    found[node] = record_dates(record)
    return found


def start_zone(dates: Dates) -> Zone | None:
    """When it may begin; None when that is not known."""
    return _zone(dates.start, 0)


def finish_zone(dates: Dates) -> Zone | None:
    """From when on what follows may begin; None when that is not known."""
    if dates.single:
        return _zone(dates.start, 0)
    return _zone(dates.end, 1)


def _zone(found: PartialDate | None, after: int) -> Zone | None:
    if found is None or found.open:
        return None
    first, last = found.first(), found.last()
    low = 0 if first == FIRST_DAY else first.toordinal() + after
    high = LAST_DAY.toordinal() if last == LAST_DAY else last.toordinal() + after
    return low, high


def required(dependency: Dependency, dates: Mapping[Node, Dates]) -> Zone | None:
    """From which day on the target may begin, at the earliest and at the latest reading."""
    if dependency.kind == "not_before":
        zone = _zone(dependency.date, 0)
    else:
        node = awaited(dependency)
        known = dates.get(node) if node is not None else None
        if known is None:
            return None
        zone = start_zone(known) if dependency.kind == "start_start" else finish_zone(known)
    if zone is None:
        return None
    return zone[0] + dependency.lag_days, zone[1] + dependency.lag_days


def shortfall(dependency: Dependency, dates: Mapping[Node, Dates]) -> tuple[int, int] | None:
    """Days by which the target begins too early: at the kindest and at the harshest reading.

    Positive numbers are clashes; None where the dates are not known.
    """
    need, own = required(dependency, dates), dates.get(waits(dependency))
    begins = start_zone(own) if own is not None else None
    if need is None or begins is None:
        return None
    return need[0] - begins[1], need[1] - begins[0]


def live(tables: Tables) -> list[Dependency]:
    """The dependencies that count: what waits and what is waited for are not cancelled."""
    found = []
    for dependency in tables.dependencies.values():
        nodes = [waits(dependency), awaited(dependency)]
        records = [tables.get(*node) for node in nodes if node is not None]
        if any(getattr(record, "status", "") in DROPPED for record in records):
            continue
        if None not in records:
            found.append(dependency)
    return found


def clashes(tables: Tables, dates: Mapping[Node, Dates] | None = None) -> list[Clash]:
    """All clashes, the certain ones first, then by how many days.

    Args:
        tables: the records.
        dates: other dates than those of the records, for what-if questions.
    """
    dependencies = live(tables)
    known = dates_by_node(tables, dependencies) if dates is None else dates
    found = []
    for dependency in dependencies:
        lack = shortfall(dependency, known)
        if lack is not None and lack[1] > 0:
            certain = lack[0] > 0
            days = lack[0] if certain else lack[1]
            text = _clash_text(tables, dependency, days, certain=certain)
            found.append(Clash(dependency, certain, days, text))
        if _condition_broken(tables, dependency):
            found.append(Clash(dependency, True, 0, _condition_text(tables, dependency)))
    return sorted(found, key=lambda one: (not one.certain, -one.days, one.dependency.id))


def _condition_broken(tables: Tables, dependency: Dependency) -> bool:
    record = tables.get(*waits(dependency))
    return (
        dependency.kind == "only_if"
        and dependency.met == "no"
        and isinstance(record, Activity)
        and record.status in UNDER_WAY
    )


def _condition_text(tables: Tables, dependency: Dependency) -> str:
    return tr(
        "“{title}” is under way, but its condition is not met: {condition}.",
        title=tables.name_of(*waits(dependency)),
        condition=dependency.condition or tr("no condition written down"),
    )


def _clash_text(tables: Tables, dependency: Dependency, days: int, *, certain: bool) -> str:
    length = plural("{count} day", "{count} days", days)
    title = tables.name_of(*waits(dependency))
    sentence = (
        tr("“{title}” begins {length} too early:", title=title, length=length)
        if certain
        else tr("“{title}” may begin up to {length} too early:", title=title, length=length)
    )
    return f"{sentence} {dependency_text(tables, dependency)}"


def dependency_text(tables: Tables, dependency: Dependency) -> str:
    """The dependency in words."""
    node = awaited(dependency)
    name = tables.name_of(*node) if node is not None else ""
    lag = dependency.lag_days
    if dependency.kind == "not_before":
        date = dependency.date.iso() if dependency.date is not None else tr("date not known")
        text = tr("not before {date}", date=date)
    elif dependency.kind == "start_start":
        text = tr("it begins after “{name}” begins", name=name)
    elif dependency.kind == "only_if":
        condition = dependency.condition or tr("no condition written down")
        text = tr("only if: {condition}", condition=condition)
        if name:
            text = f"{text}; {tr('it begins after “{name}” ends', name=name)}"
    else:
        text = tr("it begins after “{name}” ends", name=name)
    if lag > 0:
        text += " " + plural("and {count} day more", "and {count} days more", lag)
    elif lag < 0:
        text += " " + plural("less {count} day", "less {count} days", -lag)
    return f"{text}."
