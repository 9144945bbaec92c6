"""The main job from end to end: sample, edit by hand, keep, reopen, undo, export, import."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QTabBar, QWidget

from desktop.dialogs.export import ExportDialog
from desktop.dialogs.files import PathQuestion
from desktop.dialogs.importing import ImportPlanDialog
from desktop.dialogs.passphrase import NewPassphraseDialog, PassphraseDialog
from desktop.dialogs.unsaved import UnsavedDialog
from desktop.save_state import SaveState
from desktop.window import MainWindow
from tests.widgets.canvas.conftest import drag, on_card

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.session import Session

PASSPHRASE = "four quiet boats at dawn"
Dialog = TypeVar("Dialog", bound=QDialog)


def wait_for(qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    """The visible dialog of a kind, as soon as it is there."""
    found: list[Dialog] = []

    def shown() -> bool:
        found[:] = [
            window
            for window in QApplication.topLevelWidgets()
            if isinstance(window, kind) and window.isVisible()
        ]
        return bool(found)

    qtbot.waitUntil(shown)
    return found[0]


def choose_path(qtbot: QtBot, path: Path) -> None:
    """Answer the file dialog that is open."""
    dialog = wait_for(qtbot, PathQuestion)
    dialog.selectFile(str(path))
    dialog.done(QDialog.DialogCode.Accepted)


def press(dialog: QDialog, text: str) -> None:
    """Press the button that says so."""
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def session_of(controller: Controller) -> Session:
    assert controller.session is not None
    return controller.session


def keep_as(qtbot: QtBot, controller: Controller, path: Path) -> None:
    """Save for the first time, through the real dialogs."""
    controller.window.actions_by_id["save"].trigger()
    choose_path(qtbot, path)
    dialog = wait_for(qtbot, NewPassphraseDialog)
    QTest.keyClicks(dialog.passphrase, PASSPHRASE)
    QTest.keyClicks(dialog.repeated, PASSPHRASE)
    press(dialog, "Encrypt and save")
    qtbot.waitUntil(lambda: session_of(controller).state is SaveState.SAVED)


def drag_card(controller: Controller, actor_name: str) -> tuple[str, QPoint]:
    """Drag an actor's card on the map a little to the right; returns its id."""
    assert controller.panels is not None
    canvas = controller.panels.map.canvas
    document = session_of(controller).document
    actor_id = next(one.id for one in document.actors.values() if one.name == actor_name)
    canvas.reveal("actors", actor_id)
    QApplication.processEvents()
    start = on_card(canvas, actor_id)
    drag(canvas, start, start + QPoint(24, 0))
    return actor_id, start


def test_from_sample_to_file_and_back(qtbot: QtBot, controller: Controller, tmp_path: Path) -> None:
    controller.open_sample("mindanao")
    session = session_of(controller)
    assert session.state is SaveState.MEMORY
    assert not controller.window.notices.text
    before = session.document.content()
    actor_id, _ = drag_card(controller, "Malaysia")
    moved = session.document.content()
    assert moved != before
    assert "only in memory" in controller.window.notices.text
    session.history.undo()
    assert session.document.content() == before
    session.history.redo()
    target = tmp_path / "plan.xtrk"
    keep_as(qtbot, controller, target)
    assert session.state_in_words() == "Saved, encrypted"
    assert zipfile.is_zipfile(target)
    controller.close_project()
    qtbot.waitUntil(lambda: controller.session is None)
    controller.open_path(target)
    dialog = wait_for(qtbot, PassphraseDialog)
    QTest.keyClicks(dialog.passphrase, "not this one at all")
    press(dialog, "Open")
    qtbot.waitUntil(lambda: wait_for(qtbot, PassphraseDialog) is not dialog)
    again = wait_for(qtbot, PassphraseDialog)
    assert "passphrase is wrong" in again.problem.text()
    QTest.keyClicks(again.passphrase, PASSPHRASE)
    press(again, "Open")
    qtbot.waitUntil(lambda: controller.session is not None)
    reopened = session_of(controller).document
    assert reopened.content() == moved
    assert reopened.table("placements")[actor_id] != before["placements"][actor_id]


def test_a_kill_loses_nothing(qtbot: QtBot, controller: Controller, tmp_path: Path) -> None:
    controller.open_sample("mali")
    target = tmp_path / "plan.xtrk"
    keep_as(qtbot, controller, target)
    drag_card(controller, "Republic of Mali")
    edited = session_of(controller).document.content()
    controller.forget_project()
    controller.open_path(target)
    dialog = wait_for(qtbot, PassphraseDialog)
    QTest.keyClicks(dialog.passphrase, PASSPHRASE)
    press(dialog, "Open")
    qtbot.waitUntil(lambda: controller.session is not None)
    assert session_of(controller).document.content() == edited
    assert session_of(controller).state is SaveState.UNSAVED
    assert "Recovered 1 change" in controller.window.notices.text

    controller._autosave(session_of(controller))
    qtbot.waitUntil(lambda: session_of(controller).state is SaveState.SAVED)
    assert not controller.window.notices.text  # it offered to save what is saved now


