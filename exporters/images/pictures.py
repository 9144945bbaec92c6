"""The map of a pack as a picture by itself: SVG or PNG, with its marking in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.images.writing import write_as_png, write_as_svg
from exporters.mirrored import mirrored_drawing
from exporters.styled import map_options
from model.drawing.map import map_drawing
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack
    from model.drawing.primitives import Drawing


def write_svg(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the map as SVG."""
    progress.report(0.0, tr("Drawing the map"))
    return write_as_svg(pack, path, _picture)


def write_png(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the map as PNG.

    Raises:
        Refusal: in a process that cannot make pixels.
    """
    progress.report(0.0, tr("Drawing the map"))
    return write_as_png(pack, path, _picture)


def _picture(pack: Pack) -> Drawing:
    options = map_options(pack.request)
    day = pack.request.as_of
    drawing = map_drawing(pack.map_tables, day, pack.style, pack.text_engine, options)
    if pack.from_right and not pack.request.keep_positions:
        return mirrored_drawing(drawing)
    return drawing
