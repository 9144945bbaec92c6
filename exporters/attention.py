"""Which warnings a pack shows: those of the copy, by rules that the audience may hear of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.analysis.engine import findings
from model.analysis.rules import RULES
from model.codes import tlp_rank
from model.redaction import sees_everything

if TYPE_CHECKING:
    from exporters.request import Pack
    from model.analysis.finding import Finding
    from model.analysis.rules.rule import Rule

_ON_GUARDED_FIELDS: Final = frozenset({"W13"})
"""Rules about security reviews, which audiences below AMBER+STRICT do not get."""


def findings_for(pack: Pack) -> list[Finding]:
    """What the pack's records give rise to on its day."""
    return findings(pack.tables, pack.request.as_of, rules_for(pack.request.audience))


def rules_for(audience: str) -> list[Rule]:
    """The rules that may speak in a pack; decided by the audience alone, never by content."""
    if sees_everything(audience):
        return list(RULES.values())
    strict = tlp_rank(audience) >= tlp_rank("AMBER+STRICT")
    return [
        rule
        for rule in RULES.values()
        if not rule.absence and (strict or rule.id not in _ON_GUARDED_FIELDS)
    ]
