"""Runs the rules over a project as of a day and sets muted findings aside without losing them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from model.analysis.facts import Facts
from model.analysis.finding import Finding, order
from model.analysis.rules import DEFAULT_THRESHOLDS, RULES
from model.dates import last_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.analysis.rules.rule import Rule
    from model.records import Mute
    from model.tables import Tables


def findings(tables: Tables, as_of: date, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """All that the rules find, grave ones first; muted findings are marked, never dropped.

    Args:
        tables: a document, or a snapshot in a worker.
        as_of: the day for which it is computed.
        rules: these only; all registered ones when not given.
    """
    wanted = tuple(RULES.values() if rules is None else rules)
    facts = Facts(tables, as_of, DEFAULT_THRESHOLDS)
    found = [one for rule in wanted if rule.find is not None for one in rule.find(facts)]
    earlier = tuple(found)
    for rule in wanted:
        if rule.revisit is not None:
            found.extend(rule.revisit(facts, earlier))
    return sorted(_muted(tables, as_of, found), key=order)


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
