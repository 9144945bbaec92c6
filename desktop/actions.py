"""Makes the actions of the window from their table, and puts them into its menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from desktop.action_table import ACTIONS
from resources.text import tr
from widgets.common.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMenu, QWidget

    from desktop.action_table import ActionSpec


def make_actions(owner: QWidget, act: Callable[[str], object]) -> dict[str, QAction]:
    """Make the actions of the table; each calls `act` with its id."""
    made = {}
    for spec in ACTIONS:
        action = QAction(_entry_text(spec), owner)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        tip = tr(spec.tip or spec.text)
        keys = keys_of(spec)
        if keys:
            tip = f"{tip} ({keys[0]})"
        action.setToolTip(tip)
        action.setStatusTip(tr(spec.tip) if spec.tip else "")
        action.setCheckable(spec.is_switch)
        action.triggered.connect(lambda _checked=False, name=spec.id: act(name))
        made[spec.id] = action
    return made


def keys_of(spec: ActionSpec) -> list[str]:
    """Keys of an action as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    keys = (*spec.keys, *([spec.map_key] if spec.map_key else ()))
    return [QKeySequence(one).toString(native) for one in keys]


def _entry_text(spec: ActionSpec) -> str:
    """The words of the menu; behind a tab the keys that are said there without being taken."""
    return "\t".join([tr(spec.text), *(keys_of(spec) if spec.map_key else ())])


def fill_menus(menus: Mapping[str, QMenu], actions: Mapping[str, QAction]) -> None:
    """Put every action into the menu that the table names."""
    for spec in ACTIONS:
        if spec.separator:
            menus[spec.menu].addSeparator()
        menus[spec.menu].addAction(actions[spec.id])


def give_icons(actions: Mapping[str, QAction], ink: str) -> None:
    """Give the actions their icons in a colour like #rrggbb."""
    for spec in ACTIONS:
        if spec.icon:
            actions[spec.id].setIcon(icon(spec.icon, ink))
