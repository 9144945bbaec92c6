"""The checklist panel: the do-no-harm items of what is selected, one of them opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from model.commands.checklist import SCOPE_TABLES, answer_item
from model.dates import exactly
from model.donoharm.assessment import Assessment, Assessor, Standing
from model.refusals import Refusal
from resources.text import tr
from widgets.checklist.detail import ItemDetail
from widgets.checklist.own import MoreMenu
from widgets.checklist.row import ItemRow
from widgets.checklist.states import progress_words
from widgets.common.choices import ChoiceButtons
from widgets.common.discarding import discard
from widgets.common.pages import head_strip
from widgets.common.panel_style import panel_style
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.document import Commit
    from widgets.common.workspace import Workspace

SCOPES = {table: scope for scope, table in SCOPE_TABLES.items()}
DECIDING = frozenset(
    {
        *("answers", "checklist_items", "mutes", "actors", "linkages", "activities", "roles"),
        *("phases", "project"),
    }
)
"""Tables that the standing of an item depends on."""
UNSETTLED = frozenset({"flag", "stale", "open"})


class ChecklistPanel(QWidget):
    """Items with their standing; answers are written as undo steps."""

    def __init__(self, workspace: Workspace) -> None:
        """Follow the workspace."""
        super().__init__()
        self._workspace = workspace
        self._whole = "project"
        self._scope, self._target = self._whole, ""
        self._rows: dict[str, ItemRow] = {}
        self._opened = ""
        self.detail: ItemDetail | None = None
        self.assessment = Assessment("project", "", ())
        self.title = _label("name")
        self.progress = _label("muted")
        self.next_button = QPushButton(tr("&Review next item"))
        self.next_button.clicked.connect(self.review_next)
        self.next_button.setToolTip(tr("Ctrl+Enter"))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self, self.review_next)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.more_button = QPushButton(tr("&More items"))
        self.more = MoreMenu(workspace, self)
        self.more_button.setMenu(self.more)
        pages = [("project", tr("The project")), ("export", tr("Exports"))]
        self.pages = ChoiceButtons(pages, tr("What the checklist is about"))
        self.pages.chosen.connect(self._turn_to_page)
        self._page = QWidget()
        self._page.setObjectName("page")
        self._list = QVBoxLayout(self._page)
        self._list.setContentsMargins(GRID, 0, GRID, GRID)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(tr("Items of the checklist"))
        self._scroll.setWidget(self._page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._arrange()
        self.setAccessibleName(tr("Do-no-harm checklist"))
        self.setMinimumWidth(280)
        workspace.selection_changed.connect(lambda _: self._turn_to_selection())
        workspace.committed.connect(self._follow)
        workspace.as_of_changed.connect(lambda _: self._refresh())
        workspace.style_changed.connect(self._restyle)
        self.setStyleSheet(panel_style(workspace.style.medium))
        self._refresh()
        self._turn_to_selection()

    def _arrange(self) -> None:
        head, top = head_strip(GRID // 2)
        top.addWidget(self.pages)
        top.addWidget(self.title)
        top.addWidget(self.progress)
        foot = QWidget()
        foot.setObjectName("page")
        bottom = QHBoxLayout(foot)
        bottom.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        bottom.setSpacing(GRID)
        bottom.addWidget(self.next_button, 1)
        bottom.addWidget(self.more_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, stretch in ((head, 0), (self._scroll, 1), (foot, 0)):
            layout.addWidget(part, stretch)

    # -- what it is about

    @property
    def rows(self) -> dict[str, ItemRow]:
        """The rows by item id."""
        return self._rows

    @property
    def opened(self) -> str:
        """Id of the opened item; empty when all are closed."""
        return self._opened

    def _turn_to_selection(self) -> None:
        scope, target = self._whole, ""
        for table, record_id in self._workspace.selection:
            if table in SCOPES:
                scope, target = SCOPES[table], record_id
                break
        self._turn(scope, target)

    def _turn_to_page(self, page: str) -> None:
        """Show the items on the project, or those on what leaves the team."""
        self._whole = page
        self._turn(page, "")
        self.pages.setFocus()

    def _turn(self, scope: str, target: str) -> None:
        self.pages.setVisible(not target)
        self.title.setVisible(bool(target))
        if (scope, target) != (self._scope, self._target):
            self._leave_field()
            self._scope, self._target = scope, target
            self._close()
            self._refresh()
            self._scroll.verticalScrollBar().setValue(0)

    def _leave_field(self) -> None:
        """Keep what is being typed before the panel turns to something else."""
        focused = self.focusWidget()
        if focused is not None and self.detail is not None and self.detail.isAncestorOf(focused):
            focused.clearFocus()

    def _follow(self, commit: Commit) -> None:
        if commit.patch.tables & DECIDING and self._target_exists():
            self._refresh()

    def _target_exists(self) -> bool:
        table = SCOPE_TABLES.get(self._scope)
        return table is None or self._workspace.document.get(table, self._target) is not None

    def _refresh(self) -> None:
        assessor = Assessor(self._workspace.document, self._workspace.as_of)
        self.assessment = assessor.assess(self._scope, self._target)
        standings = {one.item.id: one for one in self.assessment.standings}
        if list(standings) != list(self._rows):
            self._rebuild(self.assessment)
        for item_id, row in self._rows.items():
            row.show_standing(standings[item_id])
        if self.detail is not None:
            self.detail.show_standing(standings[self._opened])
        self.title.setText(self._title())
        self.pages.choose(self._whole)
        self.progress.setText(progress_words(self.assessment))
        self.next_button.setEnabled(any(s.state in UNSETTLED for s in standings.values()))

    def _title(self) -> str:
        table = SCOPE_TABLES.get(self._scope)
        if table is None:
            return ""
        return self._workspace.document.name_of(table, self._target)

    def _rebuild(self, assessment: Assessment) -> None:
        self._close()
        for row in self._rows.values():
            self._list.removeWidget(row)
            discard(row)
        self._rows = {}
        for at, standing in enumerate(assessment.standings):
            row = ItemRow(self._workspace, standing)
            row.pressed.connect(self._toggle)
            self._list.insertWidget(at, row)
            self._rows[standing.item.id] = row

    # -- opening

    def _toggle(self, item_id: str) -> None:
        if self._opened == item_id:
            self._close()
        else:
            self.open_item(item_id)

    def open_item(self, item_id: str) -> None:
        """Open an item, close the one before, and lead the keyboard to its answers."""
        self._leave_field()
        self._close()
        row = self._rows[item_id]
        self._opened = item_id
        self.detail = ItemDetail(self._workspace, row.standing.item)
        self.detail.written.connect(self._write)
        self.detail.left.connect(self._workspace.history.close_step)
        self.detail.show_standing(row.standing)
        row.open_with(self.detail)
        self.detail.choices.setFocus()
        # The row has its height only after the layout has been carried out.
        QTimer.singleShot(0, self, lambda: self._bring_into_view(item_id))

    def _bring_into_view(self, item_id: str) -> None:
        row = self._rows.get(item_id)
        if row is not None and item_id == self._opened:
            self._list.activate()
            self._scroll.verticalScrollBar().setValue(row.y())

    def _close(self) -> None:
        if self.detail is not None:
            self._rows[self._opened].close_up()
            discard(self.detail)
        self.detail = None
        self._opened = ""

    def review_next(self) -> None:
        """Open the next item that has a flag, is out of date or has no answer."""
        ids = list(self._rows)
        start = ids.index(self._opened) + 1 if self._opened in self._rows else 0
        for item_id in ids[start:] + ids[:start]:
            if self._rows[item_id].standing.state in UNSETTLED and item_id != self._opened:
                self.open_item(item_id)
                return

    # -- answering

    def _write(self, name: str, value: object) -> None:
        if not self._opened or not self._target_exists():
            return
        values: dict[str, object] = {name: value}
        if name == "answer":
            values |= self._review_of(self._rows[self._opened].standing)
        document = self._workspace.document
        try:
            answer_item(document, self._opened, self._scope_of_opened(), self._target, **values)
        except Refusal as refusal:
            if self.detail is not None:
                self.detail.show_refusal(name, refusal.message)
        if name == "answer":
            self._workspace.history.close_step()

    def _scope_of_opened(self) -> str:
        """Questions about an invitation are answered as such, though they stand with a linkage."""
        asked_of = self._rows[self._opened].standing.item.scope
        return "invitation" if asked_of == "invitation" and self._target else self._scope

    def _review_of(self, standing: Standing) -> dict[str, object]:
        """An answer counts as reviewed on the day that the window shows, unless it is newer."""
        today = exactly(self._workspace.as_of)
        before = None if standing.answer is None else standing.answer.review_date
        newer = before is not None and before.last() >= self._workspace.as_of
        return {} if newer else {"review_date": today}

    def _restyle(self) -> None:
        self.setStyleSheet(panel_style(self._workspace.style.medium))
        self._refresh()


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
