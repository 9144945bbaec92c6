"""What can be done with the selected cards: line up, pin, same width, duplicate, copy, paste."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.actors import move
from model.commands.arranging import set_pinned, set_width
from model.commands.clipboard import Copies, copies_of, paste
from model.commands.records import remove_with_dependents
from model.drawing.bands import home_track
from model.drawing.boxes import around, overlap
from model.drawing.spanning import card_box
from model.layout.nudge import free_shift, shifted
from model.layout.tidy import Alignment, Direction, aligned, distributed
from resources.text import plural, tr
from widgets.canvas.clipboard import put_copies, taken_copies
from widgets.canvas.gestures.grid import GRID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from model.drawing.boxes import Box
    from widgets.canvas.commands import MapCommands

_LEVEL = frozenset({"left", "centre", "right"})
_OFFSET = 24.0


class SelectionEdits:
    """Commands on the selected cards of a canvas."""

    def __init__(self, canvas: MapCommands) -> None:
        """Work for a canvas."""
        self._canvas = canvas

    # lining up

    def align(self, how: Alignment) -> None:
        """Give the selected cards one edge or middle; upright only within each band."""
        across = how in _LEVEL
        self._shift_all(lambda boxes: aligned(boxes, how), per_band=not across, across=across)

    def distribute(self, direction: Direction) -> None:
        """Make the gaps between the selected cards equal."""
        across = direction == "across"
        self._shift_all(
            lambda boxes: distributed(boxes, direction), per_band=not across, across=across
        )

    def _shift_all(
        self,
        find: Callable[[Mapping[str, Box]], dict[str, tuple[float, float]]],
        *,
        per_band: bool,
        across: bool,
    ) -> None:
        shifts: dict[str, tuple[float, float]] = {}
        for boxes in self._by_band() if per_band else [self._boxes()]:
            shifts |= find(boxes)
        shifts = self._kept_apart(shifts, across=across)
        places = {}
        for actor_id, (dx, dy) in shifts.items():
            x, y = self._canvas.scene.place_of(actor_id)
            if (dx, dy) != (0.0, 0.0):
                places[actor_id] = (x + dx, y + dy)
        if places:
            document = self._canvas.workspace.document
            self._canvas.workspace.attempt(lambda: move(document, places))

    def _kept_apart(
        self, shifts: Mapping[str, tuple[float, float]], *, across: bool
    ) -> dict[str, tuple[float, float]]:
        """The shifts, corrected where a card would come to lie on another one.

        Cards that change their x step aside up or down, the others to the left or right.
        """
        boxes, near = self._boxes(), self._canvas.scene.cards_near
        settled: list[Box] = []
        found: dict[str, tuple[float, float]] = {}

        def is_free(box: Box) -> bool:
            strangers = set(near(box)) - set(shifts)
            return not strangers and not any(overlap(box, other) for other in settled)

        for actor_id in sorted(shifts, key=lambda i: (boxes[i][1], boxes[i][0])):
            dx, dy = shifts[actor_id]
            wanted = shifted(boxes[actor_id], dx, dy)
            aside = free_shift([wanted], is_free, level_only=not across, upright_only=across)
            step = aside or (0.0, 0.0)
            found[actor_id] = (dx + step[0], dy + step[1])
            settled.append(shifted(wanted, *step))
        return found

    def _boxes(self) -> dict[str, Box]:
        scene = self._canvas.scene
        ids = self._canvas.workspace.selected("actors")
        return {i: scene.cards[i].box for i in ids if i in scene.cards}

    def _by_band(self) -> list[dict[str, Box]]:
        actors = self._canvas.workspace.document.actors
        bands: dict[str, dict[str, Box]] = {}
        for actor_id, box in self._boxes().items():
            bands.setdefault(home_track(actors[actor_id].tracks), {})[actor_id] = box
        return list(bands.values())

    # pins and widths

    def toggle_pins(self) -> None:
        """Pin the selected cards, or let them go when all of them are pinned."""
        places = self._places()
        if not places or not self._canvas.workspace.may_edit():
            return
        document = self._canvas.workspace.document
        pinned = not self.all_pinned()
        self._canvas.workspace.attempt(lambda: set_pinned(document, places, pinned=pinned))
        told = tr("Pinned: arranging leaves these cards where they are.")
        self._canvas.tell(told if pinned else tr("No longer pinned."))

    def all_pinned(self) -> bool:
        """Whether every selected card is pinned."""
        placements = self._canvas.workspace.document.placements
        found = [placements.get(i) for i in self._boxes()]
        return bool(found) and all(one is not None and one.pinned for one in found)

    def same_width(self) -> None:
        """Make the selected cards as wide as the widest of them."""
        boxes = self._boxes()
        if len(boxes) > 1:
            self._set_width(max(box[2] - box[0] for box in boxes.values()))

    def own_width(self) -> None:
        """Make the selected cards as wide as their words need."""
        self._set_width(0.0)

    def _set_width(self, width: float) -> None:
        places, document = self._places(), self._canvas.workspace.document
        if places:
            self._canvas.workspace.attempt(lambda: set_width(document, places, width))

    def _places(self) -> dict[str, tuple[float, float]]:
        return {i: self._canvas.scene.place_of(i) for i in self._boxes()}

    # copies

    def copy(self) -> None:
        """Put the selected cards and notes on the clipboard."""
        copies = self._copies()
        if not copies.actors and not copies.notes:
            self._canvas.tell(tr("Select cards to copy them."))
            return
        put_copies(copies)
        count = len(copies.actors) + len(copies.notes)
        self._canvas.tell(plural("{count} thing copied.", "{count} things copied.", count))

    def cut(self) -> None:
        """Put the selected cards on the clipboard and remove them."""
        copies = self._copies()
        if not copies.actors and not copies.notes:
            self._canvas.tell(tr("Select cards to cut them."))
        else:
            put_copies(copies)
            document = self._canvas.workspace.document
            keys = {("actors", a.id) for a in copies.actors}
            keys |= {("notes", n.id) for n in copies.notes}

            def remove() -> None:
                with document.edit(tr("Cut")) as edit:
                    remove_with_dependents(edit, keys)

            self._canvas.workspace.attempt(remove)

    def paste(self) -> None:
        """Add what is on the clipboard, beside what lies where it came from."""
        copies = self._canvas.workspace.attempt(taken_copies)
        if copies is None:
            self._canvas.tell(tr("There is nothing on the clipboard to paste on the map."))
        else:
            self._add(copies, "")

    def duplicate(self) -> None:
        """Add a copy of the selected cards beside them, without the clipboard."""
        copies = self._copies()
        if copies.actors or copies.notes:
            self._add(copies, tr("Duplicate"))

    def _copies(self) -> Copies:
        workspace = self._canvas.workspace
        places, tops = self._places(), self._tops()
        return copies_of(workspace.document, workspace.selection, places, tops)

    def _tops(self) -> dict[str, float]:
        return {band.code: band.top for band in self._canvas.scene.bands.entries}

    def _add(self, copies: Copies, label: str) -> None:
        workspace, canvas = self._canvas.workspace, self._canvas
        shift = self._free_shift(copies)
        tops = self._tops()
        made = workspace.attempt(lambda: paste(workspace.document, copies, shift, label, tops))
        if made:
            workspace.select([key for key in made if key[0] != "linkages"])
            boxes = [box for key in made if (box := canvas.box_of(key)) is not None]
            if boxes:
                canvas.bring_near(around(boxes))

    def _free_shift(self, copies: Copies) -> tuple[float, float]:
        """How far copies go from where they come from, so that they cover nothing."""
        scene = self._canvas.scene
        actors = {actor.id: actor for actor in copies.actors}
        boxes: list[Box] = []
        for placement in copies.placements:
            actor = actors.get(placement.id)
            if actor is not None:
                height = scene.bands.band(home_track(actor.tracks)).top + placement.y
                roles = [role for role in copies.roles if role.actor_id == actor.id]
                boxes.append(
                    card_box(actor, placement.x, height, scene.bands, placement.width, roles)
                )
        if not boxes:
            return _OFFSET, _OFFSET
        start = [shifted(box, _OFFSET, 0.0) for box in boxes]
        found = free_shift(start, lambda box: not scene.cards_near(box), level_only=True)
        if found is None:
            # Every row is full nearby: beyond all of them.
            far = max(card.box[2] for card in scene.cards.values())
            found = far + _OFFSET - min(box[0] for box in start), 0.0
        return GRID * round((_OFFSET + found[0]) / GRID), GRID * round(found[1] / GRID)
