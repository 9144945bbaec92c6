"""The engine as a whole: muting, order, the report for scripts, the sample's findings."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.analysis.engine import findings
from model.analysis.finding import SEVERITIES
from model.analysis.network import cut_groups
from model.analysis.report import check_as_json, on_map
from model.analysis.rules import DEFAULT_THRESHOLDS, RULES
from model.document import Document
from model.storage import codec
from resources import locate
from tests.builders import a_project
from tests.model.analysis.asking import found

if TYPE_CHECKING:
    from model.analysis.finding import Finding

DAY = date(2013, 2, 15)
GOLDEN = Path(__file__).parent / "golden"
SAMPLES = {"mindanao": DAY, "myanmar": date(2023, 3, 1), "mali": date(2022, 9, 1)}


def sample(name: str) -> Document:
    content = codec.decode(locate("samples", f"{name}.json").read_bytes()).content
    return Document(content)


def lines(document: Document, day: date) -> list[str]:
    """One line per finding, with the ids of the case: what a person can read for sense."""
    report = check_as_json(findings(document, day), document)
    return [_line(one) for one in report]


def _line(one: dict[str, object]) -> str:
    targets = one["targets"]
    assert isinstance(targets, list)
    ids = [target["external"][0]["id"] for target in targets if target["external"]]
    return f"{one['rule']} {one['severity']}: {one['message']} [{' '.join(ids)}]"


@pytest.mark.parametrize("name", SAMPLES)
def test_findings_on_the_samples_are_those_that_a_person_has_read(name: str) -> None:
    expected = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert lines(sample(name), SAMPLES[name]) == expected


def test_grave_findings_come_first() -> None:
    order = [SEVERITIES.index(one.severity) for one in findings(sample("mindanao"), DAY)]
    assert order == sorted(order)
    assert len(set(order)) > 2


def test_a_report_can_be_written_as_json_and_names_imported_ids() -> None:
    document = sample("mindanao")
    report = json.loads(json.dumps(check_as_json(findings(document, DAY), document)))
    review = next(one for one in report if one["rule"] == "W13")
    assert review["severity"] == "high"
    assert review["figures"] == {"security_review": "unknown"}
    assert review["targets"][0]["table"] == "activities"
    assert review["targets"][0]["name"] == "CPC civilian protection monitoring"
    assert review["targets"][0]["external"] == [
        {"source": "mindanao", "table": "activities", "id": "C08"}
    ]


def test_without_rules_nothing_is_found() -> None:
    assert findings(sample("mindanao"), DAY, []) == []


@pytest.mark.parametrize(
    ("mute", "expected"),
    [
        ({}, ["mute", "mute"]),
        ({"target_table": "linkages", "target_id": "a>b"}, ["", "mute"]),
        ({"rule_id": "W25"}, ["", ""]),
        ({"expires": "2013-02-15"}, ["mute", "mute"]),
        ({"expires": "2013-02-14"}, ["", ""]),
        ({"expires": "2013"}, ["mute", "mute"]),
    ],
)
def test_muted_findings_stay_listed(mute: dict[str, str], expected: list[str]) -> None:
    project = a_project().actor("a").actor("b").link("a", "b").link("b", "a")
    project.add("mutes", "mute", **{"rule_id": "W24", "reason": "known", **mute})
    assert sorted(one.muted_by for one in found(project, "W24")) == sorted(expected)


def test_every_rule_says_what_it_does_and_from_where() -> None:
    assert set(RULES) == {f"W{number:02d}" for number in range(1, 44)}
    for rule in RULES.values():
        assert (rule.find is None) != (rule.revisit is None)
        assert rule.name
        assert rule.definition.endswith(".")
        assert rule.source
        assert rule.example.endswith(".")
        assert rule.inputs
        assert all(key.startswith(f"{rule.id}.") for key in rule.thresholds)
    assert DEFAULT_THRESHOLDS["W06.high_days"] == 180


def test_thresholds_of_the_project_take_the_place_of_the_defaults() -> None:
    def gap(**project: dict[str, float]) -> list[Finding]:
        builder = a_project(**project).add(
            "activities", "a", title="A", start="2013", end="2013-12-31"
        )
        return found(builder.add("funding", "f", activity_ids=("a",), end="2013-12-01"), "W06")

    assert len(gap()) == 1
    assert gap(thresholds={"W06.days": 31.0}) == []


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_cut_points_agree_with_networkx(pairs: list[tuple[int, int]]) -> None:
    oracle: nx.Graph[str] = nx.Graph()
    oracle.add_nodes_from(str(node) for node in range(10))
    oracle.add_edges_from((str(a), str(b)) for a, b in pairs if a != b)
    cuts = cut_groups({node: list(oracle[node]) for node in oracle})
    assert set(cuts) == set(nx.articulation_points(oracle))
    for node, groups in cuts.items():
        part = nx.node_connected_component(oracle, node) - {node}
        pieces = nx.connected_components(oracle.subgraph(part))
        assert {frozenset(group) for group in groups} == {frozenset(piece) for piece in pieces}


def test_a_mute_of_a_pair_leaves_other_pairs_standing() -> None:
    project = a_project().actor("state", conflict_role="primary_party")
    for name in ("one", "two", "three"):
        project.actor(f"lead {name}")
        project.add("processes", name, name=name, lead_id=f"lead {name}", party_ids=("state",))
    values = {"target_table": "processes", "target_id": "two", "other_table": "processes"}
    project.add("mutes", "m", rule_id="W02", other_id="one", reason="known", **values)
    muted = {
        tuple(sorted(record_id for _, record_id in one.targets[:2]))
        for one in found(project, "W02")
        if one.muted_by
    }
    assert muted == {("one", "two")}
    assert len(found(project, "W02")) == 3


def test_badges_are_for_what_may_do_harm_gravest_first() -> None:
    project = a_project().actor("a").actor("b", conflict_role="primary_party")
    project.link("a", "b", record_id="l", kind="back_channel", tlp="CLEAR").link("b", "a")

    def signs() -> dict[tuple[str, str], list[str]]:
        rules = [RULES[one] for one in ("W24", "W25", "W35")]
        found = on_map(findings(project.document(), DAY, rules))
        return {key: [one.rule_id for one in about] for key, about in found.items()}

    # A grave gap has a sign; the empty reasons, and the other linkage, have none.
    assert signs() == {("linkages", "l"): ["W35", "W25"]}
    project.add("mutes", "m", rule_id="W25", target_table="linkages", target_id="l")
    assert signs() == {("linkages", "l"): ["W35"]}


def test_what_is_about_no_card_is_shown_at_the_actors_it_names() -> None:
    document = sample("mindanao")
    found = on_map(findings(document, DAY, [RULES["W02"], RULES["W13"]]))
    tables = {table for table, _ in found}
    assert tables == {"actors"}
    names = {document.actors[one].short_name for _, one in found}
    assert {"GPH/GRP", "NOR", "MPC women"} <= names
