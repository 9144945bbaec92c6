"""What a workbook that came back would do: exported state, workbook and project compared.

A value that was not edited in the workbook stays as the project has it now. One that was edited
is taken where the project has not changed it since. Where both have, or where it is not clear
what is meant, somebody has to decide. Nothing that stands in the workbook is passed over.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import msgspec

from model.fields import TABLE_SPECS
from model.naming import name_of
from model.refusals import Refusal
from model.returning.added import Additions
from model.returning.compared import Comparison
from model.returning.exported import RETURNING_TABLES, runs_of
from model.returning.items import ADD, KEEP, KINDS, TAKE, RemoveRecord, ReturnItem
from model.returning.names import Ids, Names
from model.returning.reading import RowReader
from model.returning.spelling import settled
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from model.records import ExportRun
    from model.returning.book import ReturnedBook, ReturnedRow
    from model.returning.items import Kind
    from model.tables import Tables


class ReturnPlan(msgspec.Struct, frozen=True):
    """The whole comparison.

    Attributes:
        name: file name of the workbook.
        audience: for whom the export was made.
        items: everything that differs or cannot be placed, the most important first.
        rows: how many rows were read.
        same: how many of them are as they were exported.
        run_id: the export in the project's log.
    """

    name: str
    audience: str
    items: tuple[ReturnItem, ...]
    rows: int
    same: int
    run_id: str

    def of(self, kind: str) -> tuple[ReturnItem, ...]:
        """The items of a kind."""
        return tuple(item for item in self.items if item.kind == kind)

    @property
    def is_empty(self) -> bool:
        """Whether the workbook brings nothing back."""
        return not self.items

    @property
    def undecided(self) -> tuple[ReturnItem, ...]:
        """What somebody has to decide."""
        return tuple(item for item in self.items if item.options and not item.default)


def find_run(tables: Tables, book: ReturnedBook) -> ExportRun:
    """The export that a workbook comes from.

    Raises:
        Refusal: this project knows of no such export.
    """
    runs = runs_of(tables, book.mark)
    if not runs:
        message = tr(
            "{name}: this project has no note of the export that it comes from "
            "({mark}). Open the project that it was exported from, or import it as new records.",
            name=book.name,
            mark=book.mark,
        )
        raise Refusal("export", message)
    return runs[-1]


def plan_return(tables: Tables, book: ReturnedBook) -> ReturnPlan:
    """Compare a workbook with what was exported and with the project as it is now.

    Args:
        tables: the project, which is only read.
        book: the workbook, from `exporters.readers.returned`.

    Raises:
        Refusal: the project knows of no such export.
    """
    run = find_run(tables, book)
    return _Planner(tables, settled(book, run) if book.is_text else book, run).plan()


class _Planner:
    def __init__(self, tables: Tables, book: ReturnedBook, run: ExportRun) -> None:
        self._tables = tables
        self._book = book
        self._run = run
        self._ids = Ids(run)
        self._names = Names(tables, self._ids, book)
        self._reader = RowReader(run.mark, self._names)
        new = {row.id for row in book.rows if row.id and self._ids.record_of(row.id) is None}
        self._compare = Comparison(tables, run, self._ids, self._reader, new)
        self._additions = Additions(tables, self._compare, self._reader)
        self._items: list[ReturnItem] = []
        self._same = 0

    def plan(self) -> ReturnPlan:
        by_id: dict[tuple[str, str], list[ReturnedRow]] = defaultdict(list)
        for row in self._book.rows:
            by_id[row.table, row.id].append(row)
        for (table, exported), rows in by_id.items():
            if not exported:
                for row in rows:
                    self._items += self._additions.item(row)
            elif len(rows) > 1:
                self._items.append(self._repeated(table, exported, rows))
            else:
                self._items += self._row(rows[0])
        self._items += self._missing({exported for _table, exported in by_id})
        for number, one in enumerate(self._book.remarks):
            self._items.append(
                ReturnItem(key=f"remark/{number}", kind="remark", sheet=one.sheet,
                           place=one.place, reason=one.text)
            )  # fmt: skip
        order = {kind: at for at, kind in enumerate(KINDS)}
        items = tuple(sorted(self._items, key=lambda item: order[item.kind]))
        rows_read = len(self._book.rows)
        return ReturnPlan(
            self._book.name, self._run.audience, items, rows_read, self._same, self._run.id
        )

    def _row(self, row: ReturnedRow) -> list[ReturnItem]:
        place = self._ids.record_of(row.id)
        if place is None or place[0] != row.table:
            return self._additions.item(row)
        record = self._tables.get(*place)
        if record is None:
            return self._gone(row)
        items = list(self._compare.items(row, record))
        self._same += not items
        return items

    def _gone(self, row: ReturnedRow) -> list[ReturnItem]:
        """A record that the project has removed since: said only if the workbook changed it."""
        if not self._compare.is_edited(row):
            self._same += 1
            return []
        reason = tr("The project has removed this record since the export; it was changed in "
                    "what came back.")  # fmt: skip
        added = self._additions.operations(row)
        options = {KEEP: (), ADD: added} if added else {KEEP: ()}
        return [
            ReturnItem(key=f"{row.id}/gone", kind="decide", table=row.table, name=_title(row),
                       sheet=row.sheet, place=row.id_place, reason=reason, options=options)
        ]  # fmt: skip

    def _repeated(self, table: str, exported: str, rows: Sequence[ReturnedRow]) -> ReturnItem:
        """The same id in several rows: one of them is the record, or none is taken."""
        place = self._ids.record_of(exported)
        record = self._tables.get(*place) if place is not None else None
        options: dict[str, tuple[object, ...]] = {KEEP: ()}
        for row in rows:
            taken = self._compare.operations(row, record) if record is not None else ()
            others = [self._additions.operations(one, f"{one.sheet}/{one.number}")
                      for one in rows if one is not row]  # fmt: skip
            options[f"row {row.number}"] = taken
            if record is not None and all(others):
                new = tuple(one for some in others for one in some)
                options[f"row {row.number}+new"] = (*taken, *new)
        numbers = ", ".join(str(row.number) for row in rows)
        reason = tr("The id {id} stands in the rows {rows}. Which of them is the record?",
                    id=exported, rows=numbers)  # fmt: skip
        name = name_of(self._tables, *place) if place is not None else _title(rows[0])
        return ReturnItem(
            key=f"{exported}/rows", kind="decide", table=table, name=name, sheet=rows[0].sheet,
            record_id=place[1] if place else "", place=rows[1].id_place, reason=reason,
            options=options,  # type: ignore[arg-type]  # operations of all three kinds
        )  # fmt: skip

    def _missing(self, present: set[str]) -> Iterator[ReturnItem]:
        """Records whose rows are not there any more; a missing sheet is a remark already."""
        sheets = self._book.sheets
        for table in RETURNING_TABLES:
            for exported in self._ids.of_table(table) if table in sheets else ():
                place = self._ids.record_of(exported)
                record = self._tables.get(*place) if place is not None else None
                if record is None or exported in present:
                    continue
                reason = tr("Its row ({id}) is not in the sheet any more.", id=exported)
                if self._compare.has_changed(exported, record):
                    reason += " " + tr("The project has changed the record since the export.")
                options = {KEEP: (), TAKE: (RemoveRecord(table, record.id),)}
                yield ReturnItem(
                    key=f"{exported}/missing", kind="removed", table=table, record_id=record.id,
                    name=name_of(self._tables, table, record.id), sheet=sheets[table],
                    reason=reason, options=options, default=KEEP,
                )  # fmt: skip


def _title(row: ReturnedRow) -> str:
    """What the row itself calls its record."""
    cell = row.cells.get(TABLE_SPECS[row.table].title_field, {}).get("value")
    return cell.text if cell is not None and cell.text else TABLE_SPECS[row.table].singular


def summary_words(plan: ReturnPlan) -> str:
    """The plan in one sentence."""
    counts = Counter(item.kind for item in plan.items)
    if not counts:
        return plural(
            "{count} row read; nothing was changed in it.",
            "{count} rows read; nothing was changed in them.",
            plan.rows,
        )
    words: tuple[tuple[Kind, str, str], ...] = (
        ("changed", "{count} value changed", "{count} values changed"),
        ("added", "{count} record added", "{count} records added"),
        ("removed", "{count} row missing", "{count} rows missing"),
        ("decide", "{count} to decide", "{count} to decide"),
        ("refused", "{count} cannot be taken", "{count} cannot be taken"),
        ("remark", "{count} remark", "{count} remarks"),
    )
    shown = [plural(one, many, counts[kind]) for kind, one, many in words if counts[kind]]
    return ", ".join(shown) + "."
