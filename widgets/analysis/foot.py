"""What stands below a grid: the whole of the current cell, its records, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from model.commands.groups import make_group
from resources.text import plural, tr
from widgets.analysis.forms import EffectForm, SearchForm
from widgets.common.discarding import discard
from widgets.common.lens import Focus
from widgets.common.record_rows import record_row
from widgets.common.rows import RowButton
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.analysis.views.grid import Cell
    from widgets.common.lens import Lens
    from widgets.common.workspace import Workspace

SHOWN = 4
BESIDE = 330
"""Width in pixels of the foot where it stands beside the grid."""
_ANY = 16_777_215


class CellFoot(QWidget):
    """Explains the current cell; what it stands for can be judged or written down here.

    Signals:
        changed: it shows something else, and may need more or less room.
    """

    changed = Signal()

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
        self._holder = QWidget()
        self._rows = QVBoxLayout(self._holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.search, self.test = SearchForm(workspace), EffectForm(workspace)
        self.cell_forms = {one.action: one for one in (self.search, self.test)}
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
        # Before the records, of which there may be many: what can be done is seen in a low panel.
        for form in (*self.cell_forms.values(), self._proposal):
            layout.addWidget(form)
            form.hide()
        layout.addWidget(self.show_only, 0, Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._holder)
        layout.addWidget(self.rest)
        layout.addStretch(1)
        self.hide()

    def rows(self) -> list[RowButton]:
        """The rows of the records."""
        return self.findChildren(RowButton)

    def show_cell(self, cell: Cell | None, place: str = "") -> None:
        """Explain a cell; one that says nothing hides the area.

        Args:
            cell: what to explain.
            place: its row and column in words.
        """
        says = cell is not None and bool(cell.text or cell.more or cell.targets)
        self._cell = cell if says else None
        self.setVisible(says)
        for part in (self.text, self._holder, self.rest):
            part.setVisible(says)
        self._show_records()
        self._offer()
        if self._cell is not None:
            said = self._cell.more or self._cell.text
            self.text.setText(f"{place}: {said}" if place else said)
        self.changed.emit()

    def _show_records(self) -> None:
        """Rows that lead to the records of the cell."""
        for row in self.rows():
            self._rows.removeWidget(row)
            discard(row)
        targets = () if self._cell is None else self._cell.targets
        known = [key for key in targets[:SHOWN] if self._workspace.document.get(*key) is not None]
        for key in known:
            self._rows.addWidget(record_row(self._workspace, key))
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


class FootArea(QScrollArea):
    """Holds the foot below the grid or beside it, scrolled where it finds no room."""

    def __init__(self, foot: CellFoot) -> None:
        """Begin without a foot to show."""
        super().__init__()
        self._foot = foot
        self.setWidget(foot)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumHeight(0)

    def fit(self, *, beside: bool, most: int) -> None:
        """Take a fixed width beside the grid, or below it the height that is needed, up to most."""
        self.setVisible(not self._foot.isHidden())
        if beside:
            self.setFixedWidth(BESIDE)
            self.setMinimumHeight(0)
            self.setMaximumHeight(_ANY)
            return
        self.setMinimumWidth(0)
        self.setMaximumWidth(_ANY)
        layout = self._foot.layout()
        wanted = 0 if layout is None else layout.totalHeightForWidth(max(self.width(), 1))
        self.setFixedHeight(max(1, min(wanted, most)))


def _line(field: QLineEdit, button: QPushButton) -> QWidget:
    """A field and the button that takes it, side by side."""
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(GRID)
    line.addWidget(field, 1)
    line.addWidget(button)
    return holder
