"""The map as a matrix: actors by actors or by conflict parties, with the linkages in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from model.asof import exists, linkage_state
from model.codes import LINKAGE_KINDS, TRACKS
from model.naming import short_name
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.patch import Patch
    from model.records import Actor, Linkage, Record
    from model.tables import Tables

Order = Literal["name", "track"]
COLUMN_ROLES: Final = frozenset({"primary_party", "secondary_party", "non_signatory_armed"})
_UNTRACKED: Final = "unknown"


class PairIndex:
    """Linkages by the ordered pair of their ends."""

    def __init__(self, linkages: Iterable[Record]) -> None:
        """Index the given linkages."""
        self._by_pair: dict[tuple[str, str], dict[str, None]] = {}
        for linkage in linkages:
            self._put(linkage)

    def between(self, first: str, second: str) -> tuple[str, ...]:
        """Ids of the linkages from the first to the second actor."""
        return tuple(self._by_pair.get((first, second), ()))

    def follow(self, patch: Patch) -> set[tuple[str, str]]:
        """Keep up with a patch; gives the pairs that it touched."""
        touched = set()
        for change in patch.changes:
            if change.table == "linkages":
                for record in (change.before, change.after):
                    if record is not None:
                        touched.add(_ends(record))
                if change.before is not None:
                    self._by_pair.get(_ends(change.before), {}).pop(change.id, None)
                if change.after is not None:
                    self._put(change.after)
        return touched

    def _put(self, linkage: Record) -> None:
        self._by_pair.setdefault(_ends(linkage), {})[linkage.id] = None


def _ends(record: Record) -> tuple[str, str]:
    return getattr(record, "from_id", ""), getattr(record, "to_id", "")


def actors_in_order(
    tables: Tables, as_of: date, order: Order, visible: frozenset[str] | None = None
) -> list[str]:
    """Actors that exist on the day and pass the filter, by name or by their first track."""
    wanted = [
        one
        for one in tables.actors.values()
        if exists(one, as_of) and (visible is None or one.id in visible)
    ]
    rank = {code: at for at, code in enumerate(TRACKS.codes)}

    def key(one: Actor) -> tuple[int, str]:
        first = min((rank.get(code, len(rank)) for code in one.tracks), default=rank[_UNTRACKED])
        return (first if order == "track" else 0), short_name(tables, one.id).casefold()

    return [one.id for one in sorted(wanted, key=key)]


def parties_among(tables: Tables, ids: Iterable[str]) -> list[str]:
    """The conflict parties and armed actors outside the process among some actors."""
    return [one for one in ids if tables.actors[one].conflict_role in COLUMN_ROLES]


def linkage_words(linkage: Linkage, row_id: str, as_of: date) -> str:
    """A linkage in a cell: which way it goes, its kind and how it stands on the day."""
    kind = LINKAGE_KINDS.label(linkage.kind)
    words = {
        "keep_apart": tr("keep apart"),
        "wait": tr("{kind} (wait)", kind=kind),
        "planned": tr("{kind} (planned)", kind=kind),
        "ended": tr("{kind} (ended)", kind=kind),
        "doubtful": tr("{kind} (not known whether active)", kind=kind),
    }.get(linkage_state(linkage, as_of), kind)
    if linkage.direction != "directed":
        return f"↔ {words}"
    return f"→ {words}" if linkage.from_id == row_id else f"← {words}"
