"""A briefing made in the window asks for the password that was typed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.dialogs.export import ExportDialog
from tests.desktop.test_whole_way import press, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller


def test_the_pdf_opens_with_the_password_only(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    controller.open_sample("mindanao")
    qtbot.waitUntil(lambda: controller.session is not None)
    controller.window.actions_by_id["export"].trigger()
    dialog = wait_for(qtbot, ExportDialog)
    assert dialog.password.echoMode() == QLineEdit.EchoMode.Password
    dialog.recipe.sections.show_sections(("limits",))
    dialog.kinds["xlsx"].setChecked(False)
    dialog.folder.setText(str(tmp_path))
    dialog.override.setText("agreed")
    QTest.keyClicks(dialog.password, "Mulberry 7")
    qtbot.waitUntil(lambda: dialog._reckoned is not None and not dialog._newest.is_open)
    press(dialog, "Make the pack")
    made = tmp_path / "briefing-green.pdf"
    qtbot.waitUntil(made.exists, timeout=30_000)
    qtbot.waitUntil(lambda: not controller.window.busy_label.isVisible())
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(made)
    with pikepdf.open(made, password="Mulberry 7") as pdf:
        assert pdf.encryption.bits == 256
        assert len(pdf.pages) > 0
    assert "Mulberry" not in controller.window.notices.text


def test_without_a_pdf_no_password_is_asked(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    controller.open_sample("mindanao")
    qtbot.waitUntil(lambda: controller.session is not None)
    controller.window.actions_by_id["export"].trigger()
    dialog = wait_for(qtbot, ExportDialog)
    dialog.kinds["pdf"].setChecked(False)
    assert not dialog.password.isEnabled()
    press(dialog, "Cancel")
