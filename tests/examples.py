"""How many examples a law is tried with: few on every push, many before a release."""

from __future__ import annotations

import os
from typing import Final

LONG: Final = "long"
"""The hypothesis profile of releases."""
_MANY: Final = 40


def examples(few: int) -> int:
    """For laws whose examples are dear: few of them, forty times as many in the long profile."""
    return few * _MANY if os.environ.get("HYPOTHESIS_PROFILE") == LONG else few
