"""The export dialog: what is withheld by which label, sections, and what is missing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.dialogs.export import ExportChoice, ExportDialog
from desktop.dialogs.reckoned import Reckoned, reckon
from desktop.dialogs.withheld import Group, WithheldList
from desktop.tasks import FlowRunner
from exporters.recipes import RECIPES
from exporters.request import SECTIONS
from model.commands.checklist import add_items, answer_item
from model.commands.views import save_view
from model.donoharm.sets import item_set
from model.drawing.colours import contrast
from model.records import PackRecipe
from model.timeline.looks import PaneLook, TimelineLook
from model.timeline.narrowing import Narrow
from model.view_state import ViewState
from tests.packs import SAMPLE_DAYS, document, sample
from widgets.common.theme import apply_theme, theme_colours

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from model.document import Snapshot
    from model.drawing.palette import Medium


@pytest.fixture
def dialog(qtbot: QtBot) -> ExportDialog:
    snapshot = document(sample()).snapshot()
    found = ExportDialog(None, snapshot, SAMPLE_DAYS["mindanao"], "pack")
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(found)
    found.show()
    return found


def _answer(qtbot: QtBot, dialog: ExportDialog, folder: Path) -> ExportChoice:
    dialog.folder.setText(str(folder))
    dialog.override.setText("agreed")
    with qtbot.waitSignal(dialog.answered) as caught:
        QTest.mouseClick(dialog.buttons.buttons()[-1], Qt.MouseButton.LeftButton)
    choice = caught.args[0]
    assert isinstance(choice, ExportChoice)
    return choice


def test_it_says_by_which_labels_records_are_withheld(dialog: ExportDialog) -> None:
    assert "TLP:AMBER+STRICT: 11" in dialog.withheld.text()
    dialog.audience.setCurrentIndex(dialog.audience.findData("RED"))
    assert "Nothing is withheld" in dialog.withheld.text()


def test_the_checklist_on_exports_and_the_flags_of_the_chosen_day_are_shown(qtbot: QtBot) -> None:
    project = document(sample())
    add_items(project, item_set("exports").items)
    readers = next(iter(project.table("checklist_items")))
    answer_item(project, readers, "export", "", answer="no")
    dialog = ExportDialog(None, project.snapshot(), SAMPLE_DAYS["mindanao"], "pack")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.audience.setCurrentIndex(dialog.audience.findData("GREEN"))
    assert dialog.asked.isVisible()
    assert dialog.asked.text().endswith("on exports: 1 of 5 answered, 1 open flag.")
    assert "Who will read it" in dialog.flags.text()


def test_the_whole_briefing_is_the_default(dialog: ExportDialog) -> None:
    assert dialog.recipe.recipe().sections == SECTIONS


def test_a_ready_recipe_ticks_its_sections_in_its_order(dialog: ExportDialog) -> None:
    box = dialog.recipe.ready
    box.setCurrentIndex(box.findData("do-no-harm"))
    assert dialog.recipe.recipe().sections == RECIPES["do-no-harm"].sections


def test_sections_are_moved_and_unticked_by_keyboard(dialog: ExportDialog) -> None:
    sections = dialog.recipe.sections
    sections.setFocus()
    QTest.keyClick(sections, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert sections.chosen()[:2] == ("map", "summary")
    QTest.keyClick(sections, Qt.Key.Key_Space)
    assert "summary" not in sections.chosen()
    QTest.keyClick(sections, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert sections.item(0).text() == "Summary in sentences"


def test_the_timeline_can_be_shown_as_in_a_saved_view(qtbot: QtBot) -> None:
    project = document(sample())
    look = TimelineLook(PaneLook(Narrow("track", "T1")))
    view = save_view(project, "Track I alone", ViewState(timeline=look))
    save_view(project, "Map only", ViewState())
    dialog = ExportDialog(None, project.snapshot(), SAMPLE_DAYS["mindanao"], "pack")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    chooser = dialog.recipe
    chooser.sections.setCurrentRow(SECTIONS.index("timeline"))
    offered = [chooser.option.itemText(at) for at in range(chooser.option.count())]
    assert offered == [
        "All that is dated, by track",
        "As the timeline in the window shows it",
        "As in the view “Track I alone”",
    ]
    chooser.option.setCurrentIndex(2)
    chooser.option.activated.emit(2)
    assert chooser.recipe().timeline_view == view.id
    dialog.audience.setCurrentIndex(dialog.audience.findData("CLEAR"))  # the view is AMBER
    qtbot.waitUntil(lambda: "gone or withheld" in dialog.problem.text(), timeout=20_000)
    dialog.audience.setCurrentIndex(dialog.audience.findData("AMBER"))
    qtbot.waitUntil(lambda: not dialog.problem.isVisible(), timeout=20_000)


def test_a_briefing_without_sections_is_not_made(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.folder.setText(str(tmp_path))
    dialog.override.setText("agreed")
    for row in range(dialog.recipe.sections.count()):
        dialog.recipe.sections.item(row).setCheckState(Qt.CheckState.Unchecked)
    dialog.buttons.buttons()[-1].click()
    assert dialog.problem.isVisible()
    assert dialog.isVisible()


def test_the_answer_holds_the_recipe(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.recipe.ready.setCurrentIndex(1)
    dialog.recipe.paper.setCurrentIndex(1)
    choice = _answer(qtbot, dialog, tmp_path)
    assert choice.recipe.page == "letter"
    assert choice.recipe.sections == RECIPES["short"].sections


def test_what_is_withheld_and_why_can_be_read_in_full(dialog: ExportDialog, qtbot: QtBot) -> None:
    found = dialog.withheld_list
    qtbot.waitUntil(lambda: found.topLevelItemCount() == 2)
    header, titles = found.header(), found.headerItem()
    assert titles is not None
    for column in range(3):
        title = titles.text(column)
        assert header.sectionSizeFromContents(column).width() <= header.sectionSize(column), title
    top = found.topLevelItem(0)
    assert top is not None
    item = top.child(0)
    assert item is not None
    index = found.indexFromItem(item, 2)
    room = found.visualRect(index)
    needed = found.fontMetrics().boundingRect(
        QRect(0, 0, room.width() - 8, 999), Qt.TextFlag.TextWordWrap, item.text(2)
    )
    assert "the record came from" in item.text(2)
    assert needed.height() <= room.height()


def test_a_recipe_that_is_kept_is_chosen_from_then_on(dialog: ExportDialog) -> None:
    chooser = dialog.recipe
    kept = PackRecipe(id="r", title="For donors", sections=("summary",))
    chooser.show_kept(kept)
    assert chooser.ready.currentText() == "For donors"
    assert chooser.kept.isVisibleTo(chooser)
    assert "For donors" in chooser.kept.text()
    chooser.ready.setCurrentIndex(0)
    assert not chooser.kept.isVisibleTo(chooser)


def test_a_kept_recipe_may_be_called_like_a_ready_one(dialog: ExportDialog) -> None:
    chooser = dialog.recipe
    ready = chooser.ready.count()
    for title in ("Whole briefing", "Whole briefing", "Other"):
        chooser.show_kept(PackRecipe(id=title, title=title, sections=("summary",)))
    assert chooser.ready.count() == ready + 2
    chooser.show_kept(PackRecipe(id="x", title="Whole briefing", sections=("map",)))
    assert chooser.ready.currentIndex() == ready


def test_long_names_of_actors_are_shortened_not_cut(dialog: ExportDialog) -> None:
    actors = dialog.aliases.actors
    dialog.tabs.setCurrentWidget(dialog.aliases)
    assert not actors.horizontalScrollBar().isVisible()
    assert all(actors.item(row).text() in actors.item(row).toolTip() for row in range(5))


@pytest.mark.parametrize("medium", ["light", "dark"])
def test_month_and_year_of_the_calendar_stand_out_from_their_ground(
    dialog: ExportDialog, qapp: QApplication, medium: Medium
) -> None:
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    apply_theme(qapp, medium)
    try:
        calendar = dialog.as_of.calendarWidget()
        bar = calendar.findChild(QWidget, "qt_calendar_navigationbar")
        assert bar is not None
        ground = bar.grab().toImage().pixelColor(3, 1).name()
        assert contrast(theme_colours(medium).text, ground) >= 4.5
        assert calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color() != "#ff0000"
    finally:
        qapp.setStyleSheet(before[0])
        qapp.setPalette(before[1])
        qapp.setFont(before[2])


def test_the_dialog_goes_on_while_the_copy_is_reckoned(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = threading.Event()
    threads: set[int] = set()
    audiences: list[str] = []

    def slow(snapshot: Snapshot, audience: str, *rest: Any, **more: Any) -> Reckoned:
        threads.add(threading.get_ident())
        audiences.append(audience)
        assert held.wait(20)
        return reckon(snapshot, audience, *rest, **more)

    monkeypatch.setattr("desktop.dialogs.export.reckon", slow)
    window = QWidget()
    qtbot.addWidget(window)
    runner = FlowRunner(window)
    day = SAMPLE_DAYS["mindanao"]
    dialog = ExportDialog(None, document(sample()).snapshot(), day, "pack", runner=runner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    for label in ("AMBER", "CLEAR", "RED"):
        dialog.audience.setCurrentIndex(dialog.audience.findData(label))
    assert dialog.withheld.text() == "Reckoning what is withheld…"
    dialog.folder.setText(str(tmp_path))
    dialog.buttons.buttons()[-1].click()
    assert "still being reckoned" in dialog.problem.text()
    assert dialog.isVisible()
    with qtbot.waitSignal(dialog._newest.answered, timeout=20_000):
        held.set()
    assert "Nothing is withheld" in dialog.withheld.text()
    assert audiences == ["GREEN", "RED"]
    assert threading.get_ident() not in threads
    dialog.reject()
    qtbot.waitUntil(lambda: runner.is_idle, timeout=20_000)


def test_groups_too_long_to_be_read_at_once_are_folded(qtbot: QtBot) -> None:
    found = WithheldList()
    qtbot.addWidget(found)
    row = ("Elders", "TLP:RED", "its own label")
    found.show_groups([Group("Actors (5000)", [row] * 5000), Group("Roles (1)", [row])])
    long, short = found.topLevelItem(0), found.topLevelItem(1)
    assert long is not None
    assert short is not None
    assert (long.isExpanded(), long.childCount()) == (False, 0)
    assert (short.isExpanded(), short.childCount()) == (True, 1)
    found.show()
    found.setCurrentItem(long)
    QTest.keyClick(found, Qt.Key.Key_Right)
    assert (long.isExpanded(), long.childCount()) == (True, 5000)
