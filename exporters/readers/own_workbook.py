"""Workbooks that this program wrote: the sheet ``_columns`` says which column is which field.

Their cells hold labels instead of codes, and references stand twice: names for people, ids that
decide when the workbook comes back.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from exporters.readers.limits import UnreadableSource
from model.fields import FIELDS
from model.importing.source import SourceRow, SourceTable
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GUIDE_SHEET: Final = "_columns"
MARK_ENTRY: Final = "mark"
"""What stands in the guide's column of tables where the row tells the mark of the export."""
_GUIDE_WIDTH: Final = 5
_READ_PARTS: Final = frozenset({"id", "value", "ids"})
"""Names and codes repeat what stands beside them."""
_PIECE_WIDTH: Final = 6


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column of our own workbook holds: a table's field, and which part of it."""

    table: str
    field: str
    part: str


Guide = dict[str, dict[str, Meaning]]
"""Meanings by sheet and column title."""
LongTexts = dict[tuple[str, str, str], str]
"""Texts too long for a cell, by sheet, id and column title."""


def read_guide(rows: Sequence[Sequence[str]]) -> Guide:
    """The guide to all columns, from the texts of the guide sheet (its header is row one)."""
    guide: Guide = {}
    for row in rows[1:]:
        if len(row) >= _GUIDE_WIDTH and row[0] and row[2] in FIELDS:
            sheet, column, table, field, part = row[:_GUIDE_WIDTH]
            guide.setdefault(sheet, {})[column] = Meaning(table, field, part)
    return guide


def mark_in(rows: Sequence[Sequence[str]]) -> str:
    """The mark of the export that the guide sheet ends with; "" where there is none."""
    marks = (row[3] for row in rows[1:] if len(row) >= _GUIDE_WIDTH and row[2] == MARK_ENTRY)
    return next(marks, "").strip()


def read_long_texts(sheets: Mapping[str, Sequence[Sequence[str]]], guide: Guide) -> LongTexts:
    """Texts that stand in pieces on a sheet of their own: key, sheet, id, column, part, text."""
    found: LongTexts = {}
    for title, rows in sheets.items():
        if title in guide or title == GUIDE_SHEET:
            continue
        for row in rows[1:]:
            if len(row) == _PIECE_WIDTH and row[1] in guide and row[3] in guide[row[1]]:
                key = (row[1], row[2], row[3])
                found[key] = found.get(key, "") + row[5]
    return found


def own_table(
    title: str,
    place: str,
    rows: Sequence[Sequence[str]],
    guide: Guide,
    long_texts: LongTexts,
    mark: str = "",
) -> SourceTable:
    """One sheet as a table whose columns are called like their fields.

    Columns that someone has added keep their titles, so that they are not lost unnoticed.

    Raises:
        UnreadableSource: a row names a record without giving its id.
    """
    meanings = guide[title]
    header = rows[0]
    kept = [at for at, one in enumerate(header) if _is_read(meanings.get(one))]
    id_at = next((at for at, one in enumerate(header) if _part(meanings, one) == "id"), -1)
    body = []
    for number, row in enumerate(rows[1:], 2):
        _check_names(place, number, header, row, meanings)
        record_id = row[id_at] if id_at >= 0 else ""
        cells = (long_texts.get((title, record_id, header[at]), row[at]) for at in kept)
        body.append(SourceRow(number, tuple(cells)))
    columns = tuple(_field(meanings, header[at]) for at in kept)
    table = next(iter(meanings.values())).table
    return SourceTable(
        table, place, columns, tuple(body), is_optional=True, uses_labels=True, mark=mark
    )


def _is_read(meaning: Meaning | None) -> bool:
    return meaning is None or meaning.part in _READ_PARTS


def _part(meanings: Mapping[str, Meaning], column: str) -> str:
    return meanings[column].part if column in meanings else ""


def _field(meanings: Mapping[str, Meaning], column: str) -> str:
    return meanings[column].field if column in meanings else column


def _check_names(
    place: str,
    number: int,
    header: Sequence[str],
    row: Sequence[str],
    meanings: Mapping[str, Meaning],
) -> None:
    """Refuse a reference that has only a name: dropping it would go unnoticed."""
    filled = {
        (_field(meanings, column), _part(meanings, column)): column
        for column, cell in zip(header, row, strict=True)
        if cell.strip()
    }
    for (field, part), column in filled.items():
        if part == "names" and (field, "ids") not in filled:
            id_column = next(
                title for title, one in meanings.items() if (one.field, one.part) == (field, "ids")
            )
            reason = tr(
                "row {row}, column {column} has a name but no id; put the id of the record into "
                "the column “{id_column}”",
                row=number,
                column=column,
                id_column=id_column,
            )
            raise UnreadableSource(place, reason)
