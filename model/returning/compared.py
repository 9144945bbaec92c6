"""One row of a workbook against its record: what was exported, what stands there, what is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.asof import basis_mark
from model.codes import tlp_rank
from model.integrity import APPEND_ONLY
from model.naming import name_of
from model.records import PROJECT_ID, TABLES
from model.returning.exported import digest, digests_by_field
from model.returning.items import KEEP, MONTH, TAKE, ReturnItem, SetField, month_words
from model.returning.spelling import is_mangled
from model.returning.values import NAME_SEPARATOR, compared_fields, plain
from resources.text import in_pack_languages, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from model.fields import FieldSpec
    from model.records import ExportRun, Record
    from model.returning.book import ReturnedRow
    from model.returning.names import Ids
    from model.returning.reading import Reading, RowReader
    from model.tables import Tables


class Comparison:
    """Compares rows with the records that they were exported from."""

    def __init__(
        self,
        tables: Tables,
        run: ExportRun,
        ids: Ids,
        reader: RowReader,
        new_ids: AbstractSet[str],
    ) -> None:
        """Take the project, the export and the ids that the recipient made up for new rows."""
        self._tables = tables
        self._run = run
        self._ids = ids
        self._reader = reader
        self._new_ids = new_ids

    def items(self, row: ReturnedRow, record: Record) -> Iterator[ReturnItem]:
        """What differs between a row and its record."""
        base = digests_by_field(self._run.digests, row.table, row.id)
        for spec in compared_fields(row.table):
            reading = self._reader.read(row, spec, base)
            if reading is not None:
                yield from self._field(row, record, spec, reading, base)
        yield from self._mark(row, base)

    def is_edited(self, row: ReturnedRow) -> bool:
        """Whether anything in a row differs from what was exported."""
        base = digests_by_field(self._run.digests, row.table, row.id)
        for spec in compared_fields(row.table):
            reading = self._reader.read(row, spec, base)
            if reading is not None and (
                reading.problem or self._reader.is_edited(spec, reading.text, base)
            ):
                return True
        return False

    def has_changed(self, exported: str, record: Record) -> bool:
        """Whether the project has changed a record since it was exported."""
        table = next(name for name, kind in TABLES.items() if isinstance(record, kind))
        base = digests_by_field(self._run.digests, table, exported)
        return any(
            self._digest(spec, plain(self._ids.shown_now(table, record, spec)))
            != base.get(spec.name)
            for spec in compared_fields(table)
        )

    def operations(self, row: ReturnedRow, record: Record) -> tuple[SetField, ...]:
        """Everything that a row would change in its record, where it can be used at all."""
        found: list[SetField] = []
        for item in self.items(row, record):
            found += [one for one in item.options.get(TAKE, ()) if isinstance(one, SetField)]
        return tuple(found)

    def problem_of(self, spec: FieldSpec, reading: Reading) -> str:
        """Why a value cannot be used, as the end of a sentence; "" where it can."""
        if reading.problem:
            return reading.problem
        if spec.required and not reading.text:
            return tr("it needs a value")
        if not spec.target:
            return ""
        listed = reading.value if isinstance(reading.value, tuple) else (str(reading.value or ""),)
        for one in listed:
            if one and not self._is_known(spec, one):
                return tr("there is no record “{id}” in the export", id=one[:64])
        return ""

    def _is_known(self, spec: FieldSpec, exported: str) -> bool:
        if exported in self._new_ids or exported == PROJECT_ID:
            return True
        place = self._ids.record_of(exported)
        if place is None or self._tables.get(*place) is None:
            return False
        return spec.target in {"*", place[0]} or not spec.target

    def _digest(self, spec: FieldSpec, text: str) -> str:
        return digest(self._run.mark, spec.table, spec.name, text)

    def _field(
        self,
        row: ReturnedRow,
        record: Record,
        spec: FieldSpec,
        reading: Reading,
        base: dict[str, str],
    ) -> Iterator[ReturnItem]:
        exported = base.get(spec.name, "")
        if (
            self._digest(spec, plain(reading.shown) if reading.problem else reading.text)
            == exported
        ):
            return  # a code of a newer version has no label here, and was not edited either
        now = plain(self._ids.shown_now(row.table, record, spec))
        if not reading.problem and reading.text == now:
            return
        item = ReturnItem(
            key=f"{row.id}/{spec.name}",
            kind="changed",
            table=row.table,
            record_id=record.id,
            name=name_of(self._tables, row.table, record.id),
            field=spec.title,
            sheet=row.sheet,
            place=reading.place,
            now=self._words(spec, record),
            then=self._then(spec, reading),
        )
        problem = self.problem_of(spec, reading)
        if row.table in APPEND_ONLY:
            problem = tr("entries of the decision log are not changed; write a new one")
        if problem:
            reason = tr("It cannot be taken: {problem}.", problem=problem)
            yield msgspec.structs.replace(item, kind="refused", reason=reason)
            return
        yield self._decidable(item, row, record, spec, reading, self._digest(spec, now) != exported)

    def _decidable(
        self,
        item: ReturnItem,
        row: ReturnedRow,
        record: Record,
        spec: FieldSpec,
        reading: Reading,
        changed_here: bool,
    ) -> ReturnItem:
        change = SetField(row.table, record.id, spec.name, reading.value)
        options = {TAKE: (change,), KEEP: ()}
        reason = self._doubt(record, spec, reading, changed_here=changed_here)
        if reading.month is not None:
            options[MONTH] = (msgspec.structs.replace(change, value=reading.month),)
        if reason:
            return msgspec.structs.replace(item, kind="decide", options=options, reason=reason)
        return msgspec.structs.replace(item, options=options, default=TAKE)

    def _doubt(
        self, record: Record, spec: FieldSpec, reading: Reading, *, changed_here: bool
    ) -> str:
        """Why somebody has to decide about an edited value; "" where it is clear."""
        if changed_here:
            return tr("The project has changed this too since the export.")
        if spec.kind != "references" and self._ids.is_hidden(spec.table, record, spec):
            return tr("The project holds a value here that was not in the export.")
        if spec.name == "tlp" and tlp_rank(str(reading.value)) < tlp_rank(record.tlp):
            return tr("The label was lowered, so that more people may see the record.")
        if reading.month is not None:
            return month_words(reading.month)
        if is_mangled(reading.text, plain(self._ids.shown_now(spec.table, record, spec))):
            return tr("A program has put question marks for letters that its encoding lacks.")
        return ""

    def _words(self, spec: FieldSpec, record: Record) -> str:
        """What the project holds now, for people."""
        value = getattr(record, spec.name)
        if spec.target:
            ids = value if isinstance(value, tuple) else (value,) if value else ()
            target = spec.target_in(record)
            return NAME_SEPARATOR.join(name_of(self._tables, target, one) for one in ids)
        return self._label(spec, value)

    def _label(self, spec: FieldSpec, value: object) -> str:
        if spec.codes is not None:
            codes = value if isinstance(value, tuple) else (value,)
            return NAME_SEPARATOR.join(spec.codes.label(str(one)) for one in codes if one)
        return plain(value)

    def _then(self, spec: FieldSpec, reading: Reading) -> str:
        """What the workbook holds, for people."""
        if reading.problem:
            return reading.shown
        if not spec.target:
            return self._label(spec, reading.value)
        listed = reading.value if isinstance(reading.value, tuple) else (str(reading.value or ""),)
        return NAME_SEPARATOR.join(self._name(one) for one in listed if one)

    def _name(self, exported: str) -> str:
        place = self._ids.record_of(exported)
        return name_of(self._tables, *place) if place is not None else exported

    def _mark(self, row: ReturnedRow, base: dict[str, str]) -> Iterator[ReturnItem]:
        """Say when somebody has written into the column that only repeats the basis."""
        basis, mark = row.cells.get("basis", {}), row.cells.get("basis", {}).get("mark")
        label = basis.get("code") or basis.get("value")
        if mark is None or label is None:
            return
        spec = next(one for one in compared_fields(row.table) if one.name == "basis")
        reading = self._reader.read(row, spec, base)
        if reading is None or reading.problem:
            return
        place = self._ids.record_of(row.id)
        record = self._tables.get(*place) if place is not None else None
        if record is None:
            return
        known = {basis_mark(msgspec.structs.replace(record, basis=str(reading.value)))}
        known.add(basis_mark(record))
        said = {text for one in known for text in in_pack_languages(one)}
        if mark.text.strip() not in said:
            reason = tr("This column repeats the basis and is not read; change the basis instead.")
            yield ReturnItem(key=f"{row.id}/mark", kind="remark", sheet=row.sheet,
                             place=mark.place, then=mark.text, reason=reason)  # fmt: skip
