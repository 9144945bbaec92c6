"""A block of cells from a spreadsheet becomes fields of records: all of it as one step, or none."""

from __future__ import annotations

from collections import defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING

import msgspec

from model.cell_text import cell_text
from model.commands.records import new_record
from model.donoharm.gates import refuse_new_through_gate, refuse_through_gate
from model.fields import FIELDS, TABLE_SPECS
from model.importing.values import Unreadable, read_value, split
from model.integrity import APPEND_ONLY
from model.refusals import Refusal
from model.returning.values import default_of
from model.search import fold
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from model.code_list import CodeList
    from model.document import Document
    from model.fields import FieldSpec
    from model.records import Record
    from model.tables import Tables

MOST_ROWS = 5_000
_GROUPING = str.maketrans("", "", "\u202f\u00a0")
"""Spaces between the thousands, as tables show amounts."""
Values = dict[str, object]


class Pasted(msgspec.Struct, frozen=True):
    """What has become of a block.

    Attributes:
        ids: the records that it changed or added.
        added: how many of them are new.
        cells: how many cells have another value now.
    """

    ids: tuple[str, ...]
    added: int
    cells: int


def paste_cells(
    document: Document,
    table: str,
    ids: Sequence[str],
    fields: Sequence[FieldSpec],
    block: Sequence[Sequence[str]],
) -> Pasted:
    """Write a block of texts into fields of records, from the first of both on.

    Rows beyond the last record become new records where the table can have them; one single text
    goes into all the records.

    Args:
        document: what is changed.
        table, ids: the records from the first row on; all that are meant by one single text.
        fields: the columns from the first on, as they are shown.
        block: rows of texts; an empty one empties its field.

    Raises:
        Refusal: naming row and column of what cannot be read; nothing is changed then.
        GateRefusal: open red flags stand in the way of a status; nothing is changed then.
    """
    rows = [_trimmed(row) for row in block]
    if len(rows) > MOST_ROWS:
        raise Refusal("paste", tr("Paste at most {count} rows at once.", count=MOST_ROWS))
    if len(rows) == 1 and len(rows[0]) == 1:
        rows *= max(len(ids), 1)
    widest = max(map(len, rows), default=0)
    if widest > len(fields):
        text = tr(
            "What lies on the clipboard has {wide} columns; from here on the table has {count}. "
            "Begin further to the left.",
            wide=widest,
            count=len(fields),
        )
        raise Refusal("paste", text)
    known = [document.get(table, one) for one in ids[: len(rows)]]
    names = _Names(document)
    read = [
        _values(document, names, number, row, fields, record)
        for number, (row, record) in enumerate(zip(rows, _padded(known, len(rows)), strict=True), 1)
    ]
    if len(rows) > len(known):
        _refuse_new_rows(table, read[len(known) :], len(known))
    return _commit(document, table, ids, read)


def _commit(document: Document, table: str, ids: Sequence[str], read: Sequence[Values]) -> Pasted:
    changed = {one: values for one, values in zip(ids, read, strict=False) if values}
    fresh = [new_record(document, table, **values) for values in read[len(ids) :]]
    for record_id, values in changed.items():
        refuse_through_gate(document, table, [record_id], values)
    refuse_new_through_gate(document, table, fresh)
    cells = sum(map(len, read))
    with document.edit(plural("Paste {count} cell", "Paste {count} cells", cells)) as edit:
        for record_id, values in changed.items():
            edit.change(table, record_id, **values)
        for record in fresh:
            edit.put(table, record)
    return Pasted((*changed, *(one.id for one in fresh)), len(fresh), cells)


def _trimmed(row: Sequence[str]) -> list[str]:
    """Without empty cells at the end; spreadsheets copy them along."""
    cells = list(row)
    while len(cells) > 1 and not cells[-1].strip():
        del cells[-1]
    return cells


def _padded(records: Iterable[Record | None], count: int) -> list[Record | None]:
    found = list(records)
    return found + [None] * (count - len(found))


