"""What the command field offers: the window's actions that can be used now, and its panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.action_table import ACTIONS
from desktop.actions import keys_of
from resources.text import tr
from widgets.finding.command_field import Command

if TYPE_CHECKING:
    from desktop.window import MainWindow

_NOT_OFFERED = frozenset({"commands"})


def commands_of(window: MainWindow) -> list[Command]:
    """Every enabled action, then every panel."""
    made = []
    for spec in ACTIONS:
        action = window.actions_by_id[spec.id]
        if action.isEnabled() and spec.id not in _NOT_OFFERED:
            title = action.text().partition("\t")[0].replace("&&", "&")
            keys = next(iter(keys_of(spec)), "")
            where = tr(spec.menu)
            detail = tr("{menu} · {keys}", menu=where, keys=keys) if keys else where
            made.append(Command(title, detail, spec.icon or "forward", action.trigger))
    for name, dock in window.docks.items():
        title = tr("Show {panel}", panel=dock.windowTitle())

        def show(name: str = name) -> None:
            window.raise_dock(name)

        made.append(Command(title, tr("Panel"), "layers", show))
    return made
