"""Going on in spite of open red flags: with a reason, which the decision log keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.codes import tlp_rank
from model.commands.records import new_record
from model.donoharm.gates import actors_of, held_up
from model.fields import FIELDS, TABLE_SPECS
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from model.dates import PartialDate
    from model.document import Document
    from model.records import Decision


def go_on_with_reason(
    document: Document,
    table: str,
    ids: Sequence[str],
    values: Mapping[str, object],
    *,
    reason: str,
    decided_by: str = "",
    day: PartialDate | None = None,
) -> None:
    """Set fields in spite of open red flags and log for each record why, as one step.

    Args:
        document: the open project.
        table, ids, values: as for `model.commands.records.set_fields`.
        reason: why it is right to go on; it cannot be empty.
        decided_by: the role of the person who decides.
        day: when it was decided.

    Raises:
        Refusal: without a reason, or when a value breaks a rule.
    """
    if not reason.strip():
        raise Refusal("reason", tr("Say why it is right to go on; the decision log keeps it."))
    flags = held_up(document, table, ids, values)
    shown = ", ".join(_shown(table, name, value) for name, value in values.items())
    with document.edit(tr("Go on in spite of red flags")) as edit:
        for record_id in ids:
            edit.change(table, record_id, **values)
            raised = flags.get(record_id)
            if not raised:
                continue
            title = tr(
                "{what} “{name}”: {status} with open red flags",
                what=TABLE_SPECS[table].singular,
                name=document.name_of(table, record_id),
                status=shown,
            )
            fields = {
                "title": title,
                "date": day,
                "decided_by": decided_by,
                "options": "\n".join(raised),
                "reason": reason.strip(),
                "target_table": table,
                "target_id": record_id,
                "tlp": _label(document, table, record_id),
            }
            edit.put("decisions", new_record(document, "decisions", **fields))


def _label(document: Document, table: str, record_id: str) -> str:
    """The strictest label of all that the entry may name: the record, its actors, the answers."""
    record = document.get(table, record_id)
    if record is None:
        return document.project.default_tlp
    about = {(table, record_id), *(("actors", one) for one in actors_of(table, record))}
    named = [one for key in about if (one := document.get(*key)) is not None]
    named += [
        one
        for one in document.answers.values()
        if (one.target_table, one.target_id) in about or not one.target_id
    ]
    return max([*(one.tlp for one in named), document.project.default_tlp], key=tlp_rank)


def log_decision(document: Document, title: str, **fields: object) -> Decision:
    """Add an entry to the decision log.

    Raises:
        Refusal: when a value breaks a rule.
    """
    with document.edit(tr("Log a decision")) as edit:
        record = new_record(document, "decisions", title=title, **fields)
        return cast("Decision", edit.put("decisions", record))


def _shown(table: str, name: str, value: object) -> str:
    codes = FIELDS[table][name].codes
    return codes.label(str(value)) if codes is not None else str(value)
