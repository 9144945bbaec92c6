"""One trigger in one state: hidden at once, locked, and all there after unlocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QMenu

from model.storage.keys import Passphrase
from tests.builders import a_project
from tests.desktop.lock_states import (
    CANARY,
    SECRET,
    TRIGGERS,
    edit,
    panels_of,
    unlock,
    visible_texts,
    workspace_of,
)
from tests.desktop.test_whole_way import session_of
from widgets.presenting.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop.controller import Controller
    from model.storage.store import OpenedProject, Store
    from tests.desktop.lock_states import Look, Waiter


def hidden_project(store: Store, folder: Path) -> OpenedProject:
    """A project whose name and content are looked for while it is locked."""
    content = (
        a_project()
        .actor("a", name=CANARY, tracks=("T1",))
        .actor("b", name="Second", tracks=("T1",))
        .add("placements", "a", x=80.0, y=80.0)
        .add("placements", "b", x=700.0, y=80.0)
        .link("a", "b")
        .add("processes", "p", name="Talks", start="2012", end="2015")
        .add("phases", "f", process_id="p", label="First", start="2012-03-01", end="2013-06-30")
        .content()
    )
    return store.create(folder / "hidden-name.xtrk", content, Passphrase(SECRET)).project


def lock_and_unlock(
    waiter: Waiter, controller: Controller, state: Callable[[Controller], Look], trigger: str
) -> None:
    """Bring the window into a state, lock it, look at what shows, unlock, look what came back."""
    locker = controller.locker
    assert locker is not None
    controller.window.activateWindow()  # no window manager gives the keyboard back after a menu
    QApplication.processEvents()
    panels_of(controller).map.canvas.setFocus()
    edit(controller)
    workspace_of(controller).select([("actors", "b")])
    look = state(controller)
    before = session_of(controller).document.content()
    undone = session_of(controller).history.undo_label
    TRIGGERS[trigger](controller)
    assert locker.hides_the_project
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            assert CANARY not in visible_texts(window)
            assert "hidden-name" not in visible_texts(window)
            assert not isinstance(window, QDialog | QMenu | Stage)
    waiter.waitUntil(lambda: locker.is_locked)
    assert controller.session is None
    assert QApplication.activePopupWidget() is None
    unlock(waiter, controller)
    session = session_of(controller)
    assert look(controller, before, session.document.content())
    assert workspace_of(controller).selection
    assert session.history.can_undo
    if session.document.content() == before:
        assert session.history.undo_label == undone
