"""Rules about what the warnings and labels rest on: weak evidence, labels that would leak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.rules.rule import Rule
from model.codes import TLP_LABELS, tlp_rank, tlp_text
from model.sensitivity import RECORD_FLOOR, is_sensitive
from resources.text import joined, plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.analysis.facts import Facts
    from model.analysis.finding import Finding
    from model.records import Record

WEAK_SOURCES = frozenset({"D", "E", "F"})
WEAK_CLAIMS = frozenset({"4", "5", "6"})
LABELLED = ("roles", "linkages", "activities", "postings")
"""Tables with records that no label can make public (back channels, postings)."""
SAFE = frozenset(one for one in TLP_LABELS.codes if tlp_rank(one) >= tlp_rank(RECORD_FLOOR))
NO_CLAIMS = frozenset(
    {"W03", "W10", "W15", "W16", "W17", "W22", "W23", "W28", "W31", "W33", "W35", "W37", "W40"}
)
"""Rules that speak of what is missing, or of labels; these rest on no claim."""


def weak_evidence(facts: Facts, earlier: tuple[Finding, ...]) -> Iterator[Finding]:
    """W36: high warnings about a record that is weakly graded or has one unconfirmed source."""
    weak: dict[tuple[str, str], list[str]] = {}
    for finding in earlier:
        if finding.severity == "high" and finding.subject and finding.rule_id not in NO_CLAIMS:
            rules = weak.setdefault(finding.subject, [])
            if finding.rule_id not in rules:
                rules.append(finding.rule_id)
    for key, rules in weak.items():
        record = facts.tables.get(*key)
        doubt = "" if record is None else _doubt(record)
        if record is not None and doubt:
            message = plural(
                "The warning {rules} about {name} rests on a record that {doubt}.",
                "The warnings {rules} about {name} rest on a record that {doubt}.",
                len(rules),
                rules=joined(rules),
                name=facts.tables.name_of(*key),
                doubt=doubt,
            )
            grade = record.reliability + record.credibility
            yield facts.found("W36", "low", message, [key], rules=rules, grade=grade)


def _doubt(record: Record) -> str:
    """Why what a record says is weak, in words; empty when it is not."""
    grade = record.reliability + record.credibility
    if (record.reliability, record.credibility) == ("F", "6"):
        return tr("nobody has graded (F6: not judged)")
    if record.reliability in WEAK_SOURCES or record.credibility in WEAK_CLAIMS:
        return tr("is graded {grade}", grade=grade)
    if len(record.source_ids) == 1 and record.credibility != "1":
        return tr("has one source, graded {grade}", grade=grade)
    return ""


def label_leak(facts: Facts) -> Iterator[Finding]:
    """W35: records whose label is lower than their matter, or their ends, demand."""
    for table in LABELLED:
        for record in facts.tables.table(table).values():
            if record.tlp not in SAFE and is_sensitive(record):
                yield _leak(facts, (table, record.id), record.tlp, RECORD_FLOOR)
    for link in facts.tables.linkages.values():
        ends = (facts.everyone.get(link.from_id), facts.everyone.get(link.to_id))
        labels = {one.tlp for one in ends if one is not None}
        if labels <= {link.tlp}:
            continue
        stricter = max(labels, key=tlp_rank)
        sensitive = is_sensitive(link) and tlp_rank(stricter) <= tlp_rank(RECORD_FLOOR)
        if tlp_rank(link.tlp) < tlp_rank(stricter) and not sensitive:
            yield _leak(facts, ("linkages", link.id), link.tlp, stricter)


def _leak(facts: Facts, key: tuple[str, str], label: str, wanted: str) -> Finding:
    message = tr(
        "{name} is labelled {label}; its matter asks for {wanted} or stricter. Exports withhold "
        "it all the same.",
        name=facts.tables.name_of(*key),
        label=tlp_text(label),
        wanted=tlp_text(wanted),
    )
    return facts.found("W35", "high", message, [key], label=label, wanted=wanted)


RULES = (
    Rule(
        id="W35",
        name="Label leak",
        several="{count} labels lower than their matter asks for",
        definition=(
            "Raised for a back channel or posting labelled below AMBER, and for a linkage labelled "
            "lower than the stricter of its ends. What an export, view or presentation may show is "
            "decided by redaction, which withholds such records whatever their label says; this "
            "can never be overridden."
        ),
        example="A back channel imported without a label would count as public.",
        severity="high",
        source="C5; TLP 2.0",
        inputs=("roles", "linkages", "activities", "postings", "actors"),
        find=label_leak,
    ),
    Rule(
        id="W36",
        name="Weak evidence",
        several="{count} high warnings that rest on little evidence",
        upkeep=True,
        definition=(
            "Raised for each record behind a high warning that is graded D to F or 4 to 6, or "
            "rests on a single source that no other confirms. F and 6 mean that nobody has judged "
            "it yet, which is not the same as weak. Warnings about what is missing rest on no "
            "claim and are left out."
        ),
        example="The warning of a second mediator rests on one post in a message group.",
        severity="low",
        source="R5; Admiralty code",
        inputs=("actors", "linkages", "activities", "processes", "postings", "funding"),
        absence=False,
        revisit=weak_evidence,
    ),
)
