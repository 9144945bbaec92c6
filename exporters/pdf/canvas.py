"""Draws primitives on a reportlab canvas: same shapes, same glyph ids as the screen.

Coordinates are flipped once per picture so that everything below works with y downwards. Each line
of text is marked with its logical text (ActualText), since glyphs of Burmese alone do not tell it;
halos are marked as saying nothing. Readers take ActualText to run from left to right, so lines with
Arabic or Hebrew in them get invisible plain letters instead, each where its character stands, as
scanned documents have them: every reader knows how to put those in order. Files are the same to the
byte for the same drawing: no dates, no names of programs or people.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from exporters.outlines import icon_outline
from exporters.pdf.directions import visual_letters
from exporters.pdf.fonts import BASE_FONT, DocumentFonts, register_base_fonts
from model.drawing.bounds import bounds
from model.drawing.colours import channels
from model.drawing.geometry import hatch_dots, hatch_lines, outline
from model.drawing.primitives import (
    HATCH_WIDTH,
    Group,
    Icon,
    Label,
    Rect,
    Stroke,
)
from resources.text import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportlab.pdfgen.canvas import Canvas

    from model.drawing.primitives import Drawing, Fill, Path, Primitive, Shape
    from model.drawing.text import GlyphRun, TextBlock, TextLine

__all__ = ["PdfPainter", "new_canvas"]

_CAPS: Final = {"flat": 0, "round": 1}
_OPERATORS: Final = {"M": (2, "m"), "L": (2, "l"), "C": (6, "c"), "Z": (0, "h")}
_ROTATIONS: Final = {0: "1 0 0 1", 90: "0 1 -1 0", -90: "0 -1 1 0"}


def new_canvas(target: Any, page_size: tuple[float, float], title: str = "") -> Canvas:
    """A canvas whose file holds no metadata but the title and is the same on every run.

    Args:
        target: a path or a binary file.
        page_size: width and height in points.
        title: what viewers show as the window's title.
    """
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - slow, only exports need it

    register_base_fonts()
    options: dict[str, Any] = {"initialFontName": BASE_FONT}  # the type stubs say float
    canvas = Canvas(
        target,
        pagesize=page_size,
        pageCompression=1,
        invariant=1,
        pdfVersion=(1, 7),
        **options,
    )
    canvas.setTitle(title)
    for clear in (
        canvas.setAuthor,
        canvas.setCreator,
        canvas.setProducer,
        canvas.setSubject,
        canvas.setKeywords,
    ):
        clear("")
    return canvas


class PdfPainter:
    """Paints drawings and text blocks on one canvas; make one per document."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        document: Any = canvas
        self._fonts = DocumentFonts(document._doc)  # noqa: SLF001 - reportlab has no public way

    def draw(self, drawing: Drawing, x: float, y: float, scale: float = 1.0) -> None:
        """Paint a drawing with its top left corner at (x, y) of the page (y upwards)."""
        items: list[Primitive] = list(drawing.items)
        frame = Rect(0.0, 0.0, drawing.width, drawing.height)
        with _Flipped(self._canvas, x, y, scale):
            self._clip(frame)
            if drawing.background is not None:
                self._fill_colour(drawing.background)
                self._shape_path(frame)
                self._write("f")
            self._paint(items)

    def primitives(
        self, items: Iterable[Primitive], x: float, y: float, scale: float = 1.0
    ) -> None:
        """Paint primitives with their origin at (x, y) of the page (y upwards), unclipped."""
        with _Flipped(self._canvas, x, y, scale):
            self._paint(items)

    def text(self, block: TextBlock, x: float, y: float, colour: str) -> None:
        """Paint a text block with its top left corner at (x, y) of the page (y upwards)."""
        self.primitives((Label(0.0, 0.0, block, colour),), x, y)

    def _paint(self, items: Iterable[Primitive]) -> None:
        for item in items:
            match item:
                case Group():
                    self._group(item)
                case Label():
                    self._label(item)
                case Icon():
                    self._icon(item)
                case _:
                    self._shape(item)

    def _group(self, group: Group) -> None:
        if group.scale <= 0:
            return
        self._canvas.saveState()
        if group.scale != 1.0 or group.dx or group.dy:
            factor = _numbers(group.scale)
            self._write(f"{factor} 0 0 {factor} {_numbers(group.dx, group.dy)} cm")
        if group.clip is not None:
            self._clip(group.clip)
        self._paint(group.children)
        self._canvas.restoreState()

    def _shape(self, shape: Shape) -> None:
        if shape.fill is not None:
            self._fill_colour(shape.fill.colour)
            self._shape_path(shape)
            self._write("f")
            if shape.fill.hatch != "none":
                self._hatch(shape, shape.fill)
        if shape.stroke is not None and shape.stroke.width > 0:
            self._stroke(shape.stroke)
            self._shape_path(shape)
            self._write("S")

    def _hatch(self, shape: Shape, fill: Fill) -> None:
        box = bounds(shape)
        if box is None:
            return
        self._canvas.saveState()
        self._clip(shape)
        self._stroke(Stroke(fill.hatch_colour, HATCH_WIDTH))
        for x1, y1, x2, y2 in hatch_lines(fill.hatch, box):
            self._write(f"{_numbers(x1, y1)} m {_numbers(x2, y2)} l")
        dots = hatch_dots(fill.hatch, box)
        if dots:  # a dot is a line without length under round caps
            self._write(f"1 J {_numbers(2 * HATCH_WIDTH)} w")
        for x, y in dots:
            self._write(f"{_numbers(x, y)} m {_numbers(x, y)} l")
        self._write("S")
        self._canvas.restoreState()

    def _icon(self, icon: Icon) -> None:
        if icon.size <= 0:
            return
        self._fill_colour(icon.colour)
        size = _numbers(icon.size)
        self._write(f"q {size} 0 0 {size} {_numbers(icon.x, icon.y)} cm")
        verbs, points = icon_outline(icon.name)
        self._write(_path_code(verbs, points, 5))
        self._write("f Q")

    def _label(self, label: Label) -> None:
        left, top = label.origin()
        if label.turn:
            self._canvas.saveState()
            self._write(f"{_ROTATIONS[label.turn]} {_numbers(label.x, label.y)} cm")
        else:
            left, top = left + label.x, top + label.y
        if label.halo is not None and label.halo_width > 0:
            self._stroke(Stroke(label.halo, 2 * label.halo_width, cap="round"))
            for line in label.block.lines:
                self._line(line, left, top, "1 Tr", "")
        self._fill_colour(label.colour)
        for line in label.block.lines:
            self._line(line, left, top, "0 Tr", "" if line.edges else line.text)
            if line.edges:
                self._invisible_letters(line, left, top)
        if label.turn:
            self._canvas.restoreState()

    def _line(self, line: TextLine, left: float, top: float, mode: str, said: str) -> None:
        if not line.runs:
            return
        x, baseline = left + line.x, top + line.baseline
        hexadecimal = ("\ufeff" + without_marks(said)).encode("utf-16-be", "replace").hex()
        self._write(f"/Span << /ActualText <{hexadecimal}> >> BDC BT {mode}")
        for run in line.runs:
            self._run(run, x, baseline)
        self._write("ET EMC")

    def _invisible_letters(self, line: TextLine, left: float, top: float) -> None:
        """Plain letters in visual order, stretched to the room that each character takes."""
        fonts = [(run.size, self._fonts.get(run.font)) for run in line.runs]
        x, baseline = left + line.x, _numbers(top + line.baseline)
        places = visual_letters(line)
        self._write("BT 3 Tr")
        for start, end, character in places:
            for size, font in fonts:
                glyph = font.plain_glyph(character) if font else None
                if font is not None and glyph is not None:
                    shown, advance = font.use(glyph)
                    share = (end - start) / (advance * size / 1000) if advance else 1.0
                    stretch = _numbers(max(share, 0.01))
                    self._write(
                        f"/{font.resource} {_numbers(size)} Tf "
                        f"{stretch} 0 0 -1 {_numbers(x + start)} {baseline} Tm <{shown:04x}> Tj"
                    )
                    break
        self._write("ET")

    def _run(self, run: GlyphRun, x: float, baseline: float) -> None:
        font = self._fonts.get(run.font)
        if font is None or run.size <= 0:
            return
        self._write(f"/{font.resource} {_numbers(run.size)} Tf")
        start = 0
        for end in range(1, len(run.glyphs) + 1):
            if end == len(run.glyphs) or run.ys[end] != run.ys[start]:
                place = _numbers(x + run.xs[start], baseline + run.ys[start])
                glyphs = [font.use(glyph) for glyph in run.glyphs[start:end]]
                shown = _spaced(glyphs, run.xs[start:end], 1000 / run.size)
                self._write(f"1 0 0 -1 {place} Tm [{shown}] TJ")
                start = end

    def _stroke(self, stroke: Stroke) -> None:
        red, green, blue, alpha = channels(stroke.colour)
        self._canvas.setStrokeAlpha(alpha)
        self._write(
            f"{_numbers(red, green, blue)} RG {_numbers(stroke.width)} w "
            f"{_CAPS[stroke.cap]} J 1 j [{_numbers(*stroke.dash)}] 0 d"
        )

    def _fill_colour(self, colour: str) -> None:
        red, green, blue, alpha = channels(colour)
        self._canvas.setFillAlpha(alpha)
        self._write(f"{_numbers(red, green, blue)} rg")

    def _clip(self, shape: Shape) -> None:
        self._shape_path(shape)
        self._write("W n")

    def _shape_path(self, shape: Path | Shape) -> None:
        verbs, points = outline(shape)
        self._write(_path_code(verbs, points, 3) or "0 0 m")

    def _write(self, code: str) -> None:
        self._canvas.addLiteral(code)


