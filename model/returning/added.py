"""Rows that are new in a workbook: records to add, or what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from model.fields import TABLE_SPECS
from model.naming import name_of
from model.returning.items import ADD, KEEP, TAKE, AddRecord, ReturnItem
from model.returning.values import compared_fields
from model.search import fold
from resources.text import tr

if TYPE_CHECKING:
    from model.returning.book import ReturnedRow
    from model.returning.compared import Comparison
    from model.returning.reading import RowReader
    from model.tables import Tables

_ALIKE: Final = 88
"""From this likeness (0 to 100) on two names may be one thing twice."""


class Additions:
    """Plans new records."""

    def __init__(self, tables: Tables, compare: Comparison, reader: RowReader) -> None:
        """Take the project, and what reads and judges values."""
        self._tables = tables
        self._compare = compare
        self._reader = reader

    def item(self, row: ReturnedRow) -> list[ReturnItem]:
        """The item of a row whose id was not in the export."""
        title = TABLE_SPECS[row.table].title_field
        cell = row.cells.get(title, {}).get("value")
        name = cell.text.strip() if cell is not None else ""
        item = ReturnItem(
            key=f"new/{row.sheet}/{row.number}",
            kind="added",
            table=row.table,
            name=name or TABLE_SPECS[row.table].singular,
            sheet=row.sheet,
            place=row.id_place,
            then=self._words(row),
        )
        problems = self._problems(row)
        if problems:
            reason = tr("It cannot be added: {problem}.", problem="; ".join(problems))
            return [msgspec.structs.replace(item, kind="refused", reason=reason)]
        added = self.operations(row)
        doubt = self._doubt(row, name)
        if doubt:
            options = {ADD: added, KEEP: ()}
            return [msgspec.structs.replace(item, kind="decide", options=options, reason=doubt)]
        return [msgspec.structs.replace(item, options={TAKE: added, KEEP: ()}, default=TAKE)]

    def operations(self, row: ReturnedRow, key: str = "") -> tuple[AddRecord, ...]:
        """What adds a row as a record; nothing where it cannot be one."""
        if self._problems(row):
            return ()
        values: dict[str, object] = {}
        for spec in compared_fields(row.table):
            reading = self._reader.read(row, spec, None)
            if reading is not None and reading.shown.strip():
                values[spec.name] = reading.value
        return (AddRecord(row.table, key or row.id or f"{row.sheet}/{row.number}", values),)

    def _problems(self, row: ReturnedRow) -> list[str]:
        found = []
        for spec in compared_fields(row.table):
            reading = self._reader.read(row, spec, None)
            if reading is None:
                if spec.required:
                    found.append(tr("the column “{title}” is missing", title=spec.title))
                continue
            problem = self._compare.problem_of(spec, reading)
            if problem:
                found.append(tr("{cell}, {field}: {problem}", cell=reading.place,
                                field=spec.title, problem=problem))  # fmt: skip
        return found

    def _words(self, row: ReturnedRow) -> str:
        """What the row says, on one line for each field."""
        lines = []
        for spec in compared_fields(row.table):
            reading = self._reader.read(row, spec, None)
            if reading is not None and reading.shown.strip():
                lines.append(tr("{field}: {value}", field=spec.title, value=reading.shown))
        return "\n".join(lines)

    def _doubt(self, row: ReturnedRow, name: str) -> str:
        """Why it may be wrong to add a row; "" where nothing speaks against it."""
        from rapidfuzz import fuzz  # noqa: PLC0415 - only workbooks with new rows need it

        if row.id and _looks_issued(row.id):
            return tr("The id {id} looks like one of the export, which has no such record.",
                      id=row.id)  # fmt: skip
        if TABLE_SPECS[row.table].title_field not in {"name", "title", "label"} or not name:
            return ""
        folded = fold(name)
        for record_id in self._tables.table(row.table):
            known = name_of(self._tables, row.table, record_id)
            if fuzz.ratio(folded, fold(known)) >= _ALIKE:
                return tr("“{name}” is there already; it may be the same.", name=known)
        return ""


def _looks_issued(text: str) -> bool:
    """Whether an id has the form of those that exports count: letters, then four digits."""
    return text[:1].isupper() and len(text) > 4 and text[-4:].isdigit()
