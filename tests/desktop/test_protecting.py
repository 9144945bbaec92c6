"""A protected project can be looked at from all sides, and nothing in it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QToolButton

from desktop.action_table import ACTIONS
from desktop.dialogs.fault import FaultDialog
from desktop.dialogs.passphrase import PassphraseDialog
from model.commands.records import set_fields
from model.document import Document
from model.history import History
from model.refusals import Refusal
from tests.builders import a_project
from tests.desktop.lock_states import unlock
from tests.desktop.test_whole_way import drag_card, keep_as, press, session_of, wait_for
from tests.widgets.canvas.conftest import drag, on_card

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.panels import Panels

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panels(controller: Controller) -> Panels:
    controller.open_sample("mindanao")
    controller.window.actions_by_id["protect"].trigger()
    assert controller.workspace is not None
    assert controller.workspace.is_protected
    return cast("Panels", controller.panels)


def by_name(controller: Controller, name: str) -> str:
    actors = session_of(controller).document.actors.values()
    return next(one.id for one in actors if one.name == name)


def unchanged(controller: Controller) -> bool:
    return session_of(controller).document.revision == 0


def test_the_model_refuses_edits_undo_and_redo_and_takes_what_is_recovered() -> None:
    document = Document(a_project().actor("a", name="One").content())
    history = History(document)
    set_fields(document, "actors", ["a"], {"name": "Two"})
    history.close_step()
    set_fields(document, "actors", ["a"], {"name": "Three"})
    patch = history.undo()
    document.is_protected = True
    before = document.content()
    with pytest.raises(Refusal, match="protected from changes"):
        set_fields(document, "actors", ["a"], {"name": "Four"})
    assert not history.can_undo
    assert not history.can_redo
    assert history.undo() is None
    assert history.redo() is None
    assert document.content() == before
    assert patch is not None
    document.apply(patch.inverse, "recover")
    assert document.content() != before


def test_hands_on_the_map_select_and_change_nothing(
    qtbot: QtBot, controller: Controller, panels: Panels
) -> None:
    canvas = panels.map.canvas
    actor_id, start = drag_card(controller, "Malaysia")
    assert canvas.workspace.selection == (("actors", actor_id),)
    QTest.mouseDClick(canvas, LEFT, pos=start)
    assert canvas.editor is None
    for x in range(start.x() + 10, start.x() + 90, 6):
        QTest.mouseMove(canvas, QPoint(x, start.y()))
        assert canvas.hover.kind not in {"handle", "end", "bend", "pull"}
    drag(canvas, on_card(canvas, actor_id) + QPoint(40, 0), QPoint(300, 300))
    drag(canvas, QPoint(8, 100), QPoint(8, 300))
    canvas.workspace.select([("actors", actor_id)])
    for key in (
        *(Key.Key_Delete, Key.Key_F2, Key.Key_N, Key.Key_G, Key.Key_P, Key.Key_L, Key.Key_B),
        *(Key.Key_Right, Key.Key_Insert),
    ):
        canvas.setFocus()
        QTest.keyClick(canvas, key)
    for key in (Key.Key_D, Key.Key_X, Key.Key_V):
        QTest.keyClick(canvas, key, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activePopupWidget() is None
    assert unchanged(controller)
    assert "protected from changes" in controller.window.notices.text


def test_hands_on_the_timeline_select_and_change_nothing(
    controller: Controller, panels: Panels
) -> None:
    canvas = panels.timeline.canvas
    placed = next(one for one in canvas.picture.layout.placed() if one.item.table == "phases")
    canvas.show_placed(placed)
    QApplication.processEvents()
    middle = canvas.view_rect(placed).center()
    drag(canvas.viewport(), middle, middle + QPoint(60, 0))
    QTest.mouseDClick(canvas.viewport(), LEFT, pos=middle)
    drag(
        canvas.viewport(),
        canvas.view_rect(placed).topRight() + QPoint(-1, 6),
        middle + QPoint(160, 0),
    )
    for key in (Key.Key_F2, Key.Key_Delete, Key.Key_Insert, Key.Key_L, Key.Key_P):
        QTest.keyClick(canvas, key)
    QTest.keyClick(canvas, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert not canvas.viewport().findChildren(QLineEdit)
    assert unchanged(controller)


def test_fields_tables_and_answers_are_read_only(controller: Controller, panels: Panels) -> None:
    workspace = controller.workspace
    assert workspace is not None
    actor_id = by_name(controller, "Malaysia")
    workspace.select([("actors", actor_id)])
    fields = panels.inspector.findChildren(QLineEdit) + panels.inspector.findChildren(
        QPlainTextEdit
    )
    shown = [one for one in fields if one.isVisibleTo(panels.inspector)]
    assert shown
    for one in shown:
        QTest.keyClicks(one, "x")
        QTest.keyClick(one, Key.Key_Tab)
    for button in panels.inspector.findChildren(QToolButton):
        QTest.mouseClick(button, LEFT)
    table = panels.tables.show_table("actors")
    index = table.view.model().index(0, 0)
    table.view.setCurrentIndex(index)
    assert not table.view.model().flags(index) & Qt.ItemFlag.ItemIsEditable
    QTest.keyClick(table.view, Key.Key_F2)
    QTest.keyClick(table.view, Key.Key_Delete)
    table.add()
    workspace.select([])
    panels.checklist.review_next()
    assert panels.checklist.detail is not None
    QTest.mouseClick(panels.checklist.detail.choices.button("no"), LEFT)
    assert unchanged(controller)


def test_actions_that_change_something_are_out_of_use(
    controller: Controller, panels: Panels
) -> None:
    actions = controller.window.actions_by_id
    controller.workspace.select([("actors", by_name(controller, "Malaysia"))])  # type: ignore[union-attr]
    assert [spec.id for spec in ACTIONS if spec.edits and actions[spec.id].isEnabled()] == []
    assert actions["zoom_fit"].isEnabled()
    assert actions["present"].isEnabled()
    dialogs = {"own_key", "recover", "save", "save_as", "preferences", "shortcuts", "about"}
    leaving = {"new", "open", "close", "quit", "start_page", "lock", "present", "protect"}
    for spec in ACTIONS:
        if not spec.edits and spec.id not in dialogs | leaving | {"items_out", "bands"}:
            actions[spec.id].trigger()
            menu = QApplication.activePopupWidget()
            if menu is not None:
                menu.close()
    assert unchanged(controller)


def test_it_is_seen_and_can_be_ended_with_one_press(
    qtbot: QtBot, controller: Controller, panels: Panels
) -> None:
    badge = controller.window.toolbar.findChild(QToolButton, "protected-badge")
    assert badge is not None
    assert badge.isVisible()
    assert "(protected)" in controller.window.windowTitle()
    QTest.mouseClick(badge, LEFT)
    qtbot.waitUntil(lambda: not badge.isVisible())
    assert "(protected)" not in controller.window.windowTitle()
    drag_card(controller, "Malaysia")
    assert not unchanged(controller)


def test_a_file_that_is_marked_read_only_opens_protected(
    qtbot: QtBot, controller: Controller, tmp_path: Path
) -> None:
    target = tmp_path / "plan.xtrk"
    controller.open_sample("mali")
    keep_as(qtbot, controller, target)
    controller.close_project()
    target.chmod(0o444)
    controller.open_path(target)
    dialog = wait_for(qtbot, PassphraseDialog)
    QTest.keyClicks(dialog.passphrase, "four quiet boats at dawn")
    press(dialog, "Open")
    qtbot.waitUntil(lambda: controller.session is not None)
    assert controller.workspace is not None
    assert controller.workspace.is_protected
    assert "plan.xtrk is marked read-only" in controller.window.notices.text


def test_the_label_and_the_badge_stay_in_sight_on_a_small_display(
    qtbot: QtBot, controller: Controller, panels: Panels
) -> None:
    bar = controller.window.toolbar
    badge = bar.findChild(QToolButton, "protected-badge")
    present = bar.widgetForAction(controller.window.actions_by_id["present"])
    parts = [one for one in (badge, bar.tlp_badge, present) if one is not None]
    assert len(parts) == 3

    def whole() -> bool:
        return all(
            one.isVisible()
            and one.geometry().right() <= bar.width()
            and one.width() >= one.minimumSizeHint().width()
            for one in parts
        )

    for width in (1024, 1280, 1440, 960):
        controller.window.resize(width, 700)
        QApplication.processEvents()
        assert controller.window.width() == width
        qtbot.waitUntil(whole)


def test_it_lasts_through_a_lock(qtbot: QtBot, controller: Controller, tmp_path: Path) -> None:
    controller.open_sample("mali")
    keep_as(qtbot, controller, tmp_path / "plan.xtrk")
    controller.window.actions_by_id["protect"].trigger()
    assert controller.locker is not None
    controller.lock()
    qtbot.waitUntil(lambda: controller.locker is not None and controller.locker.is_locked)
    unlock(qtbot, controller, "four quiet boats at dawn")
    qtbot.waitUntil(lambda: controller.session is not None)
    assert controller.workspace is not None
    assert controller.workspace.is_protected
    assert not controller.window.actions_by_id["arrange"].isEnabled()


def test_a_refusal_that_no_caller_was_there_for_is_said_and_is_no_fault(
    controller: Controller, panels: Panels
) -> None:
    from desktop.diagnostics import FaultReporter

    reporter = FaultReporter()
    faults: list[str] = []
    reporter.fault.connect(faults.append)
    reporter.refused.connect(controller.show_refusal)
    refusal = Refusal("protected", "The place and what to do.")
    reporter._caught(Refusal, refusal, None)
    assert faults == []
    assert controller.window.notices.text == "The place and what to do."
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, FaultDialog)]
