"""Showing the whole map: with all that is drawn of it, and beside a legend where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.boxes import Box, around, grown
from model.drawing.link_labels import LAZY_LIMIT
from model.drawing.outlines import name_box
from widgets.canvas.camera import Camera, fitted
from widgets.canvas.corners import best_corner
from widgets.canvas.lines import LINE_ROOM
from widgets.canvas.overlay import STRIP
from widgets.canvas.renderer import NAME_PX, NEAR, level_of
from widgets.canvas.shown_boxes import outer_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from widgets.canvas.view import MapView

MARGIN = 20.0
"""Pixels left free around the map; signs at the corners of cards have room there."""
_SMALL, _SMALL_MARGIN = 420.0, 12.0
"""In a widget that is lower or narrower than this, every pixel is needed for the names of cards."""
_MOST_PLATES = 700
"""In larger maps cards are no larger than their boxes when the whole map is shown."""
_LEAST_MARGIN = 8.0
"""So much stays free when the map is only pushed: a sign at the corner of a card."""
_ROUNDS = 3
_STILL_LARGE = 0.8
"""So much smaller than without it the map may be for the sake of a legend beside it."""


def fit_camera(view: MapView, beside: Sequence[tuple[float, float]] = ()) -> Camera:
    """The view that shows everything, if possible with one of these sizes free in a corner."""
    width, height = view.width() - STRIP, float(view.height())
    whole = _fitted(view, width, height, 0.0)
    if not beside or any(best_corner(view, whole, size).covered == 0 for size in beside):
        return whole
    ways = [_fitted(view, width - wide, height, wide) for wide, _ in beside]
    ways += [_fitted(view, width, height - high, 0.0) for _, high in beside]
    free = [
        camera
        for camera in ways
        if any(best_corner(view, camera, size).covered == 0 for size in beside)
    ]
    best = max(free, key=lambda camera: camera.scale, default=whole)
    return best if best.scale >= _STILL_LARGE * whole.scale else whole


def _fitted(view: MapView, width: float, height: float, left: float) -> Camera:
    """The view that shows everything in a part of the widget.

    Plates and names keep their size on the screen, so how far they reach hangs on the scale.
    """
    margin = _SMALL_MARGIN if min(view.width(), view.height()) < _SMALL else MARGIN
    box = content_box(view)
    camera = fitted(box, width, height, margin)
    for _ in range(_ROUNDS):
        box = drawn_box(view, camera.scale)
        camera = fitted(box, width, height, margin)
    return camera.panned(STRIP + left, 0)


def pushed_into_view(view: MapView) -> Camera | None:
    """The view pushed up or down by no more than shows the whole map; None if there is no room."""
    camera = view.camera
    edge = _LEAST_MARGIN / camera.scale
    _, top, _, bottom = grown(drawn_box(view, camera.scale), edge)
    _, seen_top, _, seen_bottom = camera.view(view.width(), view.height())
    if bottom - top > seen_bottom - seen_top:
        return None
    push = min(top - seen_top, 0.0) or max(bottom - seen_bottom, 0.0)
    return camera.panned(0.0, -push * camera.scale)


def content_box(view: MapView) -> Box:
    """The box around all that the map consists of; three empty bands when there is nothing."""
    scene, renderer = view.scene, view.renderer
    boxes = [box for outline in scene.outlines.values() for box in outline.boxes]
    boxes += [note.box for note in scene.notes.values()]
    boxes += [table.around() for table in (renderer.cards, renderer.poles.boxes) if table.row_of]
    if renderer.links.row_of:
        boxes.append(grown(renderer.links.around(), -LINE_ROOM))
    if not boxes:
        return 0.0, 0.0, 1000.0, scene.bands.height
    left, top, right, bottom = around(boxes)
    return left, min(top, 0.0), right, max(bottom, scene.bands.height)


def drawn_box(view: MapView, scale: float) -> Box:
    """The box around all that is drawn at a scale."""
    scene = view.scene
    found = [content_box(view)]
    if scale >= NEAR:
        view.renderer.place_labels(scene.links if len(scene.links) <= LAZY_LIMIT else ())
        found += [outline.title_box for outline in scene.outlines.values()]
        found += [box for box in scene.labels.values() if box is not None]
    elif level_of(scale) == "middle":
        found += [name_box(outline, NAME_PX / scale) for outline in scene.outlines.values()]
    if scene.cards and len(scene.cards) <= _MOST_PLATES:
        outer = around(outer_boxes(view.renderer, list(scene.cards.values()), scale))
        found.append((outer[0] / scale, outer[1] / scale, outer[2] / scale, outer[3] / scale))
    return around(found)