class _Flipped:
    """A stretch of page content with y downwards from (x, y), after which all is as before."""

    def __init__(self, canvas: Canvas, x: float, y: float, scale: float) -> None:
        self._canvas = canvas
        self._matrix = f"{_numbers(scale)} 0 0 {_numbers(-scale)} {_numbers(x, y)} cm"

    def __enter__(self) -> None:
        self._canvas.saveState()
        self._canvas.addLiteral(self._matrix)

    def __exit__(self, *_problem: object) -> None:
        self._canvas.restoreState()


def _spaced(glyphs: list[tuple[int, float]], xs: tuple[float, ...], per_unit: float) -> str:
    """Operands of TJ that put every glyph at its x; rounding errors do not add up."""
    parts: list[str] = []
    pen = xs[0] * per_unit
    for (glyph, advance), x in zip(glyphs, xs, strict=True):
        correction = round(pen - x * per_unit)
        if correction:
            parts.append(f"> {correction} <")
            pen -= correction
        parts.append(f"{glyph:04x}")
        pen += advance
    return f"<{''.join(parts)}>".replace("<>", "")


@lru_cache(maxsize=4096)
def _path_code(verbs: str, points: tuple[float, ...], digits: int) -> str:
    parts: list[str] = []
    at = 0
    for verb in verbs:
        count, operator = _OPERATORS[verb]
        numbers = " ".join(f"{value:.{digits}f}" for value in points[at : at + count])
        parts.append(f"{numbers} {operator}" if count else operator)
        at += count
    return " ".join(parts)


def _numbers(*values: float) -> str:
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") or "0" for value in values)
