"""From a plan and the user's choices to one patch."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from model.codes import tlp_rank
from model.commands.records import new_record, remove_with_dependents
from model.donoharm.gates import refuse_new_through_gate, refuse_through_gate
from model.editing import Edit
from model.fields import FIELDS, REFERENCE_FIELDS
from model.records import PROJECT_ID
from model.refusals import Refusal
from model.returning.items import AddRecord, RemoveRecord, SetField
from model.returning.names import Ids
from model.sensitivity import RECORD_FLOOR, is_sensitive
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.document import Document
    from model.patch import Patch
    from model.records import ExportRun, Record
    from model.returning.items import Operation, ReturnItem
    from model.returning.plan import ReturnPlan


def return_patch(document: Document, plan: ReturnPlan, choices: Mapping[str, str]) -> Patch:
    """The patch that carries out what was chosen; what nobody decided stays as it is.

    Args:
        document: the project.
        plan: what the workbook would do.
        choices: answers by key of the item, where they are not the default.

    Raises:
        GateRefusal: open red flags stand in the way of a value.
        Refusal: the choices do not fit together; nothing is changed.
    """
    chosen = [
        operation
        for item in plan.items
        for operation in item.options.get(choices.get(item.key) or item.default, ())
    ]
    run = document.get("exports", plan.run_id)
    if run is None:
        raise Refusal("export", tr("The note of this export is not in the project any more."))
    return _Applier(document, run).patch(chosen, tr("Bring back {name}", name=plan.name))  # type: ignore[arg-type]


def choice_of(item: ReturnItem, choices: Mapping[str, str]) -> str:
    """The answer that counts for an item; "" where somebody has to give one."""
    return choices.get(item.key) or item.default


class _Applier:
    def __init__(self, document: Document, run: ExportRun) -> None:
        self._document = document
        self._ids = Ids(run)
        self._new: dict[str, str] = {}

    def patch(self, operations: list[Operation], label: str) -> Patch:
        edit = Edit(self._document)
        added = [one for one in operations if isinstance(one, AddRecord)]
        for new in added:
            self._new[new.key] = self._document.new_id()
        for new in added:
            record = self._record(new)
            refuse_new_through_gate(self._document, new.table, [record])
            edit.put(new.table, record)
        values: dict[tuple[str, str], dict[str, object]] = defaultdict(dict)
        for one in operations:
            if isinstance(one, SetField):
                values[one.table, one.id][one.field] = one.value
        for (table, record_id), fields in values.items():
            before = self._document.get(table, record_id)
            if before is not None:
                mapped = {name: self._mapped(table, before, name, fields) for name in fields}
                refuse_through_gate(self._document, table, (record_id,), mapped)
                edit.change(table, record_id, **mapped)
        doomed = {(one.table, one.id) for one in operations if isinstance(one, RemoveRecord)}
        if doomed:
            remove_with_dependents(edit, doomed)
        return edit.patch(label)

    def _record(self, one: AddRecord) -> Record:
        fields = {name: self._value(one.table, name, value, one.values)
                  for name, value in one.values.items()}  # fmt: skip
        record = new_record(self._document, one.table, **{**fields, "id": self._new[one.key]})
        if is_sensitive(record) and tlp_rank(record.tlp) < tlp_rank(RECORD_FLOOR):
            return msgspec.structs.replace(record, tlp=RECORD_FLOOR)
        return record

    def _mapped(
        self, table: str, before: Record, name: str, fields: Mapping[str, object]
    ) -> object:
        """The value with this project's ids; what the export did not show is kept in lists."""
        value = self._value(table, name, fields[name], fields, before)
        spec = FIELDS[table][name]
        if spec.kind == "references" and isinstance(value, tuple):
            hidden = self._ids.hidden_ids(before, spec)
            value = (*value, *(one for one in hidden if one not in value))
        return value

    def _value(
        self,
        table: str,
        name: str,
        value: object,
        fields: Mapping[str, object],
        before: Record | None = None,
    ) -> object:
        spec = FIELDS[table][name]
        if spec in REFERENCE_FIELDS[table]:
            if isinstance(value, tuple):
                return tuple(self._here(one) for one in value)
            return self._here(str(value)) if value else ""
        if table == "answers" and name == "item_id":
            place = self._ids.record_of(str(value))
            return place[1] if place is not None else value
        if table == "claims" and name == "value":
            return self._claimed(str(value), fields, before)
        return value

    def _claimed(self, value: str, fields: Mapping[str, object], before: Record | None) -> str:
        table = str(fields.get("target_table") or getattr(before, "target_table", ""))
        field = str(fields.get("field") or getattr(before, "field", ""))
        spec = FIELDS.get(table, {}).get(field)
        if spec is None or not spec.target:
            return value
        return self._here(value)

    def _here(self, exported: str) -> str:
        """This project's id for an exported or new one.

        Raises:
            Refusal: it names a new row that was not taken.
        """
        if exported == PROJECT_ID:
            return PROJECT_ID
        if exported in self._new:
            return self._new[exported]
        place = self._ids.record_of(exported)
        if place is None:
            message = tr("A value refers to the new row “{id}”, which is not to be added.",
                         id=exported[:40])  # fmt: skip
            raise Refusal("reference", message)
        return place[1]
