"""Keeping other programs of the same user, and crash dumps, away from the keys in memory.

This is a fence, not a wall: whoever is root, or reads the keyboard, passes it
(docs/security.md).
"""

from __future__ import annotations

import sys

_PR_SET_DUMPABLE = 4


def harden_process() -> bool:
    """Forbid core files and, on Linux, reading this process's memory by others of the same user.

    Returns whether all that this system offers is in force.
    """
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415 - not on Windows

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return _not_dumpable() if sys.platform == "linux" else True


def _not_dumpable() -> bool:
    import ctypes  # noqa: PLC0415 - a few milliseconds that `--help` need not pay

    try:
        prctl = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    return int(prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)) == 0
