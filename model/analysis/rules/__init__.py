"""The rules behind the warnings: one small pure function each, registered in one table.

Definitions and thresholds: domain.md and its table of rules, in our own words; W41 to W43 are the
three that the do-no-harm issue adds to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.rules import (
    backers,
    brokers,
    contacts,
    decisions,
    evidence,
    funding,
    inclusion,
    linkages,
    moments,
    overlaps,
    postings,
    processes,
    reviews,
)

if TYPE_CHECKING:
    from model.analysis.rules.rule import Rule

_MODULES = (
    *(processes, contacts, funding, linkages, postings, inclusion, reviews, brokers),
    *(backers, overlaps, moments, decisions, evidence),
)

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in sorted((one for module in _MODULES for one in module.RULES), key=lambda one: one.id)
}
"""All rules by id."""

DEFAULT_THRESHOLDS: dict[str, float] = {
    key: value for rule in RULES.values() for key, value in rule.thresholds.items()
}
"""Thresholds by key; a project's own (`Project.thresholds`) take their place."""
