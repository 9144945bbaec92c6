"""Findings as plain values for scripts: with names and the ids that imported records had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.analysis.finding import Finding, Target
    from model.tables import Tables

MAP_TABLES = frozenset({"actors", "linkages"})
ABOUT_THE_WHOLE = frozenset({"W01", "W10", "W14", "W15", "W16", "W22", "W23"})
"""Rules about the network as a whole: a sign at each of its actors would say nothing."""


def check_as_json(found: Iterable[Finding], tables: Tables) -> list[dict[str, object]]:
    """What ``crosstrack check --json`` prints: one plain object per finding, in their order."""
    return [
        {
            "rule": one.rule_id,
            "severity": one.severity,
            "as_of": one.as_of.isoformat(),
            "message": one.message,
            "targets": [_target(target, tables) for target in one.targets],
            "figures": dict(one.figures),
            "muted_by": one.muted_by or None,
        }
        for one in found
    ]


def _target(target: Target, tables: Tables) -> dict[str, object]:
    table, record_id = target
    record = tables.get(table, record_id)
    external = () if record is None else record.external
    return {
        "table": table,
        "id": record_id,
        "name": tables.name_of(table, record_id),
        "external": [{"source": one.source, "table": one.table, "id": one.id} for one in external],
    }


def on_map(found: Iterable[Finding]) -> dict[Target, tuple[Finding, ...]]:
    """The standing findings that a card or linkage bears a sign for, in the order given.

    That is what a finding is mainly about or, where this is on no map (a process, an activity),
    the actors and linkages that it names. Muted findings bear no sign, and neither
    does upkeep unless it is grave, nor what is about the map as a whole.
    """
    about: dict[Target, list[Finding]] = {}
    for one in found:
        small = RULES[one.rule_id].upkeep and one.severity != "high"
        if one.muted_by or small or one.rule_id in ABOUT_THE_WHOLE:
            continue
        keys = one.targets[:1]
        if not keys or keys[0][0] not in MAP_TABLES:
            keys = tuple(key for key in one.targets if key[0] in MAP_TABLES)
        for key in keys:
            about.setdefault(key, []).append(one)
    return {key: tuple(findings) for key, findings in about.items()}
