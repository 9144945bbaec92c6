"""What dialogs say about an audience: its meaning, what is withheld from it, open red flags."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from model.codes import TLP_LABELS, tlp_text
from model.fields import TABLE_SPECS
from resources.text import plural, tr
from widgets.common.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QComboBox

    from model.redaction import RedactedCopy

_SHOWN_FLAGS = 4


def audience_box(first: str = "GREEN") -> QComboBox:
    """Offers the labels with their meanings; the label is the data of each entry."""
    meanings = {
        "CLEAR": tr("no limit"),
        "GREEN": tr("the community"),
        "AMBER": tr("the organisation and its clients"),
        "AMBER+STRICT": tr("the organisation only"),
        "RED": tr("named recipients only"),
    }
    box = ChoiceBox()
    box.setAccessibleName(tr("Audience"))
    for code in TLP_LABELS.codes:
        box.addItem(f"{tlp_text(code)} – {meanings[code]}", code)
    box.setCurrentIndex(box.findData(first))
    return box


def withheld_words(copy: RedactedCopy, mentions: str) -> str:
    """What is withheld, by table and by label, and what to read before sending.

    Args:
        copy: the redacted copy.
        mentions: what to say about visible texts that name withheld actors.
    """
    counts = copy.withheld_counts()
    if not counts:
        return tr("Nothing is withheld from this audience.")
    what = ", ".join(_counted(table, count) for table, count in counts.items())
    lines = [tr("Withheld from this audience: {what}.", what=what)]
    real = [one for one in copy.withheld if one.why in {"label", "floor"}]
    labels = Counter(one.label for one in real)
    words = [f"{tlp_text(code)}: {labels[code]}" for code in TLP_LABELS.codes if labels[code]]
    if words:
        lines.append(tr("By label: {what}.", what=", ".join(words)))
    return "\n".join([*lines, mentions] if copy.mentions else lines)


def flags_words(flags: Sequence[str]) -> str:
    """Open red flags as a short list; empty where there are none."""
    if not flags:
        return ""
    shown = "\n".join(f"• {flag}" for flag in flags[:_SHOWN_FLAGS])
    more = len(flags) - _SHOWN_FLAGS
    if more > 0:
        shown += "\n" + plural("… and {count} more", "… and {count} more", more)
    return tr("Open red flags:\n{flags}", flags=shown)


def _counted(table: str, count: int) -> str:
    spec = TABLE_SPECS[table]
    return f"{count} {(spec.singular if count == 1 else spec.title).lower()}"
