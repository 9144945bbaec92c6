"""Removing what is selected in a list: one step, and a word on how it comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.records import remove_all
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from widgets.common.workspace import Workspace


def remove(workspace: Workspace, keys: Iterable[tuple[str, str]]) -> None:
    """Remove records of any tables; where that is refused, only the refusal is said."""
    doomed = set(keys)
    if not doomed:
        return

    def carry_out() -> bool:
        remove_all(workspace.document, doomed)
        return True

    if workspace.attempt(carry_out):
        workspace.hinted.emit(tr("Removed. Undo brings it back."))
