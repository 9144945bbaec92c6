"""Buttons that show a sign and say in their tool tip what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from widgets.common.icons import icon
from widgets.common.theme import ICON_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class SignButtons:
    """The buttons of one panel, which take on the colours of its theme together."""

    def __init__(self, focus: Qt.FocusPolicy | None = None) -> None:
        """Begin without buttons; they take the focus as usual, or as said."""
        self._focus = focus
        self._buttons: list[tuple[QToolButton, str]] = []

    def __iter__(self) -> Iterator[tuple[QToolButton, str]]:
        """Go through the buttons and the names of their signs."""
        return iter(self._buttons)

    def add(self, sign: str, text: str, command: Callable[[], object]) -> QToolButton:
        """Make a button."""
        button = QToolButton()
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.setToolTip(text)
        button.setAccessibleName(text)
        if self._focus is not None:
            button.setFocusPolicy(self._focus)
        button.clicked.connect(lambda _checked=False: command())
        self._buttons.append((button, sign))
        return button

    def colour(self, colour: str) -> None:
        """Draw all signs in a colour."""
        for button, sign in self._buttons:
            button.setIcon(icon(sign, colour))
