from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QVBoxLayout, QWidget

from model.commands.records import set_fields
from model.dates import PartialDate
from model.document import Document
from model.drawing.boxes import overlap
from model.drawing.style import style_sheet
from model.records import Actor
from tests.samples import sample
from tests.widgets.canvas.conftest import on_card, place
from widgets.canvas.camera import Camera
from widgets.canvas.corners import all_in_view
from widgets.canvas.panel import MapPanel
from widgets.canvas.renderer import MIDDLE, NEAR

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from model.layout import Arrangement
    from widgets.canvas.canvas import MapCanvas


def test_moving_the_date_changes_the_map(panel: MapPanel) -> None:
    workspace, canvas = panel.workspace, panel.canvas
    start = {"start": PartialDate(year=2014)}
    set_fields(workspace.document, "actors", ["host"], start)
    assert "host" not in canvas.scene.cards
    assert not canvas.scene.links
    before = canvas.grab().toImage()
    workspace.set_as_of(date(2015, 1, 1))
    assert set(canvas.scene.links) == {"l1", "l2"}
    assert canvas.grab().toImage() != before
    workspace.set_as_of(date(2013, 2, 15))
    assert canvas.grab().toImage() == before
    canvas.set_options(msgspec.structs.replace(canvas.scene.options, show_absent=True))
    assert canvas.scene.cards["host"].content.state == "planned"


def test_another_style_redraws_everything(panel: MapPanel) -> None:
    light = panel.canvas.grab().toImage()
    panel.workspace.set_style(style_sheet("dark"))
    dark = panel.canvas.grab().toImage()
    assert dark.pixelColor(600, 450).lightness() < 100 < light.pixelColor(600, 450).lightness()


def test_arranging_is_one_step_that_can_be_undone(panel: MapPanel) -> None:
    before = {i: place(panel.canvas, i) for i in panel.workspace.document.actors}
    panel.arrange()
    assert {i: place(panel.canvas, i) for i in before} != before
    panel.workspace.history.undo()
    assert {i: place(panel.canvas, i) for i in before} == before
    assert not panel.workspace.history.can_undo


def menu_at(canvas: MapCanvas, point: QPoint, reason: QContextMenuEvent.Reason) -> QMenu:
    event = QContextMenuEvent(reason, point, canvas.mapToGlobal(point))
    QApplication.sendEvent(canvas, event)
    return next(child for child in canvas.children() if isinstance(child, QMenu))


def entries(menu: QMenu) -> dict[str, object]:
    return {action.text().split("\t")[0]: action for action in menu.actions() if action.text()}


def test_the_context_menu_offers_what_fits(canvas: MapCanvas) -> None:
    menu = menu_at(canvas, on_card(canvas, "gov"), QContextMenuEvent.Reason.Mouse)
    assert canvas.workspace.selection == (("actors", "gov"),)
    assert {"Rename", "Track", "Kind", "Remove"} <= set(entries(menu))
    tracks = next(a.menu() for a in menu.actions() if a.text() == "Track")
    assert isinstance(tracks, QMenu)
    next(a for a in tracks.actions() if a.text() == "Track II").trigger()
    assert canvas.workspace.document.actors["gov"].tracks == ("T2",)
    menu.close()


def test_the_menu_key_is_about_the_selection(canvas: MapCanvas) -> None:
    canvas.workspace.select([("linkages", "l1")])
    menu = menu_at(canvas, QPoint(1, 1), QContextMenuEvent.Reason.Keyboard)
    assert "Reverse" in entries(menu)
    next(a for a in menu.actions() if a.text() == "Reverse").trigger()
    assert canvas.workspace.document.linkages["l1"].from_id == "gov"
    menu.close()


def test_panning_and_repainting_give_the_same_picture(canvas: MapCanvas) -> None:
    canvas.zoom_by(1.0 / canvas.camera.scale, QPointF(100, 100))
    canvas.refine()
    for step in ((37, 0), (0, -23), (-11, 64)):
        canvas.set_camera(canvas.camera.panned(*step))
    assert canvas.frame.is_sharp
    panned = canvas.grab().toImage()
    canvas.frame.invalidate()
    assert canvas.grab().toImage() == panned


