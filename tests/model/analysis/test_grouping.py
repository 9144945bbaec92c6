"""What a mediator sees first: one line for each question, harm before empty fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.analysis.engine import findings
from model.analysis.grouping import grouped, order
from model.analysis.rules import RULES
from tests.model.analysis.test_engine import SAMPLES, sample

if TYPE_CHECKING:
    from model.analysis.grouping import Group

FIRST_LOOK = {
    "mindanao": (
        "W02 3 high, W06 4 high 1 medium, W13 1 high, W17 7 medium, W20 1 medium, W27 3 medium, "
        "W31 4 medium, W24 10 medium 20 low, W25 39 medium 33 low, W08 4 low, W10 1 low, "
        "W23 1 low, W36 6 low"
    ),
    "myanmar": (
        "W05 1 high 1 medium, W06 4 high 1 medium, W13 1 high, W17 1 high 22 medium, W33 1 high, "
        "W35 2 high, W01 1 medium, W09 1 medium, W18 2 medium, W22 1 medium, W27 1 medium, "
        "W31 1 medium, W32 1 medium, W39 1 medium, W24 17 medium 12 low, W25 43 medium 22 low, "
        "W23 1 low, W36 6 low, W02 1 info"
    ),
    "mali": "W15 1 high, W17 6 high 20 medium, W10 1 low, W02 1 info",
}


def in_short(group: Group) -> str:
    return " ".join((group.rule.id, *(f"{count} {one}" for one, count in group.counts())))


@pytest.mark.parametrize("name", SAMPLES)
def test_the_first_look_is_short_and_what_may_do_harm_comes_first(name: str) -> None:
    groups = grouped(findings(sample(name), SAMPLES[name]))
    assert ", ".join(map(in_short, groups)) == FIRST_LOOK[name]
    lines = sum(1 if group.is_collapsed else len(group.findings) for group in groups)
    assert lines <= 25


def test_groups_hold_every_finding_once() -> None:
    found = findings(sample("myanmar"), SAMPLES["myanmar"])
    held = [one for group in grouped(reversed(found)) for one in group.findings]
    assert sorted(held, key=order) == found
    assert len({group.rule.id for group in grouped(found)}) == len(grouped(found))


def test_every_rule_has_a_line_for_many() -> None:
    lines = {rule.many(1234) for rule in RULES.values()}
    assert len(lines) == len(RULES)
    assert all("1234" in line for line in lines)
    assert {one.id for one in RULES.values() if one.upkeep} == {"W24", "W25", "W26", "W36", "W43"}
