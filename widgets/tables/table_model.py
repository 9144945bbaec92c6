"""A table of records as Qt reads it: one row per record, one column per field of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from model.asof import basis_mark
from model.cell_text import cell_text, sort_key
from model.commands.records import set_fields
from model.fields import FIELDS, TABLE_SPECS, FieldSpec
from resources.text import tr
from widgets.common.dragged import records_data
from widgets.common.icons import icon
from widgets.common.theme import theme_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QIcon

    from model.cell_text import SortKey
    from model.document import Commit
    from model.patch import Patch, RecordChange
    from model.records import Record
    from widgets.common.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
RECORD_ID = int(_ROLE.UserRole)
"""Role under which every cell gives the id of its record."""
_MANY = 50
"""Above so many changed records the whole table is read again."""
NOT_EDITED_HERE = frozenset({"structure"})


def columns(table: str) -> tuple[FieldSpec, ...]:
    """The fields that a table shows: what names a record first, its random id never."""
    title = TABLE_SPECS[table].title_field
    shown = [s for s in FIELDS[table].values() if s.in_sheets and s.name != "id"]
    return tuple(sorted(shown, key=lambda spec: spec.name != title))


class RecordTableModel(QAbstractTableModel):
    """The records of one table; edits go through the same commands as everywhere."""

    def __init__(self, workspace: Workspace, table: str, parent: QObject | None = None) -> None:
        """Show a table of the workspace's document and follow it."""
        super().__init__(parent)
        self.workspace = workspace
        self.table = table
        self.specs = columns(table)
        self._ids = list(workspace.document.table(table))
        self._places = {record_id: row for row, record_id in enumerate(self._ids)}
        self._haystacks: dict[str, str] = {}
        self._naming: dict[str, dict[str, set[str]]] = {}
        self._targets = {spec.target for spec in self.specs if spec.target}
        workspace.committed.connect(self.follow)
        workspace.style_changed.connect(self._restyle)

    # Reading

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of records."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        """Number of fields."""
        return 0 if parent is not None and parent.isValid() else len(self.specs)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Text, tip, name for screen readers, icon of a mark, or id."""
        record = self.record(index)
        if record is None:
            return None
        spec, first = self.specs[index.column()], index.column() == 0
        if role in {_ROLE.DisplayRole, _ROLE.EditRole}:
            return cell_text(self.workspace.document, record, spec).replace("\n", " ")
        if role == _ROLE.DecorationRole:
            return self._mark_icon() if first and basis_mark(record) else None
        if role == _ROLE.TextAlignmentRole and spec.kind in {"money", "number", "integer"}:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == RECORD_ID:
            return record.id
        if role == _ROLE.AccessibleTextRole:
            return self._spoken(record, spec, first=first)
        return self._tip(record, spec, first=first) if role == _ROLE.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Labels and help of the fields; rows have no header."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.specs):
            return None
        spec = self.specs[section]
        if role in {_ROLE.DisplayRole, _ROLE.AccessibleTextRole}:
            return spec.title
        return (spec.hint or None) if role == _ROLE.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All cells can be selected; what can be typed or chosen can be edited."""
        found = super().flags(index)
        if index.isValid():
            found |= Qt.ItemFlag.ItemIsDragEnabled
        may_edit = index.isValid() and not self.workspace.is_protected
        if may_edit and self.editable(self.specs[index.column()]):
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The records of the rows that are dragged."""
        rows = sorted({index.row() for index in indexes})
        return records_data(self.table, [self._ids[row] for row in rows])

    def record(self, index: Index) -> Record | None:
        """The record of a row."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        return self.workspace.document.get(self.table, self._ids[index.row()])

    def value(self, index: Index) -> object:
        """The value of a cell as the record holds it; Qt would turn tuples into lists."""
        record = self.record(index)
        return None if record is None else getattr(record, self.specs[index.column()].name)

    def row_of(self, record_id: str) -> int:
        """The row of a record, -1 when it is not there."""
        return self._places.get(record_id, -1)

    def sort_key(self, index: Index) -> SortKey:
        """What a cell sorts by."""
        record = self.record(index)
        if record is None:
            return 1, 0.0, ""
        return sort_key(self.workspace.document, record, self.specs[index.column()])

    def haystack(self, row: int) -> str:
        """All texts of a row as typed, for filtering; kept until the record changes."""
        record_id = self._ids[row]
        found = self._haystacks.get(record_id)
        if found is None:
            record = self.workspace.document.table(self.table)[record_id]
            texts = (cell_text(self.workspace.document, record, spec) for spec in self.specs)
            found = "\n".join(text for text in texts if text)
            self._haystacks[record_id] = found
        return found

    @staticmethod
    def editable(spec: FieldSpec) -> bool:
        """Whether a field can be edited in its cell."""
        return spec.kind not in NOT_EDITED_HERE and spec.target != "*"

    # Writing

    def setData(self, index: Index, value: object, role: int = _ROLE.EditRole) -> bool:
        """Give a field a value through the command; a refusal leaves no trace."""
        record = self.record(index)
        if role != _ROLE.EditRole or record is None:
            return False
        spec = self.specs[index.column()]
        if not self.editable(spec):
            return False
        if getattr(record, spec.name) == value:
            return True
        before = self.workspace.document.revision
        self.workspace.attempt(
            lambda: set_fields(self.workspace.document, self.table, [record.id], {spec.name: value})
        )
        return self.workspace.document.revision != before

    # Following

    def follow(self, commit: Commit) -> None:
        """Add, take away and refresh only the rows that a commit touches."""
        touched = commit.patch.tables
        if not self._targets.isdisjoint(touched) or "*" in self._targets:
            self._haystacks.clear()
        changes = [change for change in commit.patch.changes if change.table == self.table]
        for change in changes:
            self._haystacks.pop(change.id, None)
            self._follow_names(change)
        if len(changes) > _MANY:
            self._read_again()
            return
        for change in changes:
            if change.after is None:
                self._take_away(change.id)
            elif change.before is not None:
                self._refresh(self._places[change.id])
        added = [change.id for change in changes if change.before is None]
        if added:
            self._add(added)
        self._refresh_names(commit.patch)

    def _read_again(self) -> None:
        self.beginResetModel()
        self._ids = list(self.workspace.document.table(self.table))
        self._places = {record_id: row for row, record_id in enumerate(self._ids)}
        self.endResetModel()

    def _add(self, record_ids: list[str]) -> None:
        first = len(self._ids)
        self.beginInsertRows(QModelIndex(), first, first + len(record_ids) - 1)
        self._ids += record_ids
        for row, record_id in enumerate(record_ids, first):
            self._places[record_id] = row
        self.endInsertRows()

    def _take_away(self, record_id: str) -> None:
        row = self._places[record_id]
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._ids[row]
        self._places = {one: at for at, one in enumerate(self._ids)}
        self.endRemoveRows()

    def _refresh(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(self.specs) - 1))

    def _refresh_names(self, patch: Patch) -> None:
        """Names of records of other tables may have changed; only cells that show one are told."""
        if not self._ids:
            return
        last = len(self._ids) - 1
        for column, spec in enumerate(self.specs):
            if spec.target == "*" and patch.tables - {self.table}:
                self.dataChanged.emit(self.index(0, column), self.index(last, column))
            elif spec.target in patch.tables:
                for row in self._rows_naming(spec, patch.ids(spec.target)):
                    self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def _rows_naming(self, spec: FieldSpec, ids: frozenset[str]) -> list[int]:
        """The rows whose field refers to one of the records."""
        if spec.name not in self._naming:
            self._naming[spec.name] = {}
            for record in self.workspace.document.table(self.table).values():
                self._name(spec.name, record)
        naming = self._naming[spec.name]
        return sorted({self._places[i] for one in ids for i in naming.get(one, ())})

    def _name(self, field: str, record: Record) -> None:
        """Note whom a record refers to in a field."""
        for one in _referred(record, field):
            self._naming[field].setdefault(one, set()).add(record.id)

    def _follow_names(self, change: RecordChange) -> None:
        """Keep up who is referred to in the fields that were asked about."""
        for field, naming in self._naming.items():
            for one in () if change.before is None else _referred(change.before, field):
                naming[one].discard(change.id)
            if change.after is not None:
                self._name(field, change.after)

    def _restyle(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [_ROLE.DecorationRole])

    # Marks

    def _mark_icon(self) -> QIcon:
        """The icon of a mark, legible in selected rows too."""
        colours = theme_colours(self.workspace.style.medium)
        return icon("doubtful", colours.muted, colours.on_accent)

    def _spoken(self, record: Record, spec: FieldSpec, *, first: bool) -> str:
        text = cell_text(self.workspace.document, record, spec) or tr("empty")
        spoken = f"{spec.title}: {text}"
        mark = basis_mark(record)
        return f"{spoken} ({tr(mark)})" if first and mark else spoken

    def _tip(self, record: Record, spec: FieldSpec, *, first: bool) -> str | None:
        text = cell_text(self.workspace.document, record, spec)
        mark = basis_mark(record)
        return f"{text} ({tr(mark)})" if first and mark else text or None


def _referred(record: Record, field: str) -> tuple[str, ...]:
    """The ids of the records that a field refers to."""
    value = getattr(record, field)
    return (value,) if isinstance(value, str) else tuple(value)
