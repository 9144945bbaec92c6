"""Commands for notes on the map: add one, free or pinned to a card or linkage."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.codes import tlp_rank
from model.commands.extent import on_map
from model.commands.records import new_record
from model.records import Note, Placement
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document


def add_note(
    document: Document,
    text: str,
    at: tuple[float, float],
    target: tuple[str, str] = ("", ""),
) -> Note:
    """Put a note on the map; it is at least as strict as what it is pinned to.

    Args:
        document: the open project.
        text: what it says.
        at: its place (see `model.drawing.notes` for what that counts from).
        target: (table, id) of the card or linkage that it is pinned to; empty for a free note.

    Raises:
        Refusal: when the text is empty or cannot be kept.
    """
    labels = [document.project.default_tlp]
    pinned_to = document.get(*target) if target[1] else None
    if pinned_to is not None:
        labels.append(pinned_to.tlp)
    note = new_record(
        document,
        "notes",
        text=text,
        target_table=target[0],
        target_id=target[1],
        tlp=max(labels, key=tlp_rank),
    )
    with document.edit(tr("Add note")) as edit:
        edit.put("notes", note)
        x, y = on_map(at)
        edit.put("placements", Placement(id=note.id, x=x, y=y, tlp=note.tlp))
    return cast("Note", note)
