"""The values of a conflict side by side: before, mine, theirs; words mark the chosen one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from resources.text import tr
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDES = ("base", "ours", "theirs")
VALUE_STYLE = """
QFrame#value { border: 1px solid palette(mid); border-radius: 6px; background: palette(base); }
QFrame#value[chosen="true"] { border: 2px solid palette(highlight); }
QFrame#value QScrollArea, QFrame#value QLabel { background: transparent; }
"""


def side_title(side: str) -> str:
    """The heading over a value."""
    return {"base": tr("Before"), "ours": tr("Mine"), "theirs": tr("Theirs")}[side]


class ValueCard(QFrame):
    """One value under its heading; long texts scroll."""

    def __init__(self, title: str) -> None:
        """Make the card of a side, which is called so."""
        super().__init__()
        self.setObjectName("value")
        self._title = title
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.setSpacing(GRID // 2)
        self.caption = plain(title, "card-title")
        self.text = plain("", "value")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.text)
        layout.addWidget(self.caption)
        layout.addWidget(scroll, 1)

    def show_value(self, text: str, *, chosen: bool) -> None:
        """Show a value and whether it is the one that will stand."""
        title = self._title
        self.caption.setText(tr("{side} — chosen", side=title) if chosen else title)
        self.text.setText(text)
        self.setAccessibleName(tr("{side}: {value}", side=title, value=text))
        self.setProperty("chosen", chosen)
        self.style().polish(self)


class ValueRow(QWidget):
    """Cards side by side."""

    def __init__(self, titles: Mapping[str, str] | None = None) -> None:
        """Make the cards: by side and title, else those of a merge."""
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        shown = titles or {side: side_title(side) for side in SIDES}
        self.cards = {side: ValueCard(title) for side, title in shown.items()}
        for card in self.cards.values():
            layout.addWidget(card, 1)

    def show_values(self, texts: Mapping[str, str], chosen: str) -> None:
        """Show the values by side; a side without one is hidden."""
        for side, card in self.cards.items():
            card.setVisible(side in texts)
            if side in texts:
                card.show_value(texts[side], chosen=side == chosen)


def plain(text: str, role: str) -> QLabel:
    """A wrapping label that never reads its text as markup; `role` is for the theme."""
    label = QLabel(text)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
