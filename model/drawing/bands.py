"""Track bands: which are drawn, how high they are, where a card lies in them.

Track membership is data, not geometry: a card belongs to the band of the first of its tracks, and
its placement counts from the top of that band. So a band can grow, appear or change its place and
carries its cards along without any of them being moved. A card on several bands that lie next to
each other reaches over their borders, wherever it is put.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

from model.codes import TRACKS
from model.drawing.primitives import Fill, Group, Label, Polyline, Primitive, Rect, Stroke
from model.drawing.style import text_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextBlock, TextEngine
    from model.records import Actor
    from model.tables import Tables

BAND_CODES = ("T1", "T1.5", "T2", "T3", "unknown")
ALWAYS_DRAWN = frozenset({"T1", "T2", "T3"})
DEFAULT_HEIGHTS = {"T1": 360.0, "T1.5": 200.0, "T2": 320.0, "T3": 320.0, "unknown": 160.0}
COLLAPSED_HEIGHT = 104.0
"""A collapsed band has room for the one card that stands for its actors."""
MARGIN = 24.0
"""Room kept below the lowest card of a band."""
FAR = 96.0
"""A card that begins so far below its band no longer makes the band grow."""
REACH = 36.0
"""How far a card on several bands reaches into the outermost of them at least."""
HEADER = 32.0
TITLE_AIR = 8.0
"""Room that the name of a band needs beyond its own length."""
"""Width of the strip that bears a band's name in exports."""
_SHORT = {"T1": "I", "T1.5": "1.5", "T2": "II", "T3": "III", "unknown": "?"}


class Band(msgspec.Struct, frozen=True):
    """A band of the map in project units; `name` is the team's own name for it, if any."""

    code: str
    top: float
    height: float
    name: str = ""
    collapsed: bool = False

    @property
    def bottom(self) -> float:
        """The lower border."""
        return self.top + self.height

    @property
    def title(self) -> str:
        """What the team calls it; the name of the track where it has no other."""
        return self.name or TRACKS.label(self.code)


class Bands(msgspec.Struct, frozen=True):
    """The drawn bands from top to bottom."""

    entries: tuple[Band, ...]

    @property
    def height(self) -> float:
        """Height of all bands together."""
        return self.entries[-1].bottom if self.entries else 0.0

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the bands from top to bottom."""
        return tuple(band.code for band in self.entries)

    def band(self, code: str) -> Band:
        """The band of a track; where it is not drawn, the one that would be next to it."""
        for band in self.entries:
            if band.code == code:
                return band
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

    def spanned(self, tracks: Iterable[str]) -> tuple[Band, ...]:
        """The neighbouring bands that a card on these tracks spans; empty for fewer than two."""
        return tuple(self.band(code) for code in run_of(tracks, self.codes))


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


def run_of(tracks: Iterable[str], bands: Sequence[str]) -> tuple[str, ...]:
    """The bands next to each other, home among them, that an actor is on; empty if only one."""
    return _run(tuple(tracks), tuple(bands))


@lru_cache(maxsize=1024)
def _run(tracks: tuple[str, ...], bands: tuple[str, ...]) -> tuple[str, ...]:
    home = home_track(tracks)
    if len(tracks) < 2 or home not in bands:
        return ()
    first = last = bands.index(home)
    while first > 0 and bands[first - 1] in tracks:
        first -= 1
    while last + 1 < len(bands) and bands[last + 1] in tracks:
        last += 1
    return bands[first : last + 1] if last > first else ()


def band_short_name(code: str) -> str:
    """A track's numeral for badges: "I", "1.5", "II", "III"."""
    return _SHORT.get(code, code)


def tracks_of(actor: Actor) -> tuple[str, ...]:
    """The tracks that an actor uses; one without a track uses "unknown"."""
    return actor.tracks or ("unknown",)


def used_tracks(actors: Iterable[Actor]) -> frozenset[str]:
    """The tracks that any of the actors is on."""
    return frozenset(code for actor in actors for code in tracks_of(actor))