def test_zooming_is_refined_when_idle(panel: MapPanel, qtbot: QtBot) -> None:
    canvas = panel.canvas
    canvas.zoom_by(1.3)
    renders = canvas.frame.renders
    assert canvas.frame.camera != canvas.camera
    qtbot.waitUntil(lambda: canvas.frame.renders > renders, timeout=2000)
    assert canvas.frame.camera == canvas.camera
    assert canvas.frame.is_sharp


def test_reveal_brings_a_card_into_view(canvas: MapCanvas) -> None:
    canvas.set_camera(canvas.camera.panned(-5000, -5000))
    canvas.workspace.reveal("actors", "front")
    point = on_card(canvas, "front")
    assert canvas.rect().contains(point)
    assert canvas.hit(QPointF(point)).id == "front"
    assert Qt.FocusPolicy.StrongFocus == canvas.focusPolicy()


def test_a_bar_that_an_edit_brings_moves_no_fitted_map_but_another_window_size_does(
    panel: MapPanel,
) -> None:
    canvas = panel.canvas
    panel.resize(1000, 700)
    fitted = canvas.camera
    panel.workspace.document.subscribe(lambda _: panel.resize(1000, 650))  # as a notice does
    set_fields(panel.workspace.document, "actors", ["host"], {"name": "Another name"})
    assert canvas.height() == 650
    assert canvas.camera == fitted
    panel.resize(760, 500)
    assert canvas.camera.scale < fitted.scale
    assert all_in_view(canvas)
    canvas.set_camera(canvas.camera.panned(30, 0))
    looked_at = canvas.camera
    panel.resize(1000, 700)
    assert canvas.camera == looked_at


def test_a_first_view_keeps_the_names_where_hardly_any_room_is_missing(
    open_map: Callable[[Document], MapPanel],
) -> None:
    panel = open_map(sample("mindanao"))
    canvas = panel.canvas
    _, top, _, bottom = canvas.content_box()
    panel.resize(1200, round((bottom - top) * MIDDLE * 0.85) + 24)
    assert canvas.camera.scale == pytest.approx(MIDDLE)
    canvas.zoom_fit()
    assert canvas.camera.scale < MIDDLE


def test_a_case_that_comes_into_an_empty_project_is_shown_whole(
    open_map: Callable[[Document], MapPanel],
) -> None:
    panel = open_map(Document({}))
    with panel.workspace.document.edit("Import") as edit:
        for number in range(40):
            edit.put("actors", Actor(id=f"a{number}", name=f"Actor {number}", tracks=("T2",)))
    canvas = panel.canvas
    shown = canvas.camera.view(canvas.width(), canvas.height())
    left, top, right, bottom = canvas.content_box()
    assert shown[0] <= left
    assert shown[2] >= right
    assert shown[1] <= top
    assert shown[3] >= bottom


def test_arranging_computes_where_the_shell_says_and_cards_glide(
    panel: MapPanel, qtbot: QtBot
) -> None:
    asked: list[tuple[Callable[[], Arrangement], Callable[[Arrangement], None]]] = []
    other = MapPanel(panel.workspace, lambda work, done: asked.append((work, done)))
    qtbot.addWidget(other)
    other.resize(900, 700)
    other.show()
    before = {i: place(panel.canvas, i) for i in panel.workspace.document.actors}
    other.arrange()
    assert {i: place(panel.canvas, i) for i in before} == before
    work, done = asked[0]
    done(work())
    assert other.canvas.glide is not None
    with qtbot.waitSignal(other.canvas.glide.finished):
        moving = other.canvas.grab().toImage()
    assert other.canvas.grab().toImage() != moving
    assert {i: place(panel.canvas, i) for i in before} != before


