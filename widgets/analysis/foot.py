"""What stands below a grid: the whole of the current cell, its records, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from model.commands.groups import make_group
from model.commands.searches import note_search
from model.dates import PartialDate
from resources.text import plural, tr
from widgets.common.discarding import discard
from widgets.common.icons import icon
from widgets.common.lens import Focus
from widgets.common.rows import RowButton
from widgets.common.symbols import symbol_of
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.analysis.views.grid import Cell
    from widgets.common.lens import Lens
    from widgets.common.workspace import Key, Workspace

SHOWN = 4


class CellFoot(QWidget):
    """Explains the current cell; a gap of the blind-spot grid can be answered here."""

    def __init__(self, workspace: Workspace, lens: Lens | None = None) -> None:
        """Begin hidden; with a lens the actors of a cell can be shown by themselves."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._lens = lens
        self._cell: Cell | None = None
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.rest = QLabel()
        self.rest.setObjectName("muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.outcome = QLineEdit()
        self.outcome.setPlaceholderText(tr("Where did you look, whom did you ask?"))
        self.outcome.setAccessibleName(tr("Where was looked"))
        self.outcome.returnPressed.connect(self.note_search)
        self.none_found = QPushButton(tr("&None found"))
        self.none_found.clicked.connect(self.note_search)
        self._search = _line(self.outcome, self.none_found)
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the group"))
        self.name.returnPressed.connect(self.accept_group)
        self.accept = QPushButton(tr("Make it a &group"))
        self.accept.setToolTip(tr("A new group; groups that are there stay as they are"))
        self.accept.clicked.connect(self.accept_group)
        self._proposal = _line(self.name, self.accept)
        self.show_only = QPushButton(tr("&Show on the map"))
        self.show_only.setToolTip(tr("Select these actors and dim all others"))
        self.show_only.clicked.connect(self.show_on_map)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self.text)
        layout.addLayout(self._rows)
        layout.addWidget(self.rest)
        layout.addWidget(self.show_only, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._search)
        layout.addWidget(self._proposal)
        self.hide()

    def rows(self) -> list[RowButton]:
        """The rows of the records."""
        return self.findChildren(RowButton)

    def show_cell(self, cell: Cell | None) -> None:
        """Explain a cell; one that says nothing hides the area."""
        self._cell = cell
        for row in self.rows():
            self._rows.removeWidget(row)
            discard(row)
        says = cell is not None and bool(cell.text or cell.more or cell.targets)
        self.setVisible(says)
        if cell is None or not says:
            return
        self.text.setText(cell.more or cell.text)
        for key in cell.targets[:SHOWN]:
            if self._workspace.document.get(*key) is not None:
                self._rows.addWidget(self._row(key))
        rest = len(cell.targets) - SHOWN
        self.rest.setText(plural("and {count} more", "and {count} more", max(rest, 0)))
        self.rest.setVisible(rest > 0)
        self._search.setVisible(cell.mark in {"gap", "doubt"} and len(cell.key) == 2)
        self.name.setText(cell.proposes)
        self._proposal.setVisible(bool(cell.proposes))
        self.show_only.setVisible(self._lens is not None and len(self._actors()) > 1)

    def _actors(self) -> tuple[str, ...]:
        targets = () if self._cell is None else self._cell.targets
        actors = self._workspace.document.actors
        return tuple(one for table, one in targets if table == "actors" and one in actors)

    def show_on_map(self) -> None:
        """Select the actors of the cell and dim all others."""
        ids = self._actors()
        if self._lens is not None and ids:
            self._lens.set_focus(Focus("these", ids))
            self._workspace.select(("actors", one) for one in ids)
            self._workspace.reveal_wanted.emit("actors", ids[0])

    def accept_group(self) -> None:
        """Make a group of the actors of the cell, under the name that stands there."""
        ids, name = self._actors(), self.name.text().strip()
        if self._cell is not None and self._cell.proposes and ids:
            document = self._workspace.document
            self._workspace.attempt(lambda: make_group(document, ids, name))

    def _row(self, key: Key) -> RowButton:
        document = self._workspace.document
        name, colour = symbol_of(key[0], document.get(*key), self._workspace.style)
        row = RowButton(document.name_of(*key), icon(name, colour))
        row.clicked.connect(lambda _=False: self._workspace.reveal(*key))
        return row

    def note_search(self) -> None:
        """Note that the category of the cell was looked for and nobody was found."""
        if self._cell is None or len(self._cell.key) != 2:
            return
        category, track = self._cell.key
        day = self._workspace.as_of
        date = PartialDate(year=day.year, month=day.month, day=day.day)
        self._workspace.attempt(
            lambda: note_search(
                self._workspace.document, category, track, self.outcome.text(), date
            )
        )
        self.outcome.clear()


def _line(field: QLineEdit, button: QPushButton) -> QWidget:
    """A field and the button that takes it, side by side."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GRID)
    line.addWidget(field, 1)
    line.addWidget(button)
    return holder
