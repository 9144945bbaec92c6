"""Ids of a copy: counted without gaps and in order, so that neither tells of what is withheld."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID: Final = re.compile(r"(.*?)(\d{4,})$")


def are_counted(ids: Iterable[str]) -> bool:
    """Whether ids are one prefix with 0001, 0002, ... in this very order."""
    prefix: str | None = None
    for number, one in enumerate(ids, start=1):
        found = _ID.fullmatch(one)
        if found is None or int(found[2]) != number:
            return False
        if prefix is not None and found[1] != prefix:
            return False
        prefix = found[1]
    return True
