from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from model.codes import ACTOR_KINDS, LINKAGE_KINDS
from model.document import Document
from model.drawing.style import style_sheet
from model.history import History
from widgets.canvas.mime import actor_kind_data, actor_kind_of
from widgets.common.workspace import Workspace
from widgets.palette.panel import PalettePanel
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture
def palette(qtbot: QtBot) -> PalettePanel:
    document = Document()
    workspace = Workspace(
        document, History(document), QtTextEngine(), style_sheet("light"), date(2020, 1, 1)
    )
    panel = PalettePanel(workspace)
    qtbot.addWidget(panel)
    panel.resize(240, 700)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def test_all_kinds_are_there_once(palette: PalettePanel) -> None:
    assert sorted(palette.kinds_shown()) == sorted(ACTOR_KINDS.codes)
    assert len(ACTOR_KINDS.codes) == 34
    codes = [palette.links.item(row).data(Qt.ItemDataRole.UserRole) for row in range(28)]
    assert sorted(code for code in codes if code) == sorted(LINKAGE_KINDS.codes)


def test_searching_and_enter_add_an_actor(palette: PalettePanel, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.search, "women")
    assert palette.kinds_shown() == ("womens_organisation", "youth_organisation")
    QTest.keyClicks(palette.search, "s_o")
    assert palette.kinds_shown() == ("womens_organisation",)
    with qtbot.waitSignal(palette.actor_wanted) as asked:
        QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert asked.args == ["womens_organisation"]


def test_arrows_lead_from_the_search_into_the_list(palette: PalettePanel, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.search, "armed")
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.actor_wanted) as asked:
        QTest.keyClick(palette.kinds, Qt.Key.Key_Return)
    assert asked.args == [palette.kinds_shown()[0]]


def test_choosing_a_linkage_kind(palette: PalettePanel, qtbot: QtBot) -> None:
    assert palette.link_kind == "coordination"
    with qtbot.waitSignal(palette.link_kind_chosen) as chosen:
        palette.choose_link_kind("funding")
    assert chosen.args == ["funding"]
    palette.workspace.set_style(style_sheet("dark"))
    assert palette.link_kind == "funding"
    assert palette.links.currentItem().text() == "Funding"


def test_what_is_dragged_says_only_the_kind() -> None:
    data = actor_kind_data("state")
    assert actor_kind_of(data) == "state"
    assert not data.hasText()
    assert not data.hasUrls()
