"""The guards of the suite itself must bite."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from tests.conftest import GUARD, HOME_KEY, NetworkUsedError, visible_windows

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_a_connection_is_refused_and_remembered() -> None:
    with socket.socket() as plug, pytest.raises(NetworkUsedError):
        plug.connect(("127.0.0.1", 9))
    assert len(GUARD.attempts) == 1
    GUARD.attempts.clear()


def test_a_look_up_is_refused_and_remembered() -> None:
    with pytest.raises(NetworkUsedError):
        socket.getaddrinfo("localhost", 80)
    assert len(GUARD.attempts) == 1
    GUARD.attempts.clear()


def test_user_folders_and_temporary_files_stay_in_the_run(
    pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    home = pytestconfig.stash[HOME_KEY]
    assert Path.home().is_relative_to(home)
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(home)
    assert Path(tempfile.gettempdir()).is_relative_to(home)
    assert tmp_path.exists()


def test_a_shown_window_is_noticed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert window not in visible_windows()
    window.show()
    assert window in visible_windows()
