"""Colour and size of the cards: the two buttons of the tool bar that say and choose them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint

from resources.text import tr
from widgets.canvas.styling_menu import styled_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

    from desktop.controller import Controller
    from widgets.canvas.panel import MapPanel
    from widgets.canvas.styling_menu import Aspect

_WORDS: Final[dict[Aspect, str]] = {"colour_by": "Colour: {what}", "size_by": "Size: {what}"}


def say_styling(panel: MapPanel, actions: Mapping[str, QAction]) -> None:
    """Let the buttons say what colour and size follow, now and after each change."""

    def say() -> None:
        for aspect, words in _WORDS.items():
            text = tr(words, what=styled_by(panel.canvas, aspect))
            if aspect in actions and actions[aspect].iconText() != text:
                actions[aspect].setIconText(text)

    panel.canvas.scene_changed.connect(lambda _: say())
    say()


def offer_styling(controller: Controller, aspect: Aspect) -> None:
    """Open the choices below the button, or over the map where the button is not in sight."""
    if controller.panels is None:
        return
    window = controller.window
    button = window.toolbar.widgetForAction(window.actions_by_id[aspect])
    at: QPoint | None = None
    if button is not None and button.isVisible():
        at = button.mapToGlobal(QPoint(0, button.height()))
    controller.panels.map.offer_styling(aspect, at)
