"""A message bar inside the window: one sentence, at most one action, never in the way.

What happened and what can be done is said here rather than in a dialog (design 4.8).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from model.analysis.finding import SEVERITIES
from model.drawing.palette import BASES, Medium
from model.drawing.style import style_sheet
from resources.text import tr
from widgets.common.announcing import announce
from widgets.common.icons import icon, icon_pixmap
from widgets.common.theme import GRID, ICON_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

SCREEN_MEDIA: tuple[Medium, ...] = ("light", "dark", "contrast")


def medium_of(palette: QPalette) -> Medium:
    """The screen medium that a palette was made for; light when it is not one of ours."""
    window = palette.color(QPalette.ColorRole.Window).name()
    return next((one for one in SCREEN_MEDIA if BASES[one].background == window), "light")


class NoticeBar(QFrame):
    """Shows one notice at a time; hidden while there is none."""

    def __init__(self) -> None:
        """Begin with nothing to say."""
        super().__init__()
        self._severity = "info"
        self._callback: Callable[[], None] | None = None
        self._is_passing = False
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._action = QPushButton()
        self._action.clicked.connect(self._act)
        self._close = QToolButton()
        self._close.setToolTip(tr("Close this notice"))
        self._close.setAccessibleName(tr("Close this notice"))
        self._close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self.setObjectName("notice")
        self.hide()

    def show_notice(
        self,
        text: str,
        *,
        severity: str = "info",
        action: str = "",
        callback: Callable[[], None] | None = None,
        is_passing: bool = False,
    ) -> None:
        """Say a sentence in place of what was said before.

        Args:
            text: the sentence, shown as it is (never as markup).
            severity: ok, info, low, medium or high; decides icon and tint.
            action: what the button says; no button when empty.
            callback: what the button does; the notice goes away with it.
            is_passing: whether it no longer matters once something else has been done.
        """
        self._is_passing = is_passing
        self._severity = severity if severity in {*SEVERITIES, "ok"} else "info"
        self._callback = callback
        self._text.setText(text)
        self._text.setAccessibleName(text)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._dress()
        self.show()
        announce(self, text, urgent=severity in {"medium", "high"})

    def clear(self) -> None:
        """Say nothing any more."""
        self._callback, self._is_passing = None, False
        self._text.clear()
        self.hide()

    def move_on(self) -> None:
        """Something was done: what was refused before no longer matters."""
        if self._is_passing:
            self.clear()

    def show_again(self) -> None:
        """Say what was being said before the bar was hidden; nothing where it was cleared."""
        self.setVisible(bool(self._text.text()))

    @property
    def text(self) -> str:
        """What is being said; empty while hidden."""
        return "" if self.isHidden() else self._text.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() is QEvent.Type.PaletteChange:
            self._dress()
        super().changeEvent(event)

    def _act(self) -> None:
        callback = self._callback
        self.clear()
        if callback is not None:
            callback()

    def _dress(self) -> None:
        # The application's palette: the bar's own is tinted by the style sheet set below.
        sheet = style_sheet(medium_of(QGuiApplication.palette()))
        style = sheet.severity(self._severity)
        self._sign.setPixmap(
            icon_pixmap(style.icon, style.colour, ICON_SIZE, self.devicePixelRatioF())
        )
        self._close.setIcon(icon("close", sheet.muted_ink))
        wanted = (
            f"#notice {{ background: {style.tint}; border: 0;"
            f" border-bottom: 1px solid {style.colour}; }}"
            f"#notice > QLabel {{ color: {sheet.ink}; background: transparent; }}"
        )
        if self.styleSheet() != wanted:
            self.setStyleSheet(wanted)
