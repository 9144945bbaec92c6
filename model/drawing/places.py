"""Where cards lie, and how far down they reach in their bands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from model.drawing.actor import card_content
from model.drawing.bands import Bands, bands_of, drawn_codes, home_track, run_of, tracks_of
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
        self._tracks: dict[str, tuple[str, ...]] = {}
        self._on_track: Counter[str] = Counter()
        self._drawn: tuple[str, ...] = ()

    def find_all(self, as_of: date) -> None:
        """Look for the places of all cards; places found before stay."""
        self._look(as_of)
        for kept in (self._extents, self._by_band, self._steps, self._tracks, self._on_track):
            kept.clear()
        self.note_tracks(self._tables.actors)
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

    def note_tracks(self, actors: Iterable[str]) -> None:
        """Note which tracks are used, after these actors have come, gone or changed."""
        for actor_id in actors:
            self._on_track.subtract(self._tracks.pop(actor_id, ()))
            actor = self._tables.actors.get(actor_id)
            if actor is not None:
                self._tracks[actor_id] = tracks_of(actor)
                self._on_track.update(self._tracks[actor_id])
        self._used = frozenset(code for code, count in self._on_track.items() if count > 0)

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
            extent = None
            if actor is not None and not run_of(actor.tracks, drawn):
                y = self.at[actor_id][1]
                bottom = y + card_content(actor).height
                extent = (home_track(actor.tracks), y, bottom)
            self._note_extent(actor_id, extent)

    def _note_extent(self, actor_id: str, extent: tuple[str, float, float] | None) -> None:
        before = self._extents.get(actor_id)
        if extent == before:
            return
        if before is not None:
            code, *edges = before
            del self._by_band[code][actor_id]
            if tuple(edges) in self._steps.get(code, ()):
                self._steps.pop(code)
            del self._extents[actor_id]
        if extent is not None:
            code, top, bottom = extent
            self._extents[actor_id] = extent
            self._by_band.setdefault(code, {})[actor_id] = (top, bottom)
            steps = self._steps.get(code, ())
            if not any(above < top and bottom <= below for above, below in steps):
                self._steps.pop(code, None)


def _steps(cards: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The cards that reach further down than all that begin above them: no other raises a band."""
    found: list[tuple[float, float]] = []
    for top, bottom in sorted(cards):
        if not found or bottom > found[-1][1]:
            found.append((top, bottom))
    return found
