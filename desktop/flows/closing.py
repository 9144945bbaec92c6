"""Closing a project: nothing that is not in a file goes without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.unsaved import UnsavedDialog
from desktop.flows.saving import save
from desktop.tasks import Flow, ask

if TYPE_CHECKING:
    from desktop.session import Session
    from model.storage.store import Store


def may_close(store: Store, session: Session) -> Flow[bool]:
    """Whether the project may go now: it is saved, gets saved, or may be dropped."""
    if not session.is_dirty:
        return True
    answer = yield from ask(
        lambda window: UnsavedDialog(window, session.title, in_file=session.project is not None)
    )
    if answer == "drop":
        return True
    yield from save(store, session)
    return not session.is_dirty
