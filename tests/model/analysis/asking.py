"""Asks one rule about a small project."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from model.analysis.engine import findings
from model.analysis.rules import RULES

if TYPE_CHECKING:
    from model.analysis.finding import Finding
    from tests.builders import ProjectBuilder

DAY = "2013-02-15"


def found(project: ProjectBuilder, rule_id: str, day: str = DAY) -> list[Finding]:
    """What one rule finds as of a day."""
    return findings(project.document(), date.fromisoformat(day), [RULES[rule_id]])


def severities(project: ProjectBuilder, rule_id: str, day: str = DAY) -> list[str]:
    """How grave the findings of one rule are."""
    return [one.severity for one in found(project, rule_id, day)]


def subjects(project: ProjectBuilder, rule_id: str, day: str = DAY) -> list[str]:
    """Ids of the records that the findings of one rule are mainly about."""
    return sorted(one.targets[0][1] for one in found(project, rule_id, day) if one.targets)
