"""Many findings of one rule are one question: groups, in the order in which to look at them.

What may do harm comes before what is only not written down yet, gravest first; a long list of
empty fields must not bury the one thing that matters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.analysis.finding import SEVERITIES, Finding, Severity
from model.analysis.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.analysis.rules.rule import Rule

SHOWN_SINGLY = 1
"""Up to so many findings of a rule stand for themselves."""


class Group(msgspec.Struct, frozen=True):
    """The findings of one rule, gravest first."""

    findings: tuple[Finding, ...]

    @property
    def rule(self) -> Rule:
        """The rule that found them."""
        return RULES[self.findings[0].rule_id]

    @property
    def severity(self) -> Severity:
        """That of the gravest."""
        return self.findings[0].severity

    @property
    def is_collapsed(self) -> bool:
        """Whether one line stands for all of them."""
        return len(self.findings) > SHOWN_SINGLY

    @property
    def title(self) -> str:
        """One line for all of them."""
        return self.rule.many(len(self.findings))

    def counts(self) -> tuple[tuple[Severity, int], ...]:
        """How many of each severity that occurs, gravest first."""
        found = ((one, sum(f.severity == one for f in self.findings)) for one in SEVERITIES)
        return tuple((severity, count) for severity, count in found if count)


def order(finding: Finding) -> tuple[int, bool, str, str]:
    """Sort key of findings: grave ones first, upkeep last, then by rule and sentence.

    Ids are random and decide nothing.
    """
    return (
        SEVERITIES.index(finding.severity),
        RULES[finding.rule_id].upkeep,
        finding.rule_id,
        finding.message,
    )


def grouped(found: Iterable[Finding]) -> list[Group]:
    """One group for each rule, in the order in which to look at them."""
    return in_groups(sorted(found, key=order))


def in_groups(ordered: Iterable[Finding]) -> list[Group]:
    """One group for each rule, of findings that are in order already."""
    by_rule: dict[str, list[Finding]] = {}
    for one in ordered:
        by_rule.setdefault(one.rule_id, []).append(one)
    return [Group(tuple(members)) for members in by_rule.values()]
