"""What the pack builder shows of one choice: reckoned from a snapshot, on any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.dialogs.withheld import listed
from desktop.preview import encoded
from model.dates import exactly
from model.donoharm.assessment import Assessor
from model.redaction import open_red_flags, redact
from widgets.checklist.states import progress_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from desktop.dialogs.withheld import Group
    from model.document import Snapshot
    from model.redaction import Aliases, RedactedCopy


@dataclass(frozen=True)
class Reckoned:
    """The copy for a choice, and what is said about it.

    Attributes:
        copy: the redacted copy.
        data: its content as the process that lays out pages gets it.
        withheld: what is withheld, as it is listed.
        asked: how far the questions on exports are answered; empty where none is asked.
        flags: open red flags.
    """

    copy: RedactedCopy
    data: bytes
    withheld: Sequence[Group]
    asked: str
    flags: Sequence[str]


def reckon(
    snapshot: Snapshot, audience: str, day: date, aliases: Aliases, *, keep_positions: bool
) -> Reckoned:
    """Redact a snapshot for a choice; takes seconds where there are thousands of actors."""
    copy = redact(
        snapshot, audience, as_of=exactly(day), keep_positions=keep_positions, aliases=aliases
    )
    exports = Assessor(snapshot, day).assess("export")
    return Reckoned(
        copy=copy,
        data=encoded(copy.content),
        withheld=listed(snapshot, copy),
        asked=progress_words(exports) if exports.standings else "",
        flags=open_red_flags(snapshot, audience, day),
    )
