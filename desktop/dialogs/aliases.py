"""Choosing who is shown under an alias: actors one by one, and the holders of postings."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.question import plain_label
from model.search import fold
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.tables import Tables

_ID = Qt.ItemDataRole.UserRole


class AliasChooser(QWidget):
    """Answers `chosen()` and `holders`.

    Signals:
        changed: somebody else is to be shown under an alias.
    """

    changed = Signal()

    def __init__(self, tables: Tables) -> None:
        """Offer all actors of the project; none is ticked."""
        super().__init__()
        self.holders = QCheckBox(tr("Holders of postings"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Find an actor"))
        self.search.setAccessibleName(tr("Find an actor"))
        self.search.setClearButtonEnabled(True)
        self.actors = QListWidget()
        self.actors.setAccessibleName(tr("Actors under an alias"))
        self.actors.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for actor in sorted(tables.actors.values(), key=lambda one: fold(one.name)):
            item = QListWidgetItem(actor.name, self.actors)
            item.setData(_ID, actor.id)
            item.setToolTip(f"<p>{escape(actor.name)}</p>")
            item.setCheckState(Qt.CheckState.Unchecked)
        layout = QVBoxLayout(self)
        layout.addWidget(
            plain_label(
                tr(
                    "Ticked actors get a name such as “Vega”, in all texts of the pack. The next "
                    "pack gives them another one. An alias hides a name, not a role: readers who "
                    "know the field may still guess."
                ),
                "explanation",
            )
        )
        layout.addWidget(self.holders)
        layout.addWidget(self.search)
        layout.addWidget(self.actors, 1)
        self.search.textChanged.connect(self._find)
        self.holders.toggled.connect(lambda _: self.changed.emit())
        self.actors.itemChanged.connect(lambda _: self.changed.emit())

    def chosen(self) -> frozenset[str]:
        """The ids of the ticked actors."""
        return frozenset(
            str(item.data(_ID))
            for item in self._items()
            if item.checkState() == Qt.CheckState.Checked
        )

    def tick(self, ids: Iterable[str], *, holders: bool) -> None:
        """Tick these and no others."""
        wanted = set(ids)
        self.actors.blockSignals(True)
        for item in self._items():
            ticked = item.data(_ID) in wanted
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.actors.blockSignals(False)
        self.holders.setChecked(holders)
        self.changed.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.actors.item(row) for row in range(self.actors.count())]

    def _find(self, text: str) -> None:
        for item in self._items():
            item.setHidden(fold(text) not in fold(item.text()))
