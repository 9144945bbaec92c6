"""The lock page: covers the window, says nothing about the project, and asks for the passphrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_WIDTH = 420


class LockPage(QWidget):
    """Covers the window.

    Signals:
        passphrase_given: what was typed; the field is empty again then.
        keyfile_wanted: open with a key file instead.
        uncover_wanted: a project without a passphrase is to be shown again.
        leave_wanted: close the program; what is unsaved stays sealed.
    """

    passphrase_given = Signal(str)
    keyfile_wanted = Signal()
    uncover_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self) -> None:
        """Lay everything out; `show_locked` or `show_covered` says which of it is shown."""
        super().__init__()
        self.setAccessibleName(tr("Locked"))
        self._covered = False
        outer = QHBoxLayout(self)
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        outer.addStretch(1)
        outer.addWidget(column)
        outer.addStretch(1)
        layout = QVBoxLayout(column)
        layout.setSpacing(12)
        layout.addStretch(1)
        self.heading = _label("", "display")
        self.sentence = _label("", "explanation")
        layout.addWidget(self.heading)
        layout.addWidget(self.sentence)
        layout.addWidget(self._secret())
        self.problem = _label("", "problem")
        layout.addWidget(self.problem)
        self.uncover = QPushButton(tr("Show it again (Esc)"))
        self.uncover.clicked.connect(self.uncover_wanted)
        layout.addWidget(self.uncover)
        layout.addStretch(2)

    def show_locked(self, sentence: str) -> None:
        """Ask for the passphrase."""
        self._covered = False
        self.heading.setText(tr("Locked"))
        self.sentence.setText(sentence)
        self.complain("")
        self.passphrase.clear()
        self.asking.show()
        self.uncover.hide()
        self.set_busy(busy=False)
        self.passphrase.setFocus()

    def show_covered(self, sentence: str) -> None:
        """Cover a project that has no passphrase; Esc shows it again."""
        self._covered = True
        self.heading.setText(tr("Covered, not locked"))
        self.sentence.setText(sentence)
        self.complain("")
        self.asking.hide()
        self.uncover.show()
        self.uncover.setFocus()

    def complain(self, sentence: str) -> None:
        """Say why it stays locked; "" takes it back."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        if sentence:
            self.passphrase.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """While a key is derived nothing can be typed."""
        for widget in (self.passphrase, self.unlock, self.keyfile):
            widget.setEnabled(not busy)
        self.unlock.setText(tr("Unlocking…") if busy else tr("Unlock"))
        if not busy:
            self.passphrase.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc shows a project again that is only covered."""
        if self._covered and event.key() == Qt.Key.Key_Escape:
            self.uncover_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _secret(self) -> QWidget:
        self.asking = QWidget()
        layout = QVBoxLayout(self.asking)
        layout.setContentsMargins(0, 0, 0, 0)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(tr("Passphrase"))
        self.passphrase.setPlaceholderText(tr("Passphrase"))
        self.passphrase.returnPressed.connect(self._give)
        self.unlock = QPushButton(tr("Unlock"))
        self.unlock.setProperty("role", "primary")
        self.unlock.clicked.connect(self._give)
        self.keyfile = QPushButton(tr("Use a key file…"))
        self.keyfile.clicked.connect(self.keyfile_wanted)
        self.leave = QPushButton(tr("Quit"))
        self.leave.setToolTip(tr("What is unsaved stays sealed on this computer"))
        self.leave.clicked.connect(self.leave_wanted)
        layout.addWidget(self.passphrase)
        row = QHBoxLayout()
        row.addWidget(self.unlock)
        row.addWidget(self.keyfile)
        row.addStretch(1)
        row.addWidget(self.leave)
        layout.addLayout(row)
        return self.asking

    def _give(self) -> None:
        text = self.passphrase.text()
        self.passphrase.clear()
        if text:
            self.passphrase_given.emit(text)
        else:
            self.complain(tr("Type the passphrase of the project."))


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
