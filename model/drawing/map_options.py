"""What the user chose to see of the map, and which records differ between two choices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from model.tables import Tables


class MapOptions(msgspec.Struct, frozen=True):
    """What the user chose to see.

    Attributes:
        show_absent: draw what is not there yet or no longer there, as ghosts.
        also: ids of what is drawn all the same where it is not there, because it is marked.
        show_labels: put words on the lines.
        show_notes: show the slips with notes.
        colour_by, size_by: fields or measures that colour and size of cards follow (shading.py).
        visible: ids of the actors and linkages that a filter lets through; None for all.
    """

    show_absent: bool = False
    also: frozenset[str] = frozenset()
    show_labels: bool = True
    show_notes: bool = True
    colour_by: str = ""
    size_by: str = ""
    visible: frozenset[str] | None = None

    def shows_absent(self, record_id: str) -> bool:
        """Whether a record is drawn on days on which it is not there."""
        return self.show_absent or record_id in self.also

    def lets_through(self, record_id: str) -> bool:
        """Whether the filter lets a record through."""
        return self.visible is None or record_id in self.visible


def turned(tables: Tables, before: MapOptions, after: MapOptions) -> tuple[set[str], set[str]]:
    """Ids of the actors and of the linkages that only one of two filters lets through."""
    return (
        {i for i in tables.actors if before.lets_through(i) != after.lets_through(i)},
        {i for i in tables.linkages if before.lets_through(i) != after.lets_through(i)},
    )
