"""Asking for a passphrase: an existing one, or a new one with a word on its strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)

from desktop.dialogs.question import QuestionDialog, plain_label
from desktop.passphrases import WORDS, strength, suggest, weakness
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

_METER_DELAY_MS = 150


def _secret_field(name: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setAccessibleName(name)
    edit.setMinimumWidth(340)
    return edit


class KeyFileWish:
    """The answer of somebody who opens with a key file."""


class PassphraseDialog(QuestionDialog):
    """Asks for the passphrase of a file; answers with the text, or a KeyFileWish."""

    def __init__(
        self, parent: QWidget | None, file_name: str, problem: str = "", *, of_key: bool = False
    ) -> None:
        """Ask for one file.

        Args:
            parent: the window.
            file_name: of the file.
            problem: why the last try did not work.
            of_key: whether the file is a personal key, which opens with its passphrase alone.
        """
        explanation = (
            tr("This key file is under a passphrase of its own; the project's does not open it.")
            if of_key
            else ""
        )
        super().__init__(parent, tr("Open {name}", name=file_name), explanation)
        form = QFormLayout()
        self.passphrase = _secret_field(tr("Passphrase"))
        form.addRow(tr("Passphrase"), self.passphrase)
        self.body.addLayout(form)
        self.body.addWidget(show_box([self.passphrase]))
        if not of_key:
            hint = tr("The key of a recovery sheet (AGE-SECRET-KEY-1 …) can be typed here, too.")
            self.body.addWidget(plain_label(hint, "explanation"))
        self.complain(problem)
        self.add_cancel(tr("Cancel"))
        if not of_key:
            self.add_answer(tr("Use a key file…"), KeyFileWish)
        self.add_answer(tr("Open"), self._value, default=True)

    def _value(self) -> str | None:
        if not self.passphrase.text():
            self.complain(tr("Type the passphrase of this file."))
            return None
        return self.passphrase.text()


class NewPassphraseDialog(QuestionDialog):
    """Asks for a new passphrase twice and says how strong it is; the answer is the text."""

    def __init__(
        self, parent: QWidget | None, title: str, button: str, explanation: str = ""
    ) -> None:
        """Ask under a title; `button` says what happens next, `explanation` what it opens."""
        super().__init__(
            parent,
            title,
            explanation
            or tr(
                "The file is encrypted with this passphrase. Nobody can open it without it, "
                "not even its makers: keep the passphrase where only you find it."
            ),
        )
        form = QFormLayout()
        self.passphrase = _secret_field(tr("Passphrase"))
        self.repeated = _secret_field(tr("The same again"))
        form.addRow(tr("Passphrase"), self.passphrase)
        form.addRow(tr("The same again"), self.repeated)
        self.meter = QProgressBar()
        self.meter.setRange(0, 4)
        self.meter.setTextVisible(False)
        self.meter.setFixedHeight(6)
        self.meter.setAccessibleName(tr("Strength of the passphrase"))
        self.verdict = plain_label(" ", "explanation")
        form.addRow("", self.meter)
        form.addRow("", self.verdict)
        self.body.addLayout(form)
        self.show_box = show_box([self.passphrase, self.repeated])
        self.body.addWidget(self.show_box)
        self.suggest = QPushButton(tr("Suggest one"))
        self.suggest.setAutoDefault(False)
        self.suggest.setToolTip(tr("Six random words; write them down until you know them"))
        self.suggest.clicked.connect(self._suggest)
        form.addRow("", self.suggest)
        self.add_cancel(tr("Cancel"))
        self.add_answer(button, self._value, default=True)
        self._timer = QTimer(self, singleShot=True, interval=_METER_DELAY_MS)
        self._timer.timeout.connect(self._measure)
        self.passphrase.textChanged.connect(self._timer.start)

    def _suggest(self) -> None:
        """Fill in a random passphrase, show it, and say how strong it is."""
        text, bits = suggest()
        self.show_box.setChecked(True)
        for field in (self.passphrase, self.repeated):
            field.setText(text)
        self._timer.stop()
        self.meter.setValue(self.meter.maximum())
        self.verdict.setText(
            tr("Drawn at random from {words} words: {bits} bits", words=WORDS, bits=bits)
        )

    def _measure(self) -> None:
        text = self.passphrase.text()
        score = strength(text)
        self.meter.setValue(score)
        self.verdict.setText(strength_words(score) if text else " ")

    def _value(self) -> str | None:
        text = self.passphrase.text()
        weak = weakness(text)
        if weak:
            self.complain(weak)
            return None
        if text != self.repeated.text():
            self.complain(tr("The two are not the same; type the passphrase again."))
            return None
        return text


def strength_words(score: int) -> str:
    """A strength of 0 to 4 in words."""
    return (
        tr("Very weak: guessed at once"),
        tr("Weak: guessed within hours"),
        tr("Fair: holds off a casual thief"),
        tr("Strong"),
        tr("Very strong"),
    )[score]


def show_box(fields: list[QLineEdit]) -> QCheckBox:
    """A box to tick that shows what is typed into secret fields."""
    box = QCheckBox(tr("Show what I type"))

    def show(shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for one in fields:
            one.setEchoMode(mode)

    box.toggled.connect(show)
    return box


def asker(file_name: str, problem: str = "") -> Callable[[QWidget], PassphraseDialog]:
    """What a flow asks to get the passphrase of a file."""
    return lambda window: PassphraseDialog(window, file_name, problem)


def key_asker(file_name: str, problem: str = "") -> Callable[[QWidget], PassphraseDialog]:
    """What a flow asks to get the passphrase of a personal key file."""
    return lambda window: PassphraseDialog(window, file_name, problem, of_key=True)
