"""A finding: one thing worth a second thought, with what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

Severity = Literal["info", "low", "medium", "high"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low", "info")
"""From grave to light, the order in which findings are listed."""

Target = tuple[str, str]
"""A record that a finding is about: (table, id)."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule found as of a day.

    Attributes:
        rule_id: W01 and so on.
        severity: how grave.
        message: one sentence in the user's language; it asks ("no record of"), never judges.
        targets: records to click, the one that it is mainly about first.
        figures: the values behind the sentence, by name.
        as_of: the day for which it holds.
        muted_by: id of the mute that sets it aside; empty while it stands.
    """

    rule_id: str
    severity: Severity
    message: str
    targets: tuple[Target, ...]
    figures: dict[str, object]
    as_of: date
    muted_by: str = ""

    @property
    def subject(self) -> Target | None:
        """The record that it is mainly about; None for the project as a whole."""
        return self.targets[0] if self.targets else None
