"""Sets of checklist items that a project can take over as its own, and change."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec

from resources import read_text

SET_IDS: Final = ("un_guidance", "messages_of_conduct")
"""The sets that ship with the software."""


class SetItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a set; English texts, which become the project's own."""

    title: str
    scope: str
    question: str
    why: str = ""
    evidence_prompt: str = ""
    flag_when: str = ""
    phases: tuple[str, ...] = ()


class ItemSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set with its title and where it comes from."""

    title: str
    about: str
    items: tuple[SetItem, ...]


@lru_cache(maxsize=len(SET_IDS))
def item_set(set_id: str) -> ItemSet:
    """A shipped set by its id."""
    text = read_text("checklists", "sets", f"{set_id}.json")
    return msgspec.json.decode(text, type=ItemSet)
