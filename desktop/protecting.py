"""Protecting a project from changes: by choice, or because its file is marked read-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.storage.filesystem import FileSystem
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.controller import Controller


def toggle_protection(controller: Controller) -> None:
    """Protect the open project from changes, or allow them again."""
    workspace = controller.workspace
    if workspace is None:
        return
    if controller.session is not None:
        controller.session.history.close_step()
    workspace.protect(on=not workspace.is_protected)
    if workspace.is_protected:
        words = tr("Nothing can be changed now. Ctrl+Shift+R allows it again.")
    else:
        words = tr("Changes are allowed again.")
    workspace.hinted.emit(words)


def protect_if_marked(controller: Controller, path: Path) -> None:
    """Protect a project whose file is marked read-only; whoever did so wants it left alone."""
    workspace = controller.workspace
    facts = FileSystem().facts(path)
    if workspace is None or facts is None or not facts.is_marked_read_only:
        return
    workspace.protect(on=True)
    controller.window.notices.show_notice(
        tr("{name} is marked read-only, so it is open protected from changes.", name=path.name)
    )
