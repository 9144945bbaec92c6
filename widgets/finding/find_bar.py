"""The find bar: type, and every record that holds the words is listed; Enter goes through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from model.fields import FIELDS, TABLE_SPECS
from resources.text import plural, tr
from widgets.common.announcing import announce
from widgets.common.sign_buttons import SignButtons
from widgets.common.symbols import symbol_of
from widgets.common.theme import GRID, theme_colours
from widgets.finding.entries import Entry, EntryList
from widgets.finding.field import SearchField

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from model.search import Hit, SearchIndex
    from widgets.common.workspace import Workspace

MOST_HITS = 200
_LIST_WIDTH = 560
NOT_FOUND = frozenset({"placements", "tracks", "exports", "groups"})
"""Tables that are looked after by map and export and are no hits of their own."""


class FindBar(QFrame):
    """Finds records in all tables; hidden until it is asked for.

    Signals:
        went: (table, id) was selected and revealed.
    """

    went = Signal(str, str)

    def __init__(self, workspace: Workspace, index: SearchIndex) -> None:
        """Search a workspace's document through its index."""
        super().__init__()
        self._workspace = workspace
        self._index = index
        self._before: QWidget | None = None
        self._shown: object = None
        self._buttons = SignButtons()
        self.setObjectName("find")
        self.field = SearchField()
        self.field.setPlaceholderText(tr("Find in the whole project"))
        self.field.setAccessibleName(tr("Find in the whole project"))
        self.field.setClearButtonEnabled(True)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setObjectName("hint")
        self.list = EntryList(tr("Found records"))
        self._arrange()
        self.field.textChanged.connect(self._find)
        self.field.stepped.connect(self.list.step)
        self.field.entered.connect(self._enter)
        self.field.escaped.connect(self.close_bar)
        self.list.entry_chosen.connect(self._go)
        workspace.committed.connect(lambda _: self._refresh())
        workspace.style_changed.connect(self._colour)
        self._colour()
        self.hide()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        button = self._buttons.add
        row.addWidget(self.field, 2)
        row.addWidget(self.said, 1)
        row.addWidget(button("up", tr("Previous (Shift+Enter)"), lambda: self._enter(-1)))
        row.addWidget(button("down", tr("Next (Enter)"), lambda: self._enter(1)))
        row.addWidget(button("close", tr("Close find (Esc)"), self.close_bar))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        self.list.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list hangs below the bar, over the map, which keeps its place."""
        super().resizeEvent(event)
        self._place()

    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with the bar."""
        super().hideEvent(event)
        self.list.hide()

    def _place(self) -> None:
        around = self.parentWidget()
        if around is None:
            return
        if self.list.parentWidget() is not around:
            self.list.setParent(around)
        self.list.setFixedWidth(min(_LIST_WIDTH, self.width() - 4 * GRID))
        self.list.move(self.x() + 2 * GRID, self.y() + self.height())
        self.list.setVisible(self.isVisible() and self.list.entries.rowCount() > 0)
        self.list.raise_()

    # opening and closing

    def open_bar(self) -> None:
        """Show the bar and type into it; what was looked for before is marked."""
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self.field:
            self._before = focus
        self.show()
        self._place()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._refresh()

    def close_bar(self) -> None:
        """Hide the bar; the keyboard goes back to where it was."""
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    # finding

    def _refresh(self) -> None:
        """Look again after a change, without losing the place in the list."""
        if self.isVisible() and self.field.text().strip():
            current = self.list.current
            self._find(self.field.text())
            for row, entry in enumerate(self.list.entries.entries):
                if current is not None and entry.key == current.key:
                    self.list.setCurrentIndex(self.list.entries.index(row))
                    break

    def _find(self, text: str) -> None:
        self._shown = None
        hits = self._wanted(self._index.find(text, MOST_HITS))
        similar = not hits and bool(text.strip())
        if similar:
            hits = self._wanted(self._index.find_similar(text, MOST_HITS))
        self.list.show_entries([self._entry(hit) for hit in hits])
        self._place()
        self._say(self._in_words(len(hits), similar=similar) if text.strip() else "")

    def _wanted(self, hits: list[Hit]) -> list[Hit]:
        return [hit for hit in hits if hit.table not in NOT_FOUND]

    def _in_words(self, count: int, *, similar: bool) -> str:
        if not count:
            return tr("Nothing found")
        if similar:
            return plural("Not found; {count} similar", "Not found; {count} similar", count)
        if count == MOST_HITS:
            return tr("The first {count} found", count=count)
        return plural("{count} found", "{count} found", count)

    def _entry(self, hit: Hit) -> Entry:
        document = self._workspace.document
        record = document.get(hit.table, hit.id)
        name, colour = symbol_of(hit.table, record, self._workspace.style)
        field = FIELDS[hit.table][hit.field]
        detail = TABLE_SPECS[hit.table].singular
        if hit.field != TABLE_SPECS[hit.table].title_field:
            detail = tr("{table} · {field}", table=detail, field=field.title)
        title = " ".join(document.name_of(hit.table, hit.id).split())
        return Entry(title, detail, name, colour, (hit.table, hit.id))

    # going there

    def _enter(self, direction: int) -> None:
        """Go to the line that stands out; when it is shown already, to the next one."""
        current = self.list.current
        if current is None:
            return
        if current.key == self._shown:
            self.list.step(direction)
        self._go(self.list.current)

    def _go(self, entry: Entry | None) -> None:
        if entry is None or not isinstance(entry.key, tuple):
            return
        table, record_id = entry.key
        self._shown = entry.key
        self._workspace.reveal(table, record_id)
        self.went.emit(table, record_id)
        at = self.list.currentIndex().row() + 1
        self._say(tr("{at} of {count}", at=at, count=self.list.entries.rowCount()))

    def _say(self, text: str) -> None:
        if text != self.said.text():
            self.said.setText(text)
            announce(self.said, text)

    def _colour(self) -> None:
        colours = theme_colours(self._workspace.style.medium)
        self._buttons.colour(colours.text)
        self.setStyleSheet(
            f"#find {{ background: {colours.panel}; border: 0;"
            f" border-bottom: 1px solid {colours.line}; }}"
        )
        self.list.setStyleSheet(
            f"QListView {{ background: {colours.panel}; border: 1px solid {colours.accent}; }}"
        )
        self._refresh()
