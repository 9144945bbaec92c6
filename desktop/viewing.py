"""Ways to look at the map that the menus offer: filter and focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.refusals import Refusal
from resources.text import tr
from widgets.common.lens import Focus

if TYPE_CHECKING:
    from desktop.panels import Panels
    from widgets.common.lens import FocusMode

_WANTED = {"around": 1, "between": 2, "channels": 1}


def focus_on(panels: Panels, mode: FocusMode) -> None:
    """Look closely at the selected actors; says what is to be selected where that is missing."""
    workspace = panels.lens.workspace
    actors = workspace.selected("actors")
    if len(actors) < _WANTED[mode]:
        text = (
            tr("Select two actors to see the ways between them.")
            if mode == "between"
            else tr("Select an actor first.")
        )
        workspace.refused.emit(Refusal("focus", text))
        return
    ids = actors if mode == "around" else actors[: _WANTED[mode]]
    panels.lens.set_focus(Focus(mode, tuple(ids)))


def show_filter(panels: Panels) -> None:
    """Put the keyboard into the words of the filter."""
    panels.filter.words.setFocus()
    panels.filter.words.selectAll()
