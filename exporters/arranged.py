"""The map of a pack arranged anew and for paper, so that no gap tells what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.document import Snapshot
from model.layout import DENSE, arrange
from model.records import TABLES, Placement, Track

if TYPE_CHECKING:
    from datetime import date

    from model.records import Record
    from model.tables import Tables

_EFFORT: Final = 8.0
"""How long to look for a legible arrangement; 1 is what a window allows itself."""
_QUICK_FROM: Final = 300
"""From so many actors on, no more effort than in a window."""


def arranged(tables: Tables, as_of: date) -> Snapshot:
    """The tables with a place for every actor; the same for the same tables and day."""
    # Without lines nothing can cross, and one good arrangement is as good as the best of several.
    quick = len(tables.actors) >= _QUICK_FROM or not tables.linkages
    effort = 1.0 if quick else _EFFORT
    found = arrange(tables, as_of, effort=effort, spacing=DENSE)
    content: dict[str, dict[str, Record]] = {name: dict(tables.table(name)) for name in TABLES}
    content["placements"] = {
        actor_id: Placement(id=actor_id, tlp=tables.actors[actor_id].tlp, x=x, y=y)
        for actor_id, (x, y) in found.places.items()
    }
    orders = {code: order for order, code in enumerate(found.heights)}
    content["tracks"] = {
        code: Track(id=code, tlp="CLEAR", order=orders[code], height=height)
        for code, height in found.heights.items()
    }
    return Snapshot(content, tables.revision)
