"""What is said where a save or a key file fails: a few words in the status bar."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.flows.secrets import key_from_file
from desktop.flows.writing import write
from desktop.save_state import SaveState
from desktop.session import Session
from desktop.tasks import InBackground
from model.refusals import Refusal
from model.storage.atomic import trouble
from model.storage.errors import BadSecret
from model.storage.filesystem import FileSystem
from tests.builders import a_project

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.controller import Controller


def test_the_status_bar_says_why_in_a_few_words(tmp_path: Path, qapp: object) -> None:
    """The whole sentence stands in the notice; twice "was not saved" is once too often."""
    session = Session(a_project().actor("a").content(), None, "plan", date(2013, 2, 15))
    full = trouble(OSError(errno.ENOSPC, "full"), tmp_path / "plan.xtrk", "write")
    flow = write(session, lambda _: None)  # type: ignore[arg-type, return-value]
    assert isinstance(next(flow), InBackground)
    with suppress(Refusal):
        flow.throw(full)
    assert session.state is SaveState.FAILED
    words = "Not saved: the disk is full; free some space or choose another place"
    assert session.state_in_words() == words
    session.close()


def test_what_a_narrow_window_cuts_off_is_in_a_tip_and_goes_with_the_project(
    controller: Controller,
) -> None:
    window = controller.window
    window.show_state(SaveState.FAILED, "Not saved: plan.xtrk is somewhere else")
    assert "plan.xtrk" in window.state_label.toolTip()
    window.show_start()
    assert window.state_label.toolTip() == window.state_label.text() == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders here")
def test_a_pipe_is_no_key_file_and_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "own.key")
    monkeypatch.setattr(FileSystem, "read", lambda *_: pytest.fail("it would wait for ever"))
    with pytest.raises(BadSecret, match=r"own\.key is a folder or a device"):
        next(key_from_file(tmp_path / "own.key"))
