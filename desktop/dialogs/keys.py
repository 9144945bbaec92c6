"""The ways to open a project, and what can be done about them, in honest words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QGridLayout, QListWidget, QListWidgetItem, QPushButton

from desktop.dialogs.question import QuestionDialog, plain_label
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

KeyWish = Literal["passphrase", "keyfile", "recovery", "change", "remove", "rekey"]


@dataclass(frozen=True)
class KeyAnswer:
    """What is to be done, and to which slot where it is about one."""

    wish: KeyWish
    slot: str = ""


class KeysDialog(QuestionDialog):
    """Lists the key slots of a project; answers with a KeyAnswer."""

    def __init__(
        self, parent: QWidget | None, name: str, slots: Sequence[str], opened_by: str
    ) -> None:
        """Show the slots, by the names of their members in the file."""
        super().__init__(
            parent,
            tr("Ways to open {name}", name=name),
            tr("Each of these opens the project alone. All are in the file itself, sealed."),
        )
        self._opened_by = opened_by
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Ways to open the project"))
        self.list.setMinimumSize(460, 120)
        for slot in slots:
            item = QListWidgetItem(slot_in_words(slot, used=slot == opened_by))
            item.setData(_SLOT, slot)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda _: self._enable())
        self.body.addWidget(self.list)
        self.body.addLayout(self._buttons())
        self.body.addWidget(
            plain_label(
                tr(
                    "Copies made before, on sticks, in mails and among the earlier versions, "
                    "still open in the old ways: a removed passphrase only closes the files "
                    "saved from now on. If somebody must be shut out, take a new key and, "
                    "where you can, delete the old copies."
                ),
                "explanation",
            )
        )
        self.add_cancel(tr("Close"))
        self._enable()

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        self.by_wish: dict[KeyWish, QPushButton] = {}
        wishes: tuple[tuple[KeyWish, str], ...] = (
            ("change", tr("Change the selected passphrase…")),
            ("remove", tr("Remove the selected way")),
            ("passphrase", tr("Add a passphrase…")),
            ("keyfile", tr("Add a key file…")),
            ("recovery", tr("Add a recovery sheet to print…")),
            ("rekey", tr("New key and passphrase, drop all ways…")),
        )
        for place, (wish, text) in enumerate(wishes):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, one=wish: self.answer(self._answer_to(one)))
            self.by_wish[wish] = button
            grid.addWidget(button, place // 2, place % 2)
        return grid

    def _selected(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_SLOT)) if item is not None else ""

    def _answer_to(self, wish: KeyWish) -> KeyAnswer:
        return KeyAnswer(wish, self._selected() if wish in {"change", "remove"} else "")

    def _enable(self) -> None:
        slot = self._selected()
        self.by_wish["change"].setEnabled("/passphrase-" in slot)
        self.by_wish["remove"].setEnabled(slot != self._opened_by and self.list.count() > 1)


_SLOT = 0x0100  # Qt.ItemDataRole.UserRole


def slot_in_words(slot: str, *, used: bool) -> str:
    """A slot as people know it: "Passphrase 2, used now"."""
    kind, _, number = slot.removeprefix("keys/").removesuffix(".age").rpartition("-")
    kinds = {
        "passphrase": tr("Passphrase {number}", number=number),
        "keyfile": tr("Key file {number}", number=number),
        "recovery": tr("Recovery sheet {number}", number=number),
    }
    text = kinds.get(kind, slot)
    return tr("{way} (you opened it with this one)", way=text) if used else text
