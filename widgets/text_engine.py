"""The text engine on Qt: lines, breaks, ellipses and alignment of shaped paragraphs.

Only our own font files are used. What they do not cover is shown as U+FFFD, the same everywhere;
with `system_fonts` (for the screen of someone whose script we do not ship, Chinese for instance)
the fonts of the machine step in: such runs have keys that start with "system:" and only the Qt
painter can draw them. Works with a QGuiApplication on the offscreen platform in a worker process.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from model.drawing.text import (
    ELLIPSIS,
    GlyphRun,
    LineMetrics,
    TextBlock,
    TextLine,
    begins_at_the_right,
    burmese_borders,
    drawable,
    empty_block,
    is_burmese,
)
from widgets.text_shaping import SHAPING_SIZE, UNLIMITED, Shaper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.drawing.text import Align, Direction, TextStyle
    from widgets.text_shaping import ShapedLine

__all__ = ["QtTextEngine"]

_CACHE_LIMIT: Final = 20_000


class QtTextEngine:
    """Implements model.drawing.text.TextEngine; one object serves a window or a worker."""

    def __init__(self, *, system_fonts: bool = False) -> None:
        self._shaper = Shaper(system_fonts=system_fonts)
        self._blocks: dict[tuple[object, ...], TextBlock] = {}

    def forget(self) -> None:
        """Drop all remembered texts, because the project is locked."""
        self._blocks.clear()

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
            block = self._unbroken(text, style, max_width, max_lines, align, direction)
            block = block or self._laid_out(text, style, max_width, max_lines, align, direction)
            if len(self._blocks) >= _CACHE_LIMIT:
                self._blocks.clear()
            self._blocks[question] = block
        return block

    def unshown(self, text: str) -> str:
        """The letters that no font at hand has; see the protocol."""
        return "" if text.isascii() else self._shaper.unshown(drawable(text))

    def _unbroken(
        self,
        text: str,
        style: TextStyle,
        max_width: float | None,
        max_lines: int | None,
        align: Align,
        direction: Direction,
    ) -> TextBlock | None:
        """The text in one line if it fits, so that all widths in which it does share one block."""
        if max_width is None or max_lines == 0 or "\n" in text:
            return None
        whole = self.layout(text, style, None, None, align, direction)
        return whole if whole.width <= max_width and len(whole.lines) <= 1 else None

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
        room = UNLIMITED if max_width is None else max_width * SHAPING_SIZE / style.size
        room = max(room, 1.0)
        lines: list[ShapedLine] = []
        elided = False
        for line in self._lines(clean, room, direction, bold=style.bold):
            if len(lines) == max_lines:
                elided = True
                lines[-1] = self._elided(lines[-1], clean, room, bold=style.bold)
                break
            lines.append(line)
        return self._block(text, lines, style, align, elided=elided)

    def _block(
        self, text: str, lines: list[ShapedLine], style: TextStyle, align: Align, *, elided: bool
    ) -> TextBlock:
        scale = style.size / SHAPING_SIZE
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
    ) -> Iterator[ShapedLine]:
        rtl = direction == "rtl"
        start = 0
        for paragraph in text.split("\n"):
            if direction == "auto":
                rtl = begins_at_the_right(paragraph, otherwise=rtl)
            breaker = self._burmese_lines if any(map(is_burmese, paragraph)) else self._shaper.lines
            # Spaces at the end would count into the width.
            yield from breaker(paragraph.rstrip(), room, start=start, bold=bold, rtl=rtl)
            start += len(paragraph) + 1

    def _burmese_lines(
        self, text: str, room: float, *, start: int, bold: bool, rtl: bool
    ) -> Iterator[ShapedLine]:
        """Break a paragraph line by line, at syllable borders where Qt would cut inside one."""
        done = 0
        while done < len(text):
            rest = text[done:]
            line = next(self._shaper.lines(rest, room, start=start + done, bold=bold, rtl=rtl))
            end = len(line.text)
            if end < len(rest):
                end = self._burmese_break(rest, end, room, bold=bold, rtl=rtl)
                shown = rest[:end].rstrip()
                line = self._shaper.line(shown, start=start + done, bold=bold, rtl=rtl)
            yield line
            done += end

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

    def _elided(self, line: ShapedLine, text: str, room: float, *, bold: bool) -> ShapedLine:
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


def _text_line(line: ShapedLine, x: float, baseline: float, size: float) -> TextLine:
    scale = size / SHAPING_SIZE
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
    text = line.text.rstrip()
    edges = tuple(value * scale for value in line.edges[: 2 * len(text)])
    return TextLine(text, x, baseline, line.width * scale, runs, line.rtl, edges)


def _shift(align: Align, *, rtl: bool) -> float:
    """The share of the spare width that stands left of a line."""
    if align == "start":
        return 1.0 if rtl else 0.0
    return {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
