"""The stage: nothing above its audience is in it, keys step through it, nothing can be changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from model.commands.views import save_view
from model.drawing.style import style_sheet
from model.filtering import FilterSpec
from model.records import Placement
from model.staging import staged
from model.timeline.looks import PaneLook, TimelineLook
from model.timeline.narrowing import Narrow
from model.view_state import ViewState
from tests.builders import a_project
from tests.hearing import listen
from tests.reaching import reached
from tests.samples import sample
from widgets.canvas.legend_sheet import LegendSheet
from widgets.presenting.stage import Stage
from widgets.text_engine import QtTextEngine
from widgets.timeline.looks import days_in_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from model.document import Content, Document

DAY = date(2013, 2, 15)
CANARY = "CANARY"


def project(secret: str = CANARY) -> Document:
    """Three actors for everybody; one more, its linkages, plans and a view for the team only."""
    document = (
        a_project(title="Talks", tlp="CLEAR", summary="Open")
        .actor("gov", name="Government", tracks=("T1",), tlp="CLEAR")
        .actor("front", name="Front", tracks=("T1",), tlp="CLEAR", notes="seen by all")
        .actor("elders", name="Elders", tracks=("T3",), tlp="GREEN")
        .actor("secret", name=f"{secret} actor", tracks=("T2",), tlp="RED")
        .link("gov", "front", kind="negotiation", tlp="CLEAR")
        .link("gov", "secret", kind="back_channel", rationale=f"{secret} reason")
        .add("activities", "open", title="Round", start="2013-01", end="2013-06", tlp="CLEAR")
        .add("activities", "shut", title=f"{secret} visit", start="2013-02", tlp="AMBER")
        .add("notes", "n", text=f"{secret} note", tlp="RED")
        .document()
    )
    everything = save_view(document, "Everything", ViewState(as_of=DAY))
    third = FilterSpec({"track": frozenset({"T3"})})
    below = save_view(document, "Below", ViewState(spec=third, as_of=DAY, frame=("elders",)))
    save_view(document, f"{secret} view", ViewState(spec=FilterSpec(text=secret), as_of=DAY))
    with document.edit("labels") as edit:
        for view in (everything, below):
            edit.change("views", view.id, tlp="CLEAR", caption=f"About {view.title}")
    return document


def staged_content(secret: str = CANARY) -> Content:
    return staged(project(secret), "GREEN", DAY)


@pytest.fixture
def stage(qtbot: QtBot) -> Iterator[Stage]:
    made = open_stage(qtbot, staged_content())
    yield made
    if isValid(made):
        made.hide()


def open_stage(qtbot: QtBot, content: Content) -> Stage:
    engine = QtTextEngine()
    stage = Stage(content, "GREEN", DAY, engine, style_sheet("light"))
    stage.resize(1000, 700)
    with qtbot.waitExposed(stage):
        stage.show()
    stage.activateWindow()
    stage.setFocus()
    return stage


def accessible_texts(interface: QAccessibleInterface) -> Iterator[str]:
    for kind in QAccessible.Text:
        if kind is not QAccessible.Text.UserText:
            yield interface.text(kind)
    for at in range(interface.childCount()):
        child = interface.child(at)
        if child is not None:
            yield from accessible_texts(child)


def test_nothing_above_the_audience_is_said_anywhere(stage: Stage) -> None:
    for at in range(len(stage.steps)):
        stage.go(at)
        texts = list(accessible_texts(QAccessible.queryAccessibleInterface(stage)))
        for widget in (stage, *stage.findChildren(QWidget)):
            texts += [widget.toolTip(), widget.statusTip(), widget.whatsThis()]
            texts += [widget.windowTitle(), widget.accessibleName(), widget.accessibleDescription()]
        assert any("Government" in text for text in [str(stage.workspace.document.content())])
        assert not [text for text in texts if CANARY in text]
        assert stage.badge.text() == "TLP:GREEN"
        assert stage.badge.isVisible()
    assert stage.windowTitle() == "Presentation, TLP:GREEN"


def test_nothing_above_the_audience_is_in_its_memory(stage: Stage) -> None:
    count, found = 0, []
    for one in reached(vars(stage)):
        count += 1
        if isinstance(one, str) and CANARY in one and one != CANARY:
            found.append(one)
    assert count > 1000
    assert found == []


def test_pictures_do_not_depend_on_what_is_withheld(qtbot: QtBot) -> None:
    pictures = []
    for secret in ("One", "Quite another"):
        stage = open_stage(qtbot, staged_content(secret))
        stage.go(0)
        pictures.append(
            (stage.map.grab().toImage(), stage.timeline.first.canvas.viewport().grab().toImage())
        )
        stage.close()
    assert pictures[0] == pictures[1]


def test_keys_step_through_the_views_and_stay_at_the_ends(stage: Stage) -> None:
    assert [title for title, _, _ in stage.steps] == ["Everything", "Below"]
    assert len(stage.map.scene.cards) == 3
    for key in (Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_Right):
        stage.go(0)
        QTest.keyClick(stage, key)
        assert (stage.at, stage.title.text(), stage.caption.text()) == (1, "Below", "About Below")
    assert [card.content.name for card in stage.map.scene.cards.values()] == ["Elders"]
    QTest.keyClick(stage, Qt.Key.Key_Space)
    assert stage.at == 1
    assert stage.place.text() == "2 of 2"
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_Left):
        stage.go(1)
        QTest.keyClick(stage, key)
        assert stage.at == 0
    assert len(stage.map.scene.cards) == 3


def test_the_screen_can_be_blanked_but_never_without_its_label(stage: Stage) -> None:
    QTest.keyClick(stage, Qt.Key.Key_B)
    picture = stage.grab().toImage()
    middle = picture.pixelColor(picture.width() // 2, picture.height() // 2)
    assert middle.name() == "#000000"
    place = stage.badge.mapTo(stage, QPoint(4, 4))
    assert picture.pixelColor(place) == stage.badge.grab().toImage().pixelColor(4, 4)
    QTest.keyClick(stage, Qt.Key.Key_Space)
    assert stage.blank.isHidden()
    assert stage.at == 0


def test_light_and_dimming(stage: Stage) -> None:
    bright = stage.map.grab().toImage()
    QTest.keyClick(stage, Qt.Key.Key_S)
    assert stage.map.grab().toImage() != bright
    QTest.keyClick(stage, Qt.Key.Key_S)
    assert stage.map.grab().toImage() == bright
    card = next(one for one in stage.map.scene.cards.values() if one.content.name == "Government")
    x, y = stage.map.camera.to_screen(card.x + 20, card.y + 20)
    QTest.mouseClick(stage.map, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert stage.lens.lit is not None
    assert card.id in stage.lens.lit
    QTest.keyClick(stage, Qt.Key.Key_D)
    assert stage.lens.focus is None


def test_nothing_can_be_changed(stage: Stage) -> None:
    before = stage.workspace.document.content()
    card = next(iter(stage.map.scene.cards.values()))
    x, y = stage.map.camera.to_screen(card.x + 20, card.y + 20)
    start = QPoint(round(x), round(y))
    QTest.mousePress(stage.map, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(stage.map, start + QPoint(90, 60))
    QTest.mouseRelease(stage.map, Qt.MouseButton.LeftButton, pos=start + QPoint(90, 60))
    QTest.mouseDClick(stage.map, Qt.MouseButton.LeftButton, pos=start)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Insert, Qt.Key.Key_L):
        QTest.keyClick(stage, key)
        QTest.keyClick(stage.map, key)
    assert stage.workspace.document.content() == before
    assert stage.timeline.first.canvas.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_escape_ends_it(qtbot: QtBot, stage: Stage) -> None:
    with qtbot.waitSignal(stage.left):
        QTest.keyClick(stage, Qt.Key.Key_Escape)
    assert stage.isHidden()


def test_places_come_along_only_when_asked_for_or_when_all_is_seen() -> None:
    document = project()
    with document.edit("place") as edit:
        edit.put("placements", Placement(id="gov", x=777.0, y=8.0, tlp="CLEAR"))

    def places(content: Content) -> list[float]:
        return [getattr(one, "x", 0.0) for one in content["placements"].values()]

    assert 777.0 not in places(staged(document, "GREEN", DAY))
    assert 777.0 in places(staged(document, "GREEN", DAY, keep_positions=True))
    assert 777.0 in places(staged(document, "RED", DAY))


def test_a_view_shows_its_timeline_on_the_stage(qtbot: QtBot) -> None:
    document = sample("mindanao")
    look = TimelineLook(
        PaneLook(Narrow("track", "T1"), "process"),
        PaneLook(Narrow("track", "T2")),
        (date(2012, 1, 1), date(2013, 12, 31)),
    )
    for title, state in (("Two", ViewState(timeline=look)), ("All", ViewState())):
        view = save_view(document, title, state)
        with document.edit("label") as edit:
            edit.change("views", view.id, tlp="CLEAR")
    content = staged(document.snapshot(), "GREEN", date(2013, 2, 15), keep_positions=False)
    stage = Stage(content, "GREEN", date(2013, 2, 15), QtTextEngine(), style_sheet("light"))
    stage.resize(1280, 800)
    stage.show()
    qtbot.waitExposed(stage)
    QApplication.processEvents()
    first, second = stage.timeline.first, stage.timeline.second
    assert second is not None
    assert first.heading.text() == "Only: Track I"
    assert second.heading.text() == "Only: Track II"
    assert first.canvas.picture.grouping == "process"
    assert stage.timeline.height() > 0.25 * stage.height()
    days = days_in_view(first.canvas)
    assert days is not None
    for shown, wanted in zip(days, look.days or (), strict=True):
        assert abs(shown - wanted).days <= 3
    stage.go(1)
    QApplication.processEvents()
    assert stage.timeline.second is None
    assert first.heading.isHidden()
    assert days_in_view(first.canvas) is None
    stage.close()


def test_keys_work_while_the_legend_lies_over_the_map(stage: Stage) -> None:
    stage.legend.open_sheet()
    sheet = stage.map.findChildren(LegendSheet)[-1]
    QTest.keyClick(sheet, Qt.Key.Key_B)
    assert not sheet.isVisible()
    assert stage.blank.isVisible()


def test_tab_goes_from_card_to_card_and_dims_the_rest(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = listen(monkeypatch)
    names = []
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        QTest.keyClick(stage, key)
        assert stage.lens.focus is not None
        names.append(stage.workspace.document.actors[stage.lens.focus.ids[0]].name)
        assert heard[-1].startswith(names[-1])
    assert names[-1] == names[1]
    assert set(names) == {"Government", "Front", "Elders"}
    QTest.keyClick(stage, Qt.Key.Key_D)
    assert stage.lens.lit is None
    QTest.keyClick(stage, Qt.Key.Key_Space)
    assert heard[-1] == "Below. About Below. 2 of 2"
    QTest.keyClick(stage, Qt.Key.Key_B)
    assert heard[-1] == "Blank screen."
    QTest.keyClick(stage, Qt.Key.Key_Tab)
    assert stage.lens.focus is None


def test_without_saved_views_it_is_presented_as_it_was_looked_at(qtbot: QtBot) -> None:
    document = project()
    with document.edit("views") as edit:
        for view_id in document.views:
            edit.remove("views", view_id)
    words = f"{CANARY} visit"
    look = ViewState(
        spec=FilterSpec(text=words),
        as_of=date(2013, 3, 1),
        focus="between",
        about=("gov", "secret"),
        shown=("gov", "secret", "elders"),
        styling={"colour_by": "measure:cut_off", "size_by": "measure:partners"},
    )
    content = staged(document, "GREEN", DAY, look=look)
    assert CANARY not in str(content)
    stage = open_stage(qtbot, content)
    assert [title for title, _, _ in stage.steps] == ["Talks"]
    shown = {card.content.name for card in stage.map.scene.cards.values()}
    assert shown == {"Government", "Elders"}
    assert stage.workspace.as_of == date(2013, 3, 1)
    assert stage.lens.focus is None  # one of the two is withheld
    # Who is the only way cannot be told from a part.
    options = stage.map.scene.options
    assert (options.colour_by, options.size_by) == ("", "measure:partners")
    stage.close()
    assert "measure:cut_off" in str(staged(document, "RED", DAY, look=look))
