"""The ways to open a project, and what can be done about them, in honest words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton

from desktop.dialogs.question import QuestionDialog, plain_label
from desktop.ways import slot_in_words
from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from model.storage.keys import ProjectKey

KeyWish = Literal["passphrase", "keyfile", "recovery", "member", "change", "remove", "rekey"]
_SLOT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class KeyAnswer:
    """What is to be done, and to which slot where it is about one."""

    wish: KeyWish
    slot: str = ""


class KeysDialog(QuestionDialog):
    """Lists the key slots of a project; answers with a KeyAnswer."""

    def __init__(self, parent: QWidget | None, name: str, key: ProjectKey) -> None:
        """Show the slots of a key, and whose they are."""
        super().__init__(
            parent,
            tr("Ways to open {name}", name=name),
            tr("Each of these opens the project alone. All are in the file itself, sealed."),
        )
        self._opened_by = key.opened_by
        self.setMinimumWidth(640)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Ways to open the project"))
        self.list.setMinimumHeight(150)
        for slot in key.slots:
            used = slot.name == key.opened_by
            item = QListWidgetItem(slot_in_words(slot.name, key.members, used=used))
            item.setData(_SLOT, slot.name)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(lambda _: self._enable())
        self.body.addWidget(self.list)
        self.by_wish: dict[KeyWish, QPushButton] = {}
        for title, wishes in self._rows():
            self.body.addWidget(plain_label(title, "card-title"))
            row = QHBoxLayout()
            for wish, text in wishes:
                row.addWidget(self._button(wish, text))
            row.addStretch(1)
            self.body.addLayout(row)
        self.body.addWidget(
            plain_label(
                tr(
                    "Copies made before, on sticks, in mails and among the earlier versions, "
                    "still open in the old ways: what is removed only closes the files saved from "
                    "now on, and whoever opened the project once may have kept its key. To shut "
                    "somebody out, take a new key; members keep their way in. Old copies cannot "
                    "be called back."
                ),
                "explanation",
            )
        )
        self.add_cancel(tr("Close"))
        self._enable()

    def _rows(self) -> tuple[tuple[str, tuple[tuple[KeyWish, str], ...]], ...]:
        return (
            (
                tr("The selected way"),
                (("change", tr("Change passphrase…")), ("remove", tr("Remove…"))),
            ),
            (
                tr("Add a way"),
                (
                    ("passphrase", tr("Passphrase…")),
                    ("member", tr("Member…")),
                    ("keyfile", tr("Key file…")),
                    ("recovery", tr("Recovery sheet…")),
                ),
            ),
            (tr("Shut others out"), (("rekey", tr("New key and passphrase…")),)),
        )

    def _button(self, wish: KeyWish, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.answer(self._answer_to(wish)))
        self.by_wish[wish] = button
        return button

    def _selected(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_SLOT)) if item is not None else ""

    def _answer_to(self, wish: KeyWish) -> KeyAnswer:
        return KeyAnswer(wish, self._selected() if wish in {"change", "remove"} else "")

    def _enable(self) -> None:
        slot = self._selected()
        self.by_wish["change"].setEnabled("/passphrase-" in slot)
        removable = slot != self._opened_by and self.list.count() > 1
        self.by_wish["remove"].setEnabled(removable)
        self.by_wish["remove"].setToolTip(
            "" if removable else tr("The way by which you opened the project stays.")
        )


class RemoveDialog(QuestionDialog):
    """Before a way is removed; answers "remove" or "rekey"."""

    def __init__(self, parent: QWidget | None, way: str) -> None:
        """Say what removing does and what it does not do."""
        explanation = tr(
            "It no longer opens what is saved from now on. Copies made before open with it as "
            "they did, and whoever used it may have kept the project's key, with which later "
            "files open, too. With a new key the file is sealed anew: then only one new "
            "passphrase opens it, and the members that are left with their own keys."
        )
        super().__init__(parent, tr("Remove: {way}?", way=way), explanation)
        self.setMinimumWidth(520)
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Remove only"), lambda: "remove")
        self.add_answer(tr("Remove and take a new key…"), lambda: "rekey", default=True)
