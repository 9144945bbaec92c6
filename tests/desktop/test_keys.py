"""Ways to open a project: added, changed, removed and renewed through the real dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.dialogs.keys import KeysDialog
from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.passphrases import BITS_PER_WORD, WORDS, suggest, word_list
from model.storage.errors import WrongKey, WrongPassphrase
from model.storage.keys import KeyFile, Passphrase
from tests.builders import a_project
from tests.desktop.test_whole_way import choose_path, press, session_of, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller
    from model.storage.store import OpenedProject, Store

FIRST = "the first passphrase here"
SECOND = "another one, for a colleague"


@pytest.fixture
def project(controller: Controller, store: Store, tmp_path: Path) -> OpenedProject:
    content = a_project().actor("a", name="Elders").content()
    made = store.create(tmp_path / "plan.xtrk", content, Passphrase(FIRST)).project
    controller.show_content(made.content, made, "plan")
    return made


def keys_dialog(qtbot: QtBot, controller: Controller) -> KeysDialog:
    controller.window.actions_by_id["keys"].trigger()
    return wait_for(qtbot, KeysDialog)


def give(qtbot: QtBot, text: str, button: str) -> None:
    dialog = wait_for(qtbot, NewPassphraseDialog)
    dialog.passphrase.setText(text)
    dialog.repeated.setText(text)
    press(dialog, button)


def test_a_second_passphrase_comes_and_goes(
    qtbot: QtBot, controller: Controller, store: Store, project: OpenedProject
) -> None:
    keys_dialog(qtbot, controller).by_wish["passphrase"].click()
    give(qtbot, SECOND, "Add passphrase")
    again = wait_for(qtbot, KeysDialog)
    assert store.open(project.path, Passphrase(SECOND)).content == project.content
    assert again.list.count() == 2
    again.list.setCurrentRow(0)
    assert not again.by_wish["remove"].isEnabled()
    again.list.setCurrentRow(1)
    again.by_wish["remove"].click()
    wait_for(qtbot, KeysDialog).reject()
    with pytest.raises(WrongPassphrase):
        store.open(project.path, Passphrase(SECOND))
    assert store.open(project.path, Passphrase(FIRST)).content == project.content


def test_a_recovery_sheet_opens_the_project(
    qtbot: QtBot, controller: Controller, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    keys_dialog(qtbot, controller).by_wish["recovery"].click()
    sheet = tmp_path / "sheet.txt"
    choose_path(qtbot, sheet)
    wait_for(qtbot, KeysDialog).reject()
    assert sheet.stat().st_mode & 0o077 == 0
    text = sheet.read_text()
    assert "age -d -i project.key project/body.age" in text
    secret = KeyFile.parse(sheet.read_bytes())
    assert store.open(project.path, secret).content == project.content


def test_a_new_key_shuts_out_all_old_ways(
    qtbot: QtBot, controller: Controller, store: Store, project: OpenedProject
) -> None:
    secret = KeyFile.generate()
    session_of(controller).project = store.add_secret(project, secret)
    keys_dialog(qtbot, controller).by_wish["rekey"].click()
    give(qtbot, SECOND, "Take a new key")
    wait_for(qtbot, KeysDialog).reject()
    with pytest.raises(WrongKey):
        store.open(project.path, secret)
    with pytest.raises(WrongPassphrase):
        store.open(project.path, Passphrase(FIRST))
    opened = store.open(project.path, Passphrase(SECOND))
    assert opened.content == project.content
    assert opened.key.identity != project.key.identity


def test_suggested_passphrases_are_as_strong_as_they_say(qtbot: QtBot) -> None:
    words = word_list()
    assert len(words) == len(set(words)) == WORDS == 2**BITS_PER_WORD
    text, bits = suggest()
    assert bits == 72
    assert set(text.split()) <= set(words)
    dialog = NewPassphraseDialog(None, "A passphrase", "Take it")
    qtbot.addWidget(dialog)
    dialog.suggest.click()
    assert dialog.passphrase.text() == dialog.repeated.text()
    assert "72 bits" in dialog.verdict.text()
