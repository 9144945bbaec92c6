"""Commands for linkages: connect, reverse, retype."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.codes import tlp_rank
from model.commands.extent import on_map
from model.commands.records import new_record, set_fields
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document
    from model.records import Linkage
    from model.tables import Tables

UNDIRECTED_KINDS = frozenset(
    {"coordination", "negotiation", "communication_channel", "alliance", "adversarial"}
    | {"competition", "back_channel", "consultation", "co_chair"}
)


def why_not_connect(tables: Tables, from_id: str, to_id: str) -> str:
    """The reason why two actors cannot be linked, in the user's words; empty when they can."""
    if from_id == to_id:
        return tr("An actor cannot be linked to itself.")
    if from_id not in tables.actors or to_id not in tables.actors:
        return tr("A linkage joins two actors.")
    return ""


def connect(document: Document, from_id: str, to_id: str, kind: str = "coordination") -> Linkage:
    """Add a linkage: planned, its reason still to be written.

    Its label is at least as strict as that of the stricter end, and back channels are
    AMBER+STRICT (design 1, rule W35).

    Raises:
        Refusal: when the ends are the same or not there.
    """
    labels = [document.project.default_tlp]
    labels += [a.tlp for i in (from_id, to_id) if (a := document.actors.get(i)) is not None]
    if kind == "back_channel":
        labels.append("AMBER+STRICT")
    linkage = new_record(
        document,
        "linkages",
        from_id=from_id,
        to_id=to_id,
        kind=kind,
        direction="undirected" if kind in UNDIRECTED_KINDS else "directed",
        status="planned",
        tlp=max(labels, key=tlp_rank),
    )
    with document.edit(tr("Link")) as edit:
        edit.put("linkages", linkage)
    return cast("Linkage", linkage)


def reverse(document: Document, linkage_id: str) -> None:
    """Swap the ends of a linkage."""
    linkage = document.linkages[linkage_id]
    bends = tuple(reversed(linkage.bends))
    ends = {"from_id": linkage.to_id, "to_id": linkage.from_id, "bends": bends}
    with document.edit(tr("Reverse linkage")) as edit:
        edit.change("linkages", linkage_id, **ends)


def reconnect(document: Document, linkage_id: str, end: int, actor_id: str) -> None:
    """Join the first (0) or second (1) end of a linkage to another actor.

    The linkage becomes at least as strict as its new end.

    Raises:
        Refusal: when both ends would be the same.
    """
    linkage = document.linkages[linkage_id]
    labels = [linkage.tlp]
    actor = document.actors.get(actor_id)
    if actor is not None:
        labels.append(actor.tlp)
    field = "from_id" if end == 0 else "to_id"
    values = {field: actor_id, "tlp": max(labels, key=tlp_rank), "label_at": None}
    with document.edit(tr("Reconnect linkage")) as edit:
        edit.change("linkages", linkage_id, **values)


def set_bends(document: Document, linkage_id: str, bends: tuple[tuple[float, float], ...]) -> None:
    """Make the line of a linkage run through points of the map (project units); () for none."""
    label = tr("Bend linkage") if bends else tr("Straighten linkage")
    with document.edit(label) as edit:
        edit.change("linkages", linkage_id, bends=tuple(map(on_map, bends)))


def set_label_at(document: Document, linkage_id: str, aside: tuple[float, float] | None) -> None:
    """Put a linkage's label so far from the middle of its line; None lets the map place it."""
    with document.edit(tr("Move label")) as edit:
        edit.change("linkages", linkage_id, label_at=None if aside is None else on_map(aside))


def retype(document: Document, linkage_id: str, kind: str) -> None:
    """Give a linkage another kind; a back channel becomes at least AMBER+STRICT."""
    values: dict[str, object] = {"kind": kind}
    if kind == "back_channel" and tlp_rank(document.linkages[linkage_id].tlp) < tlp_rank(
        "AMBER+STRICT"
    ):
        values["tlp"] = "AMBER+STRICT"
    set_fields(document, "linkages", [linkage_id], values)
