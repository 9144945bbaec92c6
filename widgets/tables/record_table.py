"""One table of records: rows sorted, filtered and edited in place, selected with the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QDrag, QKeySequence, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from model.commands.actors import unused_name
from model.commands.linkages import connect
from model.commands.records import add_record
from model.fields import FIELDS, TABLE_SPECS
from model.integrity import APPEND_ONLY
from model.refusals import Refusal
from resources.text import plural, tr
from widgets.common.frozen_column import FrozenTable
from widgets.common.hands_on import HandsOn
from widgets.common.own_keys import OwnKeys
from widgets.common.private_clipboard import put_text_privately
from widgets.common.removing import remove
from widgets.common.sign_buttons import SignButtons
from widgets.common.theme import GRID, theme_colours
from widgets.tables.cell_editing import CellDelegate
from widgets.tables.cell_pasting import paste_into
from widgets.tables.row_filter import RowFilter
from widgets.tables.table_model import RECORD_ID, RecordTableModel

if TYPE_CHECKING:
    from model.records import Record
    from widgets.common.workspace import Workspace

_ROW_HEIGHT = 32
_WIDEST = 320
_NARROWEST = 72
_TWO = 2
_SAMPLE_ROWS = 60
"""How many rows are looked at to find a width for the columns."""


class RecordView(FrozenTable):
    """The rows, with the keys that people know from tables.

    Signals:
        copy_wanted, paste_wanted, rows_wanted, remove_wanted: asked for by key or menu.
    """

    copy_wanted = Signal()
    paste_wanted = Signal()
    rows_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self) -> None:
        """Keep the keys that the window has for the map, too."""
        super().__init__()
        OwnKeys(
            self,
            {
                "Return": self.rename_selection,
                "Enter": self.rename_selection,
                "F2": self.rename_selection,
                "Del": self.delete_selection,
                "Ctrl+A": self.select_all,
                "Ctrl+C": self.copy,
                "Ctrl+V": self.paste,
                "Ctrl+Shift+V": self.rows_wanted.emit,
            },
        )

    def rename_selection(self) -> None:
        """Edit the current cell if it can be edited."""
        if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())

    def delete_selection(self) -> None:
        """Remove the selected records."""
        self.remove_wanted.emit()

    def select_all(self) -> None:
        """Select the rows that are shown."""
        self.selectAll()

    def copy(self) -> None:
        """Copy the selected rows."""
        self.copy_wanted.emit()

    def paste(self) -> None:
        """Paste cells at the current one."""
        self.paste_wanted.emit()

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Carry a small sign with the name instead of whole rows: what lies below is seen."""
        indexes = self.selectedIndexes()
        if not indexes:
            return
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData(indexes))
        drag.setPixmap(self.drag_sign())
        drag.setHotSpot(QPoint(-GRID, -GRID))
        drag.exec(actions)

    def drag_sign(self) -> QPixmap:
        """The name of what is dragged, or how many."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        words = str(self.model().index(rows[0], 0).data() or "")
        if len(rows) > 1:
            words = plural("{count} record", "{count} records", len(rows))
        sign = QLabel(words)
        sign.setTextFormat(Qt.TextFormat.PlainText)
        sign.setMargin(GRID // 2)
        sign.adjustSize()
        return sign.grab()


class RecordTable(HandsOn):
    """A table with a field to filter it."""

    def __init__(self, workspace: Workspace, table: str) -> None:
        """Show a table of the workspace's document."""
        super().__init__()
        self.workspace = workspace
        self.table = table
        self.records = RecordTableModel(workspace, table, self)
        self.rows = RowFilter(self.records)
        self.view = RecordView()
        self._following = False
        self._rows_going = False
        # Before the view looks on: rows that go must not take the shared selection with them.
        self.rows.rowsAboutToBeRemoved.connect(lambda: self._tell_going(going=True))
        self.rows.rowsRemoved.connect(lambda: self._tell_going(going=False))
        self.filter = QLineEdit()
        self._count = QLabel()
        self._buttons = SignButtons()
        self._prepare_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._tools())
        layout.addWidget(self.view, 1)
        self.keyboard_part = self.view
        for signal in (
            self.rows.rowsInserted,
            self.records.rowsRemoved,  # those of the filter go before those that it filters
            self.rows.modelReset,
            self.rows.layoutChanged,
        ):
            signal.connect(self._say_count)
        workspace.selection_changed.connect(self._select_rows)
        workspace.reveal_wanted.connect(self._reveal)
        workspace.style_changed.connect(self._colour)
        self._say_count()
        self._select_rows()
        self._colour()

    # Doing

    def copy(self) -> None:
        """Copy the visible text of the selected rows, columns separated by tabs."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedIndexes()})
        lines = ["\t".join(self._visible_texts(row)) for row in rows]
        if lines:
            put_text_privately("\n".join(lines))
            self.workspace.hinted.emit(
                plural("{count} row copied", "{count} rows copied", len(lines))
            )

    def add(self) -> None:
        """Add a record and edit its name; a linkage joins the two selected actors."""
        if not self.workspace.may_edit():
            return
        if self.table == "linkages":
            self._add_linkage()
            return
        spec = TABLE_SPECS[self.table]
        values: dict[str, object] = {}
        if spec.title_field and FIELDS[self.table][spec.title_field].kind in {"text", "long_text"}:
            name = tr("New {what}", what=spec.singular.lower())
            if self.table == "actors":
                name = unused_name(self.workspace.document, name)
            values[spec.title_field] = name
        record: Record | None = self.workspace.attempt(
            lambda: add_record(self.workspace.document, self.table, **values)
        )
        if record is not None:
            self.filter.clear()
            self.workspace.select([(self.table, record.id)])
            current = self.view.currentIndex()
            if current.isValid() and values:
                self.view.edit(current)

    def _add_linkage(self) -> None:
        ends = self.workspace.selected("actors")
        if len(ends) != _TWO:
            text = tr("Select the two actors to link first, on the map or in their table.")
            self.workspace.refused.emit(Refusal("linkages", text))
            return
        made = self.workspace.attempt(lambda: connect(self.workspace.document, *ends))
        if made is not None:
            self.filter.clear()
            self.workspace.select([(self.table, made.id)])
            self.view.setFocus()

    def remove(self) -> None:
        """Remove the selected records; undo brings them back."""
        remove(self.workspace, [(self.table, record_id) for record_id in self._chosen_ids()])

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in this order."""
        return [self.filter, *(button for button, _ in self._buttons), self.view]

    def show_only(self, ids: frozenset[str] | None) -> None:
        """Show only the records of these ids, for a filter of the whole window; None for all."""
        self.rows.set_only(ids)
        self._say_count()
        self._select_rows()

    # Building

    def _prepare_view(self) -> None:
        view = self.view
        view.setModel(self.rows)
        view.setItemDelegate(CellDelegate(self.workspace, self.records.specs, view))
        view.setAccessibleName(TABLE_SPECS[self.table].title)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        view.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        view.setAlternatingRowColors(True)
        view.setWordWrap(False)
        view.setShowGrid(False)
        view.setStyleSheet(f"QTableView::item {{ padding: 0 {GRID // 2}px; }}")
        view.setTabKeyNavigation(False)
        view.setIconSize(QSize(16, 16))
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        header = view.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        view.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._fit_columns()
        view.copy_wanted.connect(self.copy)
        view.paste_wanted.connect(lambda: paste_into(self))
        view.rows_wanted.connect(lambda: paste_into(self, as_new=True))
        view.remove_wanted.connect(self.remove)
        self._add_action(QKeySequence.StandardKey.Copy, tr("Copy rows"), self.copy)
        self._add_action(QKeySequence.StandardKey.Paste, tr("Paste cells here"), view.paste)
        self._add_action("Ctrl+Shift+V", tr("Paste as new rows"), view.rows_wanted.emit)
        self._add_action(QKeySequence.StandardKey.Delete, tr("Remove rows"), self.remove)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        view.selectionModel().selectionChanged.connect(self._selected)

    def _add_action(self, key: QKeySequence.StandardKey | str, text: str, command: object) -> None:
        action = QAction(text, self.view)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(command)
        self.view.addAction(action)

    def _fit_columns(self) -> None:
        metrics = self.view.fontMetrics()
        for column, spec in enumerate(self.records.specs):
            texts = [
                str(self.records.index(row, column).data() or "")
                for row in range(min(self.records.rowCount(), _SAMPLE_ROWS))
            ]
            wide = max((metrics.horizontalAdvance(text[:60]) for text in texts), default=0)
            title = metrics.horizontalAdvance(spec.title) * 1.15 + 24
            room = max(wide + (48 if column == 0 else 24), title, _NARROWEST)
            self.view.setColumnWidth(column, int(min(room, _WIDEST)))

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        title = TABLE_SPECS[self.table].title
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(tr("Filter {table}", table=title))
        self.filter.setMaximumWidth(280)
        self.filter.textChanged.connect(self._filter)
        self._count.setObjectName("hint")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.filter, 1)
        row.addWidget(self._count)
        row.addStretch(1)
        one = TABLE_SPECS[self.table].singular
        add = self._buttons.add("add", tr("Add {what}", what=one), self.add)
        if self.table == "linkages":
            add.setToolTip(tr("Link the two selected actors"))
        elif self.table in APPEND_ONLY:
            # A row to be filled in afterwards would stay empty: entries are never changed.
            add.setEnabled(False)
            add.setToolTip(tr("Log it in the analysis “Decision log”, whole from the start."))
        elif self._needs_other_records():
            add.setEnabled(False)
            add.setToolTip(tr("It joins other records: add it on the map or in their form."))
        row.addWidget(add)
        row.addWidget(self._buttons.add("delete", tr("Remove the selected rows"), self.remove))
        return row

    def _needs_other_records(self) -> bool:
        return any(
            spec.required and spec.kind == "reference" for spec in FIELDS[self.table].values()
        )

    def _colour(self) -> None:
        colours = theme_colours(self.workspace.style.medium)
        self._buttons.colour(colours.text)

    # Selection, shared both ways

    def _chosen_ids(self) -> list[str]:
        rows = self.view.selectionModel().selectedRows()
        return [str(index.data(RECORD_ID)) for index in sorted(rows, key=lambda i: i.row())]

    def _selected(self) -> None:
        if self._following or self._rows_going:
            return
        self._following = True
        self.workspace.select((self.table, record_id) for record_id in self._chosen_ids())
        self._following = False

    def _tell_going(self, *, going: bool) -> None:
        self._rows_going = going

    def _select_rows(self) -> None:
        if self._following:
            return
        wanted = self.workspace.selected(self.table)
        chosen = QItemSelection()
        last = len(self.records.specs) - 1
        current = None
        for record_id in wanted:
            index = self.rows.mapFromSource(self.records.index(self.records.row_of(record_id), 0))
            if index.isValid():
                chosen.select(index, self.rows.index(index.row(), last))
                current = index
        self._following = True
        flag = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().select(chosen, flag.ClearAndSelect)
        if current is not None:
            self.view.selectionModel().setCurrentIndex(current, flag.NoUpdate)
            self.view.scrollTo(current)
        self._following = False

    def _reveal(self, table: str, record_id: str) -> None:
        if table == self.table and self.rows.rowCount() < self.records.rowCount():
            row = self.records.index(self.records.row_of(record_id), 0)
            if row.isValid() and not self.rows.mapFromSource(row).isValid():
                self.filter.clear()
                self._select_rows()

    # Small things

    def _filter(self, text: str) -> None:
        self.rows.set_filter(text)
        self._say_count()
        self._select_rows()

    def _say_count(self) -> None:
        shown, every = self.rows.rowCount(), self.records.rowCount()
        if shown == every:
            self._count.setText(plural("{count} row", "{count} rows", every))
        else:
            self._count.setText(tr("{shown} of {all}", shown=shown, all=every))

    def _visible_texts(self, row: int) -> list[str]:
        header = self.view.horizontalHeader()
        columns = (header.logicalIndex(at) for at in range(header.count()))
        return [
            " ".join(str(self.rows.index(row, column).data() or "").split())
            for column in columns
            if not header.isSectionHidden(column)
        ]
