"""Redaction: a project rebuilt so that an audience gets only what its TLP label allows.

The copy is made anew from what is visible: new ids, new order, no coordinates. Nothing is hidden,
because nothing that is withheld is in it (design.md section 7 and 9, "Redaction and return").
"""

from __future__ import annotations

from model.redaction.aliases import Aliases
from model.redaction.copy import (
    EmptiedReference,
    RedactedCopy,
    check_audience,
    redact,
)
from model.redaction.gate import label_leaks, open_red_flags
from model.redaction.labels import effective_label, sees_everything
from model.redaction.mentions import Mention
from model.redaction.visibility import WithheldRecord

__all__ = [
    "Aliases",
    "EmptiedReference",
    "Mention",
    "RedactedCopy",
    "WithheldRecord",
    "check_audience",
    "effective_label",
    "label_leaks",
    "open_red_flags",
    "redact",
    "sees_everything",
]
