"""Who leaves when, who follows, and what hangs on the one who leaves.

Reckoning as for W19 and W20 (domain.md): only ends known by the day or month are near anything; an
end counts on its last day, a start on its first.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from model.dates import LAST_DAY, PartialDate, first_day, last_day
from model.records import Posting
from model.timeline.dependencies import Node
from model.timeline.wording import date_text
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.records import Linkage
    from model.tables import Tables

CHANNELS: Final = frozenset(
    {"communication_channel", "back_channel", "facilitation", "negotiation"}
)
NEAR_DAYS: Final = 90
_EXACT: Final = frozenset({"day", "month"})


class Near(msgspec.Struct, frozen=True):
    """A milestone or change of phase near a rotation, and how many days later it is."""

    node: Node
    name: str
    days: int


class Rotation(msgspec.Struct, frozen=True):
    """The end of one posting.

    Attributes:
        posting: which.
        ends: its last day.
        successor: who follows; None when nobody is known.
        overlap: days that both are there; negative for days without a holder; None when not known.
        at_risk: ids of the linkages that only the leaving holder keeps.
        channels: those of them that are channels.
        note: whether a hand-over note is written.
        near: milestones and changes of phase within 90 days, the nearest first.
    """

    posting: Posting
    ends: date
    successor: Posting | None
    overlap: int | None
    at_risk: tuple[str, ...]
    channels: tuple[str, ...]
    note: bool
    near: tuple[Near, ...]


def rotations(tables: Tables, near_days: int = NEAR_DAYS) -> list[Rotation]:
    """All ends of postings that are known, in order of time."""
    moments = list(_moments(tables))
    found = []
    for posting in tables.postings.values():
        ends = last_day(posting.end)
        if ends != LAST_DAY:
            found.append(_rotation(tables, posting, ends, moments, near_days))
    return sorted(found, key=lambda one: (one.ends, one.posting.id))


def at_risk(rotation: Rotation) -> bool:
    """Whether anything may be lost: nobody follows, a gap, ties to the holder, a milestone near.

    Ties with a written hand-over note count as handed over.
    """
    gap = rotation.overlap is not None and rotation.overlap < 0
    ties = bool(rotation.at_risk) and not rotation.note
    return rotation.successor is None or gap or ties or bool(rotation.near)


def rotation_text(tables: Tables, rotation: Rotation) -> str:
    """One rotation in a sentence or two."""
    posting = rotation.posting
    parts = [
        tr("{date}: {office}", date=date_text(posting.end), office=posting.office)
        + (f" ({posting.holder})" if posting.holder else "")
    ]
    parts.append(_successor_text(rotation))
    if rotation.at_risk:
        parts.append(
            plural(
                "{count} relationship rests on the holder",
                "{count} relationships rest on the holder",
                len(rotation.at_risk),
            )
        )
    if rotation.channels:
        names = ", ".join(tables.name_of("linkages", one) for one in rotation.channels)
        parts.append(tr("channels at risk: {names}", names=names))
    if not rotation.note:
        parts.append(tr("no hand-over note"))
    if rotation.near:
        parts.append(_near_text(rotation.near[0]))
    return "; ".join(parts) + "."


def _successor_text(rotation: Rotation) -> str:
    if rotation.successor is None:
        return tr("no successor known")
    name = rotation.successor.holder or tr("Holder not known")
    if rotation.overlap is None:
        return tr("followed by {name}", name=name)
    if rotation.overlap < 0:
        gap = plural("{count} day", "{count} days", -rotation.overlap)
        return tr("followed by {name} after {gap} without a holder", name=name, gap=gap)
    days = plural("{count} day", "{count} days", rotation.overlap)
    return tr("followed by {name}, {days} together", name=name, days=days)


def _near_text(near: Near) -> str:
    length = plural("{count} day", "{count} days", abs(near.days))
    if near.days >= 0:
        return tr("{length} before “{name}”", length=length, name=near.name)
    return tr("{length} after “{name}”", length=length, name=near.name)


def _rotation(
    tables: Tables,
    posting: Posting,
    ends: date,
    moments: list[tuple[Node, str, date]],
    near_days: int,
) -> Rotation:
    successor = _successor(tables, posting, ends)
    kept = [one for one in tables.linkages.values() if _rests_on(one, posting, ends)]
    near: list[Near] = []
    if posting.end is not None and posting.end.unit in _EXACT:
        near = [
            Near(node, name, (day - ends).days)
            for node, name, day in moments
            if abs((day - ends).days) <= near_days
        ]
    return Rotation(
        posting=posting,
        ends=ends,
        successor=successor,
        overlap=_overlap(posting, successor, ends),
        at_risk=tuple(one.id for one in kept),
        channels=tuple(one.id for one in kept if one.kind in CHANNELS),
        note=bool(posting.handover_note.strip()),
        near=tuple(sorted(near, key=lambda one: (abs(one.days), one.node))),
    )


def _rests_on(linkage: Linkage, posting: Posting, ends: date) -> bool:
    return (
        linkage.keeper_id == posting.id
        and linkage.status in {"agreed", "active", "unknown"}
        and last_day(linkage.end) > ends
    )


def _successor(tables: Tables, posting: Posting, ends: date) -> Posting | None:
    """Who is named as successor, else who holds the office next."""
    named = tables.postings.get(posting.successor_id)
    if named is not None:
        return named
    begins = first_day(posting.start)
    later = [
        one
        for one in tables.postings.values()
        if one.id != posting.id
        and (one.institution_id, one.office.casefold())
        == (posting.institution_id, posting.office.casefold())
        and first_day(one.start) > begins
        and last_day(one.end) > ends
    ]
    return min(later, key=lambda one: (first_day(one.start), one.id), default=None)


def _overlap(posting: Posting, successor: Posting | None, ends: date) -> int | None:
    if posting.handover_overlap_days is not None:
        return posting.handover_overlap_days
    if successor is None or not (_exact(posting.end) and _exact(successor.start)):
        return None
    return (ends - first_day(successor.start)).days + 1


def _exact(found: PartialDate | None) -> bool:
    """Whether it is known by the day or month; what is known by the year only overlaps nothing."""
    return found is not None and found.unit in _EXACT


def _moments(tables: Tables) -> Iterable[tuple[Node, str, date]]:
    for milestone in tables.milestones.values():
        found = milestone.date
        if found is not None and found.unit in _EXACT and not found.open:
            yield ("milestones", milestone.id), milestone.label, found.first()
    for phase in tables.phases.values():
        found = phase.start
        if found is not None and found.unit in _EXACT and not found.open:
            yield ("phases", phase.id), phase.label, found.first()
