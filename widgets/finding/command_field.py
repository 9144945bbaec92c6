"""The field that finds and does everything: actions, panels, views and records by typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from model.choosing import closest
from model.fields import TABLE_SPECS
from resources.text import tr
from widgets.common.symbols import symbol_of
from widgets.common.theme import GRID, theme_colours
from widgets.finding.entries import Entry, EntryList
from widgets.finding.field import SearchField
from widgets.finding.find_bar import NOT_FOUND

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QWidget

    from model.search import SearchIndex
    from widgets.common.workspace import Workspace

_MOST_COMMANDS = 12
_MOST_RECORDS = 20
_WIDTH = 300
_LIST_WIDTH = 520


@dataclass(frozen=True)
class Command:
    """Something that can be done now.

    Attributes:
        title: what it is called in the menu.
        detail: where it is found otherwise, and its keys.
        icon: name in the catalogue of icons.
        run: does it.
    """

    title: str
    detail: str
    icon: str
    run: Callable[[], object]


class CommandField(SearchField):
    """Type, choose with the arrows, Enter does it; the list hangs below the field.

    Signals:
        went: (table, id) of a record that was chosen, after it was revealed.
    """

    went = Signal(str, str)

    def __init__(self) -> None:
        """Begin without a project, offering nothing."""
        super().__init__()
        self._commands: Callable[[], Sequence[Command]] = tuple
        self._workspace: Workspace | None = None
        self._index: SearchIndex | None = None
        self._before: QWidget | None = None
        self.setPlaceholderText(tr("Search or do anything… Ctrl+K"))
        self.setAccessibleName(tr("Search or do anything"))
        self.setMinimumWidth(_WIDTH // 2)
        self.setMaximumWidth(_WIDTH)
        self.popup = QFrame()
        self.popup.setObjectName("commands")
        self.list = EntryList(tr("What can be done or found"), self.popup)
        layout = QVBoxLayout(self.popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.list)
        self.popup.hide()
        self.textEdited.connect(lambda _: self._offer())
        self.stepped.connect(self.list.step)
        self.entered.connect(lambda _: self._choose(self.list.current))
        self.escaped.connect(self.leave)
        self.list.entry_chosen.connect(self._choose)

    def sizeHint(self) -> QSize:
        """Room for what it says while it is empty, where there is some."""
        return QSize(_WIDTH, super().sizeHint().height())

    def serve(
        self, commands: Callable[[], Sequence[Command]], workspace: Workspace, index: SearchIndex
    ) -> None:
        """Offer these commands and the records of a project from now on."""
        self._commands, self._workspace, self._index = commands, workspace, index

    def retire(self) -> None:
        """Offer nothing any more and forget what was shown."""
        self._commands, self._workspace, self._index, self._before = tuple, None, None, None
        self._close()

    def open_field(self) -> None:
        """Type here; what has the keyboard now gets it back afterwards."""
        focus = QApplication.focusWidget()
        if focus is not self:
            self._before = focus
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._offer()

    def leave(self) -> None:
        """Close the list and give the keyboard back."""
        before, self._before = self._before, None
        self._close()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A click into the field offers everything, too."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._offer()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the keyboard there is nothing to choose."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._close()

    def changeEvent(self, event: QEvent) -> None:
        """The list takes the colours of the theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._workspace is not None:
            self._dress()

    # offering

    def _offer(self) -> None:
        workspace = self._workspace
        if workspace is None:
            return
        commands = self._commands()
        ink = workspace.style.muted_ink
        entries = [
            Entry(commands[at].title, commands[at].detail, commands[at].icon, ink, commands[at])
            for at in closest(self.text(), [one.title for one in commands], _MOST_COMMANDS)
        ]
        if self.text().strip():
            entries += self._records(workspace)
        if not entries:
            entries = [Entry(tr("Nothing found"), "", "search", ink, None)]
        self.list.show_entries(entries)
        self._place()

    def _records(self, workspace: Workspace) -> list[Entry]:
        if self._index is None:
            return []
        text = self.text()
        hits = self._index.find(text, _MOST_RECORDS) or self._index.find_similar(
            text, _MOST_RECORDS
        )
        entries = []
        for hit in hits:
            if hit.table not in NOT_FOUND:
                record = workspace.document.get(hit.table, hit.id)
                name, colour = symbol_of(hit.table, record, workspace.style)
                title = " ".join(workspace.document.name_of(hit.table, hit.id).split())
                one = TABLE_SPECS[hit.table].singular
                entries.append(Entry(title, one, name, colour, (hit.table, hit.id)))
        return entries

    def _place(self) -> None:
        """Hang the list below the field, inside the window."""
        window = self.window()
        if self.popup.parentWidget() is not window:
            self.popup.setParent(window)
        self._dress()
        width = min(_LIST_WIDTH, window.width() - 2 * GRID)
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + GRID // 2))
        x = max(GRID, min(corner.x(), window.width() - width - GRID))
        self.popup.setFixedWidth(width)
        self.popup.adjustSize()
        self.popup.move(x, corner.y())
        self.popup.show()
        self.popup.raise_()

    def _dress(self) -> None:
        if self._workspace is None:
            return
        colours = theme_colours(self._workspace.style.medium)
        self.popup.setStyleSheet(
            f"#commands {{ background: {colours.panel}; border: 1px solid {colours.accent}; }}"
            "#commands QListView { border: 0; }"
        )

    # doing

    def _choose(self, entry: Entry | None) -> None:
        key = None if entry is None else entry.key
        workspace = self._workspace
        if key is None or workspace is None:
            return
        self.leave()
        if isinstance(key, Command):
            key.run()
        elif isinstance(key, tuple):
            workspace.reveal(*key)
            self.went.emit(*key)

    def _close(self) -> None:
        self.popup.hide()
        self.list.show_entries([])
        self.clear()
