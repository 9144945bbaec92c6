"""The outlines of a scene, kept up: one is drawn anew only where something near it has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.boxes import around, overlap
from model.drawing.outlines import CONTACT_GROUP, TITLE, Outline, memberships, outline_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from model.drawing.boxes import Box, BoxGrid
    from model.drawing.parts import Card
    from model.tables import Tables


class Outlines:
    """The outlines around the groups of some tables.

    Attributes:
        drawn: by the key of their group; another dictionary whenever they were drawn.
        covered: the membership linkages that they stand for, which need no line.
    """

    def __init__(self, tables: Tables) -> None:
        """Start without outlines."""
        self.drawn: dict[tuple[str, str], Outline] = {}
        self.covered: frozenset[str] = frozenset()
        self._tables = tables
        self._contact_groups: set[str] = set()

    def forget(self) -> None:
        """All cards may lie elsewhere."""
        self.drawn = {}

    def note_all(self) -> None:
        """Note which of all actors are contact groups."""
        self._contact_groups.clear()
        self.note(self._tables.actors)

    def note(self, actors: Iterable[str]) -> None:
        """Note which of these actors are contact groups; they have come, gone or changed."""
        for actor_id in actors:
            actor = self._tables.actors.get(actor_id)
            if actor is not None and actor.kind == CONTACT_GROUP:
                self._contact_groups.add(actor_id)
            else:
                self._contact_groups.discard(actor_id)

    def draw(
        self,
        as_of: date,
        cards: Mapping[str, Card],
        grid: BoxGrid[str],
        moved: Sequence[Box] = (),
    ) -> None:
        """Draw the outlines of a day.

        Those stay as they are whose group is the same and which cards that were or are at the
        places `moved` do not concern.
        """
        before, self.drawn = self.drawn, {}
        for membership in memberships(self._tables, as_of, cards, self._contact_groups):
            outline = before.get(membership.key)
            if outline is None or outline.membership != membership or _concerned(outline, moved):
                ids = membership.member_ids
                boxes = {i: cards[i].box for i in ids if i in cards}
                outline = outline_of(membership, boxes, grid)
            if outline is not None:
                self.drawn[membership.key] = outline
        self.covered = frozenset(
            i for outline in self.drawn.values() for i in outline.membership.linkage_ids
        )


def _concerned(outline: Outline, moved: Sequence[Box]) -> bool:
    """Whether members or strangers that were or are at these boxes may matter for an outline."""
    left, top, right, bottom = around([*outline.boxes, outline.title_box])
    reach = (left, top - TITLE, right, bottom)
    return any(overlap(reach, box) for box in moved)
