"""Where cards lie, and how far down they reach in their bands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.actor import card_content
from model.drawing.bands import Bands, bands_of, drawn_codes, home_track, run_of, used_tracks
from model.layout import initial_places

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.tables import Tables


class CardPlaces:
    """Places of all cards, stored ones and such as were found for cards that nobody placed.

    Attributes:
        at: place by actor, counted from the top of the card's band.
    """

    def __init__(self, tables: Tables) -> None:
        """Start without places."""
        self.at: dict[str, tuple[float, float]] = {}
        self._tables = tables
        self._found: dict[str, tuple[float, float]] = {}
        self._extents: dict[str, tuple[str, float, float]] = {}
        self._by_band: dict[str, dict[str, tuple[float, float]]] = {}
        self._steps: dict[str, list[tuple[float, float]]] = {}
        self._used: frozenset[str] = frozenset()
        self._drawn: tuple[str, ...] = ()

    def find_all(self, as_of: date) -> None:
        """Look for the places of all cards; places found before stay."""
        self._look(as_of)
        for kept in (self._extents, self._by_band, self._steps):
            kept.clear()
        self.note_tracks()
        self._note_extents(self._tables.actors)

    def find(self, actors: Iterable[str], as_of: date) -> None:
        """Look for the places of some cards."""
        ids = list(actors)
        missing = False
        for actor_id in ids:
            placement = self._tables.placements.get(actor_id)
            if actor_id not in self._tables.actors:
                self.at.pop(actor_id, None)
                self._found.pop(actor_id, None)
            elif placement is not None:
                self.at[actor_id] = (placement.x, placement.y)
            elif actor_id in self._found:
                self.at[actor_id] = self._found[actor_id]
            else:
                missing = True
        if missing:
            self._look(as_of)
        self._note_extents(ids)

    def note_tracks(self) -> None:
        """Note which tracks are used, after actors have changed."""
        self._used = used_tracks(self._tables.actors.values())

    def bands(self) -> Bands:
        """The bands, each high enough for its cards."""
        for code, cards in self._by_band.items():
            if code not in self._steps:
                self._steps[code] = _steps(cards.values())
        return bands_of(self._tables, self._used, self._steps)

    def _look(self, as_of: date) -> None:
        self.at = initial_places(self._tables, as_of, self._found)
        stored = self._tables.placements
        self._found = {i: at for i, at in self.at.items() if i not in stored}

    def _note_extents(self, actors: Iterable[str]) -> None:
        drawn = drawn_codes(self._tables, self._used)
        if drawn != self._drawn:
            # Which cards span bands depends on which bands there are.
            self._drawn, actors = drawn, self._tables.actors
        for actor_id in actors:
            actor = self._tables.actors.get(actor_id)
            self._note_extent(actor_id, None)
            if actor is not None and not run_of(actor.tracks, drawn):
                y = self.at[actor_id][1]
                bottom = y + card_content(actor).height
                self._note_extent(actor_id, (home_track(actor.tracks), y, bottom))

    def _note_extent(self, actor_id: str, extent: tuple[str, float, float] | None) -> None:
        before = self._extents.pop(actor_id, None)
        if before is not None:
            del self._by_band[before[0]][actor_id]
            self._steps.pop(before[0], None)
        if extent is not None:
            self._extents[actor_id] = extent
            self._by_band.setdefault(extent[0], {})[actor_id] = extent[1:]
            self._steps.pop(extent[0], None)


def _steps(cards: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The cards that reach further down than all that begin above them: no other raises a band."""
    found: list[tuple[float, float]] = []
    for top, bottom in sorted(cards):
        if not found or bottom > found[-1][1]:
            found.append((top, bottom))
    return found