def test_an_answer_for_a_map_that_was_edited_since_is_dropped(panel: MapPanel) -> None:
    asked: list[tuple[Callable[[], Arrangement], Callable[[Arrangement], None]]] = []
    refused: list[object] = []
    panel.workspace.refused.connect(refused.append)
    panel._submit = lambda work, done: asked.append((work, done))
    panel.arrange()
    set_fields(panel.workspace.document, "actors", ["gov"], {"name": "Cabinet"})
    work, done = asked[0]
    done(work())
    assert place(panel.canvas, "gov") == (80, 160)
    assert len(refused) == 1


def test_pinned_cards_and_cards_outside_the_selection_stay(panel: MapPanel) -> None:
    document = panel.workspace.document
    set_fields(document, "placements", ["gov"], {"pinned": True})
    panel.arrange()
    assert place(panel.canvas, "gov") == (80, 160)
    panel.workspace.select([("actors", "front"), ("actors", "host"), ("actors", "gov")])
    kept = {i: place(panel.canvas, i) for i in ("csos", "gov")}
    panel.arrange()
    assert {i: place(panel.canvas, i) for i in kept} == kept
    boxes = [card.box for card in panel.canvas.scene.cards.values()]
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))


def test_nothing_moves_on_the_screen_when_a_bar_appears_above_a_part_of_the_map(
    qtbot: QtBot, panel: MapPanel
) -> None:
    window, bar = below_a_bar(qtbot, panel)
    canvas = panel.canvas
    for scale in (0.5, 1.0):
        canvas.zoom_by(scale / canvas.camera.scale)
        set_fields(canvas.workspace.document, "actors", ["host"], {"notes": f"{scale}"})
        seen = canvas.mapTo(window, on_card(canvas, "gov"))
        bar.show()
        qtbot.waitUntil(lambda: canvas.mapTo(window, QPoint(0, 0)).y() > 44)
        assert (canvas.mapTo(window, on_card(canvas, "gov")) - seen).manhattanLength() <= 1
        bar.hide()
        qtbot.waitUntil(lambda: canvas.mapTo(window, QPoint(0, 0)).y() < 44)
    panel.setParent(None)  # it is closed on its own


def test_what_a_bar_would_cover_of_a_fitted_map_stays_in_view(
    qtbot: QtBot, panel: MapPanel
) -> None:
    window, bar = below_a_bar(qtbot, panel)
    window.resize(1200, 420)
    canvas = panel.canvas
    for look, still_whole in ((canvas.zoom_fit, True), (canvas.zoom_100, False)):
        look()
        set_fields(canvas.workspace.document, "actors", ["host"], {"notes": f"{look}"})
        bar.show()
        qtbot.waitUntil(lambda: canvas.mapTo(window, QPoint(0, 0)).y() > 44)
        assert canvas.is_fitted == still_whole
        assert all_in_view(canvas) == still_whole
        bar.hide()
        qtbot.waitUntil(lambda: canvas.mapTo(window, QPoint(0, 0)).y() < 44)
    panel.setParent(None)  # it is closed on its own


def below_a_bar(qtbot: QtBot, panel: MapPanel) -> tuple[QWidget, QLabel]:
    """A window with a map, and above it a bar that is not shown yet."""
    window, bar = QWidget(), QLabel("Keep it in a file?")
    qtbot.addWidget(window)
    bar.setFixedHeight(44)
    bar.hide()
    layout = QVBoxLayout(window)
    layout.addWidget(bar)
    layout.addWidget(panel)
    window.resize(1200, 900)
    window.show()
    qtbot.waitExposed(window)
    return window, bar


def test_what_is_looked_for_from_afar_is_shown_near_enough_to_be_read(canvas: MapCanvas) -> None:
    canvas.set_camera(Camera(0.05, -2000.0, -2000.0))
    canvas.workspace.reveal("actors", "front")
    assert canvas.camera.scale == NEAR
    left, top = canvas.camera.to_screen(*canvas.scene.cards["front"].box[:2])
    assert 0 < left < canvas.width()
    assert 0 < top < canvas.height()
    scale = canvas.camera.scale
    canvas.workspace.reveal("actors", "gov")
    assert canvas.camera.scale == scale
