"""The window as somebody has it who reads from right to left; its own words are English still."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from desktop.dialogs.export import ExportDialog
from tests.desktop.test_small_window import assert_docks_fit
from tests.packs import SAMPLE_DAYS, document, sample

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller


@pytest.fixture(autouse=True)
def _from_right(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_every_dock_fits_and_says_all_its_words(controller: Controller) -> None:
    controller.open_sample("myanmar")
    assert controller.window.isRightToLeft()
    assert_docks_fit(controller)


def test_steps_in_time_point_the_way_that_time_runs(controller: Controller) -> None:
    controller.open_sample("mali")
    controller.window.raise_dock("timeline")
    buttons = {one.accessibleName(): one for one in controller.window.findChildren(QToolButton)}
    before, after = buttons["Previous milestone"], buttons["Next milestone"]
    assert before.parentWidget() is after.parentWidget()
    assert before.x() < after.x()


def test_the_pack_builder_shows_days_as_they_are_and_languages_by_their_names(qtbot: QtBot) -> None:
    dialog = ExportDialog(None, document(sample()).snapshot(), SAMPLE_DAYS["mindanao"], "pack")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.as_of.lineEdit().text() == "2013-02-15"
    names = [dialog.language.itemText(at) for at in range(dialog.language.count())]
    assert names == ["English", "العربية – Arabic", "français – French"]
