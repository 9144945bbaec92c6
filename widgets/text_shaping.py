"""Shaping single paragraphs with Qt: our fonts, bidi, glyph runs, and where letters stand.

Text is shaped at one large size without hinting, so the result holds for every zoom and printer.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QRawFont, QTextLayout, QTextOption

from model.drawing.font_files import font_files, main_font
from widgets.fonts import register_fonts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtGui import QGlyphRun, QTextLine

__all__ = [
    "SHAPING_SIZE",
    "SYSTEM_FONT_PREFIX",
    "UNLIMITED",
    "ShapedLine",
    "ShapedRun",
    "Shaper",
]

SYSTEM_FONT_PREFIX: Final = "system:"
"""How keys of fonts begin that only this machine's screen has."""
SHAPING_SIZE: Final = 100
"""Pixels per em that text is shaped at; Qt rounds to 1/64 pixel, here 1/6,400 em."""
UNLIMITED: Final = 4_000_000.0
"""Room for a line that is not to be broken, in shaping units."""
_REPLACEMENT: Final = 0xFFFD
_WORD_JOINER: Final = 0x2060
_FULL_RUN = QTextLayout.GlyphRunRetrievalFlag
_RETRIEVED: Final = _FULL_RUN.RetrieveGlyphIndexes | _FULL_RUN.RetrieveGlyphPositions


class ShapedRun(NamedTuple):
    """Glyphs of one font in shaping units, x from the left edge, y from the baseline."""

    font: str
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rtl: bool


class _Box(NamedTuple):
    """The room of a character's glyphs in a line."""

    left: float
    width: float
    rtl: bool


class ShapedLine(NamedTuple):
    """A shaped line in shaping units; `start` is where its text starts in the whole text."""

    start: int
    text: str
    width: float
    runs: tuple[ShapedRun, ...]
    up: float
    down: float
    rtl: bool
    edges: tuple[float, ...] = ()


class _Coverage(dict[int, int]):
    """A translation table that leaves characters of our fonts and replaces others, on demand."""

    def __init__(self, paths: list[Path], *, system_fonts: bool) -> None:
        super().__init__({0x09: 0x20, 0xFFFC: _REPLACEMENT})
        self._system_fonts = system_fonts
        self._fonts = [_raw_font(str(path)) for path in paths]

    def __missing__(self, code: int) -> int:
        shown = code
        if not any(font.supportsCharacter(code) for font in self._fonts):
            if unicodedata.category(chr(code)) == "Cf" or 0xFE00 <= code <= 0xFE0F:
                shown = _WORD_JOINER
            elif not self._system_fonts:
                shown = _REPLACEMENT
        self[code] = shown
        return shown


class Shaper:
    """Shapes single paragraphs in shaping units with our fonts."""

    def __init__(self, *, system_fonts: bool) -> None:
        self._keys = register_fonts()
        files = font_files().values()
        families = list(dict.fromkeys(file.family for file in files))
        self._fonts = {bold: _shaping_font(families, bold=bold) for bold in (False, True)}
        self._raw = {file.key: _raw_font(str(file.path)) for file in files}
        self._main = main_font().key
        self._coverage = _Coverage(
            [file.path for file in files if not file.bold], system_fonts=system_fonts
        )
        self._system_fonts = system_fonts
        self._ink: dict[tuple[str, int], tuple[float, float]] = {}
        self.ascent = self._raw[self._main].ascent() / SHAPING_SIZE
        self.descent = self._raw[self._main].descent() / SHAPING_SIZE

    def unshown(self, text: str) -> str:
        """The characters that are replaced, each once, in the order of the text."""
        shown = text.translate(self._coverage)
        replaced = (
            letter
            for letter, mark in zip(text, shown, strict=True)
            if ord(mark) == _REPLACEMENT != ord(letter) and letter != "\n"
        )
        return "".join(dict.fromkeys(replaced))

    def lines(
        self, text: str, room: float = UNLIMITED, *, start: int = 0, bold: bool, rtl: bool
    ) -> Iterator[ShapedLine]:
        """Break one paragraph the way Qt does; `start` is where it starts in the whole text."""
        shown = text.translate(self._coverage)
        offsets = _utf16_offsets(shown)
        layout = self._layout(shown, bold=bold, rtl=rtl)
        layout.beginLayout()
        try:
            while (line := layout.createLine()).isValid():
                line.setLineWidth(room)
                first = bisect_left(offsets, line.textStart())
                last = bisect_left(offsets, line.textStart() + line.textLength())
                shaped = self._shaped(text[first:last], start + first, line, bold=bold, rtl=rtl)
                if any(run.rtl for run in shaped.runs):
                    shaped = shaped._replace(
                        edges=_edges(line, text[first:last], offsets[first : last + 1])
                    )
                yield shaped
        finally:
            layout.endLayout()

    def line(self, text: str, *, start: int = 0, bold: bool, rtl: bool) -> ShapedLine:
        """The whole paragraph as one line."""
        for line in self.lines(text, start=start, bold=bold, rtl=rtl):
            return line
        return ShapedLine(start, text, 0.0, (), 0.0, 0.0, rtl)

    def cuts(self, text: str, *, bold: bool, rtl: bool) -> list[int]:
        """Positions between which a cursor finds whole letters, from 0 to the end."""
        shown = text.translate(self._coverage)
        layout = self._layout(shown, bold=bold, rtl=rtl)
        offsets = _utf16_offsets(shown)
        return [at for at, offset in enumerate(offsets) if layout.isValidCursorPosition(offset)]

    def _layout(self, shown: str, *, bold: bool, rtl: bool) -> QTextLayout:
        layout = QTextLayout(shown, self._fonts[bold])
        option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        option.setUseDesignMetrics(True)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(
            Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        )
        layout.setTextOption(option)
        return layout

    def _shaped(
        self, text: str, start: int, line: QTextLine, *, bold: bool, rtl: bool
    ) -> ShapedLine:
        left, baseline = line.naturalTextRect().x(), line.y() + line.ascent()
        runs = tuple(
            self._run(run, left, baseline, bold=bold) for run in line.glyphRuns(-1, -1, _RETRIEVED)
        )
        up = down = 0.0
        for run in runs:
            for glyph, y in zip(run.glyphs, run.ys, strict=True):
                above, below = self._extent(run.font, glyph)
                up, down = max(up, above - y), max(down, below + y)
        return ShapedLine(start, text, line.naturalTextWidth(), runs, up, down, rtl)

    def _run(self, run: QGlyphRun, left: float, baseline: float, *, bold: bool) -> ShapedRun:
        raw = run.rawFont()
        family, glyphs = raw.familyName(), tuple(run.glyphIndexes())
        font = self._keys.get((family, bold))
        if font is None and self._system_fonts:
            font = f"{SYSTEM_FONT_PREFIX}{raw.weight()}:{family}"
        elif font is None:
            font, glyphs = self._main, (0,) * len(glyphs)
        positions = run.positions()
        xs = tuple(round(point.x() - left, 3) for point in positions)
        ys = tuple(round(point.y() - baseline, 3) for point in positions)
        return ShapedRun(font, glyphs, xs, ys, run.isRightToLeft())

    def _extent(self, font: str, glyph: int) -> tuple[float, float]:
        """How far the ink of a glyph reaches above and below the baseline."""
        extent = self._ink.get((font, glyph))
        if extent is None:
            extent = (0.0, 0.0)
            if font in self._raw:
                box = self._raw[font].boundingRect(glyph)
                extent = (-box.top(), box.bottom())
            self._ink[font, glyph] = extent
        return extent


