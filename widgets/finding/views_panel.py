"""The panel of saved views: keep how the map is looked at, step through it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from model.codes import TLP_LABELS, tlp_text
from model.commands.records import remove_records, set_fields
from model.commands.views import move_view, save_view, update_view, views_in_order
from model.view_state import state_of
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.flow_layout import FlowLayout
from widgets.common.own_keys import OwnKeys
from widgets.common.pages import fill_with
from widgets.common.panel_style import panel_style
from widgets.common.sign_buttons import SignButtons
from widgets.common.theme import GRID, theme_colours
from widgets.finding.view_state import look, taken_view
from widgets.timeline.looks import look_at_timeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.document import Commit
    from model.records import View
    from model.view_state import ViewState
    from widgets.canvas.view import MapView
    from widgets.common.lens import Lens
    from widgets.timeline.panel import TimelinePanel

_LEAST_LIST = 72
"""Pixels of the list where the panel is low."""
_ID = Qt.ItemDataRole.UserRole + 1


class ViewList(QListWidget):
    """The titles; Enter shows a view, F2 renames it, Del removes it."""

    def __init__(self, show: Callable[[], None], remove: Callable[[], None]) -> None:
        """Call these for Enter and Del."""
        super().__init__()
        self.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Saved views"))
        OwnKeys(self, {"Return": show, "Enter": show, "F2": self.rename, "Del": remove})

    def rename(self) -> None:
        """Write another title."""
        if self.currentItem() is not None:
            self.editItem(self.currentItem())


class ViewsPanel(QWidget):
    """A list of views with what can be done with them."""

    def __init__(self, lens: Lens, view: MapView, timeline: TimelinePanel | None = None) -> None:
        """Keep and show views of one map, and of the timeline where there is one."""
        super().__init__()
        self._timeline = timeline
        self._lens = lens
        self._view = view
        self._workspace = lens.workspace
        self._filling = False
        self._buttons = SignButtons()
        self.list = ViewList(self.show_current, self.remove)
        self.list.itemDoubleClicked.connect(lambda _: self.show_current())
        self.list.currentItemChanged.connect(lambda *_: self._show_details())
        self.list.itemChanged.connect(self._renamed)
        self.save = QPushButton(tr("Save this view"))
        self.save.clicked.connect(lambda _checked=False: self.save_now())
        self.caption = QLineEdit()
        self.caption.setAccessibleName(tr("Caption"))
        self.caption.setPlaceholderText(tr("Shown while presenting"))
        self.caption.editingFinished.connect(self._caption_done)
        self.tlp = ChoiceBox()
        self.tlp.setAccessibleName(tr("TLP label"))
        for code in TLP_LABELS.codes:
            self.tlp.addItem(tlp_text(code), code)
        self.tlp.activated.connect(lambda _: self._set(tlp=self.tlp.currentData()))
        self.empty = QLabel(
            tr(
                "No saved views yet. A view keeps filter, focus, day, styling, place on the map "
                "and how the timeline is shown, to come back to it or to step through it while "
                "presenting."
            )
        )
        self.empty.setObjectName("muted")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self._arrange()
        self._workspace.committed.connect(self._follow)
        self._workspace.style_changed.connect(self._colour)
        self.setAccessibleName(tr("Saved views"))
        self._colour()
        self._fill()

    def _arrange(self) -> None:
        tools_row = FlowLayout()
        tools = (
            ("back", tr("Previous view"), lambda: self.step(-1)),
            ("forward", tr("Next view"), lambda: self.step(1)),
            ("save", tr("Update with the present view"), self.update_current),
            ("up", tr("Move up"), lambda: self._move(-1)),
            ("down", tr("Move down"), lambda: self._move(1)),
            ("delete", tr("Remove view"), self.remove),
        )
        for name, text, command in tools:
            tools_row.addWidget(self._buttons.add(name, text, command))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(tr("Caption"), self.caption)
        form.addRow(tr("TLP label"), self.tlp)
        self.list.setMinimumHeight(_LEAST_LIST)
        inner = QWidget()
        inner.setObjectName("plain")
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.save)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addLayout(tools_row)
        layout.addLayout(form)
        # Where there is little height, all of it scrolls together.
        fill_with(self, inner)

    # doing

    @property
    def current(self) -> View | None:
        """The view that stands out in the list."""
        item = self.list.currentItem()
        return None if item is None else self._workspace.document.views.get(item.data(_ID))

    def save_now(self) -> None:
        """Keep how the map is looked at, and let its title be typed."""
        document = self._workspace.document
        title = tr("View {number}", number=len(document.views) + 1)
        state = taken_view(self._lens, self._view, self._timeline)
        view = self._workspace.attempt(lambda: save_view(document, title, state))
        if view is not None:
            self._make_current(view.id)
            if self.isVisible():
                self.list.setFocus()
                self.list.editItem(self.list.currentItem())

    def update_current(self) -> None:
        """Let the current view hold how the map is looked at now."""
        view = self.current
        if view is not None:
            state = taken_view(self._lens, self._view, self._timeline)
            self._workspace.attempt(lambda: update_view(self._workspace.document, view.id, state))
            self._workspace.hinted.emit(tr("Updated view “{name}”.", name=view.title))

    def show_current(self) -> None:
        """Look at the map as the current view says."""
        view = self.current
        if view is not None:
            self.look_at(state_of(view))
            self._workspace.hinted.emit(view.caption or view.title)

    def present_look(self) -> ViewState:
        """How map and timeline are looked at now; a fitted map is one that is fitted again."""
        state = taken_view(self._lens, self._view, self._timeline)
        if self._view.is_fitted:
            state = msgspec.structs.replace(state, camera=None, frame=())
        return state

    def look_at(self, state: ViewState) -> None:
        """Look at map and timeline as a state says."""
        look(state, self._lens, self._view)
        if self._timeline is not None and state.timeline is not None:
            look_at_timeline(self._timeline, state.timeline)

    def step(self, by: int) -> None:
        """Show the next or previous view; after the last comes the first."""
        count = self.list.count()
        if count:
            row = self.list.currentRow()
            if row < 0 and by < 0:
                row = 0
            self.list.setCurrentRow((row + by) % count)
            self.show_current()

    def remove(self) -> None:
        """Remove the current view; undo brings it back."""
        view = self.current
        if view is not None:
            ids = [view.id]
            document = self._workspace.document
            self._workspace.attempt(lambda: remove_records(document, "views", ids))

    def _move(self, by: int) -> None:
        view = self.current
        if view is not None:
            self._workspace.attempt(lambda: move_view(self._workspace.document, view.id, by))

    def _set(self, **values: object) -> None:
        view = self.current
        if view is not None and any(getattr(view, key) != new for key, new in values.items()):
            ids = [view.id]
            document = self._workspace.document
            self._workspace.attempt(lambda: set_fields(document, "views", ids, values))

    def _caption_done(self) -> None:
        self._set(caption=" ".join(self.caption.text().split()))

    def _renamed(self, item: QListWidgetItem) -> None:
        view = self._workspace.document.views.get(item.data(_ID))
        title = " ".join(item.text().split())
        if self._filling or view is None:
            return
        if title and title != view.title:
            ids = [view.id]
            document = self._workspace.document
            self._workspace.attempt(lambda: set_fields(document, "views", ids, {"title": title}))
        else:
            self._fill()

    # showing

    def _follow(self, commit: Commit) -> None:
        if "views" in commit.patch.tables:
            self._fill()

    def _make_current(self, view_id: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_ID) == view_id:
                self.list.setCurrentRow(row)

    def _fill(self) -> None:
        views = views_in_order(self._workspace.document)
        current, row = self.current, self.list.currentRow()
        self._filling = True
        self.list.clear()
        for view in views:
            item = QListWidgetItem(view.title)
            item.setData(_ID, view.id)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, view.caption)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self.list.addItem(item)
        if current is not None:
            self._make_current(current.id)
        elif views and row >= 0:
            self.list.setCurrentRow(min(row, len(views) - 1))
        self._filling = False
        self.empty.setVisible(not views)
        self._show_details()

    def _show_details(self) -> None:
        view = None if self._filling else self.current
        self.caption.setEnabled(view is not None)
        self.tlp.setEnabled(view is not None)
        self.caption.setText("" if view is None else view.caption)
        label = self._workspace.document.project.default_tlp if view is None else view.tlp
        self.tlp.setCurrentIndex(self.tlp.findData(label))
        for button, _ in self._buttons:
            button.setEnabled(bool(self.list.count()))

    def _colour(self) -> None:
        medium = self._workspace.style.medium
        self.setStyleSheet(panel_style(medium))
        self._buttons.colour(theme_colours(medium).text)
