"""Merging in the window, with real dialogs and files."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.dialogs.merging import ChangedOnDiskDialog, DecideDialog, MergeDialog
from desktop.dialogs.passphrase import PassphraseDialog
from desktop.save_state import SaveState
from model.storage.errors import WrongKey
from model.storage.keys import KeyFile, Passphrase
from model.storage.store import Store
from tests.desktop.test_whole_way import choose_path, press, session_of, wait_for
from tests.model.merge.edits import base_content

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller

KEY = KeyFile.generate()
OTHER = Passphrase("another boat, another river")


class Colleague:
    """Somebody else with a store of their own and a copy of the file."""

    def __init__(self, folder: Path) -> None:
        self.store = Store("colleague", generations=folder / "colleague", log_n=10)

    def copy(self, path: Path, **fields: Any) -> Path:
        """A copy on a stick, edited there."""
        stick = Path(shutil.copy(path, path.with_name("stick.xtrk")))
        self.edit(stick, **fields)
        return stick

    def edit(self, path: Path, secret: Any = KEY, **fields: Any) -> None:
        project = self.store.open(path, secret)
        actors = dict(project.content["actors"])
        actors["un"] = msgspec.structs.replace(actors["un"], **fields)
        self.store.save(project, {**project.content, "actors": actors})


@pytest.fixture
def colleague(tmp_path: Path) -> Colleague:
    return Colleague(tmp_path)


@pytest.fixture
def path(controller: Controller, store: Store, tmp_path: Path) -> Path:
    """Our file, open in the window."""
    project = store.create(tmp_path / "ours.xtrk", base_content(), KEY).project
    controller.show_content(project.content, project, "ours")
    return project.path


def write(controller: Controller, **fields: Any) -> None:
    with session_of(controller).document.edit("Edit") as edit:
        edit.change("actors", "un", **fields)


def notes(controller: Controller) -> str:
    return session_of(controller).document.actors["un"].notes


def button_texts(dialog: Any) -> list[str]:
    return [one.text() for one in dialog.findChildren(QPushButton) if one.isVisible()]


def trigger(controller: Controller, name: str) -> None:
    controller.window.actions_by_id[name].trigger()


def is_saved(controller: Controller) -> bool:
    return session_of(controller).state is SaveState.SAVED


def test_merge_with_a_copy_is_shown_first_and_is_one_step(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague
) -> None:
    stick = colleague.copy(path, notes="theirs", interests="theirs alone")
    write(controller, notes="mine")
    before = session_of(controller).document.content()
    trigger(controller, "merge")
    choose_path(qtbot, stick)
    dialog = wait_for(qtbot, MergeDialog)
    assert session_of(controller).document.content() == before
    assert "Merge; 1 stays open" in button_texts(dialog)
    QTest.keyClick(dialog.review.tree, Qt.Key.Key_T)
    press(dialog, "Merge")
    assert notes(controller) == "theirs"
    assert session_of(controller).document.actors["un"].interests == "theirs alone"
    trigger(controller, "undo")
    assert session_of(controller).document.content() == before
    trigger(controller, "redo")
    trigger(controller, "save")
    qtbot.waitUntil(lambda: is_saved(controller))
    project = session_of(controller).project
    assert project is not None
    theirs = colleague.store.open(stick, KEY)
    assert theirs.stamp.id in project.stamp.ancestors
    trigger(controller, "merge")
    choose_path(qtbot, stick)
    told = controller.window.notices
    qtbot.waitUntil(lambda: "nothing new" in _texts(told))


def _texts(widget: Any) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_merge_taken_back_before_a_save_leaves_no_kinship(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague
) -> None:
    """Else the next merge would take the undone changes for removed on purpose."""
    stick = colleague.copy(path, notes="theirs")
    apart = session_of(controller).project
    trigger(controller, "merge")
    choose_path(qtbot, stick)
    press(wait_for(qtbot, MergeDialog), "Merge")
    together = session_of(controller).project
    assert together is not apart
    trigger(controller, "undo")
    assert session_of(controller).project is apart
    trigger(controller, "redo")
    assert session_of(controller).project is together


def test_cancel_changes_nothing(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague
) -> None:
    stick = colleague.copy(path, notes="theirs")
    trigger(controller, "merge")
    choose_path(qtbot, stick)
    press(wait_for(qtbot, MergeDialog), "Do not merge")
    assert session_of(controller).document.content() == base_content()
    assert not session_of(controller).is_dirty


def test_copy_under_another_passphrase_is_asked_for(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague, store: Store
) -> None:
    project = session_of(controller).project
    assert project is not None
    copy = path.with_name("copy.xtrk")
    store.save_copy(project, copy, project.content, secret=OTHER)
    colleague.edit(copy, OTHER, notes="theirs")
    trigger(controller, "merge")
    choose_path(qtbot, copy)
    dialog = wait_for(qtbot, PassphraseDialog)
    QTest.keyClicks(dialog.passphrase, "wrong one")
    press(dialog, "Open")
    qtbot.waitUntil(lambda: not _is_alive(dialog))
    dialog = wait_for(qtbot, PassphraseDialog)
    assert "passphrase is wrong" in dialog.problem.text()
    QTest.keyClicks(dialog.passphrase, OTHER.text)
    press(dialog, "Open")
    press(wait_for(qtbot, MergeDialog), "Merge")
    assert notes(controller) == "theirs"


def _is_alive(widget: Any) -> bool:
    from shiboken6 import isValid

    return isValid(widget) and bool(widget.isVisible())


def test_changed_file_is_merged_and_saved(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague, store: Store
) -> None:
    colleague.edit(path, interests="theirs")
    write(controller, notes="mine")
    foreign = path.read_bytes()
    trigger(controller, "save")
    dialog = wait_for(qtbot, ChangedOnDiskDialog)
    assert path.read_bytes() == foreign
    assert not any("verwrite" in text for text in button_texts(dialog))
    press(dialog, "Merge…")
    press(wait_for(qtbot, MergeDialog), "Merge")
    qtbot.waitUntil(lambda: is_saved(controller))
    actor = store.open(path, KEY).content["actors"]["un"]
    assert (actor.notes, actor.interests) == ("mine", "theirs")  # type: ignore[attr-defined]


def test_both_versions_of_a_changed_file_can_be_kept(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague, store: Store
) -> None:
    colleague.edit(path, notes="theirs")
    write(controller, notes="mine")
    foreign = path.read_bytes()
    trigger(controller, "save")
    press(wait_for(qtbot, ChangedOnDiskDialog), "Keep both…")
    mine = path.with_name("mine.xtrk")
    choose_path(qtbot, mine)
    qtbot.waitUntil(lambda: is_saved(controller))
    assert path.read_bytes() == foreign
    assert store.open(mine, KEY).content["actors"]["un"].notes == "mine"
    project = session_of(controller).project
    assert project is not None
    assert project.path == mine


def test_changed_file_is_never_replaced_by_keeping_both(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague
) -> None:
    colleague.edit(path, notes="theirs")
    write(controller, notes="mine")
    foreign = path.read_bytes()
    trigger(controller, "save")
    press(wait_for(qtbot, ChangedOnDiskDialog), "Keep both…")
    with qtbot.waitSignal(controller.runner.refused) as refused:
        choose_path(qtbot, path)
    assert refused.args is not None
    assert refused.args[0].code == "same-file"
    assert path.read_bytes() == foreign
    assert session_of(controller).is_dirty


def test_file_that_cannot_be_read_any_more_can_only_be_kept_beside(
    qtbot: QtBot, controller: Controller, path: Path
) -> None:
    path.write_bytes(b"not a project at all")
    write(controller, notes="mine")
    trigger(controller, "save")
    dialog = wait_for(qtbot, ChangedOnDiskDialog)
    assert "Merge…" not in button_texts(dialog)
    press(dialog, "Not now")
    assert path.read_bytes() == b"not a project at all"
    assert session_of(controller).state is SaveState.FAILED


def test_open_conflicts_are_decided_later(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague
) -> None:
    stick = colleague.copy(path, notes="theirs")
    write(controller, notes="mine")
    trigger(controller, "merge")
    choose_path(qtbot, stick)
    press(wait_for(qtbot, MergeDialog), "Merge; 1 stays open")
    document = session_of(controller).document
    assert notes(controller) == "mine"
    assert len(document.table("conflicts")) == 1
    trigger(controller, "conflicts")
    dialog = wait_for(qtbot, DecideDialog)
    QTest.keyClick(dialog.review.tree, Qt.Key.Key_T)
    press(dialog, "Decide")
    assert notes(controller) == "theirs"
    assert not document.table("conflicts")


def test_choices_that_do_not_fit_are_refused_at_the_spot(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague
) -> None:
    from model.dates import parse_date

    stick = colleague.copy(path, end=parse_date("2011"))
    write(controller, start=parse_date("2012"))
    trigger(controller, "merge")
    choose_path(qtbot, stick)
    dialog = wait_for(qtbot, MergeDialog)
    rows = dialog.review.tree
    end = rows.findItems("Actor: un – End", Qt.MatchFlag.MatchRecursive)[0]
    rows.setCurrentItem(end)
    QTest.keyClick(rows, Qt.Key.Key_T)
    press(dialog, "Merge; 1 stays open")
    assert "before it starts" in dialog.problem.text()
    assert dialog.isVisible()
    press(dialog, "Do not merge")
    assert session_of(controller).document.actors["un"].end is None


@pytest.mark.parametrize("ticked", [False, True])
def test_a_member_of_the_other_copy_is_let_in_only_where_ticked(
    qtbot: QtBot,
    controller: Controller,
    path: Path,
    colleague: Colleague,
    tmp_path: Path,
    ticked: bool,
) -> None:
    stick, amina = tmp_path / "stick.xtrk", KeyFile.generate()
    shutil.copy(path, stick)
    theirs = colleague.store.open(stick, KEY)
    colleague.store.add_member(theirs, "Amina", amina.identity.recipient().text())
    trigger(controller, "merge")
    choose_path(qtbot, stick)
    dialog = wait_for(qtbot, MergeDialog)
    assert dialog.access is not None
    (box,) = dialog.access.boxes
    assert not box.isChecked()
    assert amina.identity.recipient().text() in box.text()
    box.setChecked(ticked)
    press(dialog, "Merge")
    qtbot.waitUntil(lambda: controller.runner.is_idle)
    if ticked:
        assert colleague.store.open(path, amina).content == base_content()
    else:
        with pytest.raises(WrongKey):
            colleague.store.open(path, amina)


def test_a_passphrase_added_to_the_file_on_disk_does_not_vanish_unseen(
    qtbot: QtBot, controller: Controller, path: Path, colleague: Colleague
) -> None:
    colleague.store.add_secret(colleague.store.open(path, KEY), OTHER)
    write(controller, notes="mine")
    trigger(controller, "save")
    press(wait_for(qtbot, ChangedOnDiskDialog), "Merge…")
    dialog = wait_for(qtbot, MergeDialog)
    assert dialog.access is not None
    QTest.mouseClick(dialog.access.boxes[0], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert dialog.access.boxes[0].isChecked()
    press(dialog, "Merge")
    qtbot.waitUntil(lambda: is_saved(controller))
    assert colleague.store.open(path, OTHER).content["actors"]["un"].notes == "mine"
