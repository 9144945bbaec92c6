"""The timeline of a pack as a picture by itself: SVG or PNG, with its marking in the picture.

It shows what the timeline in the window showed, made anew from the redacted copy: the same days,
the same grouping, the same sections.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.images.svg import svg_text
from exporters.marked import marked
from exporters.mirrored import mirrored_drawing
from model.drawing.timeline import fit_view, timeline_drawing
from model.drawing.timeline_layout import HEADER
from model.refusals import Refusal
from model.timeline.rows import filled_sections
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack
    from model.drawing.primitives import Drawing
    from model.drawing.timeline import TimelineView

WIDTH: Final = 1600.0
"""Project units across, row headers included: an A3 sheet at a size that is easy to read."""


def write_timeline_svg(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the timeline as SVG."""
    progress.report(0.0, tr("Drawing the timeline"))
    path.write_text(svg_text(_picture(pack)), encoding="utf-8")
    return ()


def write_timeline_png(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the timeline as PNG.

    Raises:
        Refusal: in a process that cannot make pixels.
    """
    from exporters.images.png import (  # noqa: PLC0415 - brings numpy along
        PRINT_DENSITY,
        png_bytes,
        print_scale,
    )

    if pack.rasterise is None:
        raise Refusal("output", tr("PNG cannot be made here; choose SVG."))
    progress.report(0.0, tr("Drawing the timeline"))
    drawing = _picture(pack)
    scale = print_scale(drawing)
    path.write_bytes(png_bytes(drawing, pack.rasterise, PRINT_DENSITY, scale))
    return ()


def _picture(pack: Pack) -> Drawing:
    request = pack.request
    drawing = timeline_drawing(
        pack.tables, request.as_of, pack.style, pack.text_engine, timeline_view(pack)
    )
    return marked(mirrored_drawing(drawing) if pack.from_right else drawing, pack)


def timeline_view(pack: Pack) -> TimelineView:
    """The days, grouping and sections that were asked for; all that is dated where none were."""
    wanted = pack.request.timeline
    view = fit_view(pack.tables, pack.request.as_of, WIDTH, wanted.grouping)
    body = WIDTH - HEADER
    first = view.start if wanted.first is None else float(wanted.first.toordinal())
    last = view.start + body * view.days_per_unit
    if wanted.last is not None:
        last = wanted.last.toordinal() + 1.0
    last = max(last, first + 1.0)
    filled = filled_sections(pack.tables)
    return msgspec.structs.replace(
        view,
        start=first,
        days_per_unit=(last - first) / body,
        sections=tuple(key for key in filled if key in wanted.sections or not wanted.sections),
        narrow=wanted.narrow,
        strip=wanted.strip,
    )
