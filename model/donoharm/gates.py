"""What open red flags hold up: a linkage from being agreed, an activity from being under way.

A gate asks for a reason; it never forbids. Answers that are only illustrative hold up nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.codes import CODE_LISTS
from model.dates import last_day
from model.donoharm.assessment import Assessor, OpenFlag
from model.refusals import Refusal
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from model.tables import Tables

GATED_STATUSES: Final[dict[str, frozenset[str]]] = {
    "linkages": frozenset({"agreed", "active"}),
    "activities": frozenset({"implementation"}),
}
"""Statuses that a record with open red flags does not get without a reason."""


def flags_in_the_way(
    tables: Tables, table: str, ids: Iterable[str], values: Mapping[str, object]
) -> list[OpenFlag]:
    """Open red flags about records that are about to get a gated status.

    Records that have such a status already are left alone, so that a flag raised later does not
    stop other work on them. The day is that of the project.
    """
    status = values.get("status")
    gated = GATED_STATUSES.get(table, frozenset())
    if status not in gated:
        return []
    entering = {
        one
        for one in ids
        if (record := tables.get(table, one)) is not None
        and getattr(record, "status", "") not in gated
    }
    answered = any(
        answer.target_table == table and answer.target_id in entering
        for answer in tables.answers.values()
    )
    if not answered:
        return []
    flags = Assessor(tables, last_day(tables.project.as_of)).open_flags()
    return [
        flag
        for flag in flags
        if flag.answer.target_table == table
        and flag.answer.target_id in entering
        and flag.answer.basis != "illustrative"
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
            "{count} red flag is open: {flags} Settle it, or go on with a reason that is kept.",
            "{count} red flags are open: {flags} Settle them, or go on with a reason that is kept.",
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
    flags = flags_in_the_way(tables, table, ids, values)
    if flags:
        raise GateRefusal([flag_in_words(tables, flag) for flag in flags])
