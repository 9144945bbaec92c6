"""Shaped text as plain data, and the protocol of the engine that shapes it.

Text is shaped once, by a TextEngine, into glyph runs; every painter then draws those same glyph
ids at those same places, so screen, PDF, SVG and PNG agree to the last kern. This module owns the
data (TextStyle, GlyphRun, TextLine, TextBlock), the protocol, and the two pure rules that no
toolkit gets right for us: what text is drawable, and where Burmese may be broken.

Units are project units (1/72 inch on paper, one pixel on screen at 100 %); y grows downwards.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal, Protocol

import msgspec

Align = Literal["start", "left", "centre", "right"]
Direction = Literal["auto", "ltr", "rtl"]

ELLIPSIS = "…"


class TextStyle(msgspec.Struct, frozen=True, gc=False):
    """How text is set, without its colour: size in project units, weight, line distance."""

    size: float = 10.0
    bold: bool = False
    line_spacing: float = 1.3
    """Distance of baselines as a multiple of the size (scripts that need more get more)."""


class GlyphRun(msgspec.Struct, frozen=True, gc=False):
    """Glyphs of one static font file.

    `font` is the key of the file (see model/drawing/font_files.py), for example "NotoSans-Bold";
    glyph ids count in that file. Positions are relative to the line: x from its left edge, y from
    its baseline (downwards). What the glyphs say stands on the line, since ligatures and
    reordering leave no plain relation between single glyphs and characters.
    """

    font: str
    size: float
    glyphs: tuple[int, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rtl: bool = False


class TextLine(msgspec.Struct, frozen=True, gc=False):
    """One line: its logical text, its left edge and baseline within the block, its runs.

    `edges` holds the left and right edge of every character of `text`, relative to the line's
    left edge; only lines in which something runs from right to left have them, since there the
    order of the glyphs does not tell the order of the text.
    """

    text: str
    x: float
    baseline: float
    width: float
    runs: tuple[GlyphRun, ...]
    rtl: bool = False
    edges: tuple[float, ...] = ()


class TextBlock(msgspec.Struct, frozen=True, gc=False):
    """Lines laid out below one another; the origin is the top left corner of the block.

    `width` is that of the widest line; lines are aligned within it. `text` is what was asked
    for in full, `elided` says that some of it does not show because max_lines was exceeded.
    `rtl` is the direction of the (first) paragraph: a "start"-aligned block with rtl wants to
    be anchored by its right edge.
    """

    lines: tuple[TextLine, ...]
    width: float
    height: float
    text: str
    elided: bool = False
    rtl: bool = False


class LineMetrics(msgspec.Struct, frozen=True, gc=False):
    """Ascent and descent of the main font at a style's size, and the distance of baselines."""

    ascent: float
    descent: float
    height: float


class TextEngine(Protocol):
    """Measures, breaks and shapes text. Implementations cache; equal questions are cheap."""

    def metrics(self, style: TextStyle) -> LineMetrics:
        """Metrics of a line of Latin text in this style."""
        ...

    def measure(self, text: str, style: TextStyle) -> tuple[float, float]:
        """Width and height of the text without wrapping (line feeds start new lines)."""
        ...

    def layout(
        self,
        text: str,
        style: TextStyle,
        max_width: float | None = None,
        max_lines: int | None = None,
        align: Align = "start",
        direction: Direction = "auto",
    ) -> TextBlock:
        """Break and shape text.

        Lines are at most max_width wide (words that are too long are broken anywhere, Burmese at
        syllable borders). Only if max_lines is exceeded is the last line cut with an ellipsis and
        the block marked `elided`. "start" is left for left-to-right paragraphs, right otherwise.
        """
        ...

    def unshown(self, text: str) -> str:
        """The letters of a text that replacement marks stand for, as no font at hand has them."""
        ...


_UNDRAWABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

_BURMESE = "\u1000-\u109f\uaa60-\uaa7f\ua9e0-\ua9ff"
_BURMESE_STARTERS = (
    "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070"
    "\u1075-\u1081\u108e\ua9e0-\ua9e4\ua9e7-\ua9ef\ua9fa-\ua9fe"
    "\uaa60-\uaa6f\uaa71-\uaa7a\uaa7e\uaa7f"
)
_SYLLABLE_START = re.compile(
    f"(?<=[{_BURMESE}])(?<!\u1039)[{_BURMESE_STARTERS}](?![\u1037]?\u103a)(?!\u1039)"
)


def drawable(text: str) -> str:
    """The text with what no renderer can draw replaced: never fails, whatever comes in.

    All line ends become line feeds, control characters and lone surrogates become U+FFFD.
    """
    return _UNDRAWABLE.sub("\ufffd", _LINE_ENDS.sub("\n", text))


_ISOLATE_STARTS: Final = frozenset({"LRI", "RLI", "FSI"})
_STRONG: Final = frozenset({"L", "R", "AL"})


def begins_at_the_right(paragraph: str, *, otherwise: bool = False) -> bool:
    """Direction by the first strong character (rules P2 and P3 of the bidi algorithm, UAX 9).

    What stands in isolates does not count.
    """
    depth = 0
    for character in paragraph:
        kind = unicodedata.bidirectional(character)
        if kind in _ISOLATE_STARTS:
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif depth == 0 and kind in _STRONG:
            return kind != "L"
    return otherwise


def burmese_borders(text: str) -> list[int]:
    """Positions before which a syllable of Myanmar script starts, where a line may break.

    A consonant starts a syllable unless it is stacked (virama), carries asat (it then closes the
    syllable before it), or a stack follows it, which would leave the killed letter alone. This is
    the usual syllable rule (Maung and Makino, "A rule-based syllable segmentation of Myanmar
    text", 2008), not a dictionary: it never cuts inside a syllable, it may cut inside a word.
    """
    return [found.start() for found in _SYLLABLE_START.finditer(text)]


def is_burmese(character: str) -> bool:
    """Whether a character belongs to the Myanmar script, extensions included."""
    return (
        "\u1000" <= character <= "\u109f"
        or "\uaa60" <= character <= "\uaa7f"
        or ("\ua9e0" <= character <= "\ua9ff")
    )


def empty_block(text: str = "") -> TextBlock:
    """A block without lines."""
    return TextBlock(lines=(), width=0.0, height=0.0, text=text)
