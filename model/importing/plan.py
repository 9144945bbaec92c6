"""The plan of an import: a report and one patch, applied as one undo step or not at all.

Nothing is written while planning, and a plan with a single refusal cannot be applied: a case
that is half there misleads more than one that is missing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from model.codes import CHECKLIST_SCOPES
from model.donoharm.items import every_item
from model.editing import Edit
from model.importing.building import Builder, differing_fields, merged_project
from model.importing.report import FileCount, ImportReport
from model.importing.rows import Notes, Sorter
from model.integrity import check_record
from model.patch import Patch
from model.records import PROJECT_ID, TABLES, Actor, ExternalRef, Record
from model.refusals import Refusal
from model.returning.exported import is_return
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from model.document import Document
    from model.importing.rows import Key, Row
    from model.importing.source import Source
    from model.tables import Tables


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do.

    Attributes:
        patch: all changes; empty where something is refused.
        report: what was read, refused, guessed and found to be there already.
    """

    patch: Patch
    report: ImportReport

    def apply(self, document: Document) -> None:
        """Do it, as one undo step.

        Raises:
            Refusal: when anything was refused; the first place is named.
        """
        refusal = self.report.refusal()
        if refusal is not None:
            raise refusal
        if self.patch.changes:
            document.apply(self.patch, "import")


def plan_import(
    document: Document, sources: Sequence[Source], same: Mapping[Key, str] | None = None
) -> ImportPlan:
    """Plan to add the rows of the sources to a document.

    Args:
        document: where they would go; it is only read.
        sources: the tables, from `exporters.readers`.
        same: actors of the sources that are actors of the project, by key and id
            (`model.importing.matching`); the project's are kept as they are.

    Raises:
        Refusal: a workbook was exported from this very project.
    """
    for source in sources:
        if any(is_return(document, table.mark) for table in source.tables):
            message = tr(
                "{name} was exported from this project, so importing it would add everything "
                "twice; bring it back instead (File, Bring a workbook or CSV folder back; "
                "crosstrack return).",
                name=source.name,
            )
            raise Refusal("return", message)
    return _Planner(document, sources, same or {}).plan()


class _Planner:
    def __init__(
        self, document: Document, sources: Sequence[Source], same: Mapping[Key, str]
    ) -> None:
        self._document = document
        self._sources = sources
        self._same = same
        self._notes = Notes()
        self._known = {**dict(_external_keys(document)), **same}
        self._sorter = Sorter(self._known, document.new_id, self._notes)
        self._staged = Edit(document)
        self._new: dict[str, Counter[str]] = defaultdict(Counter)
        self._there: Counter[str] = Counter()
        self._rows: list[tuple[Row, str, Record]] = []

    def plan(self) -> ImportPlan:
        rows = self._sorter.sort(self._sources)
        incoming = {(row.table, row.record_id) for row in rows}
        builder = Builder(
            self._sorter.ids,
            self._sorter.unread,
            lambda table, record_id: (
                (table, record_id) in incoming or self._document.get(table, record_id) is not None
            ),
            _item_scopes(rows, self._document),
            self._notes,
        )
        for row in rows:
            self._take(row, builder)
        self._check()
        self._name_the_project(rows)
        label = tr("Import {name}", name=", ".join(source.shown for source in self._sources))
        patch = Patch(label, ())
        if not self._notes.of("refused"):
            patch = self._staged.patch(label)
        return ImportPlan(patch, self._report())

    def _take(self, row: Row, builder: Builder) -> None:
        roles = builder.roles(row)
        built = builder.build(row)
        if built is None:
            return
        record, stated = built
        self._put(row, row.table, record, stated)
        if isinstance(record, Actor):
            for code in roles:
                key = (row.key[0], "roles", f"{row.key[2]}/{code}")
                role = builder.role(row, record, code, key, self._sorter.id_of(key))
                self._put(row, "roles", role, frozenset({"role"}))

    def _put(self, row: Row, table: str, record: Record, stated: frozenset[str]) -> None:
        known = self._document.get(table, record.id)
        if known is None:
            self._staged.put(table, record)
            self._rows.append((row, table, record))
            self._new[row.file][table] += 1
            return
        if table == "project":
            merged = merged_project(known, record, stated)
            self._staged.put(table, merged)
            self._rows.append((row, table, merged))
            known = merged
        self._there[row.file] += 1
        if table == "actors" and row.key in self._same:
            external = (*known.external, ExternalRef(*row.key))
            self._staged.put(table, msgspec.structs.replace(known, external=external))
        for name in differing_fields(known, record, stated):
            reason = tr("the project has another value, which is kept")
            column = row.column_of(name)
            value = row.cells.get(column, "")
            self._notes.add("differs", row.file, row.number, reason, column=column, value=value)

    def _check(self) -> None:
        """Hold every new record against the rules of the model, and name its row where it fails.

        A reference into nothing can here only be one to a row that was refused itself.
        """
        has_refused_rows = bool(self._notes.of("refused"))
        for row, table, record in self._rows:
            try:
                check_record(table, record, self._staged)
            except Refusal as refusal:
                if refusal.code == "reference" and has_refused_rows:
                    continue
                name = str(refusal.facts.get("field") or "")
                column = row.column_of(name) if name else ""
                value = row.cells.get(column, "")
                reason = refusal.message.rstrip(".")
                self._notes.add("refused", row.file, row.number, reason, column=column, value=value)

    def _name_the_project(self, rows: Sequence[Row]) -> None:
        project = self._document.project
        if project.title or not rows or any(row.table == "project" for row in rows):
            return
        name = self._sources[0].shown
        title = name.replace("_", " ").strip().capitalize()
        self._staged.change("project", PROJECT_ID, title=title)
        reason = tr("the project has no title yet and is called “{title}”", title=title)
        self._notes.add("guessed", name, 0, reason)

    def _report(self) -> ImportReport:
        return ImportReport(
            source=", ".join(source.shown for source in self._sources),
            read=tuple(
                FileCount(
                    file=file,
                    rows=rows,
                    records=dict(self._new[file]),
                    already_there=self._there[file],
                )
                for file, rows in self._sorter.row_counts.items()
            ),
            refused=self._notes.of("refused"),
            guessed=self._notes.of("guessed"),
            warnings=self._notes.of("warning"),
            differs=self._notes.of("differs"),
        )


def _external_keys(tables: Tables) -> Iterator[tuple[Key, str]]:
    for table in TABLES:
        for record in tables.table(table).values():
            for ref in record.external:
                yield (ref.source, ref.table, ref.id), record.id


def _item_scopes(rows: Sequence[Row], tables: Tables) -> dict[str, str]:
    """Scopes of all checklist items, those that are being imported included."""
    found = {item.id: item.scope for item in every_item(tables)}
    for row in rows:
        if row.table == "checklist_items":
            text = row.cells.get(row.column_of("scope"), "project")
            found[row.record_id] = CHECKLIST_SCOPES.code_of(text.strip()) or text.strip()
    return found
