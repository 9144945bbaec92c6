"""The matrix as Qt reads it: a row and a column for each actor, the linkages in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.matrix import PairIndex, actors_in_order, linkage_words, parties_among
from model.naming import short_name
from model.search import fold
from resources.text import tr
from widgets.common.icons import icon
from widgets.common.symbols import symbol_of
from widgets.common.theme import theme_colours

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from model.document import Commit
    from model.matrix import Order
    from model.records import Linkage
    from widgets.common.workspace import Workspace

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
SAME = "–"
_CELLS_TOLD = 400
"""Above so many touched pairs the whole matrix is told to have changed."""


class MatrixModel(QAbstractTableModel):
    """Actors by actors: what leads from the row to the column; by parties: what joins the two."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        """Show all actors of the day by all actors, in the order of their names."""
        super().__init__(parent)
        self.workspace = workspace
        self.rows: list[str] = []
        self.columns: list[str] = []
        self.parties_only = False
        self._order: Order = "name"
        self._words: list[str] = []
        self._only: frozenset[str] | None = None
        self._pairs = PairIndex(workspace.document.linkages.values())
        self._row_of: dict[str, int] = {}
        self._column_of: dict[str, int] = {}
        self._signs: dict[tuple[str, str], QIcon] = {}
        self.arrange()
        workspace.committed.connect(self._follow)
        workspace.as_of_changed.connect(lambda _: self.arrange())
        workspace.style_changed.connect(self._restyle)

    # -- what is shown

    def show(
        self,
        *,
        parties_only: bool | None = None,
        order: Order | None = None,
        words: str | None = None,
    ) -> None:
        """Show other columns, another order, or only rows of actors with these words."""
        self.parties_only = self.parties_only if parties_only is None else parties_only
        self._order = self._order if order is None else order
        self._words = self._words if words is None else fold(words).split()
        self.arrange()

    def show_only(self, ids: frozenset[str] | None) -> None:
        """Show only actors that the filter of the window lets through; None for all."""
        if ids != self._only:
            self._only = ids
            self.arrange()

    def arrange(self) -> None:
        """Find rows and columns again; nothing is told where they are the same."""
        document = self.workspace.document
        every = actors_in_order(document, self.workspace.as_of, self._order, self._only)
        columns = parties_among(document, every) if self.parties_only else every
        rows = [one for one in every if self._is_wanted(one)]
        if (rows, columns) == (self.rows, self.columns):
            self._tell_all()
            return
        self.beginResetModel()
        self.rows, self.columns = rows, columns
        self._row_of = {one: at for at, one in enumerate(rows)}
        self._column_of = {one: at for at, one in enumerate(columns)}
        self.endResetModel()

    def _is_wanted(self, actor_id: str) -> bool:
        actor = self.workspace.document.actors[actor_id]
        text = fold(" ".join((actor.name, actor.short_name, *actor.other_names)))
        return all(word in text for word in self._words)

    # -- reading

    def ends(self, index: Index) -> tuple[str, str]:
        """The actors of the row and the column."""
        return self.rows[index.row()], self.columns[index.column()]

    def linkages(self, index: Index) -> list[Linkage]:
        """The linkages of a cell."""
        row_id, column_id = self.ends(index)
        if row_id == column_id:
            return []
        ids = self._pairs.between(row_id, column_id)
        back = self._pairs.between(column_id, row_id)
        found = self.workspace.document.linkages
        both = [found[i] for i in ids] + [
            found[i] for i in back if self.parties_only or found[i].direction != "directed"
        ]
        return list(dict.fromkeys(both))

    def cell_of(self, linkage: Linkage) -> QModelIndex:
        """The cell in which a linkage stands; an invalid index where it has none."""
        for first, second in (
            (linkage.from_id, linkage.to_id),
            (linkage.to_id, linkage.from_id),
        ):
            if first in self._row_of and second in self._column_of:
                index = self.index(self._row_of[first], self._column_of[second])
                if linkage in self.linkages(index):
                    return index
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of actors that are shown as rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Number of actors that are shown as columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> object:
        """Words, sign, and the whole of it for tool tips and screen readers."""
        if not index.isValid():
            return None
        row_id, column_id = self.ends(index)
        if row_id == column_id:
            same = tr("the same actor")
            spoken = {_ROLE.DisplayRole: SAME, _ROLE.ToolTipRole: same}
            return (
                self._heading(index, same)
                if role == _ROLE.AccessibleTextRole
                else (spoken.get(_ROLE(role)))
            )
        found = self.linkages(index)
        if role == _ROLE.DecorationRole:
            return self._sign(found[0]) if found else None
        if role not in {_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.AccessibleTextRole}:
            return None
        document, day = self.workspace.document, self.workspace.as_of
        words = "; ".join(linkage_words(one, row_id, day) for one in found)
        if role == _ROLE.DisplayRole:
            return words
        if role == _ROLE.AccessibleTextRole:
            return self._heading(index, words or tr("no linkage"))
        names = f"{document.actors[row_id].name} – {document.actors[column_id].name}"
        return f"{names}: {words}" if words else names

    def _heading(self, index: Index, words: str) -> str:
        row_id, column_id = self.ends(index)
        tables = self.workspace.document
        first, second = short_name(tables, row_id), short_name(tables, column_id)
        return tr("{row} and {column}: {words}", row=first, column=second, words=words)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole
    ) -> object:
        """Short names; the whole name as tool tip."""
        ids = self.columns if orientation is Qt.Orientation.Horizontal else self.rows
        if not 0 <= section < len(ids):
            return None
        if role in {_ROLE.DisplayRole, _ROLE.AccessibleTextRole}:
            return short_name(self.workspace.document, ids[section])
        if role == _ROLE.ToolTipRole:
            return self.workspace.document.actors[ids[section]].name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell but those of an actor with itself can be edited."""
        found = super().flags(index)
        may_edit = index.isValid() and not self.workspace.is_protected
        if may_edit and len(set(self.ends(index))) > 1:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def _sign(self, linkage: Linkage) -> QIcon:
        key = symbol_of("linkages", linkage, self.workspace.style)
        if key not in self._signs:
            colours = theme_colours(self.workspace.style.medium)
            self._signs[key] = icon(*key, colours.on_accent)
        return self._signs[key]

    # -- following

    def _follow(self, commit: Commit) -> None:
        touched = self._pairs.follow(commit.patch)
        if "actors" in commit.patch.tables:
            self.arrange()
        elif len(touched) > _CELLS_TOLD:
            self._tell_all()
        else:
            for pair in touched:
                self._tell(*pair)
                self._tell(*pair[::-1])

    def _tell(self, row_id: str, column_id: str) -> None:
        row, column = self._row_of.get(row_id), self._column_of.get(column_id)
        if row is not None and column is not None:
            at = self.index(row, column)
            self.dataChanged.emit(at, at)

    def _tell_all(self) -> None:
        if self.rows and self.columns:
            last = self.index(len(self.rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.rows) - 1)

    def _restyle(self) -> None:
        self._signs.clear()
        self._tell_all()