def _refuse_new_rows(table: str, rows: Sequence[Mapping[str, object]], known: int) -> None:
    """New records need a table that can have them, and a name."""
    binding = [s for s in FIELDS[table].values() if s.required and s.kind == "reference"]
    if table in APPEND_ONLY or binding:
        text = plural(
            "There is only {count} row from here on, and none can be added by pasting.",
            "There are only {count} rows from here on, and none can be added by pasting.",
            known,
        )
        raise Refusal("paste", text)
    title = TABLE_SPECS[table].title_field
    for number, values in enumerate(rows, known + 1):
        if title and not values.get(title):
            text = tr(
                "Row {row} would be a new record without “{column}”: begin in that column.",
                row=number,
                column=FIELDS[table][title].title,
            )
            raise Refusal("paste", text)


def _values(
    tables: Tables,
    names: _Names,
    number: int,
    row: Sequence[str],
    fields: Sequence[FieldSpec],
    record: Record | None,
) -> Values:
    """What a row changes."""
    found: Values = {}
    for spec, text in zip(fields, row, strict=False):
        now = "" if record is None else cell_text(tables, record, spec)
        if " ".join(text.split()) == " ".join(now.split()):
            continue
        try:
            found[spec.name] = _read(names, spec, text)
        except Unreadable as problem:
            raise Refusal(
                "paste",
                tr(
                    "Row {row}, “{column}”: {problem}. Nothing was pasted.",
                    row=number,
                    column=spec.title,
                    problem=str(problem),
                ),
            ) from None
    return found


def _read(names: _Names, spec: FieldSpec, text: str) -> object:
    if spec.kind == "structure" or spec.target == "*":
        raise Unreadable(tr("this field is not written in tables"))
    if not text.strip():
        return _empty(spec)
    if spec.target:
        return names.read(spec, text)
    if spec.kind in {"money", "number", "integer"}:
        text = text.translate(_GROUPING)
    try:
        return read_value(spec, text, by_label=True)
    except Unreadable:
        if spec.codes is None:
            raise
        raise Unreadable(_none_of(spec.codes, text)) from None


def _none_of(codes: CodeList, text: str) -> str:
    """What is wrong with a label, in words of the table and not by codes."""
    labels = [codes.label(code) for code in codes.codes]
    near = get_close_matches(text.strip(), labels, n=1)
    if near:
        return tr("“{text}” is none of the values of this column; did you mean “{near}”?",
                  text=text.strip(), near=near[0])  # fmt: skip
    return tr("“{text}” is none of the values of this column", text=text.strip())


def _empty(spec: FieldSpec) -> object:
    default = default_of(spec.table, spec.name)
    if default is msgspec.NODEFAULT:
        raise Unreadable(tr("it cannot be empty"))
    return default


class _Names:
    """Finds records by what people call them; the names of a table are read once."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._known: dict[str, dict[str, set[str]]] = {}

    def read(self, spec: FieldSpec, text: str) -> object:
        """The records that the names in a cell mean."""
        if spec.kind != "references":
            return self._one(spec.target, text)
        names = (text,) if len(self._matching(spec.target, text)) == 1 else split(text)
        return tuple(dict.fromkeys(self._one(spec.target, name) for name in names))

    def _one(self, table: str, name: str) -> str:
        found = self._matching(table, name)
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Unreadable(tr("several records are called “{name}”", name=name.strip()))
        raise Unreadable(tr("no record is called “{name}”", name=name.strip()))

    def _matching(self, table: str, name: str) -> set[str]:
        if table not in self._known:
            known: dict[str, set[str]] = defaultdict(set)
            for one in self._tables.table(table):
                known[_plain(self._tables.name_of(table, one))].add(one)
                if table == "actors":
                    known[_plain(self._tables.actors[one].short_name)].add(one)
            self._known[table] = known
        return self._known[table].get(_plain(name), set())


def _plain(name: str) -> str:
    return fold(" ".join(name.split()))
