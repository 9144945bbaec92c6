"""Kills of the real window: a process that has loaded the program forks one for each kill."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
from typing import IO, TYPE_CHECKING

import desktop.panels  # noqa: F401 - what a window loads later is loaded once, before the forks
from model.refusals import Refusal
from tests.safety import gui_victim
from tests.safety.clock import pause
from tests.safety.gui import Victim
from tests.safety.lanes import die_with_parent
from tests.safety.results import Result

if TYPE_CHECKING:
    from pathlib import Path


class Forked:
    """A process that begins where this one is."""

    def __init__(self, words: list[str], environment: dict[str, str], log: Path) -> None:
        """Begin to work as the victim does."""
        reading, writing = os.pipe()
        self._id = os.fork()
        if self._id == 0:
            try:
                die_with_parent()
                os.close(reading)
                os.dup2(writing, 1)
                os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT), 2)
                os.environ.update(environment)
                sys.argv[1:] = words
                gui_victim.main()
            finally:
                os.kill(os.getpid(), signal.SIGKILL)
        os.close(writing)
        self.stdout: IO[bytes] | None = os.fdopen(reading, "rb")

    def kill(self) -> None:
        """End it at once, if it has not ended."""
        if self._id:
            os.kill(self._id, signal.SIGKILL)

    def wait(self) -> int:
        """Wait for its end."""
        if self._id:
            os.waitpid(self._id, 0)
            self._id = 0
        return 0


def kills(place: Path, count: int, seed: int) -> Result:
    """Kill so many windows at random moments."""
    result = Result("part")
    chance = random.Random(seed)
    for number in range(count):
        enough, last = chance.randrange(1, 60), 0
        with Victim.start(place / f"kill{number}", "c", gui_victim.FOR_EVER, Forked) as victim:
            for line in victim.told():
                last = int(line[1:]) if line.startswith("s") else last
                if last >= enough:
                    pause(chance.random() * 0.004)
                    victim.kill()
                    break
            last = max([last, *(int(one[1:]) for one in victim.told() if one.startswith("s"))])
        result.trials += 1
        result.fired += last > 0
        if not last:
            result.losses.append(f"the window did not work: {victim.log.read_text()[-300:]}")
            continue
        try:
            found = victim.recovered()
        except (Refusal, OSError, ValueError) as error:
            result.losses.append(f"kill {number}: {error}")
            continue
        if found < last:
            result.losses.append(f"kill {number}: edit {found} found, {last} were made")
        shutil.rmtree(victim.home)
    return result
