"""The project's own items: sets taken over, items added, changed, put in order, asked no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from model.codes import CHECKLIST_SCOPES
from model.commands.asides import ask_item_again
from model.commands.checklist import add_items, add_own_item, move_item, retire_item
from model.donoharm.items import aside_records, own_records, shipped_items
from model.donoharm.sets import SET_IDS, item_set
from resources.text import plural, tr
from widgets.common.flow_layout import FlowLayout

if TYPE_CHECKING:
    from model.donoharm.sets import ItemSet
    from model.records import ChecklistItem
    from widgets.common.workspace import Workspace


class MoreMenu(QMenu):
    """Adds items and sets, and brings back what was asked no more.

    Signals:
        bring_in_wanted, save_wanted: a set is to be read from, or written to, a file.
    """

    bring_in_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        """Be filled anew each time it opens."""
        super().__init__(parent)
        self._workspace = workspace
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """Offer what can be done now."""
        self.clear()
        own = self.addMenu(tr("An &item of our own about…"))
        for scope in CHECKLIST_SCOPES.codes:
            action = own.addAction(CHECKLIST_SCOPES.label(scope))
            action.triggered.connect(lambda _=False, scope=scope: self.add_own_item(scope))
        self.addSeparator()
        for set_id in SET_IDS:
            chosen = item_set(set_id)
            text = tr("Set: {title} ({count})", title=tr(chosen.title), count=len(chosen.items))
            action = self.addAction(text)
            action.setToolTip(tr(chosen.about))
            action.triggered.connect(lambda _=False, chosen=chosen: self.add_set(chosen))
        self.addSeparator()
        self.addAction(tr("&Bring in a set from a file…"), self.bring_in_wanted.emit)
        save = self.addAction(tr("&Save our items as a set…"), self.save_wanted.emit)
        items = own_records(self._workspace.document)
        save.setEnabled(any(not one.retired for one in items))
        self._fill_asked_no_more([one for one in items if one.retired])

    def _fill_asked_no_more(self, retired: list[ChecklistItem]) -> None:
        """Own items that were retired and shipped ones that were set aside, to ask them again."""
        aside = aside_records(self._workspace.document)
        count = len(retired) + len(aside)
        if not count:
            return
        menu = self.addMenu(tr("Asked &no more ({count})", count=count))
        menu.setToolTipsVisible(True)
        for one in retired:
            action = menu.addAction(one.title.replace("&", "&&"))
            action.setToolTip(tr("Ask it again"))
            action.triggered.connect(lambda _=False, i=one.id: self._ask_again(i))
        for item in shipped_items():
            for why in aside.get(item.id, ())[:1]:
                action = menu.addAction(f"{item.id}  {item.label}".replace("&", "&&"))
                text = tr(
                    "Ask it again. Set aside by {role}: {reason}",
                    role=why.author_role or tr("a role not recorded"),
                    reason=why.reason or tr("no reason recorded"),
                )
                action.setToolTip(text)
                action.setStatusTip(text)
                action.triggered.connect(lambda _=False, i=item.id: self._ask_shipped_again(i))

    def _ask_shipped_again(self, item_id: str) -> None:
        document, as_of = self._workspace.document, self._workspace.as_of
        self._workspace.attempt(lambda: ask_item_again(document, item_id, as_of=as_of))

    def add_own_item(self, scope: str) -> None:
        """Add an item for a scope, and let the inspector ask for its question."""
        document = self._workspace.document
        item = self._workspace.attempt(lambda: add_own_item(document, scope, tr("New item")))
        if item is not None:
            self._workspace.select([("checklist_items", item.id)])

    def add_set(self, chosen: ItemSet) -> None:
        """Take over a set, and say where its items are asked."""
        document = self._workspace.document
        added = self._workspace.attempt(lambda: add_items(document, chosen.items, tr(chosen.title)))
        if added is not None:
            self._workspace.hinted.emit(added_words(added, chosen))

    def _ask_again(self, item_id: str) -> None:
        document = self._workspace.document
        self._workspace.attempt(lambda: retire_item(document, item_id, retired=False))


def added_words(added: int, chosen: ItemSet) -> str:
    """How many items were added, and of what they are asked."""
    if not added:
        return tr("All items of this set are there already.")
    places = {
        "project": tr("the project"),
        "actor": tr("each actor"),
        "linkage": tr("each linkage"),
        "activity": tr("each activity"),
        "invitation": tr("linkages of the kind participation"),
        "export": tr("exports"),
    }
    asked = dict.fromkeys(places[one.scope] for one in chosen.items)
    return plural(
        "{count} item added; it is asked of {what}.",
        "{count} items added; they are asked of {what}.",
        added,
        what=", ".join(asked),
    )


class OwnItemButtons(QWidget):
    """What can be done with an own item, below its answer."""

    def __init__(self, workspace: Workspace, item_id: str) -> None:
        """Offer to change, move and retire an item."""
        super().__init__()
        document = workspace.document
        layout = FlowLayout(self)
        self.buttons: dict[str, QPushButton] = {}
        for name, text, command in (
            ("edit", tr("Change the question…"), None),
            ("up", tr("Move up"), lambda: move_item(document, item_id, -1)),
            ("down", tr("Move down"), lambda: move_item(document, item_id, 1)),
            ("retire", tr("Ask no more"), lambda: retire_item(document, item_id, retired=True)),
        ):
            button = QPushButton(text)
            if command is None:
                button.clicked.connect(
                    lambda _=False: workspace.select([("checklist_items", item_id)])
                )
            else:
                button.clicked.connect(lambda _=False, run=command: workspace.attempt(run))
            self.buttons[name] = button
            layout.addWidget(button)
