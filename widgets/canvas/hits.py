"""What lies under the pointer: a card or its handle, a linkage or its label, an outline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from model.drawing.boxes import grown, overlap
from model.drawing.outlines import name_box
from widgets.canvas.renderer import MIDDLE, NAME_PX, NEAR
from widgets.canvas.shown_boxes import MOST_REACH, shown_box

if TYPE_CHECKING:
    from model.drawing.boxes import Box
    from widgets.canvas.camera import Camera
    from widgets.canvas.renderer import Renderer
    from widgets.common.workspace import Key

HitKind = Literal[
    "nothing", "card", "handle", "link", "label", "end", "bend", "pull", "note", "outline"
]
HANDLE = 7.0
"""Radius of a handle, in pixels."""
_REACH = HANDLE + 2
_OUTSIDE = _REACH
"""How far from the edge a handle lies: its reach ends where the card begins."""
_LINE_REACH = 6.0
_MEANT = 8.0
"""A line let go so near to a single card is meant for it, in pixels."""


class Hit(msgspec.Struct, frozen=True):
    """What was hit; the id is that of the actor, linkage or group, `part` numbers its handles."""

    kind: HitKind
    id: str = ""
    table: str = ""
    part: int = -1

    @property
    def key(self) -> Key | None:
        """The record, if there is one."""
        return (self.table, self.id) if self.id else None


NOTHING = Hit("nothing")


def hit_at(renderer: Renderer, camera: Camera, x: float, y: float, handles_of: str = "") -> Hit:
    """What lies under a pixel.

    Args:
        renderer: for the arrays of boxes.
        camera: the view.
        x, y: the pixel.
        handles_of: the card that shows its handles now.
    """
    scene = renderer.scene
    shown = scene.cards.get(handles_of)
    if shown is not None and shown.table == "actors":
        box = shown_box(renderer, shown, camera.scale)
        for handle_x, handle_y in handles(box, camera):
            if abs(x - handle_x) < _REACH and abs(y - handle_y) < _REACH:
                return Hit("handle", handles_of, "actors")
    map_x, map_y = camera.to_map(x, y)
    for note in scene.notes.values():
        left, top, right, bottom = note.box
        if left <= map_x <= right and top <= map_y <= bottom:
            return Hit("note", note.id, "notes")
    card = _card_at(renderer, camera.scale, map_x, map_y)
    if card:
        return Hit("card", card, scene.cards[card].table)
    labels = renderer.labels.names_within((map_x, map_y, map_x, map_y))
    if labels and camera.scale >= NEAR:
        return Hit("label", labels[-1], "linkages")
    outline = _outline_at(renderer, camera.scale, map_x, map_y)
    if outline is not NOTHING:
        return outline
    link = _link_at(renderer, camera, map_x, map_y)
    return Hit("link", link, "linkages") if link else NOTHING


def _card_at(renderer: Renderer, scale: float, x: float, y: float) -> str:
    """The card whose own box a point is in; else that whose plate or caption reaches there."""
    point = (x, y, x, y)
    found = renderer.cards.names_within(point) or renderer.poles.boxes.names_within(point)
    if not found and scale < NEAR:
        cards = renderer.scene.cards
        near = renderer.cards.names_within(grown(point, MOST_REACH / scale))
        found = [i for i in near if overlap(shown_box(renderer, cards[i], scale), point)]
    return found[-1] if found else ""


def card_under(renderer: Renderer, camera: Camera, x: float, y: float) -> str:
    """The card under a pixel, or one so near that it must be meant; "" for none."""
    map_x, map_y = camera.to_map(x, y)
    exactly = _card_at(renderer, camera.scale, map_x, map_y)
    if exactly:
        return exactly
    near = renderer.cards.names_within(grown((map_x, map_y, map_x, map_y), _MEANT / camera.scale))
    return near[0] if len(near) == 1 else ""


def _link_at(renderer: Renderer, camera: Camera, x: float, y: float) -> str:
    reach = _LINE_REACH / camera.scale
    near = renderer.links.names_within((x - reach, y - reach, x + reach, y + reach))
    if camera.scale < NEAR:
        near = [link_id for link_id in near if not renderer.lines.bundles.is_led(link_id)]
    distances = [(renderer.scene.links[link_id].route.distance(x, y), link_id) for link_id in near]
    best = min(distances, default=(reach + 1, ""))
    return best[1] if best[0] <= reach else ""


def _outline_at(renderer: Renderer, scale: float, x: float, y: float) -> Hit:
    """The outline whose title is there; titles lie over lines, and are all that can be taken."""
    if scale < MIDDLE:
        return NOTHING
    for (table, record_id), outline in renderer.scene.outlines.items():
        left, top, right, bottom = (
            outline.title_box if scale >= NEAR else name_box(outline, NAME_PX / scale)
        )
        if left <= x <= right and top <= y <= bottom:
            return Hit("outline", record_id, table)
    return NOTHING


def handles(box: Box, camera: Camera) -> list[tuple[float, float]]:
    """Pixels just outside the middles of a card's edges, from which links are drawn.

    Outside, so that a card can be taken hold of and moved however small it is shown; the box is
    that in which the card is seen.
    """
    left, top = camera.to_screen(box[0], box[1])
    right, bottom = camera.to_screen(box[2], box[3])
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    return [
        (middle_x, top - _OUTSIDE),
        (right + _OUTSIDE, middle_y),
        (middle_x, bottom + _OUTSIDE),
        (left - _OUTSIDE, middle_y),
    ]
