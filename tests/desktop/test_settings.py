"""Settings: only differences are written, damage never stops the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.settings import Settings, load_settings, save_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_only_differences_are_written(tmp_path: Path) -> None:
    assert save_settings(tmp_path, Settings(theme="dark"))
    assert (tmp_path / "settings.json").read_bytes() == b'{"theme":"dark"}'
    assert load_settings(tmp_path) == Settings(theme="dark")


def test_damage_and_absence_count_as_not_set(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()
    for damaged in (b"", b"{", b'{"theme":"pink"}', b"\xff\xfe", b"[]"):
        (tmp_path / "settings.json").write_bytes(damaged)
        assert load_settings(tmp_path) == Settings()


def test_a_value_that_does_not_fit_leaves_the_others_as_they_are(tmp_path: Path) -> None:
    for value in (b'"pink"', b"[]", b"null", b"7"):
        (tmp_path / "settings.json").write_bytes(b'{"theme":%b,"autosave":false}' % value)
        assert load_settings(tmp_path) == Settings(autosave=False)
    for value in (b"-1", b"241", b"true", b"2.5", b'"5"', b"1e400"):
        (tmp_path / "settings.json").write_bytes(b'{"lock_after":%b,"theme":"dark"}' % value)
        assert load_settings(tmp_path) == Settings(theme="dark")
    (tmp_path / "settings.json").write_bytes(b'{"lock_after":240,"versions_kept":50,"later":1}')
    assert load_settings(tmp_path) == Settings(lock_after=240, versions_kept=50)


def test_a_place_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    assert not save_settings(blocked / "folder", Settings())
