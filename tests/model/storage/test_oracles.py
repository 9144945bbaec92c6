"""Agreement with other programs: the stock age command, pyrage, unzip and zstd."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from typing import TYPE_CHECKING

import pyrage
import pytest

from model.storage import age
from model.storage.keys import KeyFile
from tests.model.storage.helpers import SECRET

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.codec import Content
    from model.storage.store import Store

SIZES = [0, 1, 65_535, 65_536, 65_537, 200_000]
PASSPHRASE = "Ein Boot, drei Ufer"

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="needs the age command")
needs_tools = pytest.mark.skipif(
    not all(map(shutil.which, ("age", "unzip", "zstd"))), reason="needs age, unzip and zstd"
)


def sample(size: int) -> bytes:
    return bytes(number * 31 % 251 for number in range(size))


def with_terminal(command: list[str], folder: Path, answer: str) -> None:
    """Run a command that asks for a passphrase on its terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.execvp(command[0], command)
    asked = b""
    try:
        while part := os.read(terminal, 1024):
            asked += part
            if asked.rstrip().endswith(b":"):
                os.write(terminal, answer.encode() + b"\n")
                asked = b""
    except OSError:  # the terminal closes with the child
        pass
    finally:
        os.close(terminal)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, asked.decode()


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_opens_ours_and_we_open_its_files(size: int) -> None:
    plain = sample(size)
    ours = age.Identity.generate()
    theirs = pyrage.x25519.Identity.from_str(ours.text())
    assert str(theirs.to_public()) == ours.recipient().text()
    sealed = age.encrypt(plain, [age.Identity.generate().recipient(), ours.recipient()])
    assert pyrage.decrypt(sealed, [theirs]) == plain
    assert age.decrypt(pyrage.encrypt(plain, [theirs.to_public()]), [ours]) == plain
    by_passphrase = age.encrypt_with_passphrase(plain, PASSPHRASE.encode(), 10)
    assert pyrage.passphrase.decrypt(by_passphrase, PASSPHRASE) == plain


@pytest.mark.oracle
@needs_age
@pytest.mark.parametrize("size", SIZES)
def test_age_command_and_we_agree_on_keys(tmp_path: Path, size: int) -> None:
    plain = sample(size)
    key_file = KeyFile.generate()
    (tmp_path / "key.txt").write_bytes(key_file.content())
    (tmp_path / "ours.age").write_bytes(age.encrypt(plain, [key_file.identity.recipient()]))
    opened = subprocess.run(
        ["age", "-d", "-i", "key.txt", "ours.age"], cwd=tmp_path, capture_output=True, check=True
    )
    assert opened.stdout == plain
    recipient = key_file.identity.recipient().text()
    sealed = subprocess.run(
        ["age", "-r", recipient], input=plain, cwd=tmp_path, capture_output=True, check=True
    )
    assert age.decrypt(sealed.stdout, [key_file.identity]) == plain


@pytest.mark.oracle
@needs_age
def test_age_command_and_we_agree_on_passphrases(tmp_path: Path) -> None:
    plain = sample(70_000)
    sealed = age.encrypt_with_passphrase(plain, PASSPHRASE.encode(), 10)
    (tmp_path / "ours.age").write_bytes(sealed)
    with_terminal(["age", "-d", "-o", "opened", "ours.age"], tmp_path, PASSPHRASE)
    assert (tmp_path / "opened").read_bytes() == plain
    (tmp_path / "plain").write_bytes(plain)
    with_terminal(["age", "-p", "-o", "theirs.age", "plain"], tmp_path, PASSPHRASE)
    theirs = (tmp_path / "theirs.age").read_bytes()
    assert age.parse_header(theirs).log_n() == 18
    assert age.decrypt_with_passphrase(theirs, PASSPHRASE.encode()) == plain


@pytest.mark.oracle
@needs_tools
def test_project_opens_with_stock_tools(store: Store, tmp_path: Path, content: Content) -> None:
    store.create(tmp_path / "p.xtrk", content, SECRET)
    script = (
        "unzip -q p.xtrk && "
        "age -d -i keys/passphrase-1.age body.age > body.zst && zstd -q -d body.zst -o p.json"
    )
    with_terminal(["sh", "-c", script], tmp_path, SECRET.text)
    tree = json.loads((tmp_path / "p.json").read_bytes())
    assert tree["tables"]["actors"][0]["name"] == content["actors"]["a1"].name  # type: ignore[attr-defined]
    assert (tmp_path / "mimetype").read_bytes() == b"application/vnd.crosstrack+zip"


@pytest.mark.oracle
@needs_tools
def test_project_opens_with_stock_tools_by_key_file(
    store: Store, tmp_path: Path, content: Content
) -> None:
    key_file = KeyFile.generate()
    (tmp_path / "key.txt").write_bytes(key_file.content())
    store.create(tmp_path / "p.xtrk", content, key_file)
    script = (
        "unzip -q p.xtrk && age -d -i key.txt keys/keyfile-1.age > identity.txt && "
        "age -d -i identity.txt body.age | zstd -d"
    )
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=True)
    assert json.loads(done.stdout)["tables"]["linkages"][0]["id"] == "l1"
