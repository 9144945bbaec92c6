"""What open red flags hold up: a linkage from being agreed, an activity from being under way.

A gate asks for a reason; it never forbids. Answers that are only illustrative hold up nobody.
Which flags count for a step is decided here: those about the record itself, those about the
actors that the step draws in, and those about the project that ask whether there should be a
contact with the parties at all. Other flags about the project would hold up every step, and a
reason that is asked for every time is soon typed without thought; they count for exports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

import msgspec

from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.rules.processes import CONTACT_KINDS, in_contact
from model.codes import CODE_LISTS
from model.dates import last_day
from model.donoharm.assessment import Assessor, OpenFlag
from model.refusals import Refusal
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from model.records import Activity, Linkage, Record
    from model.tables import Tables

GATED_STATUSES: Final[dict[str, frozenset[str]]] = {
    "linkages": frozenset({"agreed", "active"}),
    "activities": frozenset({"implementation"}),
}
"""Statuses that a record with open red flags does not get without a reason."""


def held_up(
    tables: Tables, table: str, ids: Iterable[str], values: Mapping[str, object]
) -> dict[str, list[str]]:
    """What stands in the way of records that are about to get a gated status, in sentences.

    Records that have such a status already are left alone, so that a flag raised later does not
    stop other work on them. The day is that of the project.

    Returns:
        The sentences by record id; records that nothing holds up are left out.
    """
    gated = GATED_STATUSES.get(table, frozenset())
    if values.get("status") not in gated:
        return {}
    entering = [
        record
        for one in ids
        if (record := tables.get(table, one)) is not None
        and getattr(record, "status", "") not in gated
    ]
    return _held_up(tables, table, [msgspec.structs.replace(one, **values) for one in entering])


def _held_up(tables: Tables, table: str, entering: Sequence[Record]) -> dict[str, list[str]]:
    """The sentences about records as they will be, with a gated status."""
    if not entering:
        return {}
    day = last_day(tables.project.as_of)
    flags = [f for f in Assessor(tables, day).open_flags() if f.answer.basis != "illustrative"]
    facts = Facts(tables, day, DEFAULT_THRESHOLDS)
    found = {}
    for record in entering:
        sentences = [
            flag_in_words(tables, one) for one in flags if _counts(facts, table, record, one)
        ]
        if table == "linkages":
            sentences += _crowding(facts, cast("Linkage", record))
        if sentences:
            found[record.id] = sentences
    return found


def _counts(facts: Facts, table: str, record: Record, flag: OpenFlag) -> bool:
    """Whether a flag is about a step: about the record, an actor in it, or such contacts."""
    about = (flag.answer.target_table, flag.answer.target_id)
    if about == (table, record.id):
        return True
    if about[0] == "actors":
        return flag.item.flag.holds_up and about[1] in actors_of(table, record)
    return not about[0] and flag.item.flag.holds_up_contacts and _is_contact(facts, table, record)


def actors_of(table: str, record: Record) -> frozenset[str]:
    """The actors that a linkage or an activity draws in."""
    if table == "linkages":
        link = cast("Linkage", record)
        return frozenset({link.from_id, link.to_id})
    activity = cast("Activity", record)
    people = {activity.lead_id, *activity.participant_ids, *activity.party_ids}
    return frozenset(people - {""})


def _is_contact(facts: Facts, table: str, record: Record) -> bool:
    """Whether a step brings an outsider into contact with a conflict party."""
    parties = {one for one in actors_of(table, record) if facts.is_party(one)}
    if table == "activities":
        activity = cast("Activity", record)
        return bool(parties or activity.party_ids) and activity.lead_id not in parties
    link = cast("Linkage", record)
    return link.kind in CONTACT_KINDS and len(parties) == 1


def _crowding(facts: Facts, link: Linkage) -> list[str]:
    """A sentence when one more third party in pre-talks would be more than the limit allows."""
    if "pre_talks" not in facts.phase_kinds or link.kind not in CONTACT_KINDS:
        return []
    ends = ((link.from_id, link.to_id), (link.to_id, link.from_id))
    before = in_contact(facts)
    coming = {
        near
        for near, far in ends
        if near in facts.third_parties and facts.is_party(far) and near not in before
    }
    limit = int(facts.limit("W01.third_parties"))
    count = len(before | coming)
    if not coming or count <= limit:
        return []
    return [
        tr(
            "With {name}, {count} third parties would be in contact with the parties in "
            "pre-talks; the limit of the team is {limit}.",
            name=facts.names(coming),
            count=count,
            limit=limit,
        )
    ]


def flag_in_words(tables: Tables, flag: OpenFlag) -> str:
    """Which item is answered how, and for what, in one sentence."""
    number = flag.item.id if flag.item.id.startswith("DNH-") else ""
    shown = CODE_LISTS["checklist_answer"].label(flag.answer.answer)
    title = f"{number} {flag.item.label}".strip()
    if not flag.answer.target_id:
        return tr("{item} is answered “{answer}”.", item=title, answer=shown)
    return tr(
        "{item} is answered “{answer}” for {name}.",
        item=title,
        answer=shown,
        name=tables.name_of(flag.answer.target_table, flag.answer.target_id),
    )


class GateRefusal(Refusal):
    """Open red flags stand in the way; the same can be done with a reason."""

    def __init__(self, flags: Sequence[str]) -> None:
        """Refuse because of these flags, one sentence each."""
        count = len(flags)
        message = plural(
            "{count} red flag is open: {flags} Settle it, or give a reason at the status in the "
            "inspector; the decision log keeps it.",
            "{count} red flags are open: {flags} Settle them, or give a reason at the status in "
            "the inspector; the decision log keeps it.",
            count,
            flags=" ".join(flags),
        )
        super().__init__("gate", message)
        self.flags = tuple(flags)


def refuse_through_gate(
    tables: Tables, table: str, ids: Iterable[str], values: Mapping[str, object]
) -> None:
    """Stop a change of status that open red flags stand in the way of.

    Raises:
        GateRefusal: naming the flags.
    """
    _refuse(held_up(tables, table, ids, values))


def refuse_new_through_gate(tables: Tables, table: str, records: Iterable[Record]) -> None:
    """Stop records that would come with a status which open red flags stand in the way of.

    Raises:
        GateRefusal: naming the flags.
    """
    gated = GATED_STATUSES.get(table, frozenset())
    entering = [one for one in records if getattr(one, "status", "") in gated]
    _refuse(_held_up(tables, table, entering))


def _refuse(flags: Mapping[str, Sequence[str]]) -> None:
    if flags:
        raise GateRefusal(list(dict.fromkeys(one for each in flags.values() for one in each)))
