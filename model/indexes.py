"""Look-ups that are kept up by patches instead of being searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.records import Linkage, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.patch import Patch


class LinkageIndex:
    """Linkages by the actors at their ends."""

    def __init__(self, linkages: Iterable[Record]) -> None:
        """Index the given linkages."""
        self._by_actor: dict[str, dict[str, None]] = {}
        for linkage in linkages:
            self._add(linkage)

    def of(self, actor_id: str) -> tuple[str, ...]:
        """Ids of the linkages that begin or end at an actor."""
        return tuple(self._by_actor.get(actor_id, ()))

    def follow(self, patch: Patch) -> None:
        """Keep up with a patch."""
        for change in patch.changes:
            if change.table == "linkages":
                self._remove(change.before)
                self._add(change.after)

    def _add(self, linkage: Record | None) -> None:
        if isinstance(linkage, Linkage):
            for end in (linkage.from_id, linkage.to_id):
                self._by_actor.setdefault(end, {})[linkage.id] = None

    def _remove(self, linkage: Record | None) -> None:
        if isinstance(linkage, Linkage):
            for end in (linkage.from_id, linkage.to_id):
                self._by_actor.get(end, {}).pop(linkage.id, None)
