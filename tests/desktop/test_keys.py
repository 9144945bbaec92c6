"""Ways to open a project: added, changed, removed and renewed through the real dialogs."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest

from desktop.dialogs.keys import KeysDialog, RemoveDialog
from desktop.dialogs.members import MemberDialog, OwnKeyDialog, PublicKeyDialog
from desktop.dialogs.passphrase import NewPassphraseDialog, PassphraseDialog
from desktop.dialogs.recovery_sheet import SheetDialog, TypeBackDialog
from desktop.passphrases import BITS_PER_WORD, WORDS, suggest, word_list
from model.storage.errors import WrongKey, WrongPassphrase
from model.storage.identities import key_groups, open_identity, seal_identity
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
    press(wait_for(qtbot, RemoveDialog), "Remove only")
    wait_for(qtbot, KeysDialog).reject()
    with pytest.raises(WrongPassphrase):
        store.open(project.path, Passphrase(SECOND))
    assert store.open(project.path, Passphrase(FIRST)).content == project.content


def test_the_same_passphrase_cannot_be_added_twice(
    qtbot: QtBot, controller: Controller, project: OpenedProject
) -> None:
    before = project.path.read_bytes()
    keys_dialog(qtbot, controller).by_wish["passphrase"].click()
    give(qtbot, FIRST, "Add passphrase")
    said = "plan.xtrk: this passphrase opens the project already; choose another one."
    qtbot.waitUntil(lambda: said in controller.window.notices.text)
    assert project.path.read_bytes() == before


def test_a_changed_passphrase_says_what_the_old_one_still_opens(
    qtbot: QtBot, controller: Controller, store: Store, project: OpenedProject
) -> None:
    controller.window.actions_by_id["passphrase"].trigger()
    give(qtbot, SECOND, "Change passphrase")
    qtbot.waitUntil(lambda: "still open with the old one" in controller.window.notices.text)
    assert store.open(project.path, Passphrase(SECOND)).content == project.content


def test_a_recovery_sheet_opens_the_project(
    qtbot: QtBot, controller: Controller, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    keys_dialog(qtbot, controller).by_wish["recovery"].click()
    sheet = tmp_path / "sheet.txt"
    press(wait_for(qtbot, SheetDialog), "As a text file…")
    choose_path(qtbot, sheet)
    back = wait_for(qtbot, TypeBackDialog)
    groups = key_groups(KeyFile.parse(sheet.read_bytes()))
    QTest.keyClicks(back.typed, " ".join([*groups[:2], "0000", *groups[3:]]))
    press(back, "Check")
    assert "Group 3 is not" in back.problem.text()
    back.typed.setText(" ".join(groups).lower())
    press(back, "Check")
    wait_for(qtbot, KeysDialog).reject()
    assert sheet.stat().st_mode & 0o077 == 0
    text = sheet.read_text()
    assert "age -d -i project.key project/body.age" in text
    secret = KeyFile.parse(sheet.read_bytes())
    assert store.open(project.path, secret).content == project.content


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_a_sheet_as_pdf_can_be_read_and_typed(
    qtbot: QtBot, controller: Controller, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    keys_dialog(qtbot, controller).by_wish["recovery"].click()
    path = tmp_path / "sheet.pdf"
    press(wait_for(qtbot, SheetDialog), "As a PDF…")
    choose_path(qtbot, path)
    press(wait_for(qtbot, TypeBackDialog), "Without check")
    wait_for(qtbot, KeysDialog).reject()
    assert path.stat().st_mode & 0o077 == 0
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    text = done.stdout.decode()
    assert text.count("\f") == 1  # one page
    assert "unzip plan.xtrk -d project" in text
    found = re.findall(r"(?m)(?:^|\s)\d{1,2}\s+([02-9AC-HJ-NP-Z]{4})(?=\s|$)", text)
    last = re.findall(r"15\s+([02-9AC-HJ-NP-Z]{2})(?=\s|$)", text)
    typed = "AGE-SECRET-KEY-1 " + " ".join([*found, *last])
    controller.close_project()
    qtbot.waitUntil(lambda: controller.session is None)
    controller.open_path(project.path)
    asking = wait_for(qtbot, PassphraseDialog)
    QTest.keyClicks(asking.passphrase, typed)
    press(asking, "Open")
    qtbot.waitUntil(lambda: controller.session is not None)
    assert session_of(controller).document.content()["actors"] == project.content["actors"]


def test_a_member_is_added_opens_with_their_own_key_and_is_removed(
    qtbot: QtBot, controller: Controller, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    controller.window.actions_by_id["own_key"].trigger()
    press(wait_for(qtbot, OwnKeyDialog), "Make a key…")
    give(qtbot, SECOND, "Choose the file…")
    key_file = tmp_path / "amina.key"
    choose_path(qtbot, key_file)
    shown = wait_for(qtbot, PublicKeyDialog)
    public = shown.key.text()
    press(shown, "Close")
    assert key_file.read_bytes().startswith(b"age-encryption.org")

    keys_dialog(qtbot, controller).by_wish["member"].click()
    dialog = wait_for(qtbot, MemberDialog)
    QTest.keyClicks(dialog.name, "Amina")
    QTest.keyClicks(dialog.key, "age1wrong")
    press(dialog, "Add member")
    assert "not a public key" in dialog.problem.text()
    dialog.key.setText(public)
    press(dialog, "Add member")
    again = wait_for(qtbot, KeysDialog)
    assert "Amina, member" in again.list.item(1).text()
    again.reject()

    controller.close_project()
    qtbot.waitUntil(lambda: controller.session is None)
    controller.open_path(project.path)
    press(wait_for(qtbot, PassphraseDialog), "Use a key file…")
    choose_path(qtbot, key_file)
    asking = wait_for(qtbot, PassphraseDialog)
    QTest.keyClicks(asking.passphrase, "not the one")
    press(asking, "Open")
    qtbot.waitUntil(lambda: wait_for(qtbot, PassphraseDialog) is not asking)
    asking = wait_for(qtbot, PassphraseDialog)
    assert "passphrase is wrong" in asking.problem.text()
    QTest.keyClicks(asking.passphrase, SECOND)
    press(asking, "Open")
    qtbot.waitUntil(lambda: controller.session is not None)

    keys = keys_dialog(qtbot, controller)
    keys.list.setCurrentRow(1)
    assert not keys.by_wish["remove"].isEnabled()  # it is the way by which we are in
    keys.list.setCurrentRow(0)
    keys.by_wish["remove"].click()
    press(wait_for(qtbot, RemoveDialog), "Remove and take a new key…")
    give(qtbot, FIRST + " anew", "Take a new key")
    wait_for(qtbot, KeysDialog).reject()
    assert store.open(project.path, Passphrase(FIRST + " anew")).content == project.content
    own = open_identity(key_file.read_bytes(), Passphrase(SECOND))
    assert store.open(project.path, own).content == project.content
    with pytest.raises(WrongPassphrase):
        store.open(project.path, Passphrase(FIRST))


def test_a_locked_project_opens_with_a_personal_key(
    qtbot: QtBot, controller: Controller, store: Store, project: OpenedProject, tmp_path: Path
) -> None:
    key = KeyFile.generate()
    public = key.identity.recipient().text()
    session_of(controller).project = store.add_member(project, "Amina", public)
    (tmp_path / "own.key").write_bytes(seal_identity(key, Passphrase(SECOND), 10))
    assert controller.locker is not None
    controller.locker.lock_now()
    controller.locker._page.keyfile.click()
    choose_path(qtbot, tmp_path / "own.key")
    asking = wait_for(qtbot, PassphraseDialog)
    QTest.keyClicks(asking.passphrase, SECOND)
    press(asking, "Open")
    qtbot.waitUntil(lambda: controller.session is not None)
    opened = session_of(controller).project
    assert opened is not None
    assert [one.name for one in opened.key.members] == ["Amina"]


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
