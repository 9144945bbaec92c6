from __future__ import annotations

import hashlib
import unicodedata

import pytest

from model.storage import age, keys
from model.storage.container import Slot
from model.storage.errors import BadSecret, Damaged, TooCostly, WrongKey, WrongPassphrase
from model.storage.keys import KeyFile, Passphrase
from tests.model.storage.helpers import SECRET, TEST_LOG_N


def test_passphrase_slot_opens_again() -> None:
    made = keys.new_key(SECRET, TEST_LOG_N)
    opened = keys.unlock(made.slots, SECRET)
    assert opened == made
    assert opened.opened_by == "keys/passphrase-1.age"
    assert opened.unseal(made.seal(b"content")) == b"content"


def test_key_file_opens_and_survives_as_text() -> None:
    key_file = KeyFile.generate()
    made = keys.new_key(key_file)
    again = KeyFile.parse(key_file.content())
    assert keys.unlock(made.slots, again).identity == made.identity


def test_wrong_secrets() -> None:
    made = keys.new_key(SECRET, TEST_LOG_N)
    with pytest.raises(WrongPassphrase):
        keys.unlock(made.slots, Passphrase("ein Boot, drei Ufer"))
    with pytest.raises(WrongKey, match="no key file"):
        keys.unlock(made.slots, KeyFile.generate())
    with_file = keys.with_slot(made, KeyFile.generate())
    with pytest.raises(WrongKey, match="does not open"):
        keys.unlock(with_file.slots, KeyFile.generate())
    only_file = keys.new_key(KeyFile.generate())
    with pytest.raises(WrongKey, match="no passphrase"):
        keys.unlock(only_file.slots, SECRET)


def test_accents_may_be_typed_either_way() -> None:
    composed = unicodedata.normalize("NFC", "Médiation à Genève")
    made = keys.new_key(Passphrase(composed), TEST_LOG_N)
    decomposed = unicodedata.normalize("NFD", composed)
    assert decomposed != composed
    assert keys.unlock(made.slots, Passphrase(decomposed)) == made


@pytest.mark.parametrize("text", ["", "half \ud800", "x" * 2000], ids=["empty", "half", "long"])
def test_unusable_passphrases(text: str) -> None:
    with pytest.raises(BadSecret):
        keys.new_key(Passphrase(text), TEST_LOG_N)


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"\xff\xfe", b"AGE-SECRET-KEY-1X", KeyFile.generate().content() * 2],
    ids=["empty", "other", "binary", "cut", "two keys"],
)
def test_unusable_key_files(content: bytes) -> None:
    with pytest.raises(BadSecret):
        KeyFile.parse(content)


def test_new_passphrase_replaces_the_old_one() -> None:
    made = keys.new_key(SECRET, TEST_LOG_N)
    new = Passphrase("another")
    changed = keys.with_new_secret(made, made.opened_by, new, TEST_LOG_N)
    assert changed.identity == made.identity
    assert keys.unlock(changed.slots, new).identity == made.identity
    with pytest.raises(WrongPassphrase):
        keys.unlock(changed.slots, SECRET)
    with pytest.raises(BadSecret):
        keys.with_new_secret(made, made.opened_by, KeyFile.generate())


def test_slots_are_added_and_removed() -> None:
    made = keys.new_key(SECRET, TEST_LOG_N)
    sheet = KeyFile.generate()
    both = keys.with_slot(made, sheet, "recovery")
    assert [slot.name for slot in both.slots] == ["keys/passphrase-1.age", "keys/recovery-1.age"]
    assert keys.unlock(both.slots, sheet).identity == made.identity
    assert keys.without_slot(both, "keys/recovery-1.age") == made
    with pytest.raises(BadSecret):
        keys.without_slot(both, both.opened_by)


def test_a_secret_that_opens_it_already_is_no_further_way_in() -> None:
    own, other = KeyFile.generate(), Passphrase("Médiation à Genève")
    made = keys.with_slot(keys.new_key(SECRET, TEST_LOG_N), other, log_n=TEST_LOG_N)
    made = keys.with_member(made, "Amina", own.identity.recipient().text())
    typed = Passphrase(unicodedata.normalize("NFD", other.text))
    for secret in (SECRET, other, typed):
        with pytest.raises(BadSecret, match="this passphrase opens the project already"):
            keys.with_slot(made, secret, log_n=TEST_LOG_N)
        with pytest.raises(BadSecret, match="this passphrase opens the project already"):
            keys.with_new_secret(made, "keys/passphrase-1.age", secret, TEST_LOG_N)
    with pytest.raises(BadSecret, match="this key opens the project already"):
        keys.with_slot(made, own)
    another = keys.with_slot(made, Passphrase("neither of both"), log_n=TEST_LOG_N)
    assert len(another.slots) == len(made.slots) + 1


def test_a_damaged_slot_keeps_nobody_from_adding_another_way_in() -> None:
    made = keys.with_slot(keys.new_key(SECRET, TEST_LOG_N), Passphrase("b"), log_n=TEST_LOG_N)
    sealed = made.slots[1].sealed
    spoilt = Slot("passphrase", 2, sealed[:-1] + bytes([sealed[-1] ^ 1]))
    opened = keys.unlock((made.slots[0], spoilt), SECRET)
    added = keys.with_slot(opened, Passphrase("c"), log_n=TEST_LOG_N)
    assert len(added.slots) == 3


def test_costly_slot_is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = keys.new_key(SECRET, TEST_LOG_N)
    (slot,) = made.slots
    salted, _, rest = slot.sealed.partition(b" 10\n")
    costly = Slot("passphrase", 1, salted + b" 23\n" + rest)

    def forbidden(*_args: object, **_kwargs: object) -> bytes:
        raise AssertionError("scrypt was called")

    monkeypatch.setattr(hashlib, "scrypt", forbidden)
    with pytest.raises(TooCostly):
        keys.unlock([costly, slot], SECRET)
    with pytest.raises(TooCostly, match="slots"):
        keys.unlock([Slot("passphrase", n, slot.sealed) for n in range(1, 7)], SECRET)


def test_slot_of_the_wrong_kind_is_damaged() -> None:
    (slot,) = keys.new_key(SECRET, TEST_LOG_N).slots
    with pytest.raises(Damaged):
        keys.unlock([Slot("keyfile", 1, slot.sealed)], KeyFile.generate())
    with pytest.raises(Damaged):
        keys.unlock([Slot("passphrase", 1, b"nothing")], SECRET)
    sealed = age.encrypt_with_passphrase(b"no key in here", SECRET.encoded(), TEST_LOG_N)
    with pytest.raises(Damaged, match="passphrase-1"):
        keys.unlock([Slot("passphrase", 1, sealed)], SECRET)


def test_content_under_another_key_is_told() -> None:
    one, other = keys.new_key(KeyFile.generate()), keys.new_key(KeyFile.generate())
    with pytest.raises(Damaged, match="another key"):
        one.unseal(other.seal(b"content"))


def test_secrets_are_not_shown_by_repr() -> None:
    made = keys.new_key(SECRET, TEST_LOG_N)
    shown = repr((made, SECRET, KeyFile(made.identity), made.identity))
    assert SECRET.text not in shown
    assert repr(made.identity.secret) not in shown
    assert "AGE-SECRET" not in shown
