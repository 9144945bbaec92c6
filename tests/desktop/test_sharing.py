"""Copies for others: made in the window and on the command line, opened there, merged back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox

from desktop.dialogs.merging import MergeDialog
from desktop.dialogs.passphrase import NewPassphraseDialog, PassphraseDialog
from desktop.dialogs.sharing import ShareDialog
from desktop.save_state import SaveState
from model.records import ExportRun
from model.storage.keys import Passphrase
from tests.cases import small_case, write_case
from tests.desktop.cli_runner import Runner
from tests.desktop.test_whole_way import (
    PASSPHRASE,
    choose_path,
    keep_as,
    press,
    session_of,
    wait_for,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from model.storage.store import Store

FOR_THE_ROAD = "eleven wooden spoons in the rain"


def share(qtbot: QtBot, controller: Controller, part: str, target: Path) -> str:
    """Share through the real dialogs; returns what the dialog said would go."""
    controller.window.actions_by_id["share"].trigger()
    dialog = wait_for(qtbot, ShareDialog)
    dialog.audience.setCurrentIndex(dialog.audience.findData("AMBER"))
    texts = [dialog.part.itemText(row) for row in range(dialog.part.count())]
    dialog.part.setCurrentIndex(next(i for i, text in enumerate(texts) if part in text))
    dialog.count()
    goes = dialog.goes.text()
    press(dialog, "Choose file and passphrase…")
    choose_path(qtbot, target)
    secret = wait_for(qtbot, NewPassphraseDialog)
    for field in (secret.passphrase, secret.repeated):
        QTest.keyClicks(field, FOR_THE_ROAD)
    press(secret, "Make the copy")
    qtbot.waitUntil(lambda: "is a copy for TLP:AMBER" in controller.window.notices.text)
    return goes


def test_a_copy_goes_out_and_comes_home(
    qtbot: QtBot, controller: Controller, store: Store, tmp_path: Path
) -> None:
    controller.open_sample("mindanao")
    keep_as(qtbot, controller, tmp_path / "ours.xtrk")
    session = session_of(controller)
    assert controller.workspace is not None
    chosen = list(session.document.actors)[:3]
    controller.workspace.select([("actors", one) for one in chosen])
    goes = share(qtbot, controller, "3 selected actors", tmp_path / "copy.xtrk")
    assert goes.startswith("3 actors")
    (run,) = session.document.table("exports").values()
    assert isinstance(run, ExportRun)
    copy = store.open(tmp_path / "copy.xtrk", Passphrase(FOR_THE_ROAD))
    assert run.copy_id == copy.stamp.id
    assert set(copy.content["actors"]) == {
        new for new, old in run.ids.items() if old in {f"actors/{one}" for one in chosen}
    }
    first = next(iter(copy.content["actors"]))
    changed = msgspec.structs.replace(copy.content["actors"][first], notes="from the road")
    store.save(copy, {**copy.content, "actors": {**copy.content["actors"], first: changed}})

    controller.window.actions_by_id["merge"].trigger()
    choose_path(qtbot, tmp_path / "copy.xtrk")
    secret = wait_for(qtbot, PassphraseDialog)
    QTest.keyClicks(secret.passphrase, FOR_THE_ROAD)
    press(secret, "Open")
    review = wait_for(qtbot, MergeDialog)
    assert not review.review.open_count
    press(review, "Merge")
    our_id = run.ids[first].partition("/")[2]
    qtbot.waitUntil(lambda: session.document.actors[our_id].notes == "from the road")
    session.history.undo()
    assert session.document.actors[our_id].notes != "from the road"


def test_red_flags_and_tracks_in_the_dialog(qtbot: QtBot, controller: Controller) -> None:
    controller.open_sample("mindanao")
    controller.window.actions_by_id["share"].trigger()
    dialog = wait_for(qtbot, ShareDialog)
    whole = dialog.goes.text()
    row = next(i for i in range(dialog.part.count()) if "tracks" in dialog.part.itemText(i))
    dialog.part.setCurrentIndex(row)
    ticks = [one for one in dialog.tracks.values() if isinstance(one, QCheckBox)]
    assert all(one.isVisible() for one in ticks)
    for one in ticks[1:]:
        one.setChecked(False)
    dialog.count()
    assert dialog.goes.text() != whole
    for one in ticks:
        one.setChecked(False)
    dialog.count()
    assert dialog.goes.text().startswith("0 actors")
    assert dialog.only() == frozenset()
    dialog.reject()


def test_a_project_is_never_replaced(qtbot: QtBot, controller: Controller, tmp_path: Path) -> None:
    controller.open_sample("mali")
    ours = tmp_path / "ours.xtrk"
    keep_as(qtbot, controller, ours)
    before = ours.read_bytes()
    controller.window.actions_by_id["share"].trigger()
    press(wait_for(qtbot, ShareDialog), "Choose file and passphrase…")
    choose_path(qtbot, ours)
    qtbot.waitUntil(lambda: "is a Crosstrack project" in controller.window.notices.text)
    assert ours.read_bytes() == before
    assert session_of(controller).state is SaveState.SAVED


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "road.txt").write_text(f"{FOR_THE_ROAD}\n", encoding="utf-8")
    return Runner(folder, capsys)


@pytest.fixture
def project(run: Runner, tmp_path: Path) -> Path:
    case = write_case(tmp_path / "small", small_case())
    assert run.sealed("new", run.folder / "mine.xtrk", "--from", case).code == 0
    return run.folder / "mine.xtrk"


def test_the_command_shares_a_part_that_merges_back(run: Runner, project: Path) -> None:
    copy, road = run.folder / "copy.xtrk", ("--copy-passphrase-file", run.folder / "road.txt")
    name = next(iter(run.content(project)["actors"].values())).name  # type: ignore[attr-defined]
    made = run.sealed(
        "share", project, "--audience", "AMBER", "--out", copy, "--actors", name, "--json", *road
    )
    assert made.code == 0, made.error
    assert made.json["records"]["actors"] == 1
    assert made.json["withheld"]["actors"] >= 1
    merged = run.sealed(
        "merge", project, copy, "--out", run.folder / "both.xtrk", "--json",
        "--theirs-passphrase-file", run.folder / "road.txt",
    )  # fmt: skip
    assert merged.code == 0, merged.error
    assert merged.json["shared_for"] == "TLP:AMBER"
    assert not merged.json["conflicts"]
    assert not merged.json["changed"]
    both = run.content(run.folder / "both.xtrk")
    assert both["actors"] == run.content(project)["actors"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--actors", "Nobody of that name"), "No actor is called"),
        (("--tracks", "T9"), "is not a track"),
        (("--view", "None"), "no saved view"),
        (("--audience", "BLUE"), "not an audience"),
        (("--override", "why", "--no-record"), "--no-record"),
        (("--tracks", "T1.5"), "Nothing is left"),
    ],
)
def test_what_cannot_be_shared_is_refused(
    run: Runner, project: Path, arguments: tuple[str, ...], words: str
) -> None:
    out = run.folder / "copy.xtrk"
    road = ("--copy-passphrase-file", str(run.folder / "road.txt"))
    audience = () if "--audience" in arguments else ("--audience", "AMBER")
    assert words in run.refused("share", project, "--out", out, *audience, *arguments, *road)


def test_a_weak_passphrase_of_a_copy_is_refused(run: Runner, project: Path) -> None:
    (run.folder / "road.txt").write_text("1234567890\n", encoding="utf-8")
    out = ("--out", run.folder / "c.xtrk", "--copy-passphrase-file", run.folder / "road.txt")
    assert "several words" in run.refused("share", project, "--audience", "AMBER", *out)


def test_a_copy_does_not_replace_a_project_even_by_force(run: Runner, project: Path) -> None:
    road = ("--copy-passphrase-file", run.folder / "road.txt")
    error = run.refused("share", project, "--audience", "AMBER", "--out", project, "--force", *road)
    assert "is a Crosstrack project" in error
    assert PASSPHRASE not in error
