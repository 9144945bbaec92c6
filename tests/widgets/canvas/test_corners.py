"""What lies in the corners of the map: the small map, and the legend of colours and sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from model.drawing.boxes import grown, overlap
from model.records import Linkage
from tests.samples import sample
from tests.widgets.canvas.conftest import drag, on_card
from widgets.canvas.corners import all_in_view, covered
from widgets.canvas.fitting import drawn_box
from widgets.canvas.legend_sheet import LegendSheet
from widgets.canvas.overlay import STRIP
from widgets.canvas.shown_boxes import outer_boxes
from widgets.canvas.styling_menu import styling_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.document import Document
    from widgets.canvas.panel import MapPanel

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


def test_the_small_map_shows_itself_when_a_part_is_in_view(panel: MapPanel) -> None:
    panel.zoom_fit()
    assert not panel.minimap.isVisible()
    panel.canvas.zoom_by(2.5)
    assert panel.minimap.isVisible()
    QTest.keyClick(panel.canvas, Qt.Key.Key_M)
    assert not panel.minimap.isVisible()
    QTest.keyClick(panel.canvas, Qt.Key.Key_M)
    assert panel.minimap.isVisible()


def test_a_press_and_a_drag_on_the_small_map_take_the_view_there(panel: MapPanel) -> None:
    canvas, small = panel.canvas, panel.minimap
    canvas.zoom_by(2.5)
    before = canvas.workspace.document.revision
    for corner in (QPoint(20, 15), QPoint(small.width() - 20, small.height() - 15)):
        QTest.mouseClick(small, LEFT, PLAIN, corner)
        wanted = small.camera().to_map(corner.x(), corner.y())
        seen = canvas.camera.to_map(canvas.width() / 2, canvas.height() / 2)
        assert abs(seen[0] - wanted[0]) < 2
        assert abs(seen[1] - wanted[1]) < 2
    assert canvas.workspace.document.revision == before
    assert not canvas.workspace.selection


def test_choosing_a_measure_brings_its_legend_and_a_saved_view_keeps_it(panel: MapPanel) -> None:
    assert not panel.legend.isVisible()
    menu = styling_menu(panel.canvas, "colour_by")
    next(action for action in menu.actions() if action.text() == "Linked actors").trigger()
    assert panel.canvas.scene.options.colour_by == "measure:partners"
    assert panel.legend.isVisible()
    assert "Colour: Linked actors" in panel.legend.accessibleDescription()
    assert panel.canvas.scene.cards["host"].content.tag == "2"
    ticked = [a.text() for a in styling_menu(panel.canvas, "colour_by").actions() if a.isChecked()]
    assert ticked == ["Linked actors"]
    next(action for action in menu.actions() if action.text() == "Kind").trigger()
    assert not panel.legend.isVisible()
    QTest.keyClick(panel.canvas, Qt.Key.Key_K)
    assert panel.legend.isVisible()


def test_the_legend_lets_pointers_through_to_the_map(panel: MapPanel) -> None:
    panel.toggle_legend()
    middle = panel.legend.geometry().center()
    assert panel.canvas.childAt(middle) is None


def test_from_afar_one_line_stands_for_parallel_ones_and_keep_apart_leads(panel: MapPanel) -> None:
    canvas = panel.canvas
    with canvas.workspace.document.edit("parallel") as edit:
        for key, decision in (("p1", "undecided"), ("p2", "keep_apart"), ("p3", "undecided")):
            edit.put(
                "linkages",
                Linkage(
                    id=key,
                    from_id="gov",
                    to_id="front",
                    kind="negotiation",
                    status="active",
                    decision=decision,
                ),
            )
    bundles, links = canvas.renderer.lines.bundles, canvas.scene.links
    assert bundles.count(links["p2"]) == 3
    assert [i for i in ("p1", "p2", "p3") if bundles.is_led(i)] == ["p1", "p3"]
    assert bundles.count(links["l1"]) == 1
    canvas.zoom_by(0.4 / canvas.camera.scale)
    x, y = canvas.camera.to_screen(*links["p1"].route.at(0.5))
    assert canvas.hit(QPointF(x, y)).id != "p1"  # it is not drawn, so it cannot be taken hold of
    x, y = canvas.camera.to_screen(*links["p2"].route.at(0.5))
    assert canvas.hit(QPointF(x, y)).id == "p2"


@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
@pytest.mark.parametrize("size", [(1024, 700), (1400, 800), (700, 900)])
def test_fit_shows_all_that_is_drawn(
    open_map: Callable[[Document], MapPanel], name: str, size: tuple[int, int]
) -> None:
    panel = open_map(sample(name))
    panel.resize(*size)
    canvas = panel.canvas
    panel.zoom_fit()
    scale, (left, top) = canvas.camera.scale, canvas.camera.to_screen(0.0, 0.0)
    for box in outer_boxes(canvas.renderer, list(canvas.scene.cards.values()), scale):
        assert box[0] + left >= STRIP
        assert box[1] + top >= 0
        assert box[2] + left <= canvas.width()
        assert box[3] + top <= canvas.height()
    shown = drawn_box(canvas, scale)
    view = canvas.camera.view(canvas.width(), canvas.height())
    assert view[0] + STRIP / scale <= shown[0] <= shown[2] <= view[2]
    assert view[1] <= shown[1] <= shown[3] <= view[3]


@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
def test_the_legend_covers_no_card_of_a_fitted_sample(
    open_map: Callable[[Document], MapPanel], name: str
) -> None:
    panel = open_map(sample(name))
    panel.resize(1400, 860)
    panel.toggle_legend()
    panel.zoom_fit()
    canvas = panel.canvas
    assert panel.legend.isVisible()
    assert covered(canvas, canvas.camera, panel.legend.geometry()) == 0


@pytest.mark.parametrize("name", ["myanmar", "mali"])
def test_on_a_small_map_a_chip_stands_for_a_legend_that_would_cover_much(
    open_map: Callable[[Document], MapPanel], name: str
) -> None:
    panel = open_map(sample(name))
    canvas, legend = panel.canvas, panel.legend
    panel.resize(540, 250)
    for title in ("Level", "Influence", "TLP label", "Brokerage"):
        menu = styling_menu(canvas, "colour_by")
        next(one for one in menu.actions() if one.text() == title).trigger()
        panel.zoom_fit()
        assert legend.isVisible()
        assert covered(canvas, canvas.camera, legend.geometry()) <= 2


def test_from_afar_names_come_before_the_values_of_colours(
    open_map: Callable[[Document], MapPanel],
) -> None:
    panel = open_map(sample("mali"))
    canvas = panel.canvas
    panel.resize(760, 330)
    menu = styling_menu(canvas, "colour_by")
    next(one for one in menu.actions() if one.text() == "Influence").trigger()
    panel.zoom_fit()
    cards, scale = list(canvas.scene.cards.values()), canvas.camera.scale
    plates = canvas.renderer.card_painter.plates
    shown = dict(zip((card.id for card in cards), plates.of(cards, scale), strict=True))
    boxes = dict(zip(shown, outer_boxes(canvas.renderer, cards, scale), strict=True))
    captions = canvas.renderer.card_painter.captions.at(scale)
    for card in cards:
        plate = shown[card.id]
        words = captions[card.id].words if plate is None else plate.text
        assert (card.content.short_name or card.content.name) in words or words in card.content.name
        if plate is None:
            assert not any(
                overlap(grown(captions[card.id].box, -3.0), boxes[i]) for i in shown if i != card.id
            )


def test_the_small_map_keeps_off_cards_and_the_legend(panel: MapPanel) -> None:
    canvas = panel.canvas
    panel.toggle_legend()
    panel.zoom_fit()
    canvas.set_camera(canvas.camera.panned(-0.3 * canvas.width(), 0.0))
    assert not all_in_view(canvas)
    assert panel.minimap.isVisible()  # most of the map is in view, but not all
    assert not panel.minimap.geometry().intersects(panel.legend.geometry())
    panel.minimap.settle()
    assert covered(canvas, canvas.camera, panel.minimap.geometry()) == 0


@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
def test_on_a_low_map_a_chip_stands_for_the_legend_and_opens_it(
    open_map: Callable[[Document], MapPanel], name: str
) -> None:
    panel = open_map(sample(name))
    panel.resize(470, 265)
    panel.zoom_fit()
    scale = panel.canvas.camera.scale
    QTest.keyClick(panel.canvas, Qt.Key.Key_K)
    legend = panel.legend
    assert legend.is_chip
    assert panel.canvas.camera.scale == scale
    assert legend.width() * legend.height() < 0.05 * panel.width() * panel.height()
    sheet = legend.findChild(LegendSheet) or panel.canvas.findChild(LegendSheet)
    assert sheet is not None
    assert sheet.isVisible()
    assert sheet.accessibleDescription() == legend.accessibleDescription()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert legend.isVisible()
    QTest.mouseClick(legend.chip, LEFT)
    assert panel.canvas.findChildren(LegendSheet)[-1].isVisible()
    sheet = panel.canvas.findChildren(LegendSheet)[-1]
    panel.canvas.setFocus()
    QTest.keyClick(sheet, Qt.Key.Key_M)  # what another key means happens as well
    assert not sheet.isVisible()
    assert not panel.minimap.wanted
    QTest.keyClick(panel.canvas, Qt.Key.Key_K)
    assert not legend.isVisible()


def test_a_legend_becomes_a_chip_where_it_would_cover_much_of_the_map(
    open_map: Callable[[Document], MapPanel],
) -> None:
    panel = open_map(sample("mindanao"))
    panel.resize(1400, 860)
    panel.legend.set_wanted(True)
    forms = []
    for size in ((1400, 860), (900, 600), (600, 300), (420, 240), (1400, 860)):
        panel.resize(*size)
        assert panel.legend.isVisible()
        covers = panel.legend.width() * panel.legend.height() / (size[0] * size[1])
        assert covers <= 0.31
        forms.append(panel.legend.is_chip)
    assert (forms[0], forms[3], forms[4]) == (False, True, False)


def test_the_small_map_gives_way_to_what_is_dragged_there(panel: MapPanel) -> None:
    canvas, small = panel.canvas, panel.minimap
    canvas.zoom_by(2.5)
    canvas.workspace.reveal_wanted.emit("actors", "gov")
    assert small.isVisible()
    start = on_card(canvas, "gov")
    drag(canvas, start, small.geometry().center(), release=False)
    assert not small.isVisible()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert small.isVisible()
    QTest.mouseRelease(canvas, LEFT, PLAIN, start)
