"""The whole table of rules: for each a project that raises it, one at its border, one without it.

The border is the last case that is still silent, or the first that is not; the files beside this
one look at each rule more closely. A rule without an entry here fails.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from model.analysis.engine import findings
from model.analysis.rules import DEFAULT_THRESHOLDS, RULES
from model.dates import parse_date
from tests.builders import ProjectBuilder, a_project
from tests.model.analysis import test_backer_rules as backers
from tests.model.analysis import test_contact_rules as contacts
from tests.model.analysis import test_decision_rules as decisions
from tests.model.analysis import test_funding_rules as funding
from tests.model.analysis import test_linkage_rules as linkages
from tests.model.analysis import test_other_rules as others
from tests.model.analysis import test_overlap_rules as overlaps
from tests.model.analysis import test_posting_rules as postings
from tests.model.analysis import test_process_rules as processes
from tests.model.analysis.asking import DAY
from tests.model.analysis.test_engine import DAY as TODAY


class Case(NamedTuple):
    """Three projects; `border` is raised or not, as `raised` says."""

    fires: ProjectBuilder
    border: ProjectBuilder
    raised: bool
    silent: ProjectBuilder


def two_leads(*, declared: bool, second: bool = True) -> ProjectBuilder:
    project = a_project().actor("a").actor("b")
    co_leads = ("b",) if declared else ()
    project.add("processes", "p", name="P", lead_id="a", co_lead_ids=co_leads)
    for one in ("a", "b") if second else ("a",):
        project.add("roles", one, actor_id=one, role="lead_mediator", process_id="p")
    return project


def process(mode: str, lead: str = "") -> ProjectBuilder:
    project = a_project().actor("lead")
    return project.add("processes", "p", name="P", coordination_mode=mode, lead_id=lead)


def earmarked(count: int, flexible: str = "no") -> ProjectBuilder:
    project = a_project().actor("a")
    for number in range(count):
        values = {"earmarking": "earmarked", "flexible": flexible if number else "no"}
        project.add("funding", f"f{number}", recipient_id="a", **values)
    return project


def looked_for(*categories: str) -> ProjectBuilder:
    project = a_project()
    for one in categories:
        project.add("searches", one, category=one, date=DAY)
    return project


def looked_for_people(link: str) -> ProjectBuilder:
    return others.included(link)


def label(tlp: str) -> ProjectBuilder:
    return a_project().add("postings", "p", office="Envoy", tlp=tlp)


def written(reason: str, harm: str) -> ProjectBuilder:
    return linkages.thoughtless(rationale=reason, negative_consequences=harm)


def reviewed_by(due: str) -> ProjectBuilder:
    return a_project().add("answers", "x", item_id="DNH-01", next_review=due)


def graded(grade: str) -> ProjectBuilder:
    values = {"reliability": grade[0], "credibility": grade[1]}
    return contacts.meeting(**values)


EVERY_SPOT = ("private_sector", "traditional_leader", "national_mechanism", "local_mechanism")
FRIENDS = ("rebels", "rebels")
CASES: dict[str, Case] = {
    "W01": Case(processes.crowd(6), processes.crowd(5), False, processes.crowd(0)),
    "W02": Case(
        processes.two_processes(),
        processes.two_processes().actor("panel", conflict_role="primary_party"),
        False,
        a_project(),
    ),
    "W03": Case(process("none"), process("network"), False, process("none", "lead")),
    "W04": Case(
        two_leads(declared=False),
        two_leads(declared=True),
        False,
        two_leads(declared=False, second=False),
    ),
    "W05": Case(
        contacts.visit(lead_consulted="no"),
        contacts.visit(lead_consulted="na"),
        False,
        contacts.visit(lead_consulted="yes"),
    ),
    "W06": Case(
        funding.work(("2012", "2013-06")),
        funding.work(("2012", "2013-12-30")),
        True,
        funding.work(("2012", "2013-12-31")),
    ),
    "W07": Case(
        funding.work(("2012", "2013-01-31"), ("2013-04", "2014")),
        funding.work(("2012", "2013-01-31"), ("2013-03-02", "2014")),  # 29 days
        False,
        funding.work(("2012", "2014")),
    ),
    "W08": Case(
        funding.work(start="2014", end="2014"),
        funding.work(start="2013-02-16", end="2014"),
        True,
        funding.work(start=DAY, end="2014"),
    ),
    "W09": Case(
        funding.carried("2013-06"),
        funding.carried("2014-02-15"),
        False,
        funding.carried(None),
    ),
    "W10": Case(funding.third_parties(5), funding.third_parties(3), True, funding.third_parties(2)),
    "W11": Case(
        backers.funded("north", "north", "north"),
        backers.funded(*("north",) * 7, *("south",) * 3),  # 70 %
        True,
        backers.funded("north", "south", "south", "north"),
    ),
    "W12": Case(earmarked(3), earmarked(2), True, earmarked(2, "yes")),
    "W13": Case(
        contacts.meeting(),
        contacts.meeting(tracks=("T1.5",), security_review="no"),
        True,
        contacts.meeting(security_review="yes"),
    ),
    "W14": Case(linkages.vertical(3, 0), linkages.vertical(4, 1), True, linkages.vertical(3, 1)),
    "W15": Case(linkages.below(2, 0), linkages.below(8, 2), False, linkages.below(1, 0)),
    "W16": Case(linkages.hanging(3, 0), linkages.hanging(2, 1), True, linkages.hanging(1, 1)),
    "W17": Case(
        processes.a_process(),
        processes.a_process().link("lead", "panel", kind="hosting"),
        True,
        processes.a_process().link("lead", "panel", kind="facilitation"),
    ),
    "W18": Case(
        linkages.channel(end="2012"),
        linkages.channel(last_confirmed=parse_date("2012-11-17")),  # 90 days
        False,
        linkages.channel(),
    ),
    "W19": Case(
        postings.rotation("2013-06-01", "2013-06-10"),
        postings.rotation("2013-06-01", "2013-08-30"),  # 90 days
        True,
        postings.rotation("2013-06-01", "2013-12-31"),
    ),
    "W20": Case(
        postings.office("2012-06-30"),
        postings.office("2013-01-16"),  # 30 days
        False,
        postings.office("2013-02-10", "2013-02-11"),
    ),
    "W21": Case(
        postings.keeper("2013-03"), postings.keeper("2013-08-14"), False, postings.keeper("open")
    ),
    "W22": Case(a_project(), looked_for(*EVERY_SPOT[1:]), True, looked_for(*EVERY_SPOT)),
    "W23": Case(a_project(), looked_for_people("invited"), True, looked_for_people("own")),
    "W24": Case(written("", "envy"), written(" \n", "envy"), True, written("because", "")),
    "W25": Case(written("because", ""), written("because", "  "), True, written("", "envy")),
    "W26": Case(
        others.reviewed("2012", "talks"),
        others.reviewed("2013-01-16", "talks"),  # 30 days
        False,
        others.reviewed("2013-02-01", "talks"),
    ),
    "W27": Case(postings.bridge(size=4), postings.bridge(size=2), True, postings.bridge(size=1)),
    "W28": Case(
        overlaps.twice(),
        overlaps.twice(participant_ids=("a",), start="2013-04-01"),  # half, thirty days
        True,
        overlaps.twice(lead_id="one"),
    ),
    "W29": Case(
        backers.backed(conflict_role="primary_party"),
        backers.backed().link("ministry", "rebels", kind="alliance"),
        True,
        backers.backed(),
    ),
    "W30": Case(
        contacts.mandated("2013-01", facilitates=True),
        contacts.mandated("2013-05-16", facilitates=False),  # 90 days ahead
        False,
        contacts.mandated(None, facilitates=True),
    ),
    "W31": Case(
        contacts.facilitated(),
        contacts.facilitated().actor("panel", conflict_role="secondary_party"),
        False,
        contacts.facilitated().link("state", "mediator", kind="mandate"),
    ),
    "W32": Case(
        contacts.shuttle(("a", "b", "c")).actor("c"),
        contacts.shuttle(("a", "b")),
        True,
        contacts.shuttle(("a",)),
    ),
    "W33": Case(
        backers.trained(lead_consulted="no"),
        backers.trained(lead_consulted="na"),
        False,
        backers.trained(lead_consulted="yes"),
    ),
    "W34": Case(
        backers.friends(*FRIENDS, "wing"),
        backers.friends(*FRIENDS),
        True,
        backers.friends("rebels"),
    ),
    "W35": Case(label("CLEAR"), label("GREEN"), True, label("AMBER")),
    "W36": Case(graded("F6"), graded("D3"), True, graded("C3")),
    "W37": Case(
        overlaps.bypassing({}),
        overlaps.bypassing({"scope": "unknown", "kind": "ingo"}),
        True,
        overlaps.bypassing({"scope": "local"}),
    ),
    "W38": Case(overlaps.asked(6, 4), overlaps.asked(4, 3), False, overlaps.asked(2, 1)),
    "W39": Case(
        overlaps.public({"start": "2013", "end": "2013-06"}),
        overlaps.public({"start": "2013-05-20"}, start="2013-05-19"),  # the day before
        False,
        overlaps.public({"kind": "talks"}),
    ),
    "W40": Case(
        overlaps.signed("2013"),
        overlaps.signed("2014-03-01"),  # day 365
        False,
        a_project(),
    ),
    "W41": Case(decisions.apart(0), decisions.apart(3), True, decisions.apart(1, status="planned")),
    "W42": Case(
        decisions.trusting("4", "0"),
        decisions.trusting("3", "1"),
        True,
        decisions.trusting("2", "1"),
    ),
    "W43": Case(reviewed_by("2013-01"), reviewed_by("2013-02-14"), True, reviewed_by(DAY)),
}


def is_raised(project: ProjectBuilder, rule_id: str) -> bool:
    found = findings(project.document(), TODAY, RULES.values())
    return any(one.rule_id == rule_id for one in found)


def test_no_rule_is_left_out() -> None:
    assert list(CASES) == list(RULES)


@pytest.mark.parametrize("rule_id", CASES)
def test_it_is_raised_stays_silent_and_keeps_to_its_border(rule_id: str) -> None:
    case = CASES[rule_id]
    assert is_raised(case.fires, rule_id)
    assert not is_raised(case.silent, rule_id)
    assert is_raised(case.border, rule_id) is case.raised


def test_every_limit_is_a_setting_of_a_rule_that_exists() -> None:
    assert {key.partition(".")[0] for key in DEFAULT_THRESHOLDS} <= set(RULES)


JUDGING = ("did not", "failed", "refused", "wrong", "guilty", "illegal", "must", "never ", "bad ")


@pytest.mark.parametrize("rule_id", CASES)
def test_sentences_ask_and_do_not_judge(rule_id: str) -> None:
    rule = RULES[rule_id]
    found = findings(CASES[rule_id].fires.document(), TODAY, RULES.values())
    sentences = [one.message for one in found if one.rule_id == rule_id]
    for sentence in (*sentences, rule.many(3)):
        assert not [word for word in JUDGING if word in sentence.casefold()], sentence
