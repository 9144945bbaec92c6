from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from model.commands.bands import rename_band, set_band_collapsed
from tests.widgets.canvas.conftest import drag, place
from widgets.canvas.editor import NameEditor

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

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


def strip(canvas: MapCanvas, code: str) -> QPoint:
    """The middle of a band's name strip."""
    band = canvas.scene.bands.band(code)
    _, y = canvas.camera.to_screen(0.0, band.top + band.height / 2)
    return QPoint(12, round(y))


def drawn(canvas: MapCanvas) -> list[str]:
    return list(canvas.scene.bands.codes)


def test_a_band_is_dragged_by_its_strip_and_says_what_release_does(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    start = strip(canvas, "T3")
    stored = canvas.workspace.document.content()["placements"]
    drag(canvas, start, QPoint(12, 20))
    assert drawn(canvas) == ["T3", "T1", "T2"]
    assert any("above Track I" in hint for hint in hints)
    assert canvas.workspace.document.content()["placements"] == stored
    canvas.workspace.history.undo()
    assert drawn(canvas) == ["T1", "T2", "T3"]


def test_escape_leaves_a_dragged_band(canvas: MapCanvas) -> None:
    content = canvas.workspace.document.content()
    drag(canvas, strip(canvas, "T3"), QPoint(12, 20), release=False)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    left = Qt.MouseButton.LeftButton
    QTest.mouseRelease(canvas, left, Qt.KeyboardModifier.NoModifier, QPoint(12, 20))
    assert canvas.workspace.document.content() == content


def test_the_arrow_of_a_strip_collapses_and_opens_the_band(canvas: MapCanvas) -> None:
    for members in (True, False):
        _, top = canvas.camera.to_screen(0.0, canvas.scene.bands.band("T1").top)
        at = QPoint(12, round(max(0.0, top)) + 13)
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        assert ("gov" not in canvas.scene.cards) is members
        assert ("T1" in canvas.scene.cards) is members


def test_bands_by_keyboard_alone(canvas: MapCanvas, qtbot: QtBot) -> None:
    QTest.keyClick(canvas, Qt.Key.Key_B)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Track I", "Track II", "Track III"]
    # Into the menu of Track II, up to the first entry, which collapses it.
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.activePopupWidget() or menu, key)
    assert canvas.scene.bands.band("T2").collapsed
    assert "csos" not in canvas.scene.cards
    canvas.workspace.select([("tracks", "T2")])
    QTest.keyClick(canvas, Qt.Key.Key_G)
    assert "csos" in canvas.scene.cards


def test_a_band_is_renamed_in_its_place(canvas: MapCanvas) -> None:
    QTest.mouseDClick(
        canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, strip(canvas, "T2")
    )
    editor = canvas.findChild(NameEditor)
    assert editor is not None
    QTest.keyClicks(editor, "Civil society table")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert canvas.scene.bands.band("T2").title == "Civil society table"


def test_removing_a_band_asks_where_its_actors_go(canvas: MapCanvas) -> None:
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    menu = canvas.bands.menu("T2")
    goes = next(action for action in menu.actions() if "goes to" in action.text())
    below = goes.menu()
    assert isinstance(below, QMenu)
    targets = {action.text(): action for action in below.actions()}
    assert list(targets) == ["Track I", "Track 1.5", "Track III", "Track not known"]
    targets["Track III"].trigger()
    assert drawn(canvas) == ["T1", "T3"]
    assert canvas.workspace.document.actors["csos"].tracks == ("T3",)
    assert "1 actor now on Track III" in hints[-1]


def test_what_is_dropped_on_a_collapsed_band_opens_it_and_is_named(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    set_band_collapsed(document, "T2", collapsed=True)
    before, places = document.content(), dict(document.placements)
    band = canvas.scene.bands.band("T2")
    canvas.add_at("state", 700.0, band.top + band.height / 2)
    assert canvas.editor is not None
    QTest.keyClicks(canvas.editor, "Envoy")
    QTest.keyClick(canvas.editor, Qt.Key.Key_Return)
    (fresh,) = document.actors.keys() - before["actors"].keys()
    assert document.actors[fresh].tracks == ("T2",)
    assert not canvas.scene.bands.band("T2").collapsed
    assert set(canvas.scene.cards_near(canvas.scene.cards[fresh].box)) == {fresh}
    assert all(document.placements[i] == place for i, place in places.items())
    canvas.workspace.history.undo()
    canvas.workspace.history.undo()
    assert document.content() == before


def test_hints_name_a_band_as_the_team_does(canvas: MapCanvas) -> None:
    rename_band(canvas.workspace.document, "T1", "The table")
    hints: list[str] = []
    canvas.workspace.hinted.connect(hints.append)
    start = border(canvas, "T1")
    drag(canvas, start, start + QPoint(0, 40), release=False)
    assert "The table" in hints[-1]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_del_on_a_collapsed_band_asks_where_its_actors_go(canvas: MapCanvas) -> None:
    document = canvas.workspace.document
    set_band_collapsed(document, "T2", collapsed=True)
    before = document.content()
    canvas.workspace.select([("tracks", "T2")])
    for key, gone in ((Qt.Key.Key_Escape, False), (Qt.Key.Key_Return, True)):
        QTest.keyClick(canvas, Qt.Key.Key_Delete)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        heading, first, *_ = menu.actions()
        assert "goes to" in heading.text()
        assert not heading.isEnabled()
        assert menu.activeAction() is first
        QTest.keyClick(menu, key)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        assert (document.content() != before) is gone
    assert document.actors["csos"].tracks == ("T1",)
    assert "T2" not in drawn(canvas)
