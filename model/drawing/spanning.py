"""Cards on several tracks: reaching over the borders of neighbouring bands, or saying where else.

Which bands a card spans follows from its tracks alone, and so does about how high it lies: it
always reaches a little into the outermost of its bands, wherever it was put.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.drawing.actor import card_content
from model.drawing.bands import REACH, band_short_name, home_track, ordered_tracks
from resources.text import tr

if TYPE_CHECKING:
    from model.drawing.actor import CardContent
    from model.drawing.bands import Bands
    from model.drawing.boxes import Box
    from model.records import Actor


def spanned(
    content: CardContent, y: float, tracks: tuple[str, ...], bands: Bands
) -> tuple[float, CardContent]:
    """Upper edge and content of a card at a height of the map, as its tracks demand them."""
    run = bands.spanned(tracks)
    if not run:
        return y, _badged(content, y, tracks, bands)
    upper, lower = run[0].bottom - REACH, run[-1].top + REACH
    height = 2.0 * round(max(content.height, lower - upper) / 2.0)
    top = min(upper, max(y, lower - height))
    segments = tuple((band.code, max(0.0, band.top - top)) for band in run)
    others = [code for code in ordered_tracks(tracks) if code not in bands_of_run(segments)]
    return top, msgspec.structs.replace(
        content,
        height=height,
        segments=segments,
        badge=also_on(others),
    )


def card_box(actor: Actor, x: float, y: float, bands: Bands, width: float = 0.0) -> Box:
    """The box of an actor's card at a height of the map, at least so wide."""
    top, content = spanned(card_content(actor), y, actor.tracks, bands)
    return x, top, x + max(width, content.width), top + content.height


def bands_of_run(segments: tuple[tuple[str, float], ...]) -> frozenset[str]:
    """The codes of the bands that a card spans."""
    return frozenset(code for code, _top in segments)


def also_on(tracks: list[str]) -> str:
    """The words of a badge for tracks that a card cannot reach from where it lies."""
    if not tracks:
        return ""
    return tr("also on {tracks}", tracks=", ".join(map(band_short_name, tracks)))


def _badged(content: CardContent, y: float, tracks: tuple[str, ...], bands: Bands) -> CardContent:
    """A card in one band says so when it lies in another, or is on others elsewhere too."""
    home = home_track(tracks)
    others = [code for code in ordered_tracks(tracks) if code != home]
    badge = also_on(others)
    outside = bands.at(y + content.height / 2).code
    if tracks and outside != home:
        badge = tr("on {tracks}", tracks=", ".join(map(band_short_name, ordered_tracks(tracks))))
    return content if badge == content.badge else msgspec.structs.replace(content, badge=badge)
