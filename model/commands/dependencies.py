"""Stating what waits for what: in all four ways, with a lag, a date or a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.commands.records import new_record
from model.dates import PartialDate
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document
    from model.records import Dependency

NO_NODE = ("", "")


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says about one dependency; the fields are those of `model.records.Dependency`."""

    target: tuple[str, str]
    other: tuple[str, str] = NO_NODE
    kind: str = "finish_start"
    lag_days: int = 0
    date: PartialDate | None = None
    condition: str = ""
    met: str = "unknown"


def state_dependency(document: Document, statement: Statement, record_id: str = "") -> Dependency:
    """Add a dependency, or change one, as one step.

    Raises:
        Refusal: what its kind needs is missing, a thing would wait for itself in the end, or the
            same is stated already.
    """
    _check_complete(statement)
    _check_circle(document, statement, record_id)
    values = _values(statement)
    known = document.dependencies.get(record_id)
    name = document.name_of(*statement.target)
    if known is None:
        _check_new(document, statement)
        record: Dependency = new_record(document, "dependencies", **values)  # type: ignore[assignment]
        label = tr("State what “{name}” waits for", name=name)
    else:
        record = msgspec.structs.replace(known, **values)
        label = tr("Change what “{name}” waits for", name=name)
    with document.edit(label) as edit:
        edit.put("dependencies", record)
    return record


def _values(statement: Statement) -> dict[str, object]:
    """The fields; what the kind does not use is left empty, so that nothing lingers unseen."""
    kind = statement.kind
    other = NO_NODE if kind == "not_before" else statement.other
    return {
        "target_table": statement.target[0],
        "target_id": statement.target[1],
        "other_table": other[0],
        "other_id": other[1],
        "kind": kind,
        "lag_days": 0 if kind == "not_before" else statement.lag_days,
        "date": statement.date if kind == "not_before" else None,
        "condition": statement.condition.strip() if kind == "only_if" else "",
        "met": statement.met if kind == "only_if" else "unknown",
    }


def _check_complete(statement: Statement) -> None:
    if statement.kind == "not_before":
        if statement.date is None or statement.date.open:
            raise Refusal("date", tr("Write the date before which it must not begin."))
    elif statement.kind == "only_if":
        if not statement.condition.strip():
            message = tr("Write what must be the case, such as “Track I stalls”.")
            raise Refusal("condition", message)
    elif not statement.other[1]:
        raise Refusal("other", tr("Choose what it waits for."))
    if statement.target == statement.other:
        raise Refusal("circle", tr("Nothing can wait for itself."))


def _check_circle(document: Document, statement: Statement, record_id: str) -> None:
    if not statement.other[1] or statement.kind == "not_before":
        return
    found, pending = set(), [statement.other]
    while pending:
        node = pending.pop()
        found.add(node)
        for one in document.dependencies.values():
            if one.id == record_id or not one.other_id:
                continue
            before = (one.other_table, one.other_id)
            if (one.target_table, one.target_id) == node and before not in found:
                pending.append(before)
    if statement.target in found:
        raise Refusal(
            "circle",
            tr(
                "“{target}” cannot wait for “{other}”: “{other}” waits for it already.",
                target=document.name_of(*statement.target),
                other=document.name_of(*statement.other),
            ),
        )


def _check_new(document: Document, statement: Statement) -> None:
    for known in document.dependencies.values():
        ends = (known.target_table, known.target_id), (known.other_table, known.other_id)
        if ends == (statement.target, statement.other) and known.kind == statement.kind:
            same_words = known.condition == statement.condition.strip()
            if statement.kind in {"finish_start", "start_start"} or same_words:
                raise Refusal("twice", tr("The two are linked in this way already."))
