"""The look that was chosen, applied to the application and remembered."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QPalette

from desktop.settings import Settings, ThemeChoice, load_settings, save_settings
from widgets.common.theme import apply_theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from model.drawing.palette import Medium
    from model.drawing.style import StyleSheet

_MEDIA: dict[str, Medium] = {"light": "light", "dark": "dark", "contrast": "contrast"}


class Looks(QObject):
    """Theme and remembered window places.

    Signals:
        changed: another style is in force.
    """

    changed = Signal()

    def __init__(self, application: QApplication, folder: Path) -> None:
        """Read what is remembered and apply it."""
        super().__init__(application)
        self._application = application
        self._folder = folder
        self.settings: Settings = load_settings(folder)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self.follow_system())
        # What the system says is an enumeration of Qt's, which the first window does without; its
        # own colours say the same, once nothing lies over them.
        application.setPalette(QPalette())
        palette = application.palette()
        self._system: Medium = (
            "dark" if palette.window().color().value() < palette.text().color().value() else "light"
        )
        self._apply()

    @property
    def style(self) -> StyleSheet:
        """The style sheet of drawings in force."""
        from model.drawing.style import style_sheet  # noqa: PLC0415 - nothing is drawn at first

        return style_sheet(self._medium)

    def choose(self, theme: ThemeChoice) -> None:
        """Take another theme and remember it."""
        self._remember(theme=theme)
        self._apply()
        self.changed.emit()

    def prefer(self, settings: Settings) -> None:
        """Take other settings and remember them."""
        old, self.settings = self.settings, settings
        save_settings(self._folder, settings)
        if settings.theme != old.theme:
            self._apply()
            self.changed.emit()

    def places(self) -> tuple[bytes, bytes]:
        """Remembered places of window and docks; empty where there are none."""
        return _decoded(self.settings.geometry), _decoded(self.settings.docks)

    def remember_places(self, geometry: bytes, docks: bytes) -> None:
        """Remember where window and docks are."""
        self._remember(
            geometry=base64.b64encode(geometry).decode(), docks=base64.b64encode(docks).decode()
        )

    def _remember(self, **values: Any) -> None:
        self.settings = self.settings._replace(**values)
        save_settings(self._folder, self.settings)

    def follow_system(self) -> None:
        """Take the look that the system has now, unless another one was chosen."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 - after the first look

        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        before, self._system = self._medium, "dark" if dark else "light"
        if self._medium != before:
            self._apply()
            self.changed.emit()

    @property
    def _medium(self) -> Medium:
        return _MEDIA.get(self.settings.theme, self._system)

    def _apply(self) -> None:
        apply_theme(self._application, self._medium)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
