"""A whole window for tests: real parts, a cheap key derivation, folders of its own."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from desktop.application import build
from desktop.settings import data_folder
from desktop.version import app_name
from model.storage.store import Store
from tests.desktop.cli_runner import Runner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(app_name(), generations=tmp_path / "generations", log_n=10)


@contextmanager
def whole_window(qapp: QApplication, store: Store) -> Iterator[Controller]:
    """The application as users have it, with its worker threads and no drafts of other tests."""
    shutil.rmtree(data_folder() / "drafts", ignore_errors=True)
    made = build(qapp, store=store)
    made.window.resize(1500, 950)
    made.window.show()
    assert QTest.qWaitForWindowExposed(made.window)
    yield made
    if made.session is not None:
        made.session.history.mark_saved()
    made.close_project()
    made.window.go()
    made.window.deleteLater()


@pytest.fixture
def controller(qapp: QApplication, qtbot: QtBot, store: Store) -> Iterator[Controller]:
    with whole_window(qapp, store) as made:
        yield made


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    """The command line, in a folder of its own."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Runner(folder, capsys)