def test_closing_asks_about_unsaved_work(qtbot: QtBot, controller: Controller) -> None:
    controller.open_sample("mali")
    drag_card(controller, "Republic of Mali")
    controller.window.close()
    dialog = wait_for(qtbot, UnsavedDialog)
    press(dialog, "Keep working")
    qtbot.waitUntil(lambda: controller.runner.is_idle)
    assert controller.window.isVisible()
    assert controller.session is not None
    controller.close_project()
    press(wait_for(qtbot, UnsavedDialog), "Close without saving")
    qtbot.waitUntil(lambda: controller.session is None)


def test_a_pack_for_an_audience(qtbot: QtBot, controller: Controller, tmp_path: Path) -> None:
    controller.open_sample("mindanao")
    controller.window.actions_by_id["export"].trigger()
    dialog = wait_for(qtbot, ExportDialog)
    qtbot.waitUntil(lambda: "10 postings" in dialog.withheld.text())
    dialog.folder.setText(str(tmp_path))
    press(dialog, "Make the pack")
    qtbot.waitUntil(lambda: controller.runner.is_idle, timeout=60_000)
    assert "TLP:GREEN" in controller.window.notices.text
    names = sorted(path.name for path in tmp_path.iterdir() if path.is_file())
    assert names == ["briefing-green.pdf", "briefing-green.xlsx"]


def test_a_recipe_is_kept_in_the_project_and_forgotten(
    qtbot: QtBot, controller: Controller
) -> None:
    controller.open_sample("mindanao")
    controller.window.actions_by_id["export"].trigger()
    dialog = wait_for(qtbot, ExportDialog)
    chooser = dialog.recipe
    ready = chooser.ready.count()
    assert not chooser.forget.isEnabled()
    chooser.title.setText("For donors")
    press(dialog, "Keep recipe")
    assert [one.title for one in session_of(controller).document.recipes.values()] == ["For donors"]

    press(dialog, "Forget recipe")

    assert not session_of(controller).document.recipes
    assert chooser.ready.count() == ready
    assert not chooser.forget.isEnabled()
    assert "For donors" in chooser.kept.text()
    dialog.reject()
    qtbot.waitUntil(lambda: controller.runner.is_idle)
    session_of(controller).history.undo()
    assert [one.title for one in session_of(controller).document.recipes.values()] == ["For donors"]
    controller.close_project()
    press(wait_for(qtbot, UnsavedDialog), "Close without saving")
    qtbot.waitUntil(lambda: controller.session is None)


def test_a_folder_of_tables_comes_in_as_one_step(
    qtbot: QtBot, controller: Controller, tmp_path: Path
) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "actors.csv").write_text("id,name,kind\nA1,Elders,traditional_leader\n", "utf-8")
    controller.new()
    controller.window.actions_by_id["import_folder"].trigger()
    choose_path(qtbot, folder)
    press(wait_for(qtbot, ImportPlanDialog), "Import")
    qtbot.waitUntil(lambda: controller.runner.is_idle)
    document = session_of(controller).document
    assert [actor.name for actor in document.actors.values()] == ["Elders"]
    session_of(controller).history.undo()
    assert not document.actors


def test_no_trace_of_files_in_qt_settings(
    qtbot: QtBot, controller: Controller, tmp_path: Path
) -> None:
    controller.open_sample("mali")
    keep_as(qtbot, controller, tmp_path / "CANARY-3391.xtrk")
    controller.quit()
    qtbot.waitUntil(lambda: controller.session is None)
    for folder in (tmp_path.home(),):
        for path in folder.rglob("*"):
            assert "CANARY" not in path.name
            if path.is_file():
                assert b"CANARY" not in path.read_bytes()


def test_no_tab_bar_of_earlier_places_is_left_on_the_window(
    qtbot: QtBot, controller: Controller
) -> None:
    window = controller.window

    def labels() -> list[str]:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        bars = [bar for bar in window.findChildren(QTabBar, options=direct) if bar.isVisible()]
        return sorted(bar.tabText(0) for bar in bars if bar.count())

    assert labels() == []
    controller.open_sample("mali")
    once = labels()
    assert once
    assert len(set(once)) == len(once)
    window.actions_by_id["reset_docks"].trigger()
    assert labels() == once
    controller.close_project()
    qtbot.waitUntil(lambda: controller.session is None)
    controller.open_sample("mali")
    assert labels() == once


def test_a_first_window_is_no_larger_than_the_screen(qtbot: QtBot) -> None:
    window = MainWindow(QWidget(), lambda _: None)
    qtbot.addWidget(window)
    assert window.size().boundedTo(window.screen().availableSize()) == window.size()


def test_side_panels_are_narrow_in_a_small_window(qtbot: QtBot, controller: Controller) -> None:
    controller.window.resize(1024, 700)
    controller.open_sample("mali")
    docks = controller.window.docks
    docks.reset()
    qtbot.waitUntil(lambda: docks["palette"].width() <= 200)
    qtbot.waitUntil(lambda: docks["inspector"].width() <= 300)
