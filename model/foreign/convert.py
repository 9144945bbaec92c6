"""From a foreign file and a match to a source that the plan of an import understands."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal

from model.codes import CODE_LISTS
from model.fields import FIELDS, TABLE_SPECS
from model.foreign import words
from model.foreign.dates import is_nothing, read_date
from model.foreign.matching import IN_NOTES, split
from model.foreign.names import tidy
from model.importing.source import Source, SourceNote, SourceRow, SourceTable
from model.importing.values import SEPARATOR
from model.returning.values import default_of
from model.search import fold
from resources.text import plural, tr

if TYPE_CHECKING:
    from model.fields import FieldSpec
    from model.foreign.matching import ColumnMatch, Match, TableMatch
    from model.foreign.table import ForeignFile, ForeignTable
    from model.tables import Tables

NoteKind = Literal["guessed", "warning"]

_SHOWN: Final = 20
_NAME_FIELDS: Final = ("name", "label", "title")


def convert(file: ForeignFile, match: Match, tables: Tables) -> Source:
    """The source that a file becomes.

    Args:
        file: what was read.
        match: what becomes of its tables and columns.
        tables: the project, whose actors may be named in the file.
    """
    return _Converter(file, match, tables).convert()


class _Converter:
    def __init__(self, file: ForeignFile, match: Match, tables: Tables) -> None:
        self._file = file
        self._match = match
        self._notes: list[SourceNote] = []
        self._ids = _Ids(tables)
        self._missing: dict[str, list[str]] = defaultdict(list)
        self._nameless: dict[str, int] = defaultdict(int)
        targets = [one.table for one in match.tables]
        self._shared = {one for one in targets if targets.count(one) > 1}

    def convert(self) -> Source:
        for remark in self._file.remarks:
            place, _, said = remark.partition(": ")
            self._note(place if said else self._file.name, (said or remark).rstrip("."))
        pairs = [(table, match) for table, match in zip(self._file.tables, self._match.tables,
                                                        strict=True)]  # fmt: skip
        for table, match in pairs:
            if match.table:
                self._learn(table, match)
            else:
                self._note(table.place, tr("this table was left out"))
        made = [self._table(table, match) for table, match in pairs if match.table]
        for (_table, name), rows in list(self._ids.repeated.items())[:_SHOWN]:
            reason = plural("the name “{name}” stands in {count} more row, which becomes a record "
                            "of its own", "the name “{name}” stands in {count} more rows, which "
                            "become records of their own", len(rows), name=name)  # fmt: skip
            self._note(self._file.name, reason)
        for place, count in self._nameless.items():
            reason = plural(
                "{count} row has no name and is called by its id",
                "{count} rows have no name and are called by their ids",
                count,
            )
            self._note(place, reason)
        if self._missing:
            made.insert(0, self._named_actors())
        return Source(self._file.name, tuple(made), notes=tuple(self._notes))

    def _learn(self, table: ForeignTable, match: TableMatch) -> None:
        """Know the rows by their ids and names, so that others can refer to them."""
        id_column = match.column_for("id")
        name_column = next((one for name in _NAME_FIELDS if (one := match.column_for(name))), None)
        for row in table.rows:
            own = _cell(table, row, id_column)
            name = tidy(_cell(table, row, name_column)) or _id_as_name(table, own)
            kept = self._match.merged.get(name, name) if match.table == "actors" else name
            self._ids.learn(match.table, own or self._row_id(table, match, row), own, name, kept)

    def _row_id(self, table: ForeignTable, match: TableMatch, row: SourceRow) -> str:
        """What a row without an id is called; one of several tables says of which it is."""
        said = f"row {row.number}"
        return f"{table.name} {said}" if match.table in self._shared else said

    def _table(self, table: ForeignTable, match: TableMatch) -> SourceTable:
        used = [one for one in match.columns if one.field and one.field != IN_NOTES]
        fields = list(dict.fromkeys(["id", *(one.field for one in used)]))
        extras = [one for one in match.columns if one.field == IN_NOTES]
        coded = [one for one in used if one.codes or FIELDS[match.table][one.field].codes]
        if (extras or coded) and "notes" not in fields:
            fields.append("notes")
        if self._match.tlp and "tlp" not in fields:
            fields.append("tlp")
        rows = []
        for row in table.rows:
            values = self._row(table, match, row, extras)
            if values is not None:
                rows.append(SourceRow(row.number, tuple(values.get(one, "") for one in fields)))
        self._tell(table, match)
        return SourceTable(match.table, table.place, tuple(fields), tuple(rows))

    def _row(
        self, table: ForeignTable, match: TableMatch, row: SourceRow, extras: list[ColumnMatch]
    ) -> dict[str, str] | None:
        own = _cell(table, row, match.column_for("id")) or self._row_id(table, match, row)
        if self._ids.is_merged(match.table, own):
            return None
        values = {"id": own}
        notes: list[str] = []
        for column in match.columns:
            text = _cell(table, row, column)
            if column.field in {"", "id", IN_NOTES} or not text:
                continue
            spec = FIELDS[match.table][column.field]
            value, left = self._value(spec, column, text, match.table)
            values[column.field] = value
            if left:
                notes.append(f"{column.column}: {left}")
        if match.table == "actors" and not values.get("name") and _id_as_name(table, own):
            values["name"] = own
            self._nameless[table.place] += 1
        notes += [f"{one.column}: {text}" for one in extras if (text := _cell(table, row, one))]
        if notes:
            values["notes"] = "\n".join(filter(None, [values.get("notes", ""), *notes]))
        if self._match.tlp:
            values.setdefault("tlp", self._match.tlp)
        return values

    def _value(
        self, spec: FieldSpec, column: ColumnMatch, text: str, table: str
    ) -> tuple[str, str]:
        """A cell as our own tables have it, and what of it only the notes can keep."""
        if spec.codes is not None:
            return self._codes(spec, column, text)
        if spec.target and spec.target != "*":
            return self._references(spec, column, text), ""
        if spec.name in _NAME_FIELDS:
            name = tidy(text)
            return (self._match.merged.get(name, name) if table == "actors" else name), ""
        return _plain_value(spec, column, text), ""

    def _codes(self, spec: FieldSpec, column: ColumnMatch, text: str) -> tuple[str, str]:
        codes = CODE_LISTS[spec.list_name]
        parts = split(text, column.separator)
        found = [
            column.codes.get(part) or (part if part in codes else words.code_of(codes, part))
            for part in parts
        ]
        left = SEPARATOR.join(part for part, code in zip(parts, found, strict=True) if not code)
        good = list(dict.fromkeys(code for code in found if code))
        if spec.kind == "codes":
            return SEPARATOR.join(good), left
        return (good[0] if good else str(default_of(spec.table, spec.name) or "")), left

    def _references(self, spec: FieldSpec, column: ColumnMatch, text: str) -> str:
        parts = split(text, column.separator) if spec.kind == "references" else [text.strip()]
        found = []
        for part in parts:
            name = tidy(part)
            known = self._ids.find(spec.target, self._match.merged.get(name, name), part)
            if not known and spec.target == "actors":
                known = self._ids.add_actor(name)
                self._missing[name].append(column.column)
            found.append(known or part)
        return SEPARATOR.join(dict.fromkeys(found))

    def _named_actors(self) -> SourceTable:
        """Actors that are only named in other tables."""
        self._note(
            self._file.name,
            plural(
                "{count} actor is only named as an end or a lead, and is added: {names}",
                "{count} actors are only named as ends or leads, and are added: {names}",
                len(self._missing),
                names=", ".join(list(self._missing)[:8]) + (" …" if len(self._missing) > 8 else ""),
            ),
            kind="guessed",
        )
        rows = []
        fields = ("id", "name", "tlp") if self._match.tlp else ("id", "name")
        for number, name in enumerate(self._missing, 1):
            own = self._ids.find("actors", name, name)
            rows.append(SourceRow(number, (own, name, self._match.tlp)[: len(fields)]))
        place = tr("{file}, actors named in it", file=self._file.name)
        return SourceTable("actors", place, fields, tuple(rows))

    def _tell(self, table: ForeignTable, match: TableMatch) -> None:
        """Say what became of the columns."""
        read = [f"{one.column} → {FIELDS[match.table][one.field].title}" for one in match.columns
                if one.field and one.field != IN_NOTES]  # fmt: skip
        if read:
            title = TABLE_SPECS[match.table].title
            self._note(table.place, tr("rows become {table}: {columns}", table=title.lower(),
                                       columns=", ".join(read)), kind="guessed")  # fmt: skip
        kept = [one.column for one in match.columns if one.field == IN_NOTES]
        if kept:
            self._note(table.place, tr("kept in the notes: {columns}", columns=", ".join(kept)),
                       kind="guessed")  # fmt: skip
        left = [one.column for one in match.columns if not one.field and table.cells(one.column)]
        if left:
            self._note(table.place, tr("left out: {columns}", columns=", ".join(left)))
        for one in match.columns:
            if one.reason and table.cells(one.column):
                self._note(table.place, one.reason.rstrip("."), kind="guessed", column=one.column)
        merged = [f"{other} → {kept}" for other, kept in self._match.merged.items()]
        if merged and match.table == "actors":
            self._note(table.place, tr("joined under one name: {names}", names="; ".join(merged)),
                       kind="guessed")  # fmt: skip

    def _note(self, place: str, reason: str, kind: NoteKind = "warning", column: str = "") -> None:
        self._notes.append(SourceNote(kind, place, 0, reason, column))


class _Ids:
    """Ids of the rows of a file and of the project's actors, by what they are called."""

    def __init__(self, tables: Tables) -> None:
        self._own: dict[tuple[str, str], str] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._merged: set[tuple[str, str]] = set()
        self.repeated: dict[tuple[str, str], list[str]] = {}
        self._project = {
            fold(tidy(name)): actor.id
            for actor in tables.actors.values()
            for name in (actor.name, actor.short_name, *actor.other_names)
            if name
        }

    def learn(self, table: str, row_id: str, own: str, name: str, kept: str) -> None:
        """Know a row; one whose name is merged into another stands for that one's row."""
        key = (table, fold(kept))
        first = self._names.get(key)
        if name != kept and first is not None:
            self._merged.add((table, row_id))
            if own:
                self._own[table, own] = first
            return
        if name and first is not None:
            self.repeated.setdefault((table, name), []).append(row_id)
        if own:
            self._own[table, own] = row_id
        if name:
            self._names.setdefault(key, row_id)

    def is_merged(self, table: str, row_id: str) -> bool:
        """Whether a row is joined with an earlier one."""
        return (table, row_id) in self._merged

    def find(self, table: str, name: str, own: str) -> str:
        """The id that an id or a name of the file means; "" for none."""
        found = self._own.get((table, own)) or self._names.get((table, fold(name)), "")
        return found or (self._project.get(fold(name), "") if table == "actors" else "")

    def add_actor(self, name: str) -> str:
        """The id of an actor that is only named."""
        own = f"name {name}"[:64]
        self._names["actors", fold(name)] = own
        return own


def _id_as_name(table: ForeignTable, own: str) -> str:
    """What a node without a label is called; rows of other tables need a name."""
    return own if table.role == "nodes" else ""


def _cell(table: ForeignTable, row: SourceRow, column: ColumnMatch | None) -> str:
    if column is None:
        return ""
    return row.cells[table.columns.index(column.column)].strip()


def _plain_value(spec: FieldSpec, column: ColumnMatch, text: str) -> str:
    """A date, amount, country or text as our own tables have it; what is none stays as it is."""
    match spec.kind:
        case "date":
            found = "" if is_nothing(text) else read_date(text, column.order, swap=column.swap)
            return found or ("" if is_nothing(text) else text)
        case "country":
            return words.country_of(text) or text
        case "money":
            amount = words.amount_of(text)
            return text if amount is None else f"{amount:f}"
        case "texts":
            return SEPARATOR.join(tidy(one) for one in split(text, column.separator))
        case _:
            return text
