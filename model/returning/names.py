"""Which record a name in a workbook means, and which exported id is which record here."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from model.fields import FIELDS, TABLE_SPECS
from model.naming import name_of
from model.records import PROJECT_ID, Answer, Claim
from model.redaction.labels import without_guarded_fields
from model.returning.values import NAME_SEPARATOR, plain
from model.search import fold

if TYPE_CHECKING:
    from model.fields import FieldSpec
    from model.records import ExportRun, Record
    from model.returning.book import ReturnedBook
    from model.tables import Tables


class Ids:
    """Exported ids and the records that they stand for."""

    def __init__(self, run: ExportRun) -> None:
        """Take the map that the project kept of the export."""
        self._here: dict[str, tuple[str, str]] = {}
        for exported, place in run.ids.items():
            table, _, record_id = place.partition("/")
            self._here[exported] = (table, record_id)
        self._there = {place: exported for exported, place in self._here.items()}
        self.audience = run.audience

    def record_of(self, exported: str) -> tuple[str, str] | None:
        """Table and id of the record that an exported id stands for."""
        return self._here.get(exported)

    def exported(self, table: str, record_id: str) -> str:
        """The exported id of a record; "" for one that was not in the export."""
        return PROJECT_ID if table == "project" else self._there.get((table, record_id), "")

    def of_table(self, table: str) -> list[str]:
        """The exported ids of a table."""
        return [exported for exported, place in self._here.items() if place[0] == table]

    def shown_now(self, table: str, record: Record, spec: FieldSpec) -> object:
        """What the export would hold for a field if it were made now, in exported ids."""
        value = getattr(without_guarded_fields(table, record, self.audience), spec.name)
        if spec.target and value:
            target = spec.target_in(record)
            if isinstance(value, tuple):
                return tuple(new for one in value if (new := self.exported(target, one)))
            return self.exported(target, value)
        if isinstance(record, Answer) and spec.name == "item_id":
            return self.exported("checklist_items", value) or value
        if isinstance(record, Claim) and spec.name == "value":
            aim = FIELDS.get(record.target_table, {}).get(record.field)
            if aim is not None and aim.target and aim.target != "*":
                return self.exported(aim.target, value) or value
        return value

    def hidden_ids(self, record: Record, spec: FieldSpec) -> tuple[str, ...]:
        """Ids in a reference that the export did not show."""
        value = getattr(record, spec.name)
        if not spec.target or not value:
            return ()
        target = spec.target_in(record)
        ids = value if isinstance(value, tuple) else (value,)
        return tuple(one for one in ids if not self.exported(target, one))

    def is_hidden(self, table: str, record: Record, spec: FieldSpec) -> bool:
        """Whether a field holds something that the export did not show."""
        shown = getattr(without_guarded_fields(table, record, self.audience), spec.name)
        return shown != getattr(record, spec.name) or bool(self.hidden_ids(record, spec))


class Names:
    """Finds records by what the workbook or the project calls them; gives exported ids."""

    def __init__(self, tables: Tables, ids: Ids, book: ReturnedBook) -> None:
        """Learn the names of all records of the export, and of rows that are new."""
        self._found: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._titles: dict[tuple[str, str], str] = {}
        for row in book.rows:
            if not row.id:
                continue
            for name in (TABLE_SPECS[row.table].title_field, "short_name"):
                cell = row.cells.get(name, {}).get("value")
                if cell is not None and cell.text.strip():
                    self._add(row.table, cell.text, row.id)
                    self._titles.setdefault((row.table, row.id), plain(cell.text))
            here = ids.record_of(row.id)
            if here is not None and tables.get(*here) is not None:
                self._add(row.table, name_of(tables, *here), row.id)

    def _add(self, table: str, name: str, exported: str) -> None:
        self._found[table, fold(plain(name))].add(exported)

    def are(self, table: str, ids: tuple[str, ...], text: str) -> bool:
        """Whether a text is how the workbook itself now calls these records."""
        titles = [self._titles.get((table, one), "?") for one in ids]
        return bool(ids) and plain(NAME_SEPARATOR.join(titles)) == text

    def find(self, table: str, text: str) -> tuple[tuple[str, ...], str]:
        """The exported ids that names in a cell mean; and the first name that is not clear."""
        whole = self._found.get((table, fold(text)), set())
        if len(whole) == 1:
            return tuple(whole), ""
        found: list[str] = []
        for name in text.split(NAME_SEPARATOR.strip()):
            if not name.strip():
                continue
            one = self._found.get((table, fold(plain(name))), set())
            if len(one) != 1:
                return tuple(sorted(one)), name.strip()
            found += one
        return tuple(found), ""
