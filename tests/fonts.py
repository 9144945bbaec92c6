"""Small fonts for tests, and a program that looks its fonts up anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from model.drawing.font_files import font_files
from widgets.fonts import register_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def put_font(path: Path, letters: str, *, weight: int = 400, bits: int = 0) -> None:
    """Write a font in which every letter is a box, each a little wider than the one before."""
    names = {ord(letter): f"u{ord(letter):04x}" for letter in letters}
    order = [".notdef", "space", *names.values()]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({0x20: "space"} | names)
    widths = {name: 900 + 10 * at for at, name in enumerate(order)}
    builder.setupGlyf({name: _box(width) for name, width in widths.items()})
    builder.setupHorizontalMetrics({name: (width, 50) for name, width in widths.items()})
    builder.setupHorizontalHeader(ascent=900, descent=-200)
    # A family that machines have, to show that names of files and families do not matter.
    builder.setupNameTable({"familyName": "DejaVu Sans", "styleName": "Regular"})
    builder.setupOS2(usWeightClass=weight, fsType=bits, sTypoAscender=900, sCapHeight=700)
    builder.setupPost()
    builder.save(path)


def with_fresh_fonts(folder: Path) -> Iterator[Path]:
    """Look fonts up anew, now and once more when a test is over."""
    for cached in (font_files, register_fonts):
        cached.cache_clear()
    yield folder
    for cached in (font_files, register_fonts):
        cached.cache_clear()


def _box(width: int) -> object:
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for point in ((50, 700), (width - 50, 700), (width - 50, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()
