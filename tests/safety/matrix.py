"""All that locks, in all states of the window: run by the tests of locking, counted here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.safety.results import Result

TESTS = ("tests/desktop/test_lock_matrix.py", "tests/desktop/test_locking.py")
WORKERS = 2


def matrix_suite() -> Result:
    """Each trial is one trigger in one state; fired means that it locked, opened and had all."""
    from tests.desktop.lock_states import STATES, TRIGGERS

    result = Result("lock: all triggers in all states", trials=len(STATES) * len(TRIGGERS))
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(WORKERS)]
    with tempfile.NamedTemporaryFile() as log:
        environment = {
            **os.environ,
            "CROSSTRACK_SAFETY": log.name,
            "QT_QPA_PLATFORM": "offscreen",
        }
        run = subprocess.run(
            [*words, *TESTS], check=False, capture_output=True, text=True, env=environment
        )
        result.fired = len(Path(log.name).read_text(encoding="utf-8").splitlines())
    failed = re.findall(r"^(?:FAILED|ERROR) \S*::(\S+)", run.stdout, re.MULTILINE)
    result.losses += failed or ([run.stdout[-300:]] if run.returncode else [])
    if not result.losses and result.fired != result.trials:
        result.losses.append(f"only {result.fired} of {result.trials} were tried")
    return result
