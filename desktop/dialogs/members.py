"""People with keys of their own: making one, showing its public half, adding a member."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton

from desktop.dialogs.question import QuestionDialog, plain_label
from model.storage.errors import BadSecret
from model.storage.members import check_new
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from model.storage.members import Member


@dataclass(frozen=True)
class NewMember:
    """Whom to let in: name and public key."""

    name: str
    key: str


class MemberDialog(QuestionDialog):
    """Asks for name and public key of a member; answers with a NewMember."""

    def __init__(self, parent: QWidget | None, members: Sequence[Member]) -> None:
        """Ask, knowing who is a member already."""
        super().__init__(
            parent,
            tr("Add a member"),
            tr(
                "The member opens the project with a key of their own; no passphrase is "
                "exchanged. They make it with File, Your own key, and give you its public half. "
                "Compare the key on a second way, such as reading it aloud on the telephone: "
                "whoever swaps it on the way reads along."
            ),
        )
        self._members = members
        form = QFormLayout()
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name"))
        self.key = QLineEdit()
        self.key.setAccessibleName(tr("Public key"))
        self.key.setPlaceholderText("age1…")
        self.key.setMinimumWidth(520)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Public key"), self.key)
        self.body.addLayout(form)
        self.body.addWidget(
            plain_label(
                tr("The name stands in the sealed part of the file; other members can read it."),
                "explanation",
            )
        )
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Add member"), self._value, default=True)

    def _value(self) -> NewMember | None:
        try:
            name, recipient = check_new(self._members, self.name.text(), self.key.text())
        except BadSecret as refusal:
            sentence = refusal.message
            self.complain(sentence[:1].upper() + sentence[1:])
            return None
        return NewMember(name, recipient.text())


class OwnKeyDialog(QuestionDialog):
    """What can be done with a key of one's own; answers "make" or "show"."""

    def __init__(self, parent: QWidget | None) -> None:
        """Say what such a key is good for."""
        super().__init__(
            parent,
            tr("Your own key"),
            tr(
                "A key of your own opens all projects of which you are a member. It is a small "
                "file under a passphrase that only you know; keep a copy in a safe place, for "
                "nobody can make it again. Its public half is no secret: give it to whoever is "
                "to add you to a project."
            ),
        )
        self.setMinimumWidth(520)
        self.add_cancel(tr("Close"))
        self.add_answer(tr("Show the public half of a key file…"), lambda: "show")
        self.add_answer(tr("Make a key…"), lambda: "make", default=True)


class PublicKeyDialog(QuestionDialog):
    """Shows a public key so that it can be copied and read aloud."""

    def __init__(self, parent: QWidget | None, name: str, key: str) -> None:
        """Show the public half of the key in a file."""
        super().__init__(
            parent,
            tr("Public half of {name}", name=name),
            tr(
                "This is no secret. Give it to whoever adds you to a project, and compare it with "
                "them on a second way."
            ),
        )
        self.key = QLineEdit(key)
        self.key.setReadOnly(True)
        self.key.setAccessibleName(tr("Public key"))
        self.key.setMinimumWidth(560)
        self.body.addWidget(self.key)
        self.groups = plain_label("  ".join(key[at : at + 4] for at in range(0, len(key), 4)), "")
        self.groups.setAccessibleName(tr("Public key, in groups to read aloud"))
        self.body.addWidget(self.groups)
        copy = QPushButton(tr("Copy"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(key))
        self.buttons.addButton(copy, self.buttons.ButtonRole.ActionRole)
        self.add_answer(tr("Close"), lambda: "done", default=True)
