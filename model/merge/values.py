"""How one field of one record comes together from two copies, following the field catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from model.fields import FIELDS
from model.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.records import Record


class Unsure:
    """Stands for a common value that nobody knows: any difference must be asked about."""

    def __repr__(self) -> str:
        return "UNSURE"


UNSURE: Final = Unsure()


class Group(NamedTuple):
    """Fields that say something only together.

    Attributes:
        fields: their names.
        always: whether changes on both sides never mix; else only where a field that must be
            asked about is among the changed ones.
    """

    fields: tuple[str, ...]
    always: bool = False


_ABOUT: Final = Group(("target_table", "target_id"), always=True)
_ABOUT_BOTH: Final = Group(("target_table", "target_id", "other_table", "other_id"), always=True)
GROUPS: Final[Mapping[str, tuple[Group, ...]]] = {
    "linkages": (
        Group(("from_id", "to_id", "direction", "initiative"), always=True),
        Group(("decision", "rationale", "negative_consequences", "who_would_notice", "mitigation")),
    ),
    "funding": (Group(("start", "end", "amount", "currency")),),
    "rates": (Group(("currency", "into", "rate", "date"), always=True),),
    "answers": (
        _ABOUT,
        Group(("item_id", "scope"), always=True),
        Group(("answer", "reasoning", "evidence", "mitigation", "target_state")),
    ),
    "placements": (Group(("x", "y"), always=True),),
    **dict.fromkeys(("decisions", "notes", "claims", "conflicts"), (_ABOUT,)),
    "mutes": (_ABOUT_BOTH,),
}
"""A reason written for "keep apart" must not end up beside "link", nor one copy's amount beside
the other's currency."""

ARRANGEMENT_TABLES: Final = frozenset({"placements", "tracks", "views"})
"""Tables about the looks of the project; a difference there is offered, but never kept open."""
_ARRANGEMENT_FIELDS: Final = frozenset(
    {("linkages", "bends"), ("linkages", "label_at"), ("groups", "collapsed"), ("project", "as_of")}
)


def is_arrangement(table: str, field: str) -> bool:
    """Whether a field is about looks alone."""
    return table in ARRANGEMENT_TABLES or (table, field) in _ARRANGEMENT_FIELDS


def field_names(table: str) -> tuple[str, ...]:
    """The fields that merging looks at: all but the id."""
    return tuple(name for name in TABLES[table].__struct_fields__ if name != "id")


def defaults(table: str) -> dict[str, Any]:
    """What a record that neither copy started from would hold; UNSURE where there is no default."""
    found: dict[str, Any] = {}
    for info in msgspec.structs.fields(TABLES[table]):
        if info.default is not msgspec.NODEFAULT:
            found[info.name] = info.default
        elif info.default_factory is not msgspec.NODEFAULT:
            found[info.name] = info.default_factory()
        else:
            found[info.name] = UNSURE
    return found


class Merged(NamedTuple):
    """Field values that came together, and the names of those that did not."""

    values: dict[str, Any]
    conflicts: tuple[str, ...]


def merge_fields(table: str, base: Mapping[str, Any], ours: Record, theirs: Record) -> Merged:
    """Merge two versions of a record field by field.

    Args:
        table: the record's table.
        base: the common values by field, UNSURE where there is none.
        ours, theirs: the two versions; where a field is in conflict the result has ours.
    """
    values: dict[str, Any] = {}
    conflicts: set[str] = set()
    for name in field_names(table):
        mine, other = getattr(ours, name), getattr(theirs, name)
        value = _merge_value(table, name, base[name], mine, other)
        if isinstance(value, Unsure):
            conflicts.add(name)
            value = mine
        values[name] = value
    for group in GROUPS.get(table, ()):
        _keep_together(table, group, base, ours, theirs, values, conflicts)
    return Merged(values, tuple(name for name in values if name in conflicts))


def _merge_value(table: str, name: str, base: Any, ours: Any, theirs: Any) -> Any:
    if ours == theirs:
        return ours
    if base is UNSURE:
        return UNSURE
    if theirs == base:
        return ours
    if ours == base:
        return theirs
    if FIELDS[table][name].merge == "union" and isinstance(ours, tuple):
        return union(base, ours, theirs)
    return UNSURE


def _keep_together(
    table: str,
    group: Group,
    base: Mapping[str, Any],
    ours: Record,
    theirs: Record,
    values: dict[str, Any],
    conflicts: set[str],
) -> None:
    """Where both sides changed a group differently, take all of it from ours and ask."""
    names = group.fields
    mine = [name for name in names if getattr(ours, name) != base[name]]
    others = [name for name in names if getattr(theirs, name) != base[name]]
    differ = [name for name in names if getattr(ours, name) != getattr(theirs, name)]
    asked = any(FIELDS[table][name].merge == "ask" for name in (*mine, *others))
    if mine and others and differ and (group.always or asked):
        values.update({name: getattr(ours, name) for name in names})
        conflicts.update(differ)


def union(base: tuple[Any, ...], ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    """Merge two versions of a set: what either removed goes, what either added comes.

    The order does not depend on which side is which, nor on the order of several merges.
    """
    common, mine, others = set(base), set(ours), set(theirs)
    if mine == common and others == common:
        return min(ours, theirs, key=repr)
    if mine == common:
        return theirs
    if others == common:
        return ours
    added = (mine | others) - common
    return in_order((common & mine & others) | added, base)


def in_order(values: Iterable[Any], base: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of a set: those of the common version in its order, new ones behind, sorted."""
    wanted = set(values)
    kept = tuple(dict.fromkeys(value for value in base if value in wanted))
    return kept + tuple(sorted(wanted.difference(kept), key=repr))
