"""Commands that put cards in order: pin them, give them one width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.codes import TRACKS
from model.commands.extent import first_place
from model.records import Track
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.document import Document
    from model.editing import Edit

LEAST_HEIGHT = 64.0
"""The lowest that a band can be made."""


def set_pinned(
    document: Document, places: Mapping[str, tuple[float, float]], *, pinned: bool
) -> None:
    """Pin cards where they are, so that arranging leaves them there; or let them go again.

    Args:
        document: the open project.
        places: where the cards are now, for those without a stored place.
        pinned: whether they are to stay.
    """
    count = len(places)
    label = plural("Pin {count} card", "Pin {count} cards", count)
    if not pinned:
        label = plural("Unpin {count} card", "Unpin {count} cards", count)
    with document.edit(label) as edit:
        for record_id, at in places.items():
            _stored(document, edit, record_id, at)
            edit.change("placements", record_id, pinned=pinned)


def set_width(document: Document, places: Mapping[str, tuple[float, float]], width: float) -> None:
    """Give cards one width in project units; 0 leaves it to their words again."""
    label = tr("Same width") if width else tr("Width as the words need it")
    with document.edit(label) as edit:
        for record_id, at in places.items():
            _stored(document, edit, record_id, at)
            edit.change("placements", record_id, width=width)


def set_band_height(document: Document, code: str, height: float) -> None:
    """Give a band of the map another height, in project units; its cards keep the room they need.

    Cards count from the top of their band, so those of the bands below go along.
    """
    with document.edit(tr("Height of {track}", track=TRACKS.label(code))) as edit:
        if edit.get("tracks", code) is None:
            edit.put("tracks", Track(id=code, order=TRACKS.rank(code), tlp="CLEAR"))
        edit.change("tracks", code, height=max(LEAST_HEIGHT, height))


def _stored(document: Document, edit: Edit, record_id: str, at: tuple[float, float]) -> None:
    if edit.get("placements", record_id) is None:
        edit.put("placements", first_place(document, record_id, at))
