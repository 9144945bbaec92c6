"""A drawing of a pack becomes a file: SVG or PNG, with its marking in the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.images.svg import svg_text
from exporters.marked import marked
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.request import Pack
    from model.drawing.primitives import Drawing

    Draw = Callable[[Pack], Drawing]


def write_as_svg(pack: Pack, path: Path, draw: Draw) -> tuple[str, ...]:
    """Write what is drawn from a pack as SVG."""
    path.write_text(svg_text(marked(draw(pack), pack)), encoding="utf-8")
    return ()


def write_as_png(pack: Pack, path: Path, draw: Draw) -> tuple[str, ...]:
    """Write what is drawn from a pack as PNG, sharp enough for print.

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
    drawing = marked(draw(pack), pack)
    scale = print_scale(drawing)
    path.write_bytes(png_bytes(drawing, pack.rasterise, PRINT_DENSITY, scale))
    return ()
