"""Figures that a presented view is coloured by are reckoned beside the stage, and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from model.commands.views import save_view
from model.drawing.shading import MEASURE
from model.drawing.style import style_sheet
from model.staging import staged
from model.view_state import ViewState
from tests.builders import a_project
from tests.widgets.canvas.test_measuring import Worker
from tests.widgets.presenting.test_stage import DAY
from widgets.presenting.stage import Stage
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def tags(stage: Stage) -> set[str]:
    return {card.content.tag for card in stage.map.scene.cards.values()} - {""}


def test_measures_are_reckoned_beside_the_stage_and_its_legend_explains_them(qtbot: QtBot) -> None:
    document = (
        a_project(title="Talks", tlp="CLEAR")
        .actor("gov", name="Government", tracks=("T1",), tlp="CLEAR")
        .actor("front", name="Front", tracks=("T1",), tlp="CLEAR")
        .link("gov", "front", kind="negotiation", status="active", tlp="CLEAR")
        .document()
    )
    plain = save_view(document, "Plain", ViewState(as_of=DAY))
    measured = save_view(
        document, "Figures", ViewState(as_of=DAY, styling={"colour_by": f"{MEASURE}partners"})
    )
    with document.edit("labels") as edit:
        for view in (plain, measured):
            edit.change("views", view.id, tlp="CLEAR")
    worker = Worker()
    content = staged(document.snapshot(), "GREEN", DAY)
    stage = Stage(content, "GREEN", DAY, QtTextEngine(), style_sheet("light"), worker)
    stage.resize(1000, 700)
    with qtbot.waitExposed(stage):
        stage.show()
    assert stage.legend.isHidden()
    QTest.keyClick(stage, Qt.Key.Key_Space)
    assert worker.given
    assert not tags(stage)
    worker.finish()
    assert tags(stage)
    assert stage.legend.isVisible()
    QTest.keyClick(stage, Qt.Key.Key_Backspace)
    assert not tags(stage)
    assert stage.legend.isHidden()
    QTest.keyClick(stage, Qt.Key.Key_K)
    assert stage.legend.isVisible()
    stage.close()
