"""The notice bar: one sentence, one action, and it follows the theme without end or loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from model.drawing.style import style_sheet
from widgets.common.notice import SCREEN_MEDIA, NoticeBar
from widgets.common.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from model.drawing.palette import Medium


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    apply_theme(qapp, "light")


def test_says_and_acts_once(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    done: list[bool] = []
    bar.show_notice("<b>Keep it?</b>", action="Keep", callback=lambda: done.append(True))
    assert bar.text == "<b>Keep it?</b>"
    button = next(one for one in bar.findChildren(QPushButton) if one.text() == "Keep")
    button.click()
    assert done == [True]
    assert bar.text == ""


@pytest.mark.parametrize("medium", SCREEN_MEDIA)
def test_follows_every_theme(qtbot: QtBot, application: QApplication, medium: Medium) -> None:
    """A bar that read its own tinted palette dressed itself for ever (seen as a crash)."""
    bar = NoticeBar()
    qtbot.addWidget(bar)
    bar.show_notice("Something", severity="high")
    apply_theme(application, medium)
    application.processEvents()
    assert style_sheet(medium).severity("high").tint in bar.styleSheet()
