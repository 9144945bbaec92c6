"""Where things may lie on the map, and their first stored place.

What somebody drags beyond the map's edge stays at it and can be found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.records import Placement

if TYPE_CHECKING:
    from model.tables import Tables

FARTHEST: Final = 100_000.0
"""Project units from the origin; the widest arrangement of 10,000 actors needs a third of it."""

Point = tuple[float, float]


def on_map(point: Point) -> Point:
    """The point itself, or the nearest one that is still on the map."""
    x, y = point
    return max(-FARTHEST, min(FARTHEST, x)), max(-FARTHEST, min(FARTHEST, y))


def first_place(tables: Tables, record_id: str, at: Point) -> Placement:
    """A place for a card or note that has none stored, as strict as itself.

    Under a stricter label an audience that sees the card would not be given its place.
    """
    thing = tables.actors.get(record_id) or tables.notes.get(record_id)
    tlp = thing.tlp if thing is not None else tables.project.default_tlp
    return Placement(id=record_id, x=at[0], y=at[1], tlp=tlp)
