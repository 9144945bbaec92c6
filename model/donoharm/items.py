"""The checklist items: forty that ship with the software, and the project's own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import msgspec

from model.donoharm.scopes import SCOPE_TABLES
from resources import read_text
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from model.records import ChecklistItem, Mute
    from model.tables import Tables

SCOPES = ("project", *SCOPE_TABLES, "export")
"""Scopes that have a checklist of their own in the window; invitations are asked with linkages."""
ASKED_WITH = {"linkage": "invitation"}
"""An invitation is a linkage by which somebody takes part."""


class FlagRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which answers raise a red flag, and when; decided one by one for each item.

    Attributes:
        answers: answers that raise it. Some questions are good news when answered yes, some
            when answered no.
        unless_mitigated: no flag once a mitigation is written down.
        phases: only while one of these is in force; empty means always.
        levels: only for actors at these levels (or at an unknown one); empty means all.
        roles: only for actors with one of these third-party roles; empty means all.
        partly_above_third_parties: "partly" raises it too when more third parties are active.
        holds_up: whether a flag about an actor also holds up the linkages and activities that
            draw it in; not where these are the remedy.
        holds_up_contacts: whether a flag about the project holds up new contacts with the parties.
    """

    answers: tuple[str, ...] = ("no",)
    unless_mitigated: bool = False
    phases: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    partly_above_third_parties: int | None = None
    holds_up: bool = True
    holds_up_contacts: bool = False


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question of the checklist.

    Attributes:
        id: DNH-01 to DNH-40, or the record id of an own item.
        title, question, why, evidence_prompt, flag_when: English texts (own items: as written).
        scope: project, actor, linkage, activity, invitation or export.
        source: what it rests on.
        flag: when an answer is a red flag.
        phases: phases in which it is asked; empty means all.
    """

    id: str
    title: str
    scope: str
    question: str
    why: str
    source: str = ""
    evidence_prompt: str = ""
    flag_when: str = ""
    flag: FlagRule = FlagRule()
    phases: tuple[str, ...] = ()

    def is_asked(self, phase_kinds: AbstractSet[str]) -> bool:
        """Whether the item belongs to a phase in force; with no known phase every item does."""
        known = phase_kinds - {"unknown"}
        return not self.phases or not known or bool(known & set(self.phases))

    @property
    def label(self) -> str:
        """The title in the user's language."""
        return tr(self.title)


class _File(msgspec.Struct, frozen=True):
    items: tuple[Item, ...]


@lru_cache(maxsize=1)
def shipped_items() -> tuple[Item, ...]:
    """The forty items of the do-no-harm set, in their order."""
    text = read_text("checklists", "do_no_harm.json")
    return msgspec.json.decode(text, type=_File).items


def all_items(tables: Tables) -> tuple[Item, ...]:
    """The shipped items and the project's own in their order, without those asked no more."""
    aside = aside_records(tables)
    shipped = tuple(item for item in shipped_items() if item.id not in aside)
    return shipped + tuple(_own(item) for item in own_records(tables) if not item.retired)


def every_item(tables: Tables) -> tuple[Item, ...]:
    """All items that the project knows, also those that are asked no more."""
    return shipped_items() + tuple(_own(item) for item in own_records(tables))


def aside_records(tables: Tables) -> dict[str, tuple[Mute, ...]]:
    """By shipped item that the project has set aside: the records that say why and by whom."""
    mutes = cast("Iterable[Mute]", tables.table("mutes").values())
    found: dict[str, tuple[Mute, ...]] = {}
    for one in mutes:
        if one.rule_id in _shipped_ids() and not one.target_id:
            found[one.rule_id] = (*found.get(one.rule_id, ()), one)
    return found


@lru_cache(maxsize=1)
def _shipped_ids() -> frozenset[str]:
    return frozenset(item.id for item in shipped_items())


def own_records(tables: Tables) -> list[ChecklistItem]:
    """The project's own items in their order, also those that are asked no more."""
    own = cast("list[ChecklistItem]", list(tables.table("checklist_items").values()))
    return sorted(own, key=lambda item: item.order)


def _own(record: ChecklistItem) -> Item:
    return Item(
        id=record.id,
        title=record.title,
        scope=record.scope,
        question=record.question or record.title,
        why=record.why,
        source=record.set_name or tr("Own item"),
        evidence_prompt=record.evidence_prompt,
        flag_when=record.flag_when,
        flag=FlagRule(answers=record.flag_answers, unless_mitigated="yes" in record.flag_answers),
        phases=record.phases,
    )
