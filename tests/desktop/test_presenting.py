"""Presenting from the window: F5, an audience, the stage, and back to exactly where one was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.dialogs.presenting import PresentDialog
from tests.desktop.test_whole_way import press, wait_for
from tests.reaching import reached

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from widgets.presenting.stage import Stage


def presented(qtbot: QtBot, controller: Controller) -> Stage:
    """Press F5 and accept what is offered."""
    assert controller.panels is not None
    QTest.keyClick(controller.panels.map.canvas, Qt.Key.Key_F5)
    dialog = wait_for(qtbot, PresentDialog)
    assert "withheld" in dialog.withheld.text()
    press(dialog, "Present")
    qtbot.waitUntil(lambda: controller.presenting.stage is not None)
    stage = controller.presenting.stage
    assert stage is not None
    qtbot.waitUntil(stage.isVisible)
    return stage


def test_f5_presents_and_escape_returns_to_where_one_was(
    qtbot: QtBot, controller: Controller
) -> None:
    controller.open_sample("mindanao")
    panels, workspace = controller.panels, controller.workspace
    assert panels is not None
    assert workspace is not None
    canvas = panels.map.canvas
    canvas.setFocus()
    canvas.zoom_100()
    workspace.select([("actors", next(iter(canvas.scene.cards)))])
    before = (canvas.camera, workspace.selection, workspace.as_of, panels.lens.spec)
    content = workspace.document.content()
    stage = presented(qtbot, controller)
    assert stage.badge.text() == "TLP:GREEN"
    # Nothing of the stage leads to the window behind it, nor to what is withheld.
    behind = {id(one) for one in (controller, controller.runner, controller.window, workspace)}
    hidden = {id(one) for one in workspace.document.postings.values()}
    assert hidden
    assert not (behind | hidden) & {id(one) for one in reached(vars(stage))}
    assert not stage.workspace.document.postings
    assert set(stage.workspace.document.actors).isdisjoint(workspace.document.actors)
    QTest.keyClick(stage, Qt.Key.Key_Space)
    QTest.keyClick(stage, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: controller.presenting.stage is None)
    assert (canvas.camera, workspace.selection, workspace.as_of, panels.lens.spec) == before
    assert workspace.document.content() == content
    assert controller.window.focusWidget() is canvas
    qtbot.waitUntil(controller.window.isActiveWindow)


def test_closing_the_project_ends_the_presentation(qtbot: QtBot, controller: Controller) -> None:
    controller.open_sample("mali")
    stage = presented(qtbot, controller)
    controller.close_project()
    qtbot.waitUntil(lambda: controller.presenting.stage is None)
    assert controller.session is None
    del stage
