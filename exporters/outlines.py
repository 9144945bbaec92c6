"""Outlines of glyphs and icons as path commands, read from the font files with fontTools.

No Qt is needed: icons become vector paths in PDF and SVG, and text becomes paths in SVG, which
then looks the same on machines that lack the fonts.
"""

from __future__ import annotations

import logging
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple

from model.drawing.font_files import font_files, icon_codepoint, icon_font

if TYPE_CHECKING:
    from pathlib import Path

    from fontTools.ttLib import TTFont

__all__ = ["ICON_BASELINE", "Outline", "glyph_outline", "icon_outline", "units_per_em"]

ICON_BASELINE: Final = 0.875
"""Where the baseline of the icon font lies in its square, from the top (448 of 512 units)."""


class Outline(NamedTuple):
    """Verbs and points as in model.drawing.primitives.Path, y downwards from the baseline."""

    verbs: str
    points: tuple[float, ...]


@lru_cache(maxsize=8192)
def glyph_outline(font_key: str, glyph: int) -> Outline:
    """The outline of a glyph in font units; strange fonts and glyphs give that of .notdef."""
    files = font_files()
    if font_key not in files:
        font_key, glyph = next(iter(files)), 0
    font = _open(files[font_key].path)
    names = font.getGlyphOrder()
    return _draw(font, names[glyph if glyph < len(names) else 0], 1.0, 0.0)


def units_per_em(font_key: str) -> int:
    """Font units per em of a text font."""
    files = font_files()
    key = font_key if font_key in files else next(iter(files))
    return int(_open(files[key].path)["head"].unitsPerEm)


@lru_cache(maxsize=512)
def icon_outline(name: str) -> Outline:
    """The outline of an icon in a unit square whose origin is its top left corner."""
    font = _open(icon_font())
    scale = 1 / font["head"].unitsPerEm
    return _draw(font, font.getBestCmap()[icon_codepoint(name)], scale, ICON_BASELINE)


@lru_cache(maxsize=32)
def _open(path: Path) -> TTFont:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow to import, only exports need it

    # It would complain on the console about the dates in the icon font.
    logging.getLogger("fontTools.ttLib").setLevel(logging.ERROR)
    return TTFont(BytesIO(path.read_bytes()), lazy=True)


def _draw(font: TTFont, glyph_name: str, scale: float, baseline: float) -> Outline:
    from fontTools.pens.basePen import BasePen  # noqa: PLC0415 - slow to import

    verbs: list[str] = []
    points: list[float] = []

    class CommandPen(BasePen):  # type: ignore[misc]  # fontTools has no types
        """Collects commands; the base class turns quadratic curves into cubic ones."""

        def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            verbs.append("M")
            points.extend(point)

        def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
            verbs.append("L")
            points.extend(point)

        def _curveToOne(  # noqa: N802
            self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]
        ) -> None:
            verbs.append("C")
            points.extend((*first, *second, *end))

        def _closePath(self) -> None:  # noqa: N802
            verbs.append("Z")

    glyphs = font.getGlyphSet()
    glyphs[glyph_name].draw(CommandPen(glyphs))
    placed = (
        round(baseline - value * scale if at % 2 else value * scale, 5)
        for at, value in enumerate(points)
    )
    return Outline("".join(verbs), tuple(placed))
