"""The start page: begin, open, look at a sample, and what this is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from resources.text import tr
from widgets.common.plain_label import plain_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QLabel

_WIDTH = 760


class StartPage(QScrollArea):
    """What one sees when no project is open.

    Signals:
        new_wanted, open_wanted: the two ways to begin.
        sample_wanted: name of the sample to open as a copy.
        painted: it is on the screen for the first time.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal(str)
    painted = Signal()

    def __init__(self, samples: Sequence[tuple[str, str, str]]) -> None:
        """Show the samples, each as (name, title, sentence)."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Start page"))
        page = _Sheet()
        page.painted.connect(self.painted)
        self.setWidget(page)
        outer = QHBoxLayout(page)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        outer.addStretch(1)
        outer.addWidget(column, 100)
        outer.addStretch(1)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(24, 48, 24, 48)
        layout.setSpacing(16)
        layout.addWidget(_label(tr("Crosstrack"), "display"))
        layout.addWidget(
            _label(
                tr(
                    "See who is who across all tracks, plan who links with whom and when, and "
                    "make sure that no link does harm."
                ),
                "lead",
            )
        )
        layout.addLayout(self._ways_to_begin())
        layout.addSpacing(16)
        layout.addWidget(_label(tr("Look around in a sample"), "heading"))
        layout.addWidget(
            _label(
                tr(
                    "A sample opens as a copy in memory, without a passphrase. Public facts, "
                    "marked where they are not checked or made up for illustration."
                ),
                "explanation",
            )
        )
        for name, title, sentence in samples:
            layout.addWidget(self._sample_button(name, title, sentence))
        layout.addSpacing(16)
        layout.addWidget(_label(tr("What this is, and what it is not"), "heading"))
        layout.addWidget(_label(_about_text(), "explanation"))
        layout.addStretch(1)

    def _ways_to_begin(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        self.new_button = QPushButton(tr("New project"))
        self.new_button.setProperty("role", "primary")
        self.new_button.clicked.connect(self.new_wanted)
        self.open_button = QPushButton(tr("Open a project…"))
        self.open_button.clicked.connect(self.open_wanted)
        for button in (self.new_button, self.open_button):
            button.setMinimumHeight(40)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _sample_button(self, name: str, title: str, sentence: str) -> QPushButton:
        button = CardButton(title, sentence)
        button.setObjectName(f"sample-{name}")
        button.clicked.connect(lambda: self.sample_wanted.emit(name))
        return button


class _Sheet(QWidget):
    """Where all of it lies.

    Signals:
        painted: it is painted for the first time.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._new = True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._new:
            self._new = False
            self.painted.emit()


class CardButton(QPushButton):
    """A button as high as the title and sentence on it need at its width.

    Labels leave clicks to what they lie on, so a click on a text is one on the button.
    """

    def __init__(self, title: str, sentence: str) -> None:
        """Lay out both texts."""
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(16, 12, 16, 12)
        self._inside.setSpacing(4)
        for text, role in ((title, "card-title"), (sentence, "explanation")):
            self._inside.addWidget(_label(text, role))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The texts wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """What the texts need."""
        return self._inside.heightForWidth(width)

    def sizeHint(self) -> QSize:
        """What the texts need at the width of the page."""
        return QSize(_WIDTH, self._inside.heightForWidth(_WIDTH))


def _label(text: str, role: str) -> QLabel:
    label = plain_label(text)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label


def _about_text() -> str:
    return tr(
        "Crosstrack works entirely on this computer and never uses a network. A project is one "
        "encrypted file; only those who know its passphrase can read it, and there is no way "
        "around a forgotten one. The map shows how its makers see things on a day: it is not the "
        "truth, and it cannot judge for you. Exports show what you allow their audience to see, "
        "and nothing else."
    )
