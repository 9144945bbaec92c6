"""The palette: all kinds of actors by family and all kinds of linkages, to drag, pick or find.

Dragging an actor kind onto the map adds an actor there; Enter adds one in the middle of the view.
Choosing a linkage kind makes it the one that is drawn next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QKeyEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from model.codes import ACTOR_KINDS, LINKAGE_GROUP_NAMES, LINKAGE_GROUPS, LINKAGE_KINDS
from model.drawing.colours import mixed
from model.drawing.palette import FAMILIES
from resources.text import tr
from widgets.canvas.commands import DEFAULT_LINK_KIND
from widgets.canvas.mime import actor_kind_data
from widgets.palette.samples import LINE_SIZE, kind_icon, line_icon

if TYPE_CHECKING:
    from widgets.common.workspace import Workspace

_CODE = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1
_FAMILY_NAMES = {
    "state": "States and diplomacy",
    "authority": "Authorities and parties",
    "armed": "Armed actors",
    "mediator": "Mediation and joint bodies",
    "intergovernmental": "Intergovernmental",
    "contact_group": "Contact groups",
    "support": "Support and research",
    "civil_society": "Civil society and media",
    "women_and_youth": "Women and youth",
    "local": "Local and community",
    "economy": "Business and funding",
    "other": "Other",
}

_LEAST_WIDTH = 120
"""Pixels; in a narrower panel names end in an ellipsis, and their tooltips say them in full."""


class PalettePanel(QWidget):
    """The panel with both lists and a search field over them.

    Signals:
        actor_wanted: code of an actor kind to add in the middle of the map's view.
        link_kind_chosen: code of the linkage kind to draw from now on.
    """

    actor_wanted = Signal(str)
    link_kind_chosen = Signal(str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Show the kinds in the workspace's style."""
        super().__init__(parent)
        self.workspace = workspace
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find a kind"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Find a kind of actor or linkage"))
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._add_first)
        self.search.installEventFilter(self)
        self.kinds = KindList(self)
        self.kinds.setAccessibleName(tr("Kinds of actors: drag onto the map or press Enter"))
        self.kinds.itemActivated.connect(self._add)
        self.links = QListWidget()
        self.links.setAccessibleName(tr("Kind of linkage to draw next"))
        self.links.currentItemChanged.connect(self._choose_link)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.kinds, 3)
        layout.addWidget(self.links, 2)
        self.link_kind = DEFAULT_LINK_KIND
        self._fill()
        for one in (self.kinds, self.links):
            one.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            one.setTextElideMode(Qt.TextElideMode.ElideRight)
            one.setMinimumWidth(_LEAST_WIDTH)
        workspace.style_changed.connect(self._fill)

    def choose_link_kind(self, kind: str) -> None:
        """Make a linkage kind the current one."""
        for row in range(self.links.count()):
            if self.links.item(row).data(_CODE) == kind:
                self.links.setCurrentRow(row)

    def kinds_shown(self) -> tuple[str, ...]:
        """Codes of the actor kinds that the search leaves visible."""
        items = (self.kinds.item(row) for row in range(self.kinds.count()))
        return tuple(i.data(_CODE) for i in items if i.data(_CODE) and not i.isHidden())

    def _soften_highlight(self) -> None:
        """A highlight on which chips and sample lines of every colour stay visible."""
        style = self.workspace.style
        for target in (self.kinds, self.links):
            palette = target.palette()
            soft = mixed(style.surface, style.accent, 0.22)
            palette.setColor(QPalette.ColorRole.Highlight, QColor(soft))
            palette.setColor(QPalette.ColorRole.HighlightedText, QColor(style.ink))
            target.setPalette(palette)

    def _fill(self) -> None:
        style = self.workspace.style
        self._soften_highlight()
        self.kinds.clear()
        for family in FAMILIES:
            if family.kinds:
                self._heading(self.kinds, tr(_FAMILY_NAMES[family.code]))
            for kind in family.kinds:
                if kind in ACTOR_KINDS:
                    label = ACTOR_KINDS.label(kind)
                    item = self._item(self.kinds, kind, label, tr(_FAMILY_NAMES[family.code]))
                    item.setIcon(kind_icon(kind, style))
        self.links.blockSignals(True)
        self.links.clear()
        for group, kinds in LINKAGE_GROUPS.items():
            self._heading(self.links, LINKAGE_GROUP_NAMES.label(group))
            for kind in kinds:
                label = LINKAGE_KINDS.label(kind)
                item = self._item(self.links, kind, label, LINKAGE_GROUP_NAMES.label(group))
                item.setIcon(line_icon(kind, style))
        self.links.setIconSize(QSize(*LINE_SIZE))
        self.links.blockSignals(False)
        self.choose_link_kind(self.link_kind)
        self._filter(self.search.text())

    def _heading(self, target: QListWidget, text: str) -> None:
        item = QListWidgetItem(text, target)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = self.font()
        font.setBold(True)
        item.setFont(font)

    def _item(self, target: QListWidget, code: str, label: str, family: str) -> QListWidgetItem:
        item = QListWidgetItem(label, target)
        item.setData(_CODE, code)
        item.setData(_WORDS, f"{label} {family} {code}".casefold())
        item.setToolTip(label)
        return item

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for target in (self.kinds, self.links):
            heading, any_below = None, False
            for row in range(target.count()):
                item = target.item(row)
                if not item.data(_CODE):
                    if heading is not None:
                        heading.setHidden(not any_below)
                    heading, any_below = item, False
                    continue
                hidden = not all(word in item.data(_WORDS) for word in words)
                item.setHidden(hidden)
                any_below = any_below or not hidden
            if heading is not None:
                heading.setHidden(not any_below)

    def _add(self, item: QListWidgetItem) -> None:
        if item.data(_CODE):
            self.actor_wanted.emit(item.data(_CODE))

    def _add_first(self) -> None:
        """Add the kind that the search found first."""
        shown = self.kinds_shown()
        if self.search.text().strip() and shown:
            self.actor_wanted.emit(shown[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the search field into the list that it filters."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
        ):
            self._enter_list()
            return True
        return super().eventFilter(watched, event)

    def _enter_list(self) -> None:
        for row in range(self.kinds.count()):
            item = self.kinds.item(row)
            if item.data(_CODE) and not item.isHidden():
                self.kinds.setCurrentRow(row)
                self.kinds.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _choose_link(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_CODE):
            self.link_kind = item.data(_CODE)
            self.link_kind_chosen.emit(self.link_kind)


class KindList(QListWidget):
    """The actor kinds; what is dragged out of it carries the kind's code."""

    def __init__(self, parent: QWidget) -> None:
        """Allow dragging out, not in."""
        super().__init__(parent)
        self.setDragEnabled(True)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the current kind with its icon under the pointer."""
        item = self.currentItem()
        if item is None or not item.data(_CODE):
            return
        drag = QDrag(self)
        drag.setMimeData(actor_kind_data(item.data(_CODE)))
        drag.setPixmap(item.icon().pixmap(32, 32))
        drag.setHotSpot(QPoint(16, 16))
        drag.exec(Qt.DropAction.CopyAction)
