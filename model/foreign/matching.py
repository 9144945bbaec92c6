"""Which table foreign rows become, and which field each column: proposed, with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from model.codes import CODE_LISTS
from model.fields import FIELDS, TABLE_SPECS
from model.foreign import words
from model.foreign.dates import Order, judge
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.fields import FieldSpec
    from model.foreign.table import ForeignFile, ForeignTable

IN_NOTES: Final = "+notes"
"""Stands for a column that has no field and is kept in the notes of its record."""
SEPARATORS: Final = (";", "|", "\n", ",")
_HALF: Final = 0.5
_MOST: Final = 0.9
_MANY: Final = frozenset({"codes", "references", "texts"})
_NUMBERS: Final = frozenset("0123456789.,-+ %")


class ColumnMatch(msgspec.Struct, frozen=True):
    """What becomes of a column.

    Attributes:
        column: its header.
        field: a field; `IN_NOTES`; or "" to leave it out.
        separator: between several values in a cell; "" where each holds one.
        order: which part of a date is the day; "" where that is clear or not said.
        swap: read dates that do not fit the order the other way round.
        codes: what each value means, for fields with codes; missing ones count as not known.
        reason: the evidence, as a sentence.
    """

    column: str
    field: str = ""
    separator: str = ""
    order: Order = ""
    swap: bool = False
    codes: dict[str, str] = {}
    reason: str = ""


class TableMatch(msgspec.Struct, frozen=True):
    """What becomes of a table.

    Attributes:
        place: which table of the file.
        table: the project's table; "" to leave it out.
        columns: all of its columns.
        reason: why it is thought so.
    """

    place: str
    table: str
    columns: tuple[ColumnMatch, ...]
    reason: str = ""

    def column_for(self, field: str) -> ColumnMatch | None:
        """The column that a field comes from."""
        return next((one for one in self.columns if one.field == field), None)


class Match(msgspec.Struct, frozen=True):
    """How a file is read.

    Attributes:
        tables: each table of the file.
        tlp: label of all records; "" for what the columns or the project say.
        merged: names of actors that are the same as another: name to the one that stays.
    """

    tables: tuple[TableMatch, ...]
    tlp: str = ""
    merged: dict[str, str] = {}


class Question(msgspec.Struct, frozen=True):
    """Something that the file does not say and nobody may guess.

    Attributes:
        place: table and column.
        text: the question with its evidence, as sentences.
        options: how to answer on the command line.
        column: the column that is asked about; "" for the whole table.
    """

    place: str
    text: str
    options: str
    column: str = ""


def propose(file: ForeignFile) -> Match:
    """The likeliest reading of a file."""
    is_hidden = all(table.is_hidden for table in file.tables)
    return Match(
        tuple(
            TableMatch(table.place, "", _columns(table, "actors"), tr("The sheet is hidden."))
            if table.is_hidden and not is_hidden
            else propose_table(table)
            for table in file.tables
        )
    )


def propose_table(table: ForeignTable, target: str = "") -> TableMatch:
    """The likeliest reading of a table, as a given one of the project's or as the best fitting."""
    if target:
        columns = _columns(table, target)
        return TableMatch(table.place, target, columns, tr("Chosen."))
    by_role = {"nodes": "actors", "edges": "linkages"}.get(table.role, "")
    named = (
        by_role
        or words.table_of_name(table.name)
        or words.table_of_name(table.place.partition(".")[0])
    )
    if named and _is_complete(table, named, columns := _columns(table, named)):
        return TableMatch(table.place, named, columns, tr("Its name says so."))
    fits = []
    for one in words.TARGETS:
        columns = _columns(table, one)
        if _is_complete(table, one, columns):
            found = sum(bool(column.field) and column.field != IN_NOTES for column in columns)
            fits.append((found + _ends(columns), -words.TARGETS.index(one), one, columns))
    if not fits:
        return TableMatch(table.place, "", _columns(table, named or "actors"))
    _count, _rank, best, columns = max(fits, key=lambda fit: fit[:2])
    return TableMatch(table.place, best, columns, tr("Its columns fit best."))


def _ends(columns: Sequence[ColumnMatch]) -> int:
    """Two columns of ends say more than any number of others."""
    return 10 if {"from_id", "to_id"} <= {column.field for column in columns} else 0


def _is_complete(table: ForeignTable, target: str, columns: Sequence[ColumnMatch]) -> bool:
    """Whether most rows have what a record of the target needs."""
    fields = {column.field: column.column for column in columns}
    if target == "funding":
        return bool(fields.keys() & {"donor_id", "recipient_id"}) and "amount" in fields
    required = [spec.name for spec in FIELDS[target].values() if spec.required]
    return all(
        name in fields and len(table.cells(fields[name])) >= _HALF * len(table.rows)
        for name in required
    )