def _raw_font(path: str) -> QRawFont:
    return QRawFont(path, SHAPING_SIZE, QFont.HintingPreference.PreferNoHinting)


def _shaping_font(families: list[str], *, bold: bool) -> QFont:
    font = QFont(families)
    font.setBold(bold)
    font.setPixelSize(SHAPING_SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferOutline)
    return font


def _edges(line: QTextLine, text: str, offsets: Sequence[int]) -> tuple[float, ...]:
    """Left and right edge of each character; letters that share glyphs share their room evenly.

    Asked for by character, since cursor positions are ambiguous where the direction changes.
    """
    left = line.naturalTextRect().x()
    boxes: list[_Box] = []
    for letter, (start, end) in zip(text, pairwise(offsets), strict=True):
        # A mark's own glyph hangs anywhere above its letter, even beyond it.
        of_letter_before = boxes and unicodedata.category(letter).startswith("M")
        boxes.append(boxes[-1] if of_letter_before else _box(line, start, end - start))
    edges: list[float] = []
    for box, group in groupby(zip(boxes, text, strict=True), key=itemgetter(0)):
        # Combining marks have no room of their own: they stand at the end of their letter.
        shares = [not unicodedata.category(letter).startswith("M") for _box, letter in group]
        count = max(sum(shares), 1)
        for before, share in zip(accumulate(shares, initial=0), shares, strict=False):
            first, last = before / count, (before + share) / count
            if box.rtl:
                first, last = 1 - last, 1 - first
            edges.append(box.left - left + box.width * first)
            edges.append(box.left - left + box.width * last)
    return tuple(edges)


def _box(line: QTextLine, start: int, length: int) -> _Box:
    """The room of the glyphs of a character; spaces at the end of a line have none."""
    glyphs: tuple[int, ...] = ()
    left, right, rtl = UNLIMITED, 0.0, False
    for run in line.glyphRuns(start, length, _RETRIEVED):
        indexes = run.glyphIndexes()
        glyphs += tuple(indexes)
        rtl = run.isRightToLeft()
        advances = run.rawFont().advancesForGlyphIndexes(
            indexes, QRawFont.LayoutFlag.SeparateAdvances
        )
        for place, advance in zip(run.positions(), advances, strict=True):
            left, right = min(left, place.x()), max(right, place.x() + advance.x())
    return _Box(left, right - left, rtl) if glyphs else _Box(0.0, 0.0, rtl)


def _utf16_offsets(text: str) -> Sequence[int]:
    """Where each character starts in UTF-16, which Qt counts in, and the total at the end."""
    if not text or max(text) < "\U00010000":
        return range(len(text) + 1)
    return list(accumulate((1 + (character > "\uffff") for character in text), initial=0))
