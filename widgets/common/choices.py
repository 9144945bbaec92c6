"""A row of buttons of which one is chosen: for answers and for yes, no, not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from widgets.common.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_BACK = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Up})
_FORWARD = frozenset({Qt.Key.Key_Right, Qt.Key.Key_Down})


class ChoiceButtons(QWidget):
    """Exclusive buttons; arrows move between them, the first letter of a label chooses it.

    Signals:
        chosen: the code of the button that the user pressed.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], name: str) -> None:
        """Offer the choices.

        Args:
            choices: (code, label), labels in the user's language.
            name: what is being chosen, for screen readers.
        """
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = FlowLayout(self)
        for code, label in choices:
            button = QToolButton()
            button.setText(label)
            button.setCheckable(True)
            button.setObjectName("choice")
            button.setAccessibleName(f"{name}: {label}")
            button.clicked.connect(lambda _=False, code=code: self.chosen.emit(code))
            self._group.addButton(button)
            self._buttons[code] = button
            layout.addWidget(button)
        self._group.setExclusive(True)
        if choices:
            self.setFocusProxy(self._buttons[choices[0][0]])

    def choose(self, code: str) -> None:
        """Show a code as chosen; an unknown one shows none."""
        self._group.setExclusive(False)
        for one, button in self._buttons.items():
            button.setChecked(one == code)
        self._group.setExclusive(True)
        if code in self._buttons:
            self.setFocusProxy(self._buttons[code])

    @property
    def code(self) -> str:
        """The chosen code; empty when none is."""
        return next((code for code, one in self._buttons.items() if one.isChecked()), "")

    def button(self, code: str) -> QToolButton:
        """The button of a code."""
        return self._buttons[code]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the buttons, or choose one by its letter."""
        codes = list(self._buttons)
        at = next((i for i, code in enumerate(codes) if self._buttons[code].hasFocus()), 0)
        letter = event.text().casefold()
        if event.key() in _FORWARD | _BACK:
            step = 1 if event.key() in _FORWARD else -1
            self._buttons[codes[(at + step) % len(codes)]].setFocus()
        elif letter and not event.modifiers() and self._by_letter(letter):
            self._by_letter(letter).click()  # type: ignore[union-attr]
        else:
            super().keyPressEvent(event)

    def _by_letter(self, letter: str) -> QToolButton | None:
        matching = [b for b in self._buttons.values() if b.text().casefold().startswith(letter)]
        return matching[0] if matching else None
