"""Writes a drawing as PNG: pixels come from a rasteriser that is handed in, the file from here.

The file holds the pixels and their density, nothing else (no dates, programs, profiles), and is the
same for the same pixels.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.drawing.primitives import Drawing

__all__ = ["PRINT_DENSITY", "Rasteriser", "png_bytes", "print_scale"]

Rasteriser: TypeAlias = "Callable[[Drawing, float], tuple[int, int, bytes]]"
"""Paints a drawing at a scale; returns width, height and rows of red, green, blue, alpha bytes."""

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_TRUE_COLOUR_WITH_ALPHA: Final = 6
_SUB: Final = 1
"""Row filter that stores each pixel's difference from the one to its left."""
_METRES_PER_INCH: Final = 0.0254
PRINT_DENSITY: Final = 300.0
"""Dots per inch of pictures for print."""
_A3_DOTS: Final = 4961
"""Longer side of A3 at that density."""


def print_scale(drawing: Drawing) -> float:
    """Dots per project unit for print at 300 dots per inch, on A3 at most.

    A map is legible at less than its full size, and whole files of it must fit into memory.
    """
    return min(PRINT_DENSITY / 72, _A3_DOTS / max(drawing.width, drawing.height, 1.0))


def png_bytes(
    drawing: Drawing,
    rasterise: Rasteriser,
    dots_per_inch: float = 144.0,
    scale: float | None = None,
) -> bytes:
    """The PNG file of a drawing; a project unit is 1/72 inch unless a scale is given.

    Raises:
        Refusal: the resolution is not between 18 and 1,200 dots per inch.
    """
    if not 18 <= dots_per_inch <= 1200:
        raise Refusal(
            "picture-resolution",
            tr(
                "A picture cannot have {dpi} dots per inch; choose 18 to 1,200.",
                dpi=dots_per_inch,
            ),
        )
    width, height, pixels = rasterise(drawing, dots_per_inch / 72 if scale is None else scale)
    rows = np.frombuffer(pixels, dtype=np.uint8).reshape(height, 4 * width)
    filtered = np.empty((height, 4 * width + 1), dtype=np.uint8)
    filtered[:, 0] = _SUB
    filtered[:, 1:5] = rows[:, :4]
    filtered[:, 5:] = rows[:, 4:] - rows[:, :-4]
    density = round(dots_per_inch / _METRES_PER_INCH)
    return b"".join(
        (
            _SIGNATURE,
            _chunk(
                b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _TRUE_COLOUR_WITH_ALPHA, 0, 0, 0)
            ),
            _chunk(b"pHYs", struct.pack(">IIB", density, density, 1)),
            _chunk(b"IDAT", zlib.compress(filtered.tobytes(), 7)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)
