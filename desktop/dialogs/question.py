"""A dialog that opens without blocking and answers exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MARGIN = 24
SPACING = 12


class QuestionDialog(QDialog):
    """Base of all dialogs: heading, body, buttons that say what they do.

    Signals:
        answered: the typed answer, or None when the user closed it.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget | None, title: str, explanation: str = "") -> None:
        """Lay out heading and explanation; subclasses add to `body`."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        outer.setSpacing(SPACING)
        self.heading = plain_label(title, "heading")
        outer.addWidget(self.heading)
        if explanation:
            outer.addWidget(plain_label(explanation, "explanation"))
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACING)
        outer.addLayout(self.body)
        self.problem = plain_label("", "problem")
        self.problem.hide()
        outer.addWidget(self.problem)
        self.buttons = QDialogButtonBox(self)
        outer.addWidget(self.buttons)
        self.finished.connect(self._finish)
        self._answer: object = None

    def ask(self) -> None:
        """Open, window-modal, without blocking."""
        self.open()

    def add_answer(self, text: str, value: Callable[[], object], *, default: bool = False) -> None:
        """Add a button that answers with what `value` gives; None keeps the dialog open."""
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setDefault(default)
        button.setAutoDefault(default)
        button.clicked.connect(lambda: self.answer(value()))

    def add_cancel(self, text: str) -> None:
        """Add the button that leaves everything as it is."""
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.RejectRole)
        button.clicked.connect(self.reject)

    def answer(self, value: object) -> None:
        """Answer and close, unless there is no value."""
        if value is not None:
            self._answer = value
            self.accept()

    def complain(self, sentence: str) -> None:
        """Say at the spot what is missing or wrong; "" takes it back."""
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
        self.fit()

    def fit(self) -> None:
        """Grow where texts have become longer, so that no line of them is cut off."""
        layout = self.layout()
        if layout is not None and self.isVisible():
            layout.activate()
            wanted = max(layout.totalHeightForWidth(self.width()), layout.totalSizeHint().height())
            if wanted > self.height():
                self.resize(self.width(), wanted)

    def _finish(self, _code: int) -> None:
        self.answered.emit(self._answer)


def plain_label(text: str, role: str) -> QLabel:
    """A wrapping label that never reads its text as markup; `role` is for the style sheet."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
