"""The look at the start: what was chosen, or what the system's own colours say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette

from desktop.looks import Looks
from desktop.settings import Settings, save_settings
from widgets.common.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    apply_theme(qapp, "light")


class _System(QPalette):
    """Stands for the palette of a system whose colours are these."""

    window_colour, text_colour = "#202020", "#f0f0f0"

    def __init__(self) -> None:
        super().__init__(QColor(self.window_colour))
        self.setColor(QPalette.ColorRole.Window, QColor(self.window_colour))
        self.setColor(QPalette.ColorRole.Text, QColor(self.text_colour))


def test_a_dark_system_has_a_dark_first_window(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.looks.QPalette", _System)
    assert Looks(application, tmp_path).style.medium == "dark"


def test_what_another_window_wore_says_nothing_of_the_system(
    application: QApplication, tmp_path: Path
) -> None:
    apply_theme(application, "dark")
    assert Looks(application, tmp_path).style.medium == "light"


def test_a_choice_stands_whatever_the_system_says(
    application: QApplication, tmp_path: Path
) -> None:
    save_settings(tmp_path, Settings(theme="contrast"))
    looks = Looks(application, tmp_path)
    looks.follow_system()
    assert looks.style.medium == "contrast"


def test_the_system_is_followed_once_it_can_be_asked(
    application: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("desktop.looks.QPalette", _System)
        looks = Looks(application, tmp_path)
    changes: list[str] = []
    looks.changed.connect(lambda: changes.append(looks.style.medium))
    looks.follow_system()  # offscreen, the system says nothing
    looks.follow_system()
    assert changes == ["light"]
