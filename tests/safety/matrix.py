"""All that locks, in all states of the window: run by the tests of locking, counted here."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.safety.results import Result


def matrix_suite() -> Result:
    """Each trial is one trigger in one state; fired means that it locked, opened and had all."""
    result = Result("lock: all triggers in all states")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    words += ["tests/desktop/test_locking.py", "tests/desktop/test_lock_matrix.py"]
    environment = {**os.environ, "CROSSTRACK_SAFETY": "1", "QT_QPA_PLATFORM": "offscreen"}
    run = subprocess.run(words, check=False, capture_output=True, text=True, env=environment)
    counts = {
        kind: int(number) for number, kind in re.findall(r"(\d+) (passed|failed|error)", run.stdout)
    }
    result.fired = counts.get("passed", 0)
    result.trials = sum(counts.values())
    failed = re.findall(r"^(?:FAILED|ERROR) \S*::(\S+)", run.stdout, re.MULTILINE)
    result.losses += failed or ([run.stdout[-300:]] if run.returncode else [])
    return result
