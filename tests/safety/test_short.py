"""Short versions of the safety suites, so that each push meets all of them in seconds."""

from __future__ import annotations

import base64
import subprocess
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING

import msgspec
import pytest

if sys.platform == "win32":
    pytest.skip("the suites fork", allow_module_level=True)

from tests.safety.broken import LONG, broken_writers_suite
from tests.safety.crash import crash_suite
from tests.safety.gui import canary_suite, holds
from tests.safety.hostile import hostile_files
from tests.safety.interleaving import drafts_suite, interleaving_suite
from tests.safety.lanes import forked, whole
from tests.safety.media import media_suite
from tests.safety.mutants import mutants_suite
from tests.safety.powercut import power_cut_suite
from tests.safety.results import Result

if TYPE_CHECKING:
    from pathlib import Path

    from tests.safety.results import Suite

# The operations need an application, and there is one per process: the one that has windows.
pytestmark = pytest.mark.usefixtures("qapp")


def _nothing_lost(suite: Suite, least_fired: int) -> None:
    result = whole(suite)
    if result.skipped:
        pytest.skip(result.skipped)
    assert result.losses == []
    assert result.fired >= least_fired


def test_crashes_at_any_call_lose_nothing(tmp_path: Path) -> None:
    _nothing_lost(crash_suite(tmp_path, 200), 195)


def test_two_windows_lose_nothing(tmp_path: Path) -> None:
    _nothing_lost(drafts_suite(tmp_path, 10), 7)


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    _nothing_lost(interleaving_suite(tmp_path, 70), 40)


def test_power_cuts_lose_nothing(tmp_path: Path) -> None:
    _nothing_lost(power_cut_suite(tmp_path, 60), 60)


def test_media_that_refuse_lose_nothing(tmp_path: Path) -> None:
    _nothing_lost(media_suite(tmp_path), 60)


def test_mutated_files_are_refused_in_words() -> None:
    _nothing_lost(mutants_suite(1_000), 850)


def test_the_search_for_content_sees_it_in_every_dress(tmp_path: Path) -> None:
    """Else finding nothing would prove nothing."""
    canary = "KANARI123456"
    plain = f"before {canary} after".encode()
    with zipfile.ZipFile(tmp_path / "packed.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", plain)
    dresses = {
        "plain": plain,
        "wide": plain.decode().encode("utf-16-le"),
        "base64": base64.b64encode(plain),
        "stream.pdf": b"%PDF stream " + zlib.compress(plain),
    }
    for name, data in dresses.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "clean").write_bytes(b"nothing here")
    seen = {path.name for path in tmp_path.iterdir() if holds(path, canary)}
    assert seen == {*dresses, "packed.xlsx"}


@pytest.mark.slow
def test_hostile_files_are_refused_in_words() -> None:
    result = forked(hostile_files)
    assert result.losses == []
    assert result.fired >= 300


@pytest.mark.slow
def test_a_killed_window_loses_nothing() -> None:
    """By the command itself: this process has windows, and cannot fork others."""
    words = [sys.executable, "-m", "tests.safety", "--short", "--only", "kills", "--json"]
    run = subprocess.run(words, check=False, capture_output=True)
    (result,) = msgspec.json.decode(run.stdout, type=list[Result])
    assert (run.returncode, result.losses, result.fired) == (0, [], 2)


@pytest.mark.slow
def test_nothing_is_written_in_clear(tmp_path: Path) -> None:
    _nothing_lost(canary_suite(tmp_path), 1)


@pytest.mark.slow
def test_broken_writers_would_be_noticed(tmp_path: Path) -> None:
    _nothing_lost(broken_writers_suite(tmp_path, LONG), 7)
