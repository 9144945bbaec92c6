"""What stands below a grid: the whole of the current cell, its records, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from model.commands.groups import make_group
from resources.text import plural, tr
from widgets.analysis.forms import DecisionForm, DividerForm, EffectForm, SearchForm
from widgets.common.discarding import discard
from widgets.common.flow_layout import FlowLayout
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
    """Explains the current cell; what it stands for can be judged or written down here."""

    def __init__(self, workspace: Workspace, lens: Lens | None = None) -> None:
        """Begin hidden; with a lens the actors of a cell can be shown by themselves."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._lens = lens
        self._cell: Cell | None = None
        self._has_form = False
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.rest = QLabel()
        self.rest.setObjectName("muted")
        self._holder = QWidget()
        self._rows = FlowLayout(self._holder)
        self.search, self.test = SearchForm(workspace), EffectForm(workspace)
        self.cell_forms = {one.action: one for one in (self.search, self.test)}
        self.divider, self.decision = DividerForm(workspace), DecisionForm(workspace)
        self.view_forms: dict[str, QWidget] = {"dividers": self.divider, "log": self.decision}
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
        layout.addWidget(self._holder)
        layout.addWidget(self.rest)
        layout.addWidget(self.show_only, 0, Qt.AlignmentFlag.AlignLeading)
        for form in (*self.cell_forms.values(), *self.view_forms.values(), self._proposal):
            layout.addWidget(form)
            form.hide()
        self.hide()

    def rows(self) -> list[RowButton]:
        """The rows of the records."""
        return self.findChildren(RowButton)

    def turn_to(self, view_id: str) -> None:
        """Offer what can be written down in an analysis, whichever cell is the current one."""
        for name, form in self.view_forms.items():
            form.setVisible(name == view_id)
        self._has_form = view_id in self.view_forms

    def show_cell(self, cell: Cell | None, place: str = "") -> None:
        """Explain a cell; one that says nothing hides the area.

        Args:
            cell: what to explain.
            place: its row and column in words.
        """
        says = cell is not None and bool(cell.text or cell.more or cell.targets)
        self._cell = cell if says else None
        self.setVisible(says or self._has_form)
        for part in (self.text, self._holder, self.rest):
            part.setVisible(says)
        self._show_records()
        self._offer()
        if self._cell is not None:
            said = self._cell.more or self._cell.text
            self.text.setText(f"{place}: {said}" if place else said)

    def _show_records(self) -> None:
        """Rows that lead to the records of the cell."""
        for row in self.rows():
            self._rows.removeWidget(row)
            discard(row)
        targets = () if self._cell is None else self._cell.targets
        known = [key for key in targets[:SHOWN] if self._workspace.document.get(*key) is not None]
        for key in known:
            self._rows.addWidget(self._row(key))
        self._holder.setVisible(bool(known))
        rest = len(targets) - SHOWN
        self.rest.setText(plural("and {count} more", "and {count} more", max(rest, 0)))
        self.rest.setVisible(rest > 0)

    def _offer(self) -> None:
        """What can be done with the cell."""
        key = () if self._cell is None else self._cell.key
        for action, form in self.cell_forms.items():
            form.setVisible(key[:1] == (action,))
            if key[:1] == (action,):
                form.show_key(key)
        proposed = "" if self._cell is None else self._cell.proposes
        self.name.setText(proposed)
        self._proposal.setVisible(bool(proposed))
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


def _line(field: QLineEdit, button: QPushButton) -> QWidget:
    """A field and the button that takes it, side by side."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GRID)
    line.addWidget(field, 1)
    line.addWidget(button)
    return holder
