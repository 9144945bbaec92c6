"""The start page: clicks anywhere on a sample, texts as they are, and when it is on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from widgets.start.page import CardButton, StartPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_click_on_the_texts_of_a_sample_opens_it(qtbot: QtBot) -> None:
    page = StartPage([("mali", "Mali", "Two processes at <b>once</b>.")])
    qtbot.addWidget(page)
    page.show()
    button = page.findChild(CardButton, "sample-mali")
    assert isinstance(button, CardButton)
    opened: list[str] = []
    page.sample_wanted.connect(opened.append)
    labels = button.findChildren(QLabel)
    assert len(labels) == 2
    for label in labels:
        assert label.textFormat() is Qt.TextFormat.PlainText
        QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == ["mali"] * 3


def test_it_says_once_when_it_is_on_the_screen(qtbot: QtBot) -> None:
    page = StartPage([])
    qtbot.addWidget(page)
    painted: list[bool] = []
    page.painted.connect(lambda: painted.append(True))
    assert painted == []
    with qtbot.waitExposed(page):
        page.show()
    qtbot.waitUntil(lambda: painted == [True])
    page.grab()
    assert painted == [True]
