"""What hangs on a record: the linkages of an actor, its roles, postings, activities, money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from model.asof import linkage_state
from model.codes import CODE_LISTS
from model.document import Document
from model.fields import REFERENCE_FIELDS, TABLE_SPECS
from model.naming import short_name
from model.records import Linkage, Role
from resources.text import plural, tr
from widgets.common.discarding import discard
from widgets.common.icons import icon
from widgets.common.rows import RowButton
from widgets.common.sections import Section
from widgets.common.symbols import symbol_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from model.records import Record
    from model.tables import Tables
    from widgets.common.workspace import Key, Workspace

SHOWN = 8
NOT_LISTED = frozenset(
    {"answers", "groups", "placements", "exports", "baselines", "mutes", "recipes"}
)
_STATES = {
    "planned": "planned",
    "ended": "ended",
    "doubtful": "status not known",
    "keep_apart": "keep apart",
    "wait": "wait",
}


class Line(msgspec.Struct, frozen=True):
    """One related record: where it is and how it is called here."""

    key: tuple[str, str]
    text: str


def related(tables: Tables, key: Key, as_of: date) -> dict[str, list[Line]]:
    """Related records by table, in the order of the tables; linkages with their state."""
    found: dict[str, list[Line]] = {}
    for table in TABLE_SPECS:
        if table in NOT_LISTED:
            continue
        lines = [
            Line((table, one.id), _text(tables, one, (table, key[1], as_of)))
            for one in _of(tables, table, key)
        ]
        if lines:
            found[table] = sorted(lines, key=lambda line: line.text.casefold())
    return found


def _of(tables: Tables, table: str, key: Key) -> Iterator[Record]:
    wanted_table, wanted_id = key
    if (wanted_table, table) == ("actors", "linkages") and isinstance(tables, Document):
        yield from (tables.linkages[i] for i in tables.links.of(wanted_id))
        return
    specs = [s for s in REFERENCE_FIELDS[table] if s.target in {wanted_table, "*"}]
    for record in tables.table(table).values() if specs else ():
        for spec in specs:
            value = getattr(record, spec.name)
            about = spec.target_in(record) if spec.target == "*" else wanted_table
            hit = wanted_id in value if isinstance(value, tuple) else value == wanted_id
            if hit and about == wanted_table:
                yield record
                break


def _text(tables: Tables, record: Record, at: tuple[str, str, date]) -> str:
    table, selected_id, as_of = at
    if isinstance(record, Linkage):
        other = record.to_id if record.from_id == selected_id else record.from_id
        kind = CODE_LISTS["linkage_kind"].label(record.kind)
        text = tr("{kind}: {actor}", kind=kind, actor=short_name(tables, other))
        state = linkage_state(record, as_of)
        return f"{text} · {tr(_STATES[state])}" if state in _STATES else text
    if isinstance(record, Role):
        return CODE_LISTS["third_party_role"].label(record.role)
    return tables.name_of(table, record.id)


class RelatedList(QWidget):
    """Rows to click, under a heading for each table.

    Signals:
        picked: (table, id) of the row that was pressed.
    """

    picked = Signal(str, str)

    def __init__(self, workspace: Workspace) -> None:
        """Begin empty."""
        super().__init__()
        self._workspace = workspace
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._open: dict[str, bool] = {}
        self._whole: set[str] = set()
        self._key: Key | None = None
        self._shown: dict[str, list[Line]] = {}

    def show_for(self, key: Key | None) -> None:
        """List what hangs on a record; nothing for None."""
        if key != self._key:
            self._whole.clear()
        self._key = key
        tables, as_of = self._workspace.document, self._workspace.as_of
        found = {} if key is None else related(tables, key, as_of)
        if found != self._shown:
            self._shown = found
            self._rebuild()

    def redraw(self) -> None:
        """Draw the rows again, in another theme."""
        self._rebuild()

    def rows(self) -> list[RowButton]:
        """The rows in order."""
        return self.findChildren(RowButton)

    def _rebuild(self) -> None:
        while self._layout.count():
            item = self._layout.takeAt(0)
            widget = None if item is None else item.widget()
            if widget is not None:
                discard(widget)
        for table, lines in self._shown.items():
            self._layout.addWidget(self._section(table, lines))

    def _section(self, table: str, lines: list[Line]) -> Section:
        title = f"{TABLE_SPECS[table].title} ({len(lines)})"
        section = Section(title, is_open=self._open.get(table, True))
        section.rows.setSpacing(0)
        section.toggled.connect(lambda is_open, table=table: self._open.update({table: is_open}))
        whole = table in self._whole
        for line in lines if whole else lines[:SHOWN]:
            section.rows.addWidget(self._row(line))
        rest = len(lines) - SHOWN
        if rest > 0 and not whole:
            more = QPushButton(plural("{count} more", "{count} more", rest))
            more.setObjectName("more")
            more.clicked.connect(lambda _=False, table=table: self._show_whole(table))
            section.rows.addWidget(more)
        return section

    def _show_whole(self, table: str) -> None:
        self._whole.add(table)
        self._rebuild()

    def _row(self, line: Line) -> RowButton:
        table, record_id = line.key
        record = self._workspace.document.get(table, record_id)
        name, colour = symbol_of(table, record, self._workspace.style)
        row = RowButton(line.text, icon(name, colour))
        row.clicked.connect(lambda _=False: self.picked.emit(table, record_id))
        return row
