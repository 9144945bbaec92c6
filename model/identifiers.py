"""Identifiers of records: random, without meaning, passed in so that tests are repeatable."""

from __future__ import annotations

import secrets
from collections.abc import Callable

IdSource = Callable[[], str]
"""Makes the next identifier. Never derived from time, order or content: those would leak."""

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LENGTH = 16


def random_id() -> str:
    """Return 80 random bits as 16 characters (Crockford base 32, lower case)."""
    number = secrets.randbits(5 * _LENGTH)
    return "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(_LENGTH))


class CountingIds:
    """Predictable identifiers for samples, tests and redacted copies: ``prefix-000001``."""

    def __init__(self, prefix: str) -> None:
        """Start counting at one."""
        self._prefix = prefix
        self._count = 0

    def __call__(self) -> str:
        """Return the next identifier."""
        self._count += 1
        return f"{self._prefix}-{self._count:06d}"
