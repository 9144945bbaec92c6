"""A dialog that opens without blocking and answers exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLayout,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

MARGIN = 24
SPACING = 12
_FRAME = 20
"""Pixels beside a dialog that its window's frame may take, twice as many above and below."""
_LEAST = QSize(560, 200)
"""What a list or page that would rather have more room can do with."""


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
        self._roomy: list[tuple[QWidget, QSize]] = []
        self._wished: QSize | None = None

    def ask(self) -> None:
        """Open, window-modal, without blocking."""
        self.open()

    def give_room(self, part: QWidget, width: int, height: int) -> None:
        """Show a part in so much room at first where the display has it; it may become smaller."""
        part.setMinimumSize(min(width, _LEAST.width()), min(height, _LEAST.height()))
        self._roomy.append((part, QSize(width, height)))

    def wish(self, width: int, height: int) -> None:
        """Open in this size where the display has it."""
        self._wished = QSize(width, height)

    def showEvent(self, event: QShowEvent) -> None:
        """Never larger than the display, with all the room that is wished for within it."""
        wanted = self._wished
        if self._roomy:
            sizes = [size for _, size in self._roomy]
            wanted = self._size_with(sizes)
            self._size_with([size.boundedTo(_LEAST) for size in sizes])
        if wanted is not None:
            self.resize(wanted.boundedTo(self._display()))
        elif (layout := self.layout()) is not None:
            # Qt's own wish is for texts in narrow lines; what they leave free in broad ones would
            # come between them.
            layout.activate()
            self.resize(self.width(), self._needed(layout))
        self._roomy, self._wished = [], None
        super().showEvent(event)
        self.fit()

    def _size_with(self, sizes: list[QSize]) -> QSize:
        """How large the dialog is when its roomy parts are at least as large as that."""
        for (part, _), size in zip(self._roomy, sizes, strict=True):
            part.setMinimumSize(size)
        layout = self.layout()
        if layout is None:
            return self.sizeHint()
        layout.invalidate()
        layout.activate()
        return layout.totalSizeHint()

    def _display(self) -> QSize:
        """What a dialog may fill of its display, beside its frame."""
        return self.screen().availableSize() - QSize(_FRAME, 2 * _FRAME)

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
            wanted = min(self._needed(layout), self._display().height())
            if wanted > self.height():
                self.resize(self.width(), wanted)

    def _needed(self, layout: QLayout) -> int:
        """How high a dialog as broad as it is must be for all that is in it."""
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(self.width())
        return layout.totalSizeHint().height()

    def _finish(self, _code: int) -> None:
        self.answered.emit(self._answer)


def plain_label(text: str, role: str) -> QLabel:
    """A wrapping label that never reads its text as markup; `role` is for the style sheet."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
