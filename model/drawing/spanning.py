"""Cards on several tracks: reaching over the borders of neighbouring bands, or saying where else.

Which bands a card spans follows from its tracks alone, and so does about how high it lies. On two
bands a card lies over their border. On more it hangs, no larger than others, from a pole that
reaches a little into the outermost of its bands; it may hang anywhere along the pole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.drawing.actor import card_content
from model.drawing.bands import REACH, Bands, band_short_name, home_track, ordered_tracks
from resources.text import joined, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from model.drawing.actor import CardContent
    from model.drawing.bands import Band
    from model.drawing.boxes import Box
    from model.records import Actor, Role


def spanned(
    content: CardContent, y: float, tracks: tuple[str, ...], bands: Bands
) -> tuple[float, CardContent]:
    """Upper edge and content of a card at a height of the map, as its tracks demand them."""
    run = bands.spanned(tracks)
    if not run:
        return y, _badged(content, y, tracks, bands)
    upper, lower = _reached(run)
    height = content.height
    if len(run) == 2:
        height = 2.0 * round(max(height, lower - upper) / 2.0)
    top = min(upper, max(y, lower - height))
    if lower - upper > height:
        top = min(max(y, upper), lower - height)
    first = min(0.0, upper - top)
    tops = (max(first, band.top - top) for band in run)
    segments = tuple((band.code, at) for band, at in zip(run, tops, strict=True))
    others = [code for code in ordered_tracks(tracks) if code not in bands_of_run(segments)]
    return top, msgspec.structs.replace(
        content,
        height=height,
        segments=segments,
        reach=max(height, lower - top),
        badge=also_on(others),
    )


def _reached(run: tuple[Band, ...]) -> tuple[float, float]:
    """How far up and down a card on these bands, or its pole, has to reach at least."""
    return run[0].bottom - REACH, run[-1].top + REACH


def card_box(
    actor: Actor,
    x: float,
    y: float,
    bands: Bands,
    width: float = 0.0,
    roles: Iterable[Role] = (),
) -> Box:
    """The box of an actor's card at a height of the map, at least so wide, its pole included."""
    top, content = spanned(card_content(actor, roles), y, actor.tracks, bands)
    first = content.segments[0][1] if content.segments else 0.0
    last = max(content.height, content.reach)
    return x, top + first, x + max(width, content.width), top + last


def hanging_at(bands: Sequence[Band], tracks: Iterable[str], height: float) -> float | None:
    """Where a card with a pole hangs best: in the middle; None where it needs no pole."""
    run = Bands(tuple(bands)).spanned(tracks)
    if len(run) < 3:
        return None
    upper, lower = _reached(run)
    return (upper + lower - height) / 2


def bands_of_run(segments: tuple[tuple[str, float], ...]) -> frozenset[str]:
    """The codes of the bands that a card spans."""
    return frozenset(code for code, _top in segments)


def also_on(tracks: list[str]) -> str:
    """The words of a badge for tracks that a card cannot reach from where it lies."""
    if not tracks:
        return ""
    return tr("also on {tracks}", tracks=joined(map(band_short_name, tracks)))


def _badged(content: CardContent, y: float, tracks: tuple[str, ...], bands: Bands) -> CardContent:
    """A card in one band says so when it lies in another, or is on others elsewhere too."""
    home = home_track(tracks)
    others = [code for code in ordered_tracks(tracks) if code != home]
    badge = also_on(others)
    outside = bands.at(y + content.height / 2).code
    if tracks and outside != home:
        badge = tr("on {tracks}", tracks=joined(map(band_short_name, ordered_tracks(tracks))))
    return content if badge == content.badge else msgspec.structs.replace(content, badge=badge)
