"""Saved views in the window: kept, stepped through, renamed, put in order, brought back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from model.commands.views import save_view, views_in_order
from model.drawing.boxes import overlap
from model.timeline.looks import TimelineLook
from model.timeline.narrowing import Narrow
from model.timeline.strip import Strip
from model.view_state import ViewState
from widgets.timeline.looks import show_days, taken_look
from widgets.timeline.splitting import SecondPane

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from desktop.panels import Panels


def opened(controller: Controller) -> Panels:
    controller.open_sample("mindanao")
    assert controller.panels is not None
    return controller.panels


def save_as(controller: Controller, panels: Panels, title: str) -> None:
    controller.window.actions_by_id["save_view"].trigger()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    QTest.keyClicks(editor, title)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def titles(panels: Panels) -> list[str]:
    return [view.title for view in views_in_order(panels.lens.workspace.document)]


def test_a_view_brings_back_filter_day_and_place(qtbot: QtBot, controller: Controller) -> None:
    panels = opened(controller)
    lens, canvas = panels.lens, panels.map.canvas
    save_as(controller, panels, "All")
    # Once it is kept, the bar that asks where to keep the project may make the fitted map smaller.
    (kept,) = lens.workspace.document.views.values()
    lens.set_filter(lens.spec.with_tick("track", "T3", is_on=True))
    lens.workspace.set_as_of(date(2014, 3, 27))
    canvas.zoom_100()
    near = canvas.camera
    shown = set(canvas.scene.cards)
    save_as(controller, panels, "Track three")
    assert titles(panels) == ["All", "Track three"]
    controller.window.actions_by_id["next_view"].trigger()
    assert lens.spec.is_empty
    assert lens.workspace.as_of == date(2013, 2, 15)
    camera = canvas.camera
    assert (camera.scale, camera.left, camera.top) == pytest.approx(kept.camera, abs=1.0)
    controller.window.actions_by_id["previous_view"].trigger()
    assert lens.spec.ticked("track") == {"T3"}
    assert lens.workspace.as_of == date(2014, 3, 27)
    assert canvas.camera == near
    assert set(canvas.scene.cards) == shown


def test_actual_size_shows_a_card_where_the_middle_of_a_filtered_map_is_empty(
    controller: Controller,
) -> None:
    panels = opened(controller)
    canvas = panels.map.canvas
    panels.lens.set_filter(panels.lens.spec.with_tick("track", "T3", is_on=True))
    boxes = [card.box for card in canvas.scene.cards.values()]
    far = max(box[2] for box in boxes) + 5_000
    canvas.set_camera(replace(canvas.camera, left=far))
    canvas.zoom_100()
    assert canvas.camera.scale == 1.0
    seen = canvas.camera.view(canvas.width(), canvas.height())
    assert any(overlap(box, seen) for box in boxes)
    before = canvas.camera
    canvas.zoom_100()
    assert canvas.camera == before


def test_views_are_ordered_removed_and_undone_by_keys(controller: Controller) -> None:
    panels = opened(controller)
    for title in ("One", "Two", "Three"):
        save_as(controller, panels, title)
    up = next(b for b, name in panels.views._buttons if name == "up")
    QTest.keyClick(up, Qt.Key.Key_Space)
    assert titles(panels) == ["One", "Three", "Two"]
    panels.views.list.setFocus()
    QTest.keyClick(panels.views.list, Qt.Key.Key_Delete)
    assert titles(panels) == ["One", "Two"]
    controller.undo()
    assert titles(panels) == ["One", "Three", "Two"]
    panels.views.list.setCurrentRow(0)
    QTest.keyClicks(panels.views.caption, "Where things stand")
    QTest.keyClick(panels.views.caption, Qt.Key.Key_Return)
    view = views_in_order(panels.lens.workspace.document)[0]
    assert view.caption == "Where things stand"
    assert panels.views.current is not None
    assert panels.views.current.title == "One"


def test_a_view_brings_back_how_the_timeline_was_shown(controller: Controller) -> None:
    panels = opened(controller)
    timeline = panels.timeline
    controller.window.raise_dock("timeline")
    QApplication.processEvents()
    save_as(controller, panels, "Everything")
    process = next(iter(panels.lens.workspace.document.processes))
    timeline.narrow(Narrow("process", process))
    timeline.split(True)
    assert timeline.second is not None
    timeline.second.narrow.choose(Narrow("track", "T3"))
    timeline.canvas.picture.grouping = "actor"
    timeline.canvas.picture.strip = Strip("track", "T1")
    timeline.canvas.rebuild()
    timeline.canvas.fold("mandates")
    show_days(timeline.canvas, (date(2012, 1, 1), date(2013, 12, 31)))
    kept = taken_look(timeline)
    save_as(controller, panels, "Talks")
    controller.window.actions_by_id["next_view"].trigger()
    assert taken_look(timeline) == TimelineLook()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not timeline.findChildren(SecondPane)
    controller.window.actions_by_id["previous_view"].trigger()
    back = taken_look(timeline)
    assert msgspec.structs.replace(back, days=None) == msgspec.structs.replace(kept, days=None)
    for one, other in zip(back.days or (), kept.days or (), strict=True):
        assert abs(one - other).days <= 2  # the picture scrolls by whole pixels
    assert "Only" in timeline.narrow_button.text()
    (second,) = timeline.findChildren(SecondPane)
    assert second.narrow.narrow_now == Narrow("track", "T3")


def test_a_view_that_says_nothing_of_the_timeline_leaves_it(controller: Controller) -> None:
    panels = opened(controller)
    document = panels.lens.workspace.document
    save_view(document, "Of the map", ViewState())
    panels.timeline.narrow(Narrow("track", "T2"))
    controller.window.actions_by_id["next_view"].trigger()
    assert panels.timeline.canvas.picture.narrow == Narrow("track", "T2")
