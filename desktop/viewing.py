"""Ways to look at a project that the menus offer: find, filter, focus, saved views, presenting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.map_styling import offer_styling
from desktop.panel_steps import step_panel
from desktop.protecting import toggle_protection
from model.refusals import Refusal
from resources.text import tr
from widgets.common.lens import MOST_STEPS, Focus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from desktop.controller import Controller
    from desktop.panels import Panels
    from widgets.common.lens import FocusMode

_WANTED = {"around": 1, "between": 2, "channels": 1}


def viewing_callbacks(controller: Controller) -> Mapping[str, Callable[[], object]]:
    """What the actions of finding and looking do, while a project is open."""

    def with_panels(command: Callable[[Panels], object]) -> Callable[[], None]:
        def run() -> None:
            if controller.panels is not None:
                command(controller.panels)

        return run

    def raised(dock: str, command: Callable[[Panels], object]) -> Callable[[], None]:
        def run(panels: Panels) -> None:
            controller.window.raise_dock(dock)
            command(panels)

        return with_panels(run)

    def offer() -> None:
        controller.window.commands.open_field()

    return {
        "protect": lambda: toggle_protection(controller),
        "find": with_panels(lambda panels: panels.find.open_bar()),
        "commands": offer,
        "planning": raised("timeline", lambda panels: panels.timeline.toggle_planning()),
        "split_timeline": raised("timeline", lambda panels: panels.timeline.toggle_split()),
        "filter": raised("filter", show_filter),
        "focus_around": with_panels(lambda panels: focus_on(panels, "around")),
        "focus_between": with_panels(lambda panels: focus_on(panels, "between")),
        "focus_channels": with_panels(lambda panels: focus_on(panels, "channels")),
        "save_view": raised("views", lambda panels: panels.views.save_now()),
        "next_panel": lambda: step_panel(controller, 1),
        "previous_panel": lambda: step_panel(controller, -1),
        "next_view": with_panels(lambda panels: panels.views.step(1)),
        "previous_view": with_panels(lambda panels: panels.views.step(-1)),
        "colour_by": lambda: offer_styling(controller, "colour_by"),
        "size_by": lambda: offer_styling(controller, "size_by"),
        "present": lambda: present(controller),
    }


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
    now, steps = panels.lens.focus, 1
    if now is not None and (now.mode, now.ids) == (mode, ids):
        # Once more looks a step farther, and after the last step from the beginning.
        steps = now.steps % MOST_STEPS + 1
    panels.lens.set_focus(Focus(mode, ids, steps if mode == "around" else 1))


def show_filter(panels: Panels) -> None:
    """Put the keyboard into the words of the filter."""
    panels.filter.words.setFocus()
    panels.filter.words.selectAll()


def present(controller: Controller) -> None:
    """Show map and timeline to an audience; what is in the window stays as it is."""
    session, workspace, panels = controller.session, controller.workspace, controller.panels
    if session is not None and workspace is not None and panels is not None:
        runner, look = controller.runner, panels.views.present_look()
        day, style = workspace.as_of, workspace.style
        runner.start(controller.presenting.present(runner, session, day, style, look))
