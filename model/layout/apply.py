"""The command that arranges the map: places of all cards and heights of the bands, one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.records import Placement, Record, Track
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document
    from model.layout.arrange import Arrangement
    from model.tables import Tables


def apply_arrangement(document: Document, found: Arrangement) -> None:
    """Put all cards at their found places; pinned cards stay where they are."""
    whole = len(found.places) == len(document.actors) or bool(found.heights)
    label = tr("Arrange the map") if whole else tr("Arrange the selection")
    with document.edit(label) as edit:
        for table, record in arranged_records(document, found):
            edit.put(table, record)


def arranged_records(tables: Tables, found: Arrangement) -> list[tuple[str, Record]]:
    """The records that hold an arrangement, for edits and for imports."""
    records: list[tuple[str, Record]] = []
    for actor_id, (x, y) in found.places.items():
        before = tables.placements.get(actor_id)
        if before is None or not before.pinned:
            tlp = tables.actors[actor_id].tlp
            width = before.width if before is not None else 0.0
            placement = Placement(id=actor_id, x=x, y=y, tlp=tlp, width=width)
            records.append(("placements", placement))
    for order, (code, height) in enumerate(found.heights.items()):
        track = tables.tracks.get(code) or Track(id=code, tlp="CLEAR")
        records.append(("tracks", msgspec.structs.replace(track, order=order, height=height)))
    return records
