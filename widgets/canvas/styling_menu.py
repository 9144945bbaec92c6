"""The menus that say by what cards are coloured, and what their size follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from model.drawing.shading import colour_choices, size_choices
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.canvas.view import MapView

Aspect = Literal["colour_by", "size_by"]


def styling_menu(view: MapView, aspect: Aspect) -> QMenu:
    """All fields and measures to choose from, the present one ticked."""
    document = view.workspace.document
    choices = colour_choices(document) if aspect == "colour_by" else size_choices(document)
    menu = QMenu(view)
    menu.setAccessibleName(tr("Colour by") if aspect == "colour_by" else tr("Size by"))
    group = QActionGroup(menu)
    now = getattr(view.scene.options, aspect)
    for name, title in choices.items():
        entry = menu.addAction(title.replace("&", "&&"))
        entry.setCheckable(True)
        entry.setChecked(name == now)
        entry.triggered.connect(_chooser(view, aspect, name))
        group.addAction(entry)
    return menu


def styled_by(view: MapView, aspect: Aspect) -> str:
    """The title of what is chosen now."""
    document = view.workspace.document
    choices = colour_choices(document) if aspect == "colour_by" else size_choices(document)
    return choices.get(getattr(view.scene.options, aspect), "")


def choose(view: MapView, aspect: Aspect, name: str) -> None:
    """Colour cards by something else, or let their size follow it."""
    options = view.scene.options
    if aspect == "colour_by":
        options = msgspec.structs.replace(options, colour_by=name)
    else:
        options = msgspec.structs.replace(options, size_by=name)
    view.set_options(options)


def _chooser(view: MapView, aspect: Aspect, name: str) -> Callable[[bool], None]:
    return lambda _checked: choose(view, aspect, name)