def missing_fields(match: TableMatch) -> list[FieldSpec]:
    """The fields that a record needs and no column gives."""
    if not match.table:
        return []
    fields = {column.field for column in match.columns}
    return [spec for spec in FIELDS[match.table].values()
            if spec.required and spec.name not in fields]  # fmt: skip


def _columns(table: ForeignTable, target: str) -> tuple[ColumnMatch, ...]:
    found: list[ColumnMatch] = []
    taken: dict[str, int] = {}
    for column in table.columns:
        match = match_column(table, target, column, words.field_of_header(target, column))
        if match.field in taken and match.field not in {"", IN_NOTES}:
            exact = words.squeezed(column) == words.squeezed(match.field)
            if exact:
                at = taken[match.field]
                found[at] = _left(table, found[at].column)
                taken[match.field] = len(found)
            else:
                match = _left(table, column)
        elif match.field not in {"", IN_NOTES}:
            taken[match.field] = len(found)
        found.append(match)
    found = [_once(table, one, found) for one in found]
    if target == "actors" and "name" not in taken and "id" in taken:
        at = taken["id"]  # what there is of names in a graph without labels
        found[at] = ColumnMatch(found[at].column, "name", reason=tr("There is no other name."))
    return tuple(found)


def _once(
    table: ForeignTable, match: ColumnMatch, all_matches: Sequence[ColumnMatch]
) -> ColumnMatch:
    """A column for the notes that only repeats one with a field is left out."""
    if match.field != IN_NOTES:
        return match
    at = table.columns.index(match.column)
    for other in all_matches:
        if other.field in {"", IN_NOTES}:
            continue
        there = table.columns.index(other.column)
        in_words = match.column.lower() == f"{other.column.lower()}_label"
        if in_words or all(row.cells[at] in {"", row.cells[there]} for row in table.rows):
            reason = tr("It repeats the column “{column}”.", column=other.column)
            return ColumnMatch(match.column, reason=reason)
    return match


def match_column(table: ForeignTable, target: str, column: str, field: str) -> ColumnMatch:
    """How a column becomes a field, judged by its values; one that does not fit is left over."""
    cells = table.cells(column)
    spec = FIELDS[target].get(field)
    if spec is None or not cells:
        return ColumnMatch(column) if not cells else _left(table, column)
    texts = [text for _number, text in cells]
    distinct = list(dict.fromkeys(texts))
    if spec.kind == "date" and (dates := judge(cells)).is_date:
        return ColumnMatch(column, field, order=dates.order, reason=dates.evidence)
    if spec.name == "id":
        if len(distinct) < len(table.rows):
            return _left(table, column, tr("The values repeat, so they are no ids."))
        return ColumnMatch(column, field)
    if spec.codes is not None:
        return _coded(table, column, spec, distinct)
    if not _fits(spec, texts):
        return _left(table, column)
    separator = _separator(texts, spec) if spec.kind in _MANY else ""
    return ColumnMatch(column, field, separator=separator)


def _fits(spec: FieldSpec, texts: Sequence[str]) -> bool:
    """Whether most values can be ones of a field."""
    if spec.kind in {"number", "integer", "truth", "structure", "date"}:
        return False
    fit = {
        "country": lambda text: bool(words.country_of(text)),
        "money": lambda text: words.amount_of(text) is not None,
        "currency": lambda text: len(text) == 3 and text.isalpha(),
    }.get(spec.kind)
    return fit is None or sum(map(fit, texts)) >= _MOST * len(texts)


def _coded(table: ForeignTable, column: str, spec: FieldSpec, distinct: list[str]) -> ColumnMatch:
    separator = _separator(distinct, spec) if spec.kind == "codes" else ""
    values = list(dict.fromkeys(part for text in distinct for part in split(text, separator)))
    codes = CODE_LISTS[spec.list_name]
    meant = {value: code for value in values if (code := words.code_of(codes, value))}
    if not meant or (spec.name != "kind" and len(meant) < _HALF * len(values)):
        return _left(table, column, tr("Its values are none of the codes of “{field}”.",
                                       field=spec.title))  # fmt: skip
    unknown = len(values) - len(meant)
    reason = ""
    if unknown:
        reason = plural(
            "{count} value has no code and is kept in the notes.",
            "{count} values have no code and are kept in the notes.",
            unknown,
        )
    return ColumnMatch(column, spec.name, separator=separator, codes=meant, reason=reason)


def _left(table: ForeignTable, column: str, reason: str = "") -> ColumnMatch:
    """A column without a field: words go into the notes, figures and ids are left out."""
    texts = [text for _number, text in table.cells(column)]
    figures = sum(set(text) <= _NUMBERS for text in texts)
    if figures > _HALF * len(texts):
        return ColumnMatch(column, reason=reason)
    return ColumnMatch(column, IN_NOTES, reason=reason)


