"""Which new actors of an import are actors that the project knows already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.dialogs.question import QuestionDialog
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from model.importing.matching import Offer
    from model.importing.rows import Key

_OFFER = Qt.ItemDataRole.UserRole


class SameActorsDialog(QuestionDialog):
    """Answers the ticked offers: the project's actor by the key of the new one."""

    def __init__(self, parent: QWidget | None, offers: Sequence[Offer]) -> None:
        """List the offers; those with the very same name are ticked at first."""
        super().__init__(
            parent,
            tr("Are these the same actors?"),
            tr(
                "What is ticked is joined with the actor of the project, which stays as it is. "
                "Everything else becomes an actor of its own."
            ),
        )
        self.choices = QListWidget()
        self.choices.setAccessibleName(tr("New actors that the project may know"))
        self.give_room(self.choices, 640, 240)
        self.choices.setWordWrap(True)
        for offer in offers:
            item = QListWidgetItem(offer.text)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if offer.same else Qt.CheckState.Unchecked)
            item.setData(_OFFER, offer)
            self.choices.addItem(item)
        self.choices.setCurrentRow(0)
        self.body.addWidget(self.choices)
        self.add_cancel(tr("Do not import"))
        self.add_answer(tr("Go on"), self.joined, default=True)

    def joined(self) -> dict[Key, str]:
        """The project's actor for each ticked one."""
        items = (self.choices.item(at) for at in range(self.choices.count()))
        ticked = (item.data(_OFFER) for item in items if item.checkState() is Qt.CheckState.Checked)
        return {offer.key: offer.actor_id for offer in ticked}
