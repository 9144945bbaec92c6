"""The find bar: what it lists, how the keys go through it, what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from model.commands.records import remove_records, set_fields
from model.search import SearchIndex
from tests.samples import sample
from tests.widgets.opening import shown, workspace_of
from widgets.finding.entries import EntryModel
from widgets.finding.find_bar import FindBar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from widgets.common.workspace import Workspace


@pytest.fixture
def workspace(qapp: object) -> Workspace:
    return workspace_of(sample())


@pytest.fixture
def bar(qtbot: QtBot, workspace: Workspace) -> Iterator[FindBar]:
    index = SearchIndex(workspace.document)
    workspace.committed.connect(lambda commit: index.follow(commit.patch))
    bar = FindBar(workspace, index)
    holder = QWidget()
    layout = QVBoxLayout(holder)
    other = QLineEdit()
    layout.addWidget(other)
    layout.addWidget(bar)
    layout.addStretch(1)
    shown(qtbot, holder, 700, 500)
    other.setFocus()
    bar.open_bar()
    yield bar
    holder.close()


def titles(bar: FindBar) -> list[str]:
    return [entry.title for entry in bar.list.entries.entries]


def test_typing_lists_records_of_all_tables(bar: FindBar) -> None:
    bar.field.setText("MÁLAYSIA")
    tables = {entry.detail.split(" · ")[0] for entry in bar.list.entries.entries}
    assert {"Actor", "Linkage", "Posting"} <= tables
    assert bar.said.text() == f"{len(titles(bar))} found"
    assert titles(bar)[0] == "Malaysia"
    spoken = bar.list.entries.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Malaysia, Actor"


def test_enter_goes_through_the_hits_and_around(bar: FindBar, workspace: Workspace) -> None:
    QTest.keyClicks(bar.field, "malaysia")
    keys = [entry.key for entry in bar.list.entries.entries]
    assert len(keys) > 2
    seen = []
    for _ in range(len(keys) + 1):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
        seen.append(workspace.selection[0])
    assert seen == [*keys, keys[0]]
    assert bar.said.text() == f"1 of {len(keys)}"
    QTest.keyClick(bar.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert workspace.selection == (keys[-1],)
    assert bar.field.hasFocus()


def test_arrows_and_clicks_choose_a_hit(qtbot: QtBot, bar: FindBar, workspace: Workspace) -> None:
    QTest.keyClicks(bar.field, "malaysia")
    QTest.keyClick(bar.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(workspace.reveal_wanted):
        QTest.keyClick(bar.field, Qt.Key.Key_Return)
    assert workspace.selection == (bar.list.entries.entries[1].key,)
    place = bar.list.visualRect(bar.list.entries.index(0)).center()
    QTest.mouseClick(bar.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert workspace.selection == (bar.list.entries.entries[0].key,)


def test_a_misspelt_word_finds_what_looks_like_it(bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "malaisya")
    assert "Malaysia" in titles(bar)
    assert bar.said.text().startswith("Not found; ")
    bar.field.clear()
    assert bar.said.text() == ""
    QTest.keyClicks(bar.field, "xqzwvv")
    assert titles(bar) == []
    assert bar.said.text() == "Nothing found"
    QTest.keyClick(bar.field, Qt.Key.Key_Return)


def test_hits_follow_edits(bar: FindBar, workspace: Workspace) -> None:
    QTest.keyClicks(bar.field, "malaysia")
    actor = next(i for i, one in workspace.document.actors.items() if one.name == "Malaysia")
    set_fields(workspace.document, "actors", [actor], {"name": "Facilitator state"})
    assert "Malaysia" not in titles(bar)
    remove_records(workspace.document, "actors", [actor])
    assert ("actors", actor) not in [entry.key for entry in bar.list.entries.entries]


def test_escape_gives_the_keyboard_back(qtbot: QtBot, bar: FindBar) -> None:
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    window = bar.window()
    qtbot.waitUntil(window.findChildren(QLineEdit)[0].hasFocus)


def test_the_model_keeps_qts_rules(bar: FindBar) -> None:
    QTest.keyClicks(bar.field, "group")
    model = EntryModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_entries(bar.list.entries.entries)
    model.show_entries([])
    assert tester.model() is model
