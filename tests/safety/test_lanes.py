"""A suite that does not run to its end is a loss, and what killed runs leave is cleared away."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("the suites fork", allow_module_level=True)

from tests.safety.__main__ import main
from tests.safety.clock import pause
from tests.safety.lanes import in_lanes, whole
from tests.safety.places import clear_left_behind, mounts_below, own_place
from tests.safety.results import Result, Suite

if TYPE_CHECKING:
    from pathlib import Path

    from tests.safety.results import Part


def _good() -> Result:
    return Result("part", trials=2, fired=2)


def _killed() -> Result:
    os.kill(os.getpid(), signal.SIGKILL)
    return _good()


def _raises() -> Result:
    raise ValueError("a fault of the suite itself")


def _leaves() -> Result:
    os._exit(0)


def _hangs() -> Result:
    pause(60)
    return _good()


def test_the_figures_of_all_parts_are_added() -> None:
    found = whole(Suite("two parts", (_good, _good)))
    assert (found.trials, found.fired, found.losses) == (4, 4, [])
    assert found.seconds > 0
    assert found.work > 0


@pytest.mark.parametrize(
    ("part", "said"),
    [(_killed, "SIGKILL"), (_raises, "a fault of the suite itself"), (_leaves, "ended with 0")],
)
def test_a_part_that_does_not_come_to_its_end_is_a_loss(part: Part, said: str) -> None:
    found = whole(Suite("one dies", (_good, part)))
    assert said in "".join(found.losses)


def test_a_part_that_hangs_is_a_loss() -> None:
    found = dict(in_lanes({"a": Suite("hangs", (_hangs,)), "b": Suite("good", (_good,))}, limit=1))
    assert "came to no end" in found["a"].losses[0]
    assert found["b"].losses == []


def test_too_few_trials_or_faults_are_a_loss() -> None:
    assert "only 2 of 3 trials" in whole(Suite("few", (_good,), least=3)).losses[0]
    idle = Suite("idle", (lambda: Result("part", trials=10, fired=4),), fires=0.5)
    assert "only in 4 of 10" in whole(idle).losses[0]


def test_what_cannot_be_tried_says_so_and_is_no_loss() -> None:
    found = whole(Suite("not here", (_killed,), skipped="needs root"))
    assert (found.losses, found.skipped) == ([], "needs root")
    assert "SKIPPED: needs root" in found.line()


def test_a_suite_that_does_not_exist_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["safety", "--only", "crash,pwoer"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    assert "no suite is called pwoer" in capsys.readouterr().err


def test_what_a_killed_run_has_left_is_cleared_away(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with own_place(tmp_path) as place:
            (place / "disk").mkdir()
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    (left,) = (one for one in tmp_path.iterdir() if one.is_dir())
    mount = ["mount", "-t", "tmpfs", "tmpfs", str(left / "disk")]
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    assert mounts_below(left) == ([left / "disk"] if mounted else [])
    with own_place(tmp_path) as place:
        assert not left.exists()
        assert mounts_below(left) == []


def test_what_is_in_use_stays(tmp_path: Path) -> None:
    with own_place(tmp_path) as place:
        clear_left_behind(tmp_path)
        assert place.is_dir()
    assert list(tmp_path.iterdir()) == []
