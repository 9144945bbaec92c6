"""The set-up script: what it finds missing and what it says."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import dev

if TYPE_CHECKING:
    from pathlib import Path

LISTING = """2 libs found in cache `/etc/ld.so.cache'
\tlibEGL.so.1 (libc6,x86-64) => /lib/x86_64-linux-gnu/libEGL.so.1
\tlibX11.so.6 (libc6,x86-64) => /lib/x86_64-linux-gnu/libX11.so.6
"""


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux machine that has two libraries, and no command but ldconfig."""

    def which(name: str, path: str | None = None) -> str | None:
        return "/sbin/ldconfig" if name == "ldconfig" else None

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, LISTING, "")

    monkeypatch.setattr("dev.sys.platform", "linux")
    monkeypatch.setattr("dev.shutil.which", which)
    monkeypatch.setattr("dev.subprocess.run", run)


@pytest.mark.usefixtures("machine")
def test_only_what_is_missing_is_named() -> None:
    libraries = {"libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libX11.so.6": "libx11-6"}
    assert dev.missing_packages(libraries, {"age": "age"}) == ["age", "libgl1"]


@pytest.mark.usefixtures("machine")
def test_other_systems_need_no_debian_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dev.sys.platform", "win32")
    assert dev.missing_packages(dev.QT_LIBRARIES, dev.TEST_TOOLS) == []


@pytest.mark.usefixtures("machine")
def test_without_root_the_exact_line_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    dev.install_system_packages(["libgl1", "libegl1"])
    expected = "  sudo apt-get install --no-install-recommends libgl1 libegl1\n"
    assert capsys.readouterr().out.endswith(expected)


@pytest.mark.usefixtures("machine")
def test_a_python_without_environments_names_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    package = f"python3.{sys.version_info.minor}-venv"
    with pytest.raises(dev.SetupProblem, match=f"apt-get install {package}"):
        dev.create_venv(tmp_path / "venv")


def test_an_old_python_is_told_what_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dev.sys.version_info", (3, 10, 4))
    monkeypatch.setattr("dev.sys.version", "3.10.4 (main)")
    assert dev.main() == 1
    assert "needs Python 3.11 or newer, and this is 3.10.4" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variables", "shown"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)
def test_a_display_is_found_in_the_environment(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], *, shown: bool
) -> None:
    monkeypatch.setattr("dev.sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert dev.has_display() is shown


@pytest.mark.parametrize("content", ["", "[]", "{broken"])
def test_a_damaged_record_of_what_is_ready_counts_as_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: str
) -> None:
    stamp = tmp_path / "ready.json"
    stamp.write_text(content, encoding="utf-8")
    monkeypatch.setattr(dev, "STAMP", stamp)
    assert dev.read_stamp() == {}
    dev.write_stamp({"locked": "abc"})
    assert dev.read_stamp() == {"locked": "abc"}


def test_the_locks_name_no_place_and_hash_everything() -> None:
    for lock in (dev.DEV_LOCK, dev.RUNTIME_LOCK):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        pins = [line for line in text.splitlines() if "==" in line]
        assert len(pins) > 20
        assert all(line.endswith("\\") for line in pins)


def test_both_locks_agree() -> None:
    def pins(path: Path) -> set[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {line.split()[0] for line in lines if "==" in line}

    assert pins(dev.RUNTIME_LOCK) <= pins(dev.DEV_LOCK)
