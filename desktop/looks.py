"""The look that was chosen, applied to the application and remembered."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

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
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self._follow_system())
        self._apply()

    @property
    def style(self) -> StyleSheet:
        """The style sheet of drawings in force."""
        from model.drawing.style import style_sheet  # noqa: PLC0415 - nothing is drawn at first

        return style_sheet(self._medium())

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

    def _remember(self, **values: object) -> None:
        self.settings = msgspec.structs.replace(self.settings, **values)
        save_settings(self._folder, self.settings)

    def _follow_system(self) -> None:
        if self.settings.theme == "system":
            self._apply()
            self.changed.emit()

    def _apply(self) -> None:
        apply_theme(self._application, self._medium())

    def _medium(self) -> Medium:
        if self.settings.theme in _MEDIA:
            return _MEDIA[self.settings.theme]
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return "dark" if dark else "light"


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
