"""Rows of a source sorted into tables: which record each row becomes, under which id."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from model.codes import TRACKS
from model.fields import TABLE_SPECS
from model.importing import columns as names
from model.importing.report import LineKind, ReportLine
from model.records import PROJECT_ID
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.fields import FieldSpec
    from model.identifiers import IdSource
    from model.importing.source import Source, SourceRow, SourceTable

Key = tuple[str, str, str]
"""Source, table and id there: what an external reference says."""

_KINDS_OF_PHASE_ROWS: Final = {"phase": "phases", "milestone": "milestones"}
_PLACED_TABLES: Final = ("actors", "notes")
"""What a placement can be of; it has the id of the thing that it places."""


class Notes:
    """Collects report lines; the same thing about many rows of a file becomes one line."""

    def __init__(self) -> None:
        """Start with nothing to report."""
        self._rows: dict[tuple[LineKind, str, str, str, str], list[int]] = defaultdict(list)

    def add(
        self, kind: LineKind, file: str, row: int, reason: str, *, column: str = "", value: str = ""
    ) -> None:
        """Note something about one row; row 0 means the whole file."""
        rows = self._rows[kind, file, column, value, reason]
        if row and row not in rows[-1:]:
            rows.append(row)

    def of(self, kind: LineKind) -> tuple[ReportLine, ...]:
        """The lines of one kind, in the order in which they came up."""
        return tuple(
            ReportLine(
                kind=found, file=file, rows=tuple(rows), column=column, value=value, reason=reason
            )
            for (found, file, column, value, reason), rows in self._rows.items()
            if found == kind
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One row that becomes one record.

    Attributes:
        table: the table of the record.
        key: where it comes from.
        record_id: the record's id in the project, new or known.
        file, number: place in the source.
        cells: text by column header; blanks are left out.
        fields: the field that each column stands for.
        uses_labels: whether labels of codes stand for the codes.
    """

    table: str
    key: Key
    record_id: str
    file: str
    number: int
    cells: Mapping[str, str]
    fields: Mapping[str, FieldSpec] = field(repr=False)
    uses_labels: bool = False

    def column_of(self, field_name: str) -> str:
        """The header of the column that stands for a field; the field's name where none does."""
        found = (column for column, spec in self.fields.items() if spec.name == field_name)
        return next(found, field_name)


