"""Runs the rules over a project as of a day and sets muted findings aside without losing them.

After an edit only those rules run again whose tables differ from what they saw last; the rest
keep what they found. Both ways give the same list.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

import msgspec

from model.analysis.facts import Facts
from model.analysis.finding import Finding
from model.analysis.grouping import order
from model.analysis.rules import DEFAULT_THRESHOLDS, RULES
from model.dates import last_day
from model.records import TABLES
from model.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.analysis.rules.rule import Rule
    from model.records import Mute, Record


ALWAYS_READ = frozenset({"project", "actors"})
"""Tables behind every rule: thresholds, and the names in the sentences."""
UNREAD_FIELDS = frozenset(
    {"notes", "source_ref", "seen_on", "external", "bends", "positions", "interests", "needs"}
    | {"fears", "added_value", "expected_benefit", "who_would_notice"}
)
"""Fields that no rule looks at, so that typing into them makes none run again."""


class Kept(msgspec.Struct, frozen=True):
    """What the rules found, with what they looked at, for the next time.

    Attributes:
        tables, as_of: the project and day that were looked at.
        by_rule: what each rule found by itself.
        findings: all of it in order, mutes applied.
        ran: ids of the rules that had to run for it.
    """

    tables: Tables
    as_of: date
    by_rule: dict[str, tuple[Finding, ...]]
    findings: list[Finding]
    ran: frozenset[str]


def findings(tables: Tables, as_of: date, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """All that the rules find, grave ones first; muted findings are marked, never dropped.

    Args:
        tables: a document, or a snapshot in a worker.
        as_of: the day for which it is computed.
        rules: these only; all registered ones when not given.
    """
    return refreshed(None, tables, as_of, rules).findings


def refreshed(
    before: Kept | None, tables: Tables, as_of: date, rules: Iterable[Rule] | None = None
) -> Kept:
    """The findings of now; rules that read nothing that has changed are not run again.

    Args:
        before: what was found last, of the same rules; None to begin.
        tables: a snapshot; it is kept for the next time and must not change.
        as_of: the day for which it is computed.
        rules: these only; all registered ones when not given.
    """
    wanted = tuple(RULES.values() if rules is None else rules)
    facts = Facts(tables, as_of, DEFAULT_THRESHOLDS)
    same_day = before is not None and before.as_of == as_of
    changed = _changed(before.tables, tables) if before is not None and same_day else None
    by_rule: dict[str, tuple[Finding, ...]] = {}
    ran = set()
    for rule in wanted:
        if rule.find is None:
            continue
        reads = ALWAYS_READ | set(rule.inputs)
        if before is not None and changed is not None and not reads & changed:
            by_rule[rule.id] = before.by_rule[rule.id]
        else:
            by_rule[rule.id] = tuple(rule.find(facts))
            ran.add(rule.id)
    found = [one for members in by_rule.values() for one in members]
    earlier = tuple(found)
    for rule in wanted:
        if rule.revisit is not None:
            found.extend(rule.revisit(facts, earlier))
    ordered = sorted(_muted(tables, as_of, found), key=order)
    return Kept(tables, as_of, by_rule, ordered, frozenset(ran))


def _changed(before: Tables, after: Tables) -> frozenset[str]:
    """Tables in which a field that rules read differs."""
    return frozenset(name for name in TABLES if _differs(before.table(name), after.table(name)))


def _differs(before: Mapping[str, Record], after: Mapping[str, Record]) -> bool:
    if before is after:
        return False
    if before.keys() != after.keys():
        return True
    for record_id, record in after.items():
        other = before[record_id]
        if other is not record and _touched(other, record):
            return True
    return list(before) != list(after)


def _touched(before: Record, after: Record) -> bool:
    return any(
        getattr(before, name) != getattr(after, name)
        for name in after.__struct_fields__
        if name not in UNREAD_FIELDS
    )


def _muted(tables: Tables, as_of: date, found: list[Finding]) -> list[Finding]:
    mutes = [
        mute
        for mute in cast("Iterable[Mute]", tables.table("mutes").values())
        if last_day(mute.expires) >= as_of
    ]
    if not mutes:
        return found
    return [msgspec.structs.replace(one, muted_by=_mute_of(one, mutes)) for one in found]


def _mute_of(finding: Finding, mutes: list[Mute]) -> str:
    """The mute for the finding's rule whose targets it is about; one without any fits all."""
    for mute in mutes:
        if mute.rule_id == finding.rule_id and _is_about(finding, mute):
            return mute.id
    return ""


def _is_about(finding: Finding, mute: Mute) -> bool:
    """The first target must be the subject, the second may be any other; a pair has no order."""
    first, second = (mute.target_table, mute.target_id), (mute.other_table, mute.other_id)
    if not mute.target_id:
        return True
    if not mute.other_id:
        return finding.subject == first
    return {first, second} <= set(finding.targets) and finding.subject in {first, second}
