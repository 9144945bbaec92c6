"""Bringing a workbook back in the window, with the real dialog, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.dialogs.returning import ReturnDialog
from desktop.flows.returning import bring_path_back
from tests.desktop.test_whole_way import press, session_of, wait_for
from tests.packs import sample
from tests.returned import cell, edit, exported

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller


def _edit(book: Any) -> None:
    sheet = book["Actors"]
    cell(sheet, "Name", 2).value = "Renamed outside"
    cell(sheet, "TLP label", 3).value = "TLP:CLEAR"
    cell(sheet, "Kind", 4).value = "no such kind"
    sheet.delete_rows(6)


def test_differences_are_shown_decided_by_keys_and_undone_at_once(
    controller: Controller, qtbot: QtBot, tmp_path: Path
) -> None:
    controller.show_content(sample("mali"), None, "Mali")
    document = session_of(controller).document
    with document.edit("Labels") as staged:
        for record_id in document.actors:
            staged.change("actors", record_id, tlp="AMBER")
    path = edit(exported(document, tmp_path / "pack.xlsx"), _edit)
    before = document.content()
    controller.runner.start(bring_path_back(session_of(controller), path), controller._exported)
    dialog = wait_for(qtbot, ReturnDialog)
    review = dialog.review
    groups = [review.tree.topLevelItem(at) for at in range(review.tree.topLevelItemCount())]
    assert [one.text(0) for one in groups if one is not None] == [
        "To decide: 1", "Changed: 1", "Rows that are missing: 1", "Cannot be taken: 1",
    ]  # fmt: skip
    assert review.open_count == 1
    assert "1 undecided" in dialog.buttons.buttons()[-1].text()
    QTest.keyClick(review.tree, Qt.Key.Key_W)
    assert review.open_count == 0
    press(dialog, "Take")
    qtbot.waitUntil(lambda: document.content() != before)
    names = {actor.name: actor.tlp for actor in document.actors.values()}
    assert "Renamed outside" in names
    assert "CLEAR" in names.values()
    assert len(document.actors) == len(before["actors"])
    session_of(controller).history.undo()
    assert document.content() == before
