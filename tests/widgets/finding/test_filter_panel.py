"""Filter panel, lens and strip: ticking narrows, the strip says so, focus dims."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from model.commands.actors import add_actor
from model.commands.records import set_fields
from model.search import SearchIndex
from tests.samples import sample
from tests.widgets.opening import shown, workspace_of
from widgets.common.lens import Focus, Lens
from widgets.finding.facet_box import FacetBox
from widgets.finding.filter_panel import FilterPanel
from widgets.finding.lens_bar import LensBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from widgets.common.workspace import Workspace


@pytest.fixture
def workspace(qapp: object) -> Workspace:
    return workspace_of(sample())


@pytest.fixture
def lens(workspace: Workspace) -> Lens:
    index = SearchIndex(workspace.document)
    workspace.committed.connect(lambda commit: index.follow(commit.patch))
    return Lens(workspace, index)


@pytest.fixture
def panel(qtbot: QtBot, lens: Lens) -> FilterPanel:
    panel = FilterPanel(lens)
    shown(qtbot, panel)
    return panel


def tick(panel: FilterPanel, facet: str, value: str) -> None:
    QTest.keyClick(panel.boxes[facet, value], Qt.Key.Key_Space)


def test_ticks_narrow_and_counts_say_what_others_would_show(panel: FilterPanel, lens: Lens) -> None:
    assert panel.boxes["track", "T3"].text().startswith("Track III")
    before = panel.boxes["kind", "state"].text()
    tick(panel, "track", "T3")
    assert lens.spec.ticked("track") == {"T3"}
    actors = lens.workspace.document.actors
    assert lens.visible is not None
    assert {i for i in actors if i in lens.visible} == {
        i for i, one in actors.items() if "T3" in one.tracks
    }
    assert panel.boxes["kind", "state"].text() != before
    assert panel.boxes["track", "T1"].text()[-1] != "0"
    assert panel.sections["track"].head.text() == "Track: 1 chosen"
    tick(panel, "track", "T3")
    assert lens.visible is None


def test_words_filter_and_clear_gives_everything_back(panel: FilterPanel, lens: Lens) -> None:
    QTest.keyClicks(panel.words, "malaysia")
    assert lens.spec.text == "malaysia"
    assert panel.shown.text().endswith("of 49 actors shown")
    QTest.mouseClick(panel.clear, Qt.MouseButton.LeftButton)
    assert lens.spec.is_empty
    assert panel.words.text() == ""
    assert panel.shown.text() == "49 of 49 actors shown"


def test_every_tick_has_a_name_for_screen_readers(panel: FilterPanel) -> None:
    for box in panel.boxes.values():
        assert box.accessibleName().rsplit(": ", 1)[1].isdigit()


def test_a_hidden_panel_counts_only_when_it_is_looked_at(
    qtbot: QtBot, panel: FilterPanel, lens: Lens
) -> None:
    before = panel.shown.text()
    panel.hide()
    lens.set_filter(lens.spec.with_tick("track", "T3", is_on=True))
    assert panel.shown.text() == before
    panel.show()
    qtbot.waitUntil(lambda: panel.shown.text() != before)
    assert panel.boxes["track", "T3"].isChecked()


def test_what_is_revealed_or_made_is_let_in(lens: Lens, workspace: Workspace) -> None:
    document = workspace.document
    lens.set_filter(lens.spec.with_tick("track", "T3", is_on=True))
    hidden = next(i for i, one in document.actors.items() if one.tracks == ("T1",))
    workspace.reveal("actors", hidden)
    assert lens.visible is not None
    assert hidden in lens.visible
    made = add_actor(document, "state", ("T1",), at=(0.0, 8.0))
    assert made.id in lens.visible
    set_fields(document, "actors", [hidden], {"tracks": ("T3",)})
    lens.set_filter(lens.spec.with_tick("track", "T2", is_on=True))
    assert made.id not in (lens.visible or ())


def test_the_strip_says_what_is_shown(qtbot: QtBot, lens: Lens, workspace: Workspace) -> None:
    bar = LensBar(lens)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    lens.set_filter(lens.spec.with_tick("kind", "state", is_on=True))
    assert not bar.isHidden()
    assert bar.filtered.text().startswith("Filtered: ")
    assert " of 49 actors and " in bar.filtered.text()
    malaysia = next(i for i, one in workspace.document.actors.items() if one.name == "Malaysia")
    lens.clear_filter()
    lens.set_focus(Focus("around", (malaysia,)))
    first = bar.focused.text()
    assert first.startswith("Malaysia and ")
    bar.show()
    QTest.mouseClick(bar.farther, Qt.MouseButton.LeftButton)
    assert "up to 2 steps away" in bar.focused.text()
    assert lens.lit is not None
    QTest.mouseClick(bar.nearer, Qt.MouseButton.LeftButton)
    assert bar.focused.text() == first
    assert not bar.nearer.isEnabled()
    QTest.mouseClick(bar.leave, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    assert lens.focus_in_words() == ""


def test_focus_says_when_no_way_leads(lens: Lens, workspace: Workspace) -> None:
    document = workspace.document
    alone = add_actor(document, "state", ("T1",), at=(0.0, 8.0))
    other = next(iter(document.actors))
    lens.set_focus(Focus("between", (other, alone.id)))
    assert lens.focus_in_words().startswith("No way leads from ")
    assert lens.lit == frozenset({other, alone.id})


def test_a_long_name_is_cut_short_and_its_count_never(qtbot: QtBot) -> None:
    box = FacetBox()
    qtbot.addWidget(box)
    box.say("Other intergovernmental body", 12)
    for width in (150, 200, 400):
        box.resize(width, 24)
        box.show()
        assert box.text().endswith("  12")
        assert box.fontMetrics().horizontalAdvance(box.text()) < width
    assert box.text() == "Other intergovernmental body  12"
    assert box.accessibleName() == "Other intergovernmental body: 12"
    assert box.minimumSizeHint().width() <= 150
