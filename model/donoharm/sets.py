"""Sets of checklist items that a project can take over as its own, change, and pass on by file.

A file of items is plain JSON, like the sets that ship with the software; `docs/do-no-harm.md`
shows one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import msgspec

from model.codes import CHECKLIST_ANSWERS, CHECKLIST_SCOPES, PHASE_KINDS
from model.refusals import Refusal
from resources import read_text
from resources.text import tr

SET_IDS: Final = ("un_guidance", "messages_of_conduct", "invitations", "exports")
"""The sets that ship with the software."""
MAX_BYTES: Final = 1_000_000


class SetItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a set; English texts, which become the project's own."""

    title: str
    scope: str
    question: str
    why: str = ""
    evidence_prompt: str = ""
    flag_when: str = ""
    flag_answers: tuple[str, ...] = ("no",)
    phases: tuple[str, ...] = ()


class ItemSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A set with its title and where it comes from."""

    title: str
    items: tuple[SetItem, ...]
    about: str = ""


@lru_cache(maxsize=len(SET_IDS))
def item_set(set_id: str) -> ItemSet:
    """A shipped set by its id."""
    text = read_text("checklists", "sets", f"{set_id}.json")
    return msgspec.json.decode(text, type=ItemSet)


def set_as_text(items: ItemSet) -> bytes:
    """A set as a file for another project, readable by people."""
    return msgspec.json.format(msgspec.json.encode(items), indent=1) + b"\n"


def set_from_text(text: bytes, name: str) -> ItemSet:
    """Read a file of items.

    Args:
        text: what is in the file.
        name: its name, for the sentence of a refusal.

    Raises:
        Refusal: it is no set of items, or one of its items cannot be asked.
    """
    if len(text) > MAX_BYTES:
        raise Refusal("item_set", tr("{name}: too large for a set of items.", name=name))
    try:
        found = msgspec.json.decode(text, type=ItemSet)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        message = tr("{name}: not a set of checklist items ({reason}).", name=name, reason=problem)
        raise Refusal("item_set", message) from None
    for number, one in enumerate(found.items, start=1):
        problem_of = _problem(one)
        if problem_of:
            raise Refusal(
                "item_set",
                tr("{name}, item {number}: {reason}", name=name, number=number, reason=problem_of),
            )
    return found


def _problem(item: SetItem) -> str:
    """Why an item cannot be asked; "" when it can."""
    if not item.title.strip() or not item.question.strip():
        return tr("it needs a title and a question.")
    lists = (
        ((item.scope,), CHECKLIST_SCOPES.codes),
        (item.flag_answers, CHECKLIST_ANSWERS.codes),
        (item.phases, PHASE_KINDS.codes),
    )
    for codes, known in lists:
        for code in codes:
            if code not in known:
                return tr("“{code}” is not one of {known}.", code=code[:40], known=", ".join(known))
    return ""
