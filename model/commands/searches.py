"""Recording that somebody was looked for: "none found" on a day is an answer to a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.codes import SEARCH_CATEGORIES, TRACKS
from model.commands.records import new_record
from resources.text import tr

if TYPE_CHECKING:
    from model.dates import PartialDate
    from model.document import Document
    from model.records import Search


def note_search(
    document: Document, category: str, track: str, outcome: str, date: PartialDate | None
) -> Search:
    """Note that a category was looked for on a track and nobody was found.

    Raises:
        Refusal: when category or track is not one of the lists.
    """
    label = tr(
        "None found: {category}, {track}",
        category=SEARCH_CATEGORIES.label(category),
        track=TRACKS.label(track),
    )
    values = {"category": category, "track": track, "outcome": outcome.strip(), "date": date}
    record = new_record(document, "searches", **values)
    with document.edit(label) as edit:
        edit.put("searches", record)
    return cast("Search", record)
