"""The matrix: the map as a grid of pairs, in which linkages are read, made, changed and removed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
)
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from model.codes import LINKAGE_GROUP_NAMES, LINKAGE_GROUPS, LINKAGE_KINDS
from model.commands.linkages import connect, retype, reverse
from model.matrix import linkage_words
from resources.text import plural, tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.hands_on import HandsOn
from widgets.common.own_keys import OwnKeys
from widgets.common.removing import remove
from widgets.common.theme import GRID
from widgets.tables.matrix_cells import KindDelegate, UprightHeader
from widgets.tables.matrix_model import MatrixModel

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.records import Linkage
    from widgets.common.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_WIDE = 132
_NARROW = 24
_HEAD = 150
_HIGH = 30


class MatrixView(QTableView):
    """The cells, with the keys that people know from tables."""

    def __init__(self, table: MatrixTable) -> None:
        """Show the cells of a matrix."""
        super().__init__()
        self._table = table

        OwnKeys(
            self,
            {
                "Return": table.edit_current,
                "Enter": table.edit_current,
                "F2": table.edit_current,
                "Del": table.remove,
            },
        )

    def rename_selection(self) -> None:
        """Choose the kind of the cell's linkage."""
        self._table.edit_current()

    def delete_selection(self) -> None:
        """Remove the linkages of the cell."""
        self._table.remove()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the linkages of the cell, at the pointer or below the cell."""
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            self.setCurrentIndex(index)
        self._table.open_menu(index)


class MatrixTable(HandsOn):
    """Actors by actors or by conflict parties, filtered and ordered; shares the selection."""

    def __init__(self, workspace: Workspace) -> None:
        """Show the actors of the workspace's day."""
        super().__init__()
        self._workspace = workspace
        self._following = False
        self.model = MatrixModel(workspace, self)
        self.view = MatrixView(self)
        self.columns = ChoiceBox()
        self.order = ChoiceBox()
        self.narrow = QCheckBox(tr("Signs only"))
        self.filter = QLineEdit()
        self._count = QLabel()
        self._prepare_view()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._tools())
        layout.addWidget(self.view, 1)
        self.keyboard_part = self.view
        self.model.modelReset.connect(self._say_count)
        workspace.selection_changed.connect(lambda _: self._find_selected())
        self._say_count()
        self._find_selected()

    def _prepare_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        self._cells = KindDelegate(self)
        view.setItemDelegate(self._cells)
        view.setAccessibleName(tr("Matrix of linkages"))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setIconSize(QSize(16, 16))
        self._across = UprightHeader(view)
        view.setHorizontalHeader(self._across)
        across, down = self._across, view.verticalHeader()
        across.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        across.setDefaultSectionSize(_WIDE)
        across.setTextElideMode(Qt.TextElideMode.ElideRight)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_HIGH)
        down.setFixedWidth(_HEAD)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        remove = QAction(tr("Remove the linkages of the cell"), view)
        remove.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self.remove)
        view.addAction(remove)
        view.selectionModel().currentChanged.connect(lambda now, _: self._went(now))

    def _tools(self) -> QHBoxLayout:
        self.columns.addItem(tr("Actors by actors"), False)
        self.columns.addItem(tr("Actors by parties"), True)
        self.columns.setAccessibleName(tr("What the columns are"))
        self.columns.setToolTip(
            tr("By actors: what leads from the row to the column. By parties: what joins the two.")
        )
        self.order.addItem(tr("By name"), "name")
        self.order.addItem(tr("By track"), "track")
        self.order.setAccessibleName(tr("Order of the actors"))
        self.filter.setPlaceholderText(tr("Filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(tr("Filter the rows by name"))
        self.filter.setMaximumWidth(280)
        self._count.setObjectName("hint")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self.columns.currentIndexChanged.connect(
            lambda _: self.model.show(parties_only=bool(self.columns.currentData()))
        )
        self.order.currentIndexChanged.connect(
            lambda _: self.model.show(order=self.order.currentData())
        )
        self.filter.textChanged.connect(lambda text: self.model.show(words=text))
        self.narrow.setToolTip(tr("Narrow columns with upright headings: many actors at a glance"))
        self.narrow.toggled.connect(self._make_narrow)
        row = QHBoxLayout()
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(self.filter, 1)
        row.addWidget(self.columns)
        row.addWidget(self.order)
        row.addWidget(self.narrow)
        row.addWidget(self._count)
        row.addStretch(1)
        return row

    def _make_narrow(self, is_narrow: bool) -> None:
        """Signs below upright headings, or words below flat ones; the current cell stays seen."""
        self._cells.is_narrow = self._across.is_upright = is_narrow
        self._across.setMinimumSectionSize(_NARROW)
        self._across.setDefaultSectionSize(_NARROW if is_narrow else _WIDE)
        self.view.verticalHeader().setDefaultSectionSize(_NARROW if is_narrow else _HIGH)
        self._across.updateGeometry()
        self.view.updateGeometries()
        self.view.viewport().update()
        self._across.viewport().update()
        if self.view.currentIndex().isValid():
            self.view.scrollTo(self.view.currentIndex())

    # -- doing

    def edit_current(self) -> None:
        """Choose the kind of the cell's linkage; where there are several, offer them all."""
        index = self.view.currentIndex()
        if not self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return
        if len(self.model.linkages(index)) > 1:
            self.open_menu(index)
        else:
            self.view.edit(index)

    def set_kind(self, index: Index, kind: str) -> None:
        """Make the cell's only linkage one of this kind; none for "".

        Where there are several, the first is meant.
        """
        found = self.model.linkages(index)
        ends = self.model.ends(index)
        document = self._workspace.document
        if not found and kind:
            made = self._workspace.attempt(lambda: connect(document, *ends, kind))
            if made is not None:
                self._select(("linkages", made.id))
        elif found and kind and kind != found[0].kind:
            self._workspace.attempt(lambda: retype(document, found[0].id, kind))
        elif found and not kind:
            self._remove(found)

    def remove(self) -> None:
        """Remove all linkages of the current cell; undo brings them back."""
        index = self.view.currentIndex()
        if index.isValid():
            self._remove(self.model.linkages(index))

    def _remove(self, found: list[Linkage]) -> None:
        remove(self._workspace, [("linkages", one.id) for one in found])

    def open_menu(self, index: Index) -> None:
        """Offer what can be done with the linkages of a cell."""
        menu = self.menu(index)
        if menu is not None:
            corner = self.view.visualRect(index).bottomLeft()
            menu.popup(self.view.viewport().mapToGlobal(corner + QPoint(0, 1)))

    def menu(self, index: Index) -> QMenu | None:
        """The menu of a cell: each linkage with its kinds, and new ones beside them."""
        if not index.isValid() or len(set(self.model.ends(index))) < 2:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        document, row_id = self._workspace.document, self.model.ends(index)[0]
        for one in self.model.linkages(index):
            entries = menu.addMenu(linkage_words(one, row_id, self._workspace.as_of))
            show = partial(self._workspace.reveal, "linkages", one.id)
            entries.addAction(tr("Show on the map")).triggered.connect(_plainly(show))
            if one.direction == "directed":
                turn = partial(self._workspace.attempt, partial(reverse, document, one.id))
                entries.addAction(tr("Reverse")).triggered.connect(_plainly(turn))
            kinds = entries.addMenu(tr("Kind of linkage"))
            self._kinds(kinds, partial(self._retype, one.id), one.kind)
            take = partial(self._remove, [one])
            entries.addAction(tr("Remove")).triggered.connect(_plainly(take))
        more = menu.addMenu(tr("Add a linkage"))
        self._kinds(more, partial(self._add, QPersistentModelIndex(index)), "")
        return menu

    def _kinds(self, menu: QMenu, choose: Callable[[str], object], chosen: str) -> None:
        for group, kinds in LINKAGE_GROUPS.items():
            menu.addSection(LINKAGE_GROUP_NAMES.label(group))
            for kind in kinds:
                entry = menu.addAction(LINKAGE_KINDS.label(kind))
                entry.setCheckable(bool(chosen))
                entry.setChecked(kind == chosen)
                entry.triggered.connect(_plainly(partial(choose, kind)))

    def _retype(self, linkage_id: str, kind: str) -> None:
        document = self._workspace.document
        self._workspace.attempt(lambda: retype(document, linkage_id, kind))

    def _add(self, index: QPersistentModelIndex, kind: str) -> None:
        document, ends = self._workspace.document, self.model.ends(index)
        made = self._workspace.attempt(lambda: connect(document, *ends, kind))
        if made is not None:
            self._select(("linkages", made.id))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in this order."""
        return [self.filter, self.columns, self.order, self.narrow, self.view]

    def show_only(self, ids: frozenset[str] | None) -> None:
        """Show only actors that the filter of the window lets through; None for all."""
        self.model.show_only(ids)

    # -- selection, shared both ways

    def _went(self, index: QModelIndex) -> None:
        """The linkages of the cell are selected; where there are none, its two actors."""
        if self._following or not index.isValid():
            return
        found = self.model.linkages(index)
        if found:
            self._select(*(("linkages", one.id) for one in found))
        else:
            self._select(*(("actors", one) for one in self.model.ends(index)))

    def _select(self, *keys: tuple[str, str]) -> None:
        self._following = True
        self._workspace.select(keys)
        self._following = False

    def _find_selected(self) -> None:
        """Go to the cell of the linkage that somebody selected elsewhere."""
        ids = self._workspace.selected("linkages")
        if self._following or not ids:
            return
        linkage = self._workspace.document.linkages.get(ids[-1])
        index = QModelIndex() if linkage is None else self.model.cell_of(linkage)
        if index.isValid() and index != self.view.currentIndex():
            self._following = True
            self.view.setCurrentIndex(index)
            self._following = False

    def _say_count(self) -> None:
        rows, columns = self.model.rowCount(), self.model.columnCount()
        self._count.setText(
            plural(
                "{count} row, {columns} columns",
                "{count} rows, {columns} columns",
                rows,
                columns=columns,
            )
        )


def _plainly(call: Callable[[], object]) -> Callable[[bool], object]:
    """A call for a signal that says whether an entry is ticked."""

    def triggered(_checked: bool = False) -> object:
        return call()

    return triggered
