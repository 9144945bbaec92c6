"""Findings as plain values for scripts: with names and the ids that imported records had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.analysis.finding import Finding, Severity, Target
    from model.tables import Tables


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


def worst_by_target(found: Iterable[Finding]) -> dict[Target, Severity]:
    """The gravest standing finding for each record, for badges on the map; muted ones are out."""
    worst: dict[Target, Severity] = {}
    for one in found:
        for target in () if one.muted_by else one.targets[:1]:
            before = worst.get(target, one.severity)
            worst[target] = min(before, one.severity, key=SEVERITIES.index)
    return worst
