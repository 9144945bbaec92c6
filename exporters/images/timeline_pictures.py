"""The timeline of a pack as a picture by itself: SVG or PNG, with its marking in the picture.

It shows what the timeline in the window showed, made anew from the redacted copy: the same days,
the same grouping, the same sections, or what a saved view holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.images.writing import write_as_png, write_as_svg
from exporters.mirrored import mirrored_drawing
from exporters.timeline_parts import day_of, view_of
from model.drawing.primitives import Group, Rect
from model.drawing.timeline import timeline_drawing
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack, TimelineWindow
    from model.drawing.primitives import Drawing, Primitive

WIDTH: Final = 1600.0
"""Project units across, row headers included: an A3 sheet at a size that is easy to read."""
_BETWEEN: Final = 16.0
"""Between two timelines."""


def write_timeline_svg(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the timeline as SVG."""
    progress.report(0.0, tr("Drawing the timeline"))
    return write_as_svg(pack, path, _picture)


def write_timeline_png(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the timeline as PNG.

    Raises:
        Refusal: in a process that cannot make pixels.
    """
    progress.report(0.0, tr("Drawing the timeline"))
    return write_as_png(pack, path, _picture)


def _picture(pack: Pack) -> Drawing:
    drawn = [_drawn(pack, part) for part in pack.request.timeline.parts]
    drawing = drawn[0] if len(drawn) == 1 else below_one_another(drawn)
    return mirrored_drawing(drawing) if pack.from_right else drawing


def _drawn(pack: Pack, window: TimelineWindow) -> Drawing:
    view = view_of(pack, window, WIDTH)
    return timeline_drawing(pack.tables, day_of(pack, window), pack.style, pack.text_engine, view)


def below_one_another(drawings: list[Drawing]) -> Drawing:
    """Two timelines in one picture, as the window shows them."""
    items: list[Primitive] = []
    y = 0.0
    for drawing in drawings:
        clip = Rect(0, 0, drawing.width, drawing.height)
        items.append(Group("timeline", drawing.items, clip=clip, dy=y))
        y += drawing.height + _BETWEEN
    return msgspec.structs.replace(
        drawings[0],
        items=tuple(items),
        height=y - _BETWEEN,
        alt=" ".join(drawing.alt for drawing in drawings),
    )
