"""The text engine on Qt: QTextLayout does bidi, font fallback, shaping and most line breaking.

Text is always shaped at one large size in design units, without hinting, and scaled down, so the
result is the same for every zoom, screen and printer, and a cached paragraph serves all of them.
Only our own font files are used. What they do not cover is shown as U+FFFD, the same everywhere;
with `system_fonts` (for the screen of someone whose script we do not ship, Chinese for instance)
the fonts of the machine step in: such runs have keys that start with "system:" and only the Qt
painter can draw them. Works with a QGuiApplication on the offscreen platform in a worker process.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QRawFont, QTextLayout, QTextOption

from model.drawing.font_files import font_files, main_font
from model.drawing.text import (
    ELLIPSIS,
    GlyphRun,
    LineMetrics,
    TextBlock,
    TextLine,
    burmese_borders,
    drawable,
    empty_block,
    is_burmese,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from PySide6.QtGui import QGlyphRun, QTextLine

    from model.drawing.text import Align, Direction, TextStyle

__all__ = ["SYSTEM_FONT_PREFIX", "QtTextEngine", "register_fonts"]

SYSTEM_FONT_PREFIX: Final = "system:"
_SHAPING_SIZE: Final = 100
"""Pixels per em that text is shaped at; Qt rounds to 1/64 pixel, here 1/6,400 em."""
_UNLIMITED: Final = 4_000_000.0
_CACHE_LIMIT: Final = 20_000
_REPLACEMENT: Final = 0xFFFD
_WORD_JOINER: Final = 0x2060
_FULL_RUN = QTextLayout.GlyphRunRetrievalFlag
_RETRIEVED: Final = _FULL_RUN.RetrieveGlyphIndexes | _FULL_RUN.RetrieveGlyphPositions


class _Run(NamedTuple):
    """Glyphs of one font in shaping units, x from the left edge, y from the baseline."""

    font: str
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rtl: bool


class _Line(NamedTuple):
    """A shaped line in shaping units; `start` is where its text starts in the whole text."""

    start: int
    text: str
    width: float
    runs: tuple[_Run, ...]
    up: float
    down: float
    rtl: bool


@lru_cache(maxsize=1)
def register_fonts() -> dict[tuple[str, bool], str]:
    """Load our fonts into Qt once per process; returns font keys by (family, bold).

    Raises:
        FileNotFoundError: the fonts are not built, or Qt cannot read one of them.
    """
    keys = {}
    for file in font_files().values():
        if QFontDatabase.addApplicationFont(str(file.path)) < 0:
            raise FileNotFoundError(f"The font {file.path.name} is damaged; build the fonts anew.")
        keys[file.family, file.bold] = file.key
    return keys


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


class _Shaper:
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
        self.ascent = self._raw[self._main].ascent() / _SHAPING_SIZE
        self.descent = self._raw[self._main].descent() / _SHAPING_SIZE

    def lines(
        self, text: str, room: float = _UNLIMITED, *, start: int = 0, bold: bool, rtl: bool
    ) -> Iterator[_Line]:
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
                yield self._shaped(text[first:last], start + first, line, bold=bold, rtl=rtl)
        finally:
            layout.endLayout()

    def line(self, text: str, *, start: int = 0, bold: bool, rtl: bool) -> _Line:
        """The whole paragraph as one line."""
        for line in self.lines(text, start=start, bold=bold, rtl=rtl):
            return line
        return _Line(start, text, 0.0, (), 0.0, 0.0, rtl)

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

    def _shaped(self, text: str, start: int, line: QTextLine, *, bold: bool, rtl: bool) -> _Line:
        left, baseline = line.naturalTextRect().x(), line.y() + line.ascent()
        runs = tuple(
            self._run(run, left, baseline, bold=bold) for run in line.glyphRuns(-1, -1, _RETRIEVED)
        )
        up = down = 0.0
        for run in runs:
            for glyph, y in zip(run.glyphs, run.ys, strict=True):
                above, below = self._extent(run.font, glyph)
                up, down = max(up, above - y), max(down, below + y)
        return _Line(start, text, line.naturalTextWidth(), runs, up, down, rtl)

    def _run(self, run: QGlyphRun, left: float, baseline: float, *, bold: bool) -> _Run:
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
        return _Run(font, glyphs, xs, ys, run.isRightToLeft())

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


class QtTextEngine:
    """Implements model.drawing.text.TextEngine; one object serves a window or a worker."""

    def __init__(self, *, system_fonts: bool = False) -> None:
        self._shaper = _Shaper(system_fonts=system_fonts)
        self._blocks: dict[tuple[object, ...], TextBlock] = {}

    def metrics(self, style: TextStyle) -> LineMetrics:
        """Metrics of a line of Latin text in this style."""
        ascent, descent = self._shaper.ascent, self._shaper.descent
        return LineMetrics(
            ascent * style.size, descent * style.size, style.size * style.line_spacing
        )

    def measure(self, text: str, style: TextStyle) -> tuple[float, float]:
        """Width and height of the text without wrapping."""
        block = self.layout(text, style)
        return block.width, block.height

    def layout(
        self,
        text: str,
        style: TextStyle,
        max_width: float | None = None,
        max_lines: int | None = None,
        align: Align = "start",
        direction: Direction = "auto",
    ) -> TextBlock:
        """Break and shape text; see the protocol."""
        question = (text, style, max_width, max_lines, align, direction)
        block = self._blocks.get(question)
        if block is None:
            block = self._laid_out(text, style, max_width, max_lines, align, direction)
            if len(self._blocks) >= _CACHE_LIMIT:
                self._blocks.clear()
            self._blocks[question] = block
        return block

    def _laid_out(
        self,
        text: str,
        style: TextStyle,
        max_width: float | None,
        max_lines: int | None,
        align: Align,
        direction: Direction,
    ) -> TextBlock:
        clean = drawable(text)
        if not clean or style.size <= 0 or max_lines == 0:
            return empty_block(text)
        room = _UNLIMITED if max_width is None else max_width * _SHAPING_SIZE / style.size
        room = max(room, 1.0)
        lines: list[_Line] = []
        elided = False
        for line in self._lines(clean, room, direction, bold=style.bold):
            if len(lines) == max_lines:
                elided = True
                lines[-1] = self._elided(lines[-1], clean, room, bold=style.bold)
                break
            lines.append(line)
        return self._block(text, lines, style, align, elided=elided)

    def _block(
        self, text: str, lines: list[_Line], style: TextStyle, align: Align, *, elided: bool
    ) -> TextBlock:
        scale = style.size / _SHAPING_SIZE
        ascent, descent = self._shaper.ascent, self._shaper.descent
        leading = (style.line_spacing - ascent - descent) / 2
        up, down = (leading + ascent) * style.size, (leading + descent) * style.size
        width = max((line.width for line in lines), default=0.0) * scale
        top = 0.0
        placed = []
        for line in lines:
            baseline = top + max(up, line.up * scale)
            top = baseline + max(down, line.down * scale)
            x = _shift(align, rtl=line.rtl) * (width - line.width * scale)
            placed.append(_text_line(line, x, baseline, style.size))
        return TextBlock(tuple(placed), width, top, text, elided, bool(lines and lines[0].rtl))

    def _lines(
        self, text: str, room: float, direction: Direction, *, bold: bool
    ) -> Iterator[_Line]:
        rtl = direction == "rtl"
        start = 0
        for paragraph in text.split("\n"):
            if direction == "auto":
                rtl = _is_rtl(paragraph, otherwise=rtl)
            breaker = self._burmese_lines if any(map(is_burmese, paragraph)) else self._shaper.lines
            yield from breaker(paragraph, room, start=start, bold=bold, rtl=rtl)
            start += len(paragraph) + 1

    def _burmese_lines(
        self, text: str, room: float, *, start: int, bold: bool, rtl: bool
    ) -> Iterator[_Line]:
        """Break a paragraph line by line, at syllable borders where Qt would cut inside one."""
        done = 0
        while done < len(text):
            rest = text[done:]
            line = next(self._shaper.lines(rest, room, start=start + done, bold=bold, rtl=rtl))
            if len(line.text) < len(rest):
                end = self._burmese_break(rest, len(line.text), room, bold=bold, rtl=rtl)
                line = self._shaper.line(rest[:end], start=start + done, bold=bold, rtl=rtl)
            yield line
            done += len(line.text)

    def _burmese_break(
        self, rest: str, proposed: int, room: float, *, bold: bool, rtl: bool
    ) -> int:
        """Where to end the line: the last syllable border or ordinary break that still fits."""
        near = rest[: 2 * proposed + 40]
        spaces = [at + 1 for at, character in enumerate(near) if character.isspace()]
        borders = sorted({*burmese_borders(near), *spaces})
        fitting = self._longest(rest, borders, room, bold=bold, rtl=rtl)
        if _inside_burmese(rest, proposed) and proposed not in borders:
            return fitting or proposed
        return max(proposed, fitting)

    def _elided(self, line: _Line, text: str, room: float, *, bold: bool) -> _Line:
        """The line cut so that it fits with an ellipsis behind it."""
        end = text.find("\n", line.start)
        rest = text[line.start : end if end >= 0 else len(text)]
        # The line itself and a few letters: more cannot fit, as it was broken for want of room.
        rest = rest[: len(line.text) + 40]
        cuts = self._shaper.cuts(rest, bold=bold, rtl=line.rtl)
        borders = burmese_borders(rest)
        cuts = [at for at in cuts if at in borders or not _inside_burmese(rest, at)]
        kept = self._longest(rest, cuts, room, ELLIPSIS, bold=bold, rtl=line.rtl)
        shown = rest[:kept].rstrip() + ELLIPSIS
        return self._shaper.line(shown, start=line.start, bold=bold, rtl=line.rtl)

    def _longest(
        self, text: str, ends: list[int], room: float, tail: str = "", *, bold: bool, rtl: bool
    ) -> int:
        """The last of the ends up to which the text fits together with a tail, 0 if none does."""

        def exceeds(end: int) -> bool:
            shown = text[:end].rstrip() + tail
            return self._shaper.line(shown, bold=bold, rtl=rtl).width > room

        count = bisect_left(ends, True, key=exceeds)
        return ends[count - 1] if count else 0


def _inside_burmese(text: str, at: int) -> bool:
    return 0 < at < len(text) and is_burmese(text[at - 1]) and is_burmese(text[at])


def _raw_font(path: str) -> QRawFont:
    return QRawFont(path, _SHAPING_SIZE, QFont.HintingPreference.PreferNoHinting)


def _shaping_font(families: list[str], *, bold: bool) -> QFont:
    font = QFont(families)
    font.setBold(bold)
    font.setPixelSize(_SHAPING_SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferOutline)
    return font


def _text_line(line: _Line, x: float, baseline: float, size: float) -> TextLine:
    scale = size / _SHAPING_SIZE
    runs = tuple(
        GlyphRun(
            font=run.font,
            size=size,
            glyphs=run.glyphs,
            xs=tuple(value * scale for value in run.xs),
            ys=tuple(value * scale for value in run.ys),
            rtl=run.rtl,
        )
        for run in line.runs
    )
    return TextLine(line.text.rstrip(), x, baseline, line.width * scale, runs, line.rtl)


def _utf16_offsets(text: str) -> Sequence[int]:
    """Where each character starts in UTF-16, which Qt counts in, and the total at the end."""
    if not text or max(text) < "\U00010000":
        return range(len(text) + 1)
    return list(accumulate((1 + (character > "\uffff") for character in text), initial=0))


def _shift(align: Align, *, rtl: bool) -> float:
    """The share of the spare width that stands left of a line."""
    if align == "start":
        return 1.0 if rtl else 0.0
    return {"left": 0.0, "centre": 0.5, "right": 1.0}[align]


def _is_rtl(paragraph: str, *, otherwise: bool) -> bool:
    """Direction by the first strong character (rules P2 and P3 of the bidi algorithm, UAX 9)."""
    for character in paragraph:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return False
        if kind in {"R", "AL"}:
            return True
    return otherwise
