"""Track bands: which are drawn, how high they are, where a card lies in them.

Track membership is data, not geometry: a card belongs to the band of the first of its tracks, and
its placement counts from the top of that band. So a band can grow, appear or change its place and
carries its cards along without any of them being moved.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from model.codes import TRACKS
from model.drawing.primitives import Fill, Group, Label, Polyline, Primitive, Rect, Stroke
from model.drawing.style import text_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.records import Actor
    from model.tables import Tables

BAND_CODES = ("T1", "T1.5", "T2", "T3", "unknown")
ALWAYS_DRAWN = frozenset({"T1", "T2", "T3"})
DEFAULT_HEIGHTS = {"T1": 360.0, "T1.5": 200.0, "T2": 320.0, "T3": 320.0, "unknown": 160.0}
MARGIN = 24.0
"""Room kept below the lowest card of a band."""
FAR = 96.0
"""A card that begins so far below its band no longer makes the band grow."""
HEADER = 32.0
"""Width of the strip that bears a band's name in exports."""
_SHORT = {"T1": "I", "T1.5": "1.5", "T2": "II", "T3": "III", "unknown": "?"}


class Band(msgspec.Struct, frozen=True):
    """A band of the map in project units."""

    code: str
    top: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower border."""
        return self.top + self.height


class Bands(msgspec.Struct, frozen=True):
    """The drawn bands from top to bottom."""

    entries: tuple[Band, ...]

    @property
    def height(self) -> float:
        """Height of all bands together."""
        return self.entries[-1].bottom if self.entries else 0.0

    def band(self, code: str) -> Band:
        """The band of a track; where it is not drawn, the one that would be next to it."""
        rank = BAND_CODES.index(code) if code in BAND_CODES else len(BAND_CODES)
        for band in self.entries:
            if BAND_CODES.index(band.code) >= rank:
                return band
        return self.entries[-1]

    def at(self, y: float) -> Band:
        """The band at a height; above all it is the first, below all the last."""
        for band in self.entries:
            if y < band.bottom:
                return band
        return self.entries[-1]


def ordered_tracks(tracks: Iterable[str]) -> tuple[str, ...]:
    """Track codes from the top band down; unknown codes last."""
    return _ordered(tuple(tracks))


@lru_cache(maxsize=256)
def _ordered(tracks: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(tracks), key=TRACKS.rank))


def home_track(tracks: Iterable[str]) -> str:
    """The track whose band a card belongs to: the topmost, or "unknown" for none."""
    for code in ordered_tracks(tracks):
        return code if code in BAND_CODES else "unknown"
    return "unknown"


def band_short_name(code: str) -> str:
    """A track's numeral for badges: "I", "1.5", "II", "III"."""
    return _SHORT.get(code, code)


def used_tracks(actors: Iterable[Actor]) -> frozenset[str]:
    """The tracks that any of the actors is on; an actor without a track uses "unknown"."""
    return frozenset(code for actor in actors for code in (actor.tracks or ("unknown",)))


def bands_of(
    tables: Tables, used: frozenset[str], cards: Mapping[str, list[tuple[float, float]]]
) -> Bands:
    """The bands of a project.

    Args:
        tables: for the heights that the user set.
        used: tracks that actors are on; T1.5 and unknown are only drawn when used.
        cards: upper and lower edge of the cards that are on one track only, by band, counted
            from its top. A band grows with its cards, but not to one put far below the others:
            that card was put elsewhere on purpose.
    """
    top = 0.0
    entries = []
    for code in BAND_CODES:
        if code not in ALWAYS_DRAWN and code not in used:
            continue
        record = tables.tracks.get(code)
        height = record.height if record is not None and record.height > 0 else 0.0
        height = _grown(height or DEFAULT_HEIGHTS[code], cards.get(code, []))
        entries.append(Band(code, top, height))
        top += height
    return Bands(tuple(entries))


def _grown(height: float, cards: list[tuple[float, float]]) -> float:
    for top, bottom in sorted(cards):
        if top > height + FAR:
            break
        height = max(height, bottom + MARGIN)
    return height


def band_name(code: str) -> str:
    """A band's name as it is written on its strip."""
    return TRACKS.label(code).upper()


def band_group(
    bands: Bands, left: float, right: float, style: StyleSheet, engine: TextEngine
) -> Group:
    """The bands between two edges, each with a strip at the left that bears its name."""
    children: list[Primitive] = []
    for band in bands.entries:
        look = style.band(band.code)
        children.append(Rect(left, band.top, right - left, band.height, 0, None, Fill(look.tint)))
        children.append(Rect(left, band.top, HEADER, band.height, 0, None, Fill(look.header)))
        block = engine.layout(band_name(band.code), text_style("band"))
        middle = band.top + band.height / 2
        children.append(
            Label(
                left + HEADER / 2,
                middle,
                block,
                look.ink,
                horizontal="centre",
                vertical="middle",
                turn=-90,
            )
        )
        if band.top > 0:
            line = Stroke(look.line, 1.0)
            children.append(Polyline((left, band.top, right, band.top), line))
    return Group(key="layer:bands", children=tuple(children))
