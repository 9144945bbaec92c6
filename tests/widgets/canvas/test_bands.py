from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.widgets.canvas.conftest import drag, place

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas


def border(canvas: MapCanvas, code: str) -> QPoint:
    _, y = canvas.camera.to_screen(0.0, canvas.scene.bands.band(code).bottom)
    return QPoint(10, round(y))


def test_a_border_on_the_strip_is_dragged_and_cards_below_go_along(canvas: MapCanvas) -> None:
    before = canvas.scene.bands.band("T1").height
    card, stored = canvas.scene.cards["csos"].y, place(canvas, "csos")
    start = border(canvas, "T1")
    drag(canvas, start, start + QPoint(0, 60))
    grown = canvas.scene.bands.band("T1").height - before
    assert grown > 0
    assert canvas.scene.cards["csos"].y == card + grown
    assert place(canvas, "csos") == stored
    canvas.workspace.history.undo()
    assert canvas.scene.bands.band("T1").height == before
    assert not canvas.workspace.history.can_undo


def test_a_band_never_gets_too_low_for_its_cards(canvas: MapCanvas) -> None:
    start = border(canvas, "T1")
    drag(canvas, start, QPoint(10, 5))
    band = canvas.scene.bands.band("T1")
    assert all(canvas.scene.cards[i].box[3] <= band.bottom for i in ("gov", "front", "host"))


def test_escape_leaves_the_band_as_it_was(canvas: MapCanvas) -> None:
    content = canvas.workspace.document.content()
    start = border(canvas, "T2")
    drag(canvas, start, start + QPoint(0, 40), release=False)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(
        canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start + QPoint(0, 40)
    )
    assert canvas.workspace.document.content() == content