class Sorter:
    """Sorts the rows of all sources and knows under which id each one will be found."""

    def __init__(self, known: Mapping[Key, str], new_id: IdSource, notes: Notes) -> None:
        """Take the ids that the project knows from earlier imports, and a supply of new ones.

        Afterwards `ids` knows every record, `row_counts` how much each file held, and `unread`
        (source, table) where a whole file was refused, so that its ids are not missed as well.
        """
        self.ids: dict[Key, str] = dict(known)
        self.row_counts: dict[str, int] = {}
        self.unread: set[tuple[str, str]] = set()
        self._new_id = new_id
        self._notes = notes
        self._seen: dict[Key, str] = {}

    def sort(self, sources: Iterable[Source]) -> list[Row]:
        """All rows of all sources, tables in the order of their files."""
        rows: list[Row] = []
        for source in sources:
            for note in source.notes:
                self._notes.add(note.kind, note.place, note.number, note.reason, value=note.value)
            for name in source.skipped:
                self._notes.add("warning", name, 0, tr("this is not a table and was not read"))
            for table in source.tables:
                rows += self._rows(source.name, table)
        return rows

    def id_of(self, key: Key) -> str:
        """The record id for a place in a source: the known one, or a new one from now on."""
        if key not in self.ids:
            self.ids[key] = self._new_id()
        return self.ids[key]

    def _rows(self, source: str, table: SourceTable) -> list[Row]:
        record_table = names.table_for(table.name)
        if not record_table or record_table in names.UNREAD_TABLES:
            self._note_unread(table, record_table)
            return []
        if not self._header_is_good(table, record_table):
            self.unread.add((source, record_table))
            return []
        rows = []
        filled = 0
        for row in table.rows:
            if row.is_empty:
                reason = tr("the row is empty and was passed over")
                self._notes.add("warning", table.place, row.number, reason)
                continue
            filled += 1
            found = self._row(source, table, record_table, row)
            if found is not None:
                rows.append(found)
        self.row_counts[table.place] = filled
        return rows

    def _note_unread(self, table: SourceTable, record_table: str) -> None:
        if record_table:
            reason = tr("this table belongs to one project only and was not read")
            self._notes.add("warning", table.place, 0, reason)
        elif table.is_optional:
            reason = tr("this sheet is not a table of a project and was not read")
            self._notes.add("warning", table.place, 0, reason)
        else:
            meant = ", ".join(names.similar_tables(table.name) or ("actors", "linkages"))
            reason = tr(
                "no table of a project is called “{name}”; rename the file (for instance to "
                "{meant}) or take it out",
                name=table.name,
                meant=meant,
            )
            self._notes.add("refused", table.place, 0, reason)

    def _header_is_good(self, table: SourceTable, record_table: str) -> bool:
        headers = [column.strip() for column in table.columns]
        good = True
        for index, header in enumerate(headers):
            reason = self._column_problem(table, record_table, headers, index)
            if reason:
                shown = header or str(index + 1)
                self._notes.add("refused", table.place, 1, reason, column=shown)
                good = False
        if not any(_field_name(record_table, header) == "id" for header in headers):
            reason = tr("there is no column “id”; give every row an id of its own")
            self._notes.add("refused", table.place, 1, reason)
            good = False
        return good

    def _column_problem(
        self, table: SourceTable, record_table: str, headers: list[str], index: int
    ) -> str:
        header = headers[index]
        is_used = any(row.cells[index].strip() for row in table.rows)
        if not header:
            return tr("the column has values but no name") if is_used else ""
        if header in headers[:index]:
            return tr("the column stands twice")
        if header == names.MARK_COLUMN or header in names.SPECIAL_COLUMNS.get(record_table, ()):
            return ""
        name = _field_name(record_table, header)
        if not name:
            return self._unknown_column(table, record_table, header, is_used)
        same = [one for one in headers[:index] if one and _field_name(record_table, one) == name]
        return tr("it means the same as the column “{name}”", name=same[0]) if same else ""

    def _unknown_column(
        self, table: SourceTable, record_table: str, header: str, is_used: bool
    ) -> str:
        """An empty column does no harm; what stands in one that is not known would be lost."""
        if not is_used:
            reason = tr("the column is not known, and it is empty")
            self._notes.add("warning", table.place, 1, reason, column=header)
            return ""
        similar = names.similar_columns(record_table, header)
        if similar:
            return tr("the column is not known; did you mean {names}?", names=", ".join(similar))
        return tr("the column is not known; rename it or take it out")

    def _row(
        self, source: str, table: SourceTable, record_table: str, row: SourceRow
    ) -> Row | None:
        cells = {
            header.strip(): cell
            for header, cell in zip(table.columns, row.cells, strict=True)
            if cell.strip() and header.strip() != names.MARK_COLUMN
        }
        place = (table.place, row.number)
        kind = self._table_of_row(record_table, cells, place)
        if not kind:
            return None
        fields = _fields(kind, cells)
        ext_id = next((cells[one].strip() for one, spec in fields.items() if spec.name == "id"), "")
        if not ext_id:
            self._notes.add("refused", *place, tr("the row has no id"), column="id")
            return None
        if not self._cells_belong(kind, cells, fields, place):
            return None
        key = (source, kind, ext_id)
        if not self._is_first(key, record_table, place):
            return None
        record_id = self._record_id(key, place)
        if not record_id:
            return None
        return Row(kind, key, record_id, *place, cells, fields, table.uses_labels)

    def _table_of_row(self, table: str, cells: dict[str, str], place: tuple[str, int]) -> str:
        stated = cells.get(names.KIND_COLUMN, "").strip() if table == "phases" else ""
        if not stated:
            return table
        kind = _KINDS_OF_PHASE_ROWS.get(stated, "")
        if not kind:
            reason = tr("the type is not one of phase, milestone")
            self._notes.add("refused", *place, reason, column=names.KIND_COLUMN, value=stated)
        return kind

    def _cells_belong(
        self,
        kind: str,
        cells: dict[str, str],
        fields: Mapping[str, FieldSpec],
        place: tuple[str, int],
    ) -> bool:
        special = names.SPECIAL_COLUMNS.get(kind, set()) | {names.KIND_COLUMN}
        foreign = [column for column in cells if column not in fields and column not in special]
        for column in foreign:
            reason = tr(
                "this has no meaning in the table {table}; leave it empty",
                table=TABLE_SPECS[kind].title,
            )
            self._notes.add("refused", *place, reason, column=column, value=cells[column])
        return not foreign

    def _is_first(self, key: Key, file_table: str, place: tuple[str, int]) -> bool:
        """Whether the id stands for the first time; phases and milestones share one list."""
        shared = (key[0], file_table, key[2])
        if shared in self._seen:
            reason = tr(
                "the id stands twice; it was used before in {place}", place=self._seen[shared]
            )
            self._notes.add("refused", *place, reason, column="id", value=key[2])
            return False
        self._seen[shared] = tr("{file}, row {number}", file=place[0], number=place[1])
        return True

    def _record_id(self, key: Key, place: tuple[str, int]) -> str:
        _, table, ext_id = key
        if table == "project":
            return PROJECT_ID
        if table == "tracks":
            if ext_id in TRACKS:
                return ext_id
            reason = tr("the code is not one of {codes}", codes=", ".join(TRACKS.codes))
            self._notes.add("refused", *place, reason, column="id", value=ext_id)
            return ""
        if table == "placements":
            return self._placed_id(key, place)
        return self.id_of(key)

    def _placed_id(self, key: Key, place: tuple[str, int]) -> str:
        """A placement has the id of the card or note that it places, which must come before it."""
        source, _, ext_id = key
        for table in _PLACED_TABLES:
            if (source, table, ext_id) in self._seen:
                return self.ids[source, table, ext_id]
        reason = tr("there is no actor or note with this id")
        self._notes.add("refused", *place, reason, column="id", value=ext_id)
        return ""


def _field_name(table: str, column: str) -> str:
    spec = names.field_for(table, column)
    return spec.name if spec is not None else ""


def _fields(table: str, columns: Iterable[str]) -> dict[str, FieldSpec]:
    special = names.SPECIAL_COLUMNS.get(table, set())
    found = {one: names.field_for(table, one) for one in columns if one not in special}
    return {column: spec for column, spec in found.items() if spec is not None}
