"""Taking down how map and timeline are looked at, and looking at them that way again."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from model.drawing.boxes import around, overlap
from model.drawing.map_options import MapOptions
from model.view_state import ViewState
from widgets.canvas import overlay
from widgets.canvas.camera import Camera, fitted
from widgets.common.lens import Focus
from widgets.timeline.looks import taken_look

if TYPE_CHECKING:
    from widgets.canvas.view import MapView
    from widgets.common.lens import FocusMode, Lens
    from widgets.timeline.panel import TimelinePanel

_MARGIN = 48.0
_YES, _NO = "yes", "no"


def taken_view(lens: Lens, view: MapView, timeline: TimelinePanel | None = None) -> ViewState:
    """How the map is looked at now, and the timeline where there is one."""
    focus = lens.focus
    camera = view.camera
    seen = camera.view(view.width(), view.height())
    frame = tuple(sorted(i for i, card in view.scene.cards.items() if overlap(card.box, seen)))
    return ViewState(
        spec=lens.spec,
        as_of=lens.workspace.as_of,
        focus="" if focus is None else focus.mode,
        steps=1 if focus is None else focus.steps,
        about=() if focus is None else focus.ids,
        frame=() if len(frame) == len(view.scene.cards) else frame,
        camera=(camera.scale, camera.left, camera.top),
        styling=_styling(view.scene.options),
        shown=tuple(sorted(lens.filtering().actor_ids)) if lens.spec.text.strip() else (),
        timeline=None if timeline is None else taken_look(timeline),
    )


def look(state: ViewState, lens: Lens, view: MapView) -> None:
    """Look at the map as a state says; what is gone by now is left out."""
    if state.as_of is not None:
        lens.workspace.set_as_of(state.as_of)
    view.set_options(_options(view.scene.options, state.styling))
    lens.set_filter(state.spec)
    about = tuple(one for one in state.about if one in lens.workspace.document.actors)
    mode = cast("FocusMode", state.focus)
    enough = len(about) > 1 if mode == "between" else bool(about)
    lens.set_focus(Focus(mode, about, state.steps) if state.focus and enough else None)
    if state.camera is not None:
        view.set_camera(Camera(*state.camera))
        return
    boxes = [view.scene.cards[i].box for i in state.frame if i in view.scene.cards]
    if boxes:
        width = view.width() - overlay.STRIP
        camera = fitted(around(boxes), width, view.height(), _MARGIN, 1.5)
        view.set_camera(camera.panned(overlay.STRIP, 0))
    else:
        view.zoom_fit()


def _styling(options: MapOptions) -> dict[str, str]:
    """The options that are not as at first, in words."""
    found = {}
    for name, value in msgspec.structs.asdict(options).items():
        if name == "visible" or value == getattr(MapOptions(), name):
            continue
        if isinstance(value, bool):
            found[name] = _YES if value else _NO
        elif isinstance(value, str):
            found[name] = value
    return found


def _options(now: MapOptions, styling: dict[str, str]) -> MapOptions:
    """The options that a styling means; the filter stays as it is now."""
    first = MapOptions()
    wanted: dict[str, object] = {}
    for name, text in styling.items():
        default = getattr(first, name, None)
        if isinstance(default, bool) and text in {_YES, _NO}:
            wanted[name] = text == _YES
        elif isinstance(default, str):
            wanted[name] = text
    return msgspec.structs.replace(first, visible=now.visible, **wanted)
