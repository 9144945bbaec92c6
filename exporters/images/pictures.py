"""The map of a pack as a picture by itself: SVG or PNG, with its marking in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.images.svg import svg_text
from exporters.marked import marked
from exporters.mirrored import mirrored_drawing
from exporters.styled import map_options
from model.drawing.map import map_drawing
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack
    from model.drawing.primitives import Drawing


def write_svg(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the map as SVG."""
    progress.report(0.0, tr("Drawing the map"))
    path.write_text(svg_text(_picture(pack)), encoding="utf-8")
    return ()


def write_png(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the map as PNG.

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
    progress.report(0.0, tr("Drawing the map"))
    drawing = _picture(pack)
    scale = print_scale(drawing)
    path.write_bytes(png_bytes(drawing, pack.rasterise, PRINT_DENSITY, scale))
    return ()


def _picture(pack: Pack) -> Drawing:
    options = map_options(pack.request)
    day = pack.request.as_of
    drawing = map_drawing(pack.map_tables, day, pack.style, pack.text_engine, options)
    if pack.from_right and not pack.request.keep_positions:
        drawing = mirrored_drawing(drawing)
    return marked(drawing, pack)
