"""Commands that work for every table: add, change fields of many, remove with what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from model.donoharm.gates import refuse_through_gate
from model.fields import FIELDS, REFERENCE_FIELDS, TABLE_SPECS
from model.integrity import APPEND_ONLY
from model.records import TABLES, Record
from model.sensitivity import first_label
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from model.document import Document
    from model.editing import Edit
    from model.records import Decision


def add_record(document: Document, table: str, **fields: object) -> Record:
    """Add a record with the project's default TLP label and return it.

    Raises:
        Refusal: when a field or reference breaks a rule.
    """
    label = tr("Add {what}", what=TABLE_SPECS[table].singular)
    with document.edit(label) as edit:
        return edit.put(table, new_record(document, table, **fields))


def new_record(document: Document, table: str, **fields: object) -> Record:
    """A fresh record, not yet in the document; stricter defaults of a type are kept."""
    values: dict[str, object] = {"id": document.new_id(), **fields}
    values.setdefault("tlp", first_label(document.project, table))
    return msgspec.convert(values, TABLES[table], strict=True, from_attributes=True)


def set_fields(
    document: Document, table: str, ids: Sequence[str], values: Mapping[str, object]
) -> None:
    """Give the same values to fields of one or many records, as one step.

    Typing into one field of the same records joins into one undo step.

    Raises:
        GateRefusal: when open red flags stand in the way; see `model.commands.gates`.
        Refusal: when a value breaks a rule; nothing is changed then.
    """
    refuse_through_gate(document, table, ids, values)
    names = sorted(values)
    titles = ", ".join(FIELDS[table][name].title for name in names)
    if len(ids) == 1:
        label = tr("Change {field} of {name}", field=titles, name=document.name_of(table, ids[0]))
    else:
        label = tr("Change {field} of {count} records", field=titles, count=len(ids))
    merge_key = f"{table}/{','.join(ids)}/{','.join(names)}"
    with document.edit(label, merge_key) as edit:
        for record_id in ids:
            edit.change(table, record_id, **values)


def remove_records(document: Document, table: str, ids: Iterable[str]) -> None:
    """Remove records of one table, as `remove_all` does."""
    remove_all(document, {(table, record_id) for record_id in ids})


def remove_all(document: Document, keys: set[tuple[str, str]]) -> None:
    """Remove records of any tables and all that cannot be without them, as one step.

    A record that requires the removed one goes too (a linkage without its end); an optional
    reference is emptied.
    """
    if len(keys) == 1:
        label = tr("Remove {name}", name=document.name_of(*next(iter(keys))))
    else:
        label = plural("Remove {count} record", "Remove {count} records", len(keys))
    with document.edit(label) as edit:
        remove_with_dependents(edit, keys)


def remove_with_dependents(edit: Edit, doomed: set[tuple[str, str]]) -> None:
    """Stage the removal of records, of what requires them, and of references to them.

    The decision log stays: its entries only lose what they point at.
    """
    pending = set(doomed)
    gone: set[tuple[str, str]] = set()
    while pending:
        gone |= pending
        pending = {key for key in _dependents(edit, gone) if key not in gone}
    for table, record_id in gone:
        if edit.get(table, record_id) is not None:
            edit.remove(table, record_id)
    _empty_references(edit, gone)
    for record_id in list(edit.ids("decisions")):
        decision = cast("Decision", edit.get("decisions", record_id))
        if (decision.target_table, decision.target_id) in gone:
            edit.change("decisions", record_id, target_table="", target_id="")


def _dependents(edit: Edit, gone: set[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for table, record_id in gone:
        if edit.get("placements", record_id) is not None and table != "placements":
            yield "placements", record_id
    for table, specs in REFERENCE_FIELDS.items():
        if table in APPEND_ONLY:
            continue
        binding = [spec for spec in specs if spec.required or spec.target == "*"]
        for record_id in list(edit.ids(table)) if binding else ():
            record = edit.get(table, record_id)
            for spec in binding:
                target = spec.target_in(record)
                if (target, getattr(record, spec.name)) in gone:
                    yield table, record_id


def _empty_references(edit: Edit, gone: set[tuple[str, str]]) -> None:
    for table, specs in REFERENCE_FIELDS.items():
        loose = [spec for spec in specs if not spec.required and spec.target != "*"]
        for record_id in list(edit.ids(table)) if loose else ():
            record = edit.get(table, record_id)
            changes: dict[str, object] = {}
            for spec in loose:
                value = getattr(record, spec.name)
                if isinstance(value, tuple):
                    kept = tuple(one for one in value if (spec.target, one) not in gone)
                    if kept != value:
                        changes[spec.name] = kept
                elif value and (spec.target, value) in gone:
                    changes[spec.name] = ""
            if changes:
                edit.change(table, record_id, **changes)
