"""Where a target stands: which items apply, what is answered, flagged or out of date.

There is deliberately no score: a number would hide the one answer that matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.rules.reviews import review_limit
from model.donoharm.fingerprint import fingerprint
from model.donoharm.items import ASKED_WITH, Item, all_items, shipped_items
from model.donoharm.scopes import SCOPE_TABLES, WHOLE
from model.records import Answer

if TYPE_CHECKING:
    from datetime import date

    from model.tables import Tables

State = Literal["flag", "stale", "open", "fine", "set_aside", "other_phase"]
"""Open red flag; answered but old; not answered; answered; not applicable; not asked now."""


class Standing(msgspec.Struct, frozen=True):
    """How one item stands for one target.

    Attributes:
        item: the question.
        answer: what was answered; None when nothing was.
        state: how that is to be read.
        overdue_days: days past the review limit or the agreed next review; 0 when in time.
        target_changed: whether the target is no longer what it was when it was answered.
    """

    item: Item
    answer: Answer | None
    state: State
    overdue_days: int = 0
    target_changed: bool = False

    @property
    def counts(self) -> bool:
        """Whether the item is asked in this phase, or was answered all the same."""
        return self.state != "other_phase"


class Assessment(msgspec.Struct, frozen=True):
    """All items of a target's scope with their standing, in the order of the checklist."""

    scope: str
    target_id: str
    standings: tuple[Standing, ...]

    @property
    def total(self) -> int:
        """Items that are asked in this phase or were answered."""
        return sum(one.counts for one in self.standings)

    @property
    def answered(self) -> int:
        """Items with an answer of any kind."""
        return sum(one.answer is not None for one in self.standings)

    def count(self, state: State) -> int:
        """Items in a state."""
        return sum(one.state == state for one in self.standings)


class OpenFlag(msgspec.Struct, frozen=True):
    """An answer that is a red flag, with its item and target ("" for the project)."""

    item: Item
    answer: Answer


class Assessor:
    """Reads the standing of items as of a day; the facts are shared between targets."""

    def __init__(self, tables: Tables, as_of: date) -> None:
        """Look at these tables on that day."""
        self._tables = tables
        self._facts = Facts(tables, as_of, DEFAULT_THRESHOLDS)
        self._answers = {
            (one.item_id, one.target_table, one.target_id): one for one in tables.answers.values()
        }

    def assess(self, scope: str, target_id: str = "") -> Assessment:
        """The standing of every item for a target, in order; no target for the project."""
        table = SCOPE_TABLES.get(scope, "")
        standings = tuple(
            self._standing(item, table, target_id)
            for item in all_items(self._tables)
            if self._belongs(item, scope, table, target_id)
        )
        return Assessment(scope, target_id, standings)

    def _belongs(self, item: Item, scope: str, table: str, target_id: str) -> bool:
        """Whether an item is asked of a target, or was answered for it all the same."""
        if scope in WHOLE and item.scope in WHOLE:
            return item.scope == scope
        if (item.id, table, target_id) in self._answers:
            return True
        if item.scope == "invitation":
            linkage = self._tables.linkages.get(target_id)
            return linkage is not None and linkage.kind == "participation"
        return item.scope == scope or item.scope == ASKED_WITH.get(scope)

    def open_flags(self) -> tuple[OpenFlag, ...]:
        """All red flags of the project and its parts; setting an item aside hides none of them."""
        asked = (*shipped_items(), *all_items(self._tables))
        items = {item.id: item for item in asked}
        return tuple(
            OpenFlag(items[answer.item_id], answer)
            for answer in self._answers.values()
            if answer.item_id in items and self._is_flag(items[answer.item_id], answer)
        )

    def _standing(self, item: Item, table: str, target_id: str) -> Standing:
        answer = self._answers.get((item.id, table, target_id))
        if answer is None:
            asked = item.is_asked(self._facts.phase_kinds)
            return Standing(item, None, "open" if asked else "other_phase")
        overdue = self._overdue_days(answer)
        changed = self._has_changed(answer)
        if self._is_flag(item, answer):
            return Standing(item, answer, "flag", overdue, changed)
        if answer.answer == "na" and not changed:
            return Standing(item, answer, "set_aside")
        return Standing(item, answer, "stale" if overdue or changed else "fine", overdue, changed)

    def _has_changed(self, answer: Answer) -> bool:
        """Whether the target is another now; imported answers do not know what it was."""
        now = fingerprint(self._tables, answer.target_table, answer.target_id)
        return bool(answer.target_state) and answer.target_state != now

    def _is_flag(self, item: Item, answer: Answer) -> bool:
        rule = item.flag
        raised = answer.answer in rule.answers
        if answer.answer == "partly" and rule.partly_above_third_parties is not None:
            raised = len(self._facts.third_parties) > rule.partly_above_third_parties
        if not raised or (rule.unless_mitigated and answer.mitigation.strip()):
            return False
        if rule.phases and not self._facts.phase_kinds & set(rule.phases):
            return False
        return self._is_meant(item, answer)

    def _is_meant(self, item: Item, answer: Answer) -> bool:
        """Whether the flag is meant for the actor that the answer is about."""
        actor = self._tables.actors.get(answer.target_id)
        if actor is None or answer.target_table != "actors":
            return True
        rule = item.flag
        if rule.levels and actor.level not in {*rule.levels, "unknown"}:
            return False
        return not rule.roles or bool(self._facts.roles.get(actor.id, set()) & set(rule.roles))

    def _overdue_days(self, answer: Answer) -> int:
        """Days since the answer should have been looked at again."""
        as_of = self._facts.as_of
        overdue = 0
        if answer.review_date is not None:
            age = (as_of - answer.review_date.last()).days
            overdue = max(0, int(age - review_limit(self._facts)))
        if answer.next_review is not None:
            overdue = max(overdue, (as_of - answer.next_review.last()).days)
        return overdue