def drawn_codes(tables: Tables, used: frozenset[str] | None = None) -> tuple[str, ...]:
    """Codes of the bands that are drawn, from the top: those used, and the three main ones.

    The user can put them in another order, and hide main ones that nobody is on.
    """
    if used is None:
        used = used_tracks(tables.actors.values())
    shown = []
    for rank, code in enumerate(BAND_CODES):
        record = tables.tracks.get(code)
        hidden = record is not None and record.hidden
        if code in used or (code in ALWAYS_DRAWN and not hidden):
            shown.append((rank if record is None else record.order, rank, code))
    if not shown:
        return ("T1",)
    return tuple(code for _order, _rank, code in _sorted(shown, tables))


def _sorted(shown: list[tuple[int, int, str]], tables: Tables) -> list[tuple[int, int, str]]:
    """Bands in the order that the user gave them; those without one at their usual place."""
    ordered = sorted(one for one in shown if one[2] in tables.tracks)
    for one in shown:
        if one[2] not in tables.tracks:
            above = [at for at, other in enumerate(ordered) if other[1] < one[1]]
            ordered.insert(above[-1] + 1 if above else 0, one)
    return ordered


def bands_of(
    tables: Tables, used: frozenset[str], cards: Mapping[str, list[tuple[float, float]]]
) -> Bands:
    """The bands of a project.

    Args:
        tables: for the heights, names and order that the user set.
        used: tracks that actors are on; T1.5 and unknown are only drawn when used.
        cards: upper and lower edge of the cards that are on one track only, by band, counted
            from its top. A band grows with its cards, but not to one put far below the others:
            that card was put elsewhere on purpose.
    """
    top = 0.0
    entries = []
    for code in drawn_codes(tables, used):
        record = tables.tracks.get(code)
        height = record.height if record is not None and record.height > 0 else 0.0
        height = _grown(height or DEFAULT_HEIGHTS[code], cards.get(code, []))
        name = record.name if record is not None else ""
        collapsed = record is not None and record.collapsed
        if collapsed:
            height = COLLAPSED_HEIGHT
        entries.append(Band(code, top, height, name, collapsed))
        top += height
    return Bands(tuple(entries))


def _grown(height: float, cards: list[tuple[float, float]]) -> float:
    for top, bottom in sorted(cards):
        if top > height + FAR:
            break
        height = max(height, bottom + MARGIN)
    return height


def band_name(band: Band) -> str:
    """A band's name as it is written on its strip."""
    return band.name or TRACKS.label(band.code).upper()


def band_title(
    band: Band, room: float, engine: TextEngine
) -> tuple[TextBlock, Literal[-90, 0]] | None:
    """A band's name along its strip; its numeral across where the name is too long for it.

    None where there is no room for either.
    """
    style = text_style("band")
    block = engine.layout(band_name(band), style)
    if block.width + TITLE_AIR <= room:
        return block, -90
    block = engine.layout(band_short_name(band.code), style)
    return None if block.height > room else (block, 0)


def band_group(
    bands: Bands, left: float, right: float, style: StyleSheet, engine: TextEngine
) -> Group:
    """The bands between two edges, each with a strip at the left that bears its name."""
    children: list[Primitive] = []
    for band in bands.entries:
        look = style.band(band.code)
        children.append(Rect(left, band.top, right - left, band.height, 0, None, Fill(look.tint)))
        children.append(Rect(left, band.top, HEADER, band.height, 0, None, Fill(look.header)))
        title = band_title(band, band.height, engine)
        if title is not None:
            place = (left + HEADER / 2, band.top + band.height / 2)
            label = Label(
                *place, title[0], look.ink, horizontal="centre", vertical="middle", turn=title[1]
            )
            children.append(label)
        if band.top > 0:
            line = Stroke(look.line, 1.0)
            children.append(Polyline((left, band.top, right, band.top), line))
    return Group(key="layer:bands", children=tuple(children))
