"""What is said in a terminal where the usual sentence speaks to somebody at the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.donoharm.gates import GateRefusal
from model.storage.errors import ChangedOnDisk, SaveTrouble
from resources.text import plural, tr

if TYPE_CHECKING:
    from model.refusals import Refusal


def in_terminal(refusal: Refusal) -> str:
    """The sentence of a refusal; no work stays open here that could be saved elsewhere."""
    if isinstance(refusal, SaveTrouble):
        return tr(
            "{name} was not written: {why}. Nothing on disk has changed.",
            name=refusal.facts["name"],
            why=refusal.facts["why"],
        )
    if isinstance(refusal, ChangedOnDisk):
        return tr("{place}: {what}", place=refusal.facts["place"], what=_changed(refusal))
    if isinstance(refusal, GateRefusal):
        return plural(
            "{count} red flag is open: {flags} Nothing was written. Settle it, or make this change "
            "in the window, which takes a reason.",
            "{count} red flags are open: {flags} Nothing was written. Settle them, or make this "
            "change in the window, which takes a reason.",
            len(refusal.flags),
            flags=" ".join(refusal.flags),
        )
    return refusal.message


def _changed(refusal: ChangedOnDisk) -> str:
    if refusal.facts.get("missing"):
        return tr("the file has gone away since the command opened it; nothing was written.")
    if refusal.facts.get("busy"):
        return tr("another program is just writing the file; run the command again.")
    return tr(
        "someone else has changed the file since the command opened it; it was not overwritten. "
        "Run the command again."
    )