def _separator(texts: Sequence[str], spec: FieldSpec) -> str:
    """What separates the values of a cell; a comma only between codes and ids, names have them."""
    for sign in SEPARATORS[:-1]:
        if any(sign in text for text in texts):
            return sign
    with_comma = [text for text in texts if "," in text]
    if not with_comma or spec.kind == "texts":
        return ""
    if spec.kind == "references":
        short = all(len(part.split()) <= 3 for text in with_comma for part in split(text, ","))
        return "," if short else ""
    codes = CODE_LISTS[spec.list_name]
    parts = [part for text in with_comma for part in split(text, ",")]
    return (
        "," if sum(bool(words.code_of(codes, part)) for part in parts) > _HALF * len(parts) else ""
    )


def split(text: str, separator: str) -> list[str]:
    """The values in a cell."""
    if not separator:
        return [text.strip()] if text.strip() else []
    return [part.strip() for part in text.split(separator) if part.strip()]


def questions(file: ForeignFile, match: Match) -> list[Question]:
    """What has to be answered before the file can be read."""
    found: list[Question] = []
    if all(not one.table for one in match.tables):
        for one in match.tables:
            options = f"--table {TARGETS_SHOWN}"
            text = tr("It is not clear what its rows are; its columns are {columns}.",
                      columns=", ".join(column.column for column in one.columns)[:300])  # fmt: skip
            found.append(Question(one.place, text, options))
    for table, one in zip(file.tables, match.tables, strict=True):
        for spec in missing_fields(one):
            text = tr("No column gives “{field}”, which {table} need.", field=spec.title,
                      table=TABLE_SPECS[one.table].title.lower())  # fmt: skip
            found.append(Question(one.place, text, f'--column "HEADER={spec.name}"'))
        found += _date_questions(table, one)
    return found


TARGETS_SHOWN: Final = "|".join(words.TARGETS)


def _date_questions(table: ForeignTable, match: TableMatch) -> list[Question]:
    found = []
    for column in match.columns:
        spec = FIELDS.get(match.table, {}).get(column.field)
        if spec is None or spec.kind != "date" or column.order:
            continue
        dates = judge(table.cells(column.column))
        if dates.is_asked:
            place = tr("{table}, column {column}", table=match.place, column=column.column)
            options = "--dates dmy|mdy" + (" --swap-dates" if dates.is_mixed else "")
            found.append(Question(place, dates.evidence, options, column.column))
    return found


def with_date_order(file: ForeignFile, match: Match, order: Order, *, swap: bool) -> Match:
    """The match with an order for every date column whose own values do not prove another."""
    tables = []
    for table, one in zip(file.tables, match.tables, strict=True):
        columns = []
        for column in one.columns:
            spec = FIELDS.get(one.table, {}).get(column.field)
            if spec is not None and spec.kind == "date":
                dates = judge(table.cells(column.column))
                if dates.is_asked or not column.order:
                    column = msgspec.structs.replace(column, order=order, swap=swap)  # noqa: PLW2901
            columns.append(column)
        tables.append(msgspec.structs.replace(one, columns=tuple(columns)))
    return msgspec.structs.replace(match, tables=tuple(tables))


def with_table(file: ForeignFile, match: Match, at: int, target: str) -> Match:
    """The match with a table read as another one of the project's; "" leaves it out."""
    tables = list(match.tables)
    if target:
        tables[at] = propose_table(file.tables[at], target)
    else:
        tables[at] = msgspec.structs.replace(tables[at], table="")
    return msgspec.structs.replace(match, tables=tuple(tables))


def with_column(file: ForeignFile, match: Match, at: int, column: str, field: str) -> Match:
    """The match with a column given to another field; the column that had it is left over.

    A field that the column's values do not fit is taken all the same: the user has said so.
    """
    one, table = match.tables[at], file.tables[at]
    columns = []
    for known in one.columns:
        if known.column == column:
            changed = _forced(table, one.table, column, field)
        elif field not in {"", IN_NOTES} and known.field == field:
            changed = _left(table, known.column)
        else:
            changed = known
        columns.append(changed)
    tables = list(match.tables)
    tables[at] = msgspec.structs.replace(one, columns=tuple(columns))
    return msgspec.structs.replace(match, tables=tuple(tables))


def _forced(table: ForeignTable, target: str, column: str, field: str) -> ColumnMatch:
    if field in {"", IN_NOTES}:
        return ColumnMatch(column, field)
    match = match_column(table, target, column, field)
    return match if match.field == field else ColumnMatch(column, field)
