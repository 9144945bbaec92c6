"""Paints primitives with QPainter, exactly as the PDF and SVG writers do.

A painter keeps what is costly to make (pens, glyph runs, outlines) and is meant to live as long as
its view. Curves are painted one path at a time: thousands in a single QPainterPath take
superlinear time in Qt.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QGlyphRun,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QRawFont,
    QTransform,
)

from model.drawing.bounds import Bounds, bounds
from model.drawing.colours import channels
from model.drawing.font_files import font_files, icon_codepoint, icon_font, main_font
from model.drawing.geometry import hatch_dots, hatch_lines, outline
from model.drawing.primitives import (
    HATCH_WIDTH,
    Ellipse,
    Group,
    Icon,
    Label,
    Polyline,
    Rect,
    Stroke,
)
from model.refusals import Refusal
from resources.text import tr
from widgets.common.dashes import draw_pieces, outline_of, pieces_in
from widgets.text_shaping import SYSTEM_FONT_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.primitives import Drawing, Fill, Primitive, Shape
    from model.drawing.text import GlyphRun, TextBlock

__all__ = ["PrimitivePainter", "icon_path", "path_of", "pixels", "qt_colour", "rasterise"]

_CAPS: Final = {"flat": Qt.PenCapStyle.FlatCap, "round": Qt.PenCapStyle.RoundCap}
_ICON_BASELINE: Final = 0.875
_ICON_PATH_SIZE: Final = 512
_OUTLINE_SIZE: Final = 1000.0
"""Size that glyph outlines are taken at: a unit of our fonts is then a pixel."""
_CACHE_LIMIT: Final = 10_000
_CLIP_MARGIN: Final = 4.0
"""Beyond what shows, so that the ends of lines that are left out never do."""
_LARGEST_SIDE: Final = 32_000
_MOST_PIXELS: Final = 250_000_000


class PrimitivePainter:
    """Paints primitives; one object per view keeps the caches warm."""

    def __init__(self, *, steady_dashes: bool = False) -> None:
        """Start without anything kept.

        Args:
            steady_dashes: dashes stay where they are whatever part is painted, as pictures need
                that are painted strip by strip; it takes longer.
        """
        self._steady_dashes = steady_dashes
        # Keyed by identity, with the block kept so that its identity stays taken.
        self._runs: dict[int, tuple[TextBlock, list[tuple[QPointF, QGlyphRun]]]] = {}
        self._outlines: dict[int, tuple[TextBlock, QPainterPath]] = {}

    def paint(self, painter: QPainter, items: Iterable[Primitive]) -> None:
        """Paint primitives in order, in the painter's coordinates."""
        for item in items:
            match item:
                case Group():
                    self._group(painter, item)
                case Label():
                    self._label(painter, item)
                case Icon():
                    self._icon(painter, item)
                case _:
                    self._shape(painter, item)

    def draw(self, painter: QPainter, drawing: Drawing) -> None:
        """Paint a whole drawing from the painter's origin, clipped to its size."""
        frame = QRectF(0, 0, drawing.width, drawing.height)
        painter.save()
        painter.setClipRect(frame, Qt.ClipOperation.IntersectClip)
        if drawing.background is not None:
            painter.fillRect(frame, qt_colour(drawing.background))
        self.paint(painter, drawing.items)
        painter.restore()

    def _group(self, painter: QPainter, group: Group) -> None:
        if group.scale <= 0:
            return
        painter.save()
        painter.translate(group.dx, group.dy)
        painter.scale(group.scale, group.scale)
        if group.clip is not None:
            painter.setClipPath(path_of(group.clip), Qt.ClipOperation.IntersectClip)
        self.paint(painter, group.children)
        painter.restore()

    def _shape(self, painter: QPainter, shape: Shape) -> None:
        fill = shape.fill
        stroke = shape.stroke
        if stroke is None or stroke.width <= 0:
            painter.setPen(Qt.PenStyle.NoPen)
            if fill is None:
                return
        else:
            painter.setPen(_pen(stroke))
        hatched = fill is not None and fill.hatch != "none"
        if hatched and fill is not None:
            self._hatched(painter, shape, fill)
        painter.setBrush(Qt.BrushStyle.NoBrush if fill is None or hatched else _brush(fill.colour))
        if self._steady_dashes and stroke is not None and stroke.dash:
            self._dashed(painter, shape, stroke)
        else:
            _draw_shape(painter, shape)

    @staticmethod
    def _dashed(painter: QPainter, shape: Shape, stroke: Stroke) -> None:
        points = outline_of(shape)
        if points is None or not painter.hasClipping():
            _draw_shape(painter, shape)
            return
        if painter.brush().style() != Qt.BrushStyle.NoBrush:
            painter.setPen(Qt.PenStyle.NoPen)
            _draw_shape(painter, shape)
        reach = stroke.width + _CLIP_MARGIN
        shown = painter.clipBoundingRect().adjusted(-reach, -reach, reach, reach)
        painter.setPen(_pen(msgspec.structs.replace(stroke, dash=())))
        area = (shown.left(), shown.top(), shown.right(), shown.bottom())
        draw_pieces(painter, pieces_in(points, stroke.dash, area))

    def _hatched(self, painter: QPainter, shape: Shape, fill: Fill) -> None:
        box = bounds(shape)
        if box is not None and painter.hasClipping():
            # Hatches stand at fixed places of the plane: lines that are clipped away can be left
            # out. Those that remain keep their ends, so that they are the same in every strip.
            shown, margin = painter.clipBoundingRect(), box.height + _CLIP_MARGIN
            left, right = (
                max(box.left, shown.left() - margin),
                min(box.right, shown.right() + margin),
            )
            box = Bounds(left, box.top, right, box.bottom) if left < right else None
        if box is None:
            return
        painter.save()
        path = path_of(shape)
        painter.fillPath(path, _brush(fill.colour))
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        dots = hatch_dots(fill.hatch, box)
        width = 2 * HATCH_WIDTH if dots else HATCH_WIDTH
        painter.setPen(_pen(Stroke(fill.hatch_colour, width, cap="round" if dots else "flat")))
        lines = hatch_lines(fill.hatch, box)
        if lines:
            painter.drawLines([QLineF(x1, y1, x2, y2) for x1, y1, x2, y2 in lines])
        if dots:
            painter.drawPoints([QPointF(x, y) for x, y in dots])
        painter.restore()

    def _icon(self, painter: QPainter, icon: Icon) -> None:
        if icon.size <= 0:
            return
        painter.save()
        painter.translate(icon.x, icon.y)
        painter.scale(icon.size / _ICON_PATH_SIZE, icon.size / _ICON_PATH_SIZE)
        painter.fillPath(icon_path(icon.name), _brush(icon.colour))
        painter.restore()

    def _label(self, painter: QPainter, label: Label) -> None:
        left, top = label.origin()
        painter.save()
        painter.translate(label.x, label.y)
        if label.turn:
            painter.rotate(label.turn)
        painter.translate(left, top)
        if label.halo is not None and label.halo_width > 0:
            painter.strokePath(
                self._outline(label.block), _pen(Stroke(label.halo, 2 * label.halo_width))
            )
        painter.setPen(qt_colour(label.colour))
        for place, run in self._glyph_runs(label.block):
            painter.drawGlyphRun(place, run)
        painter.restore()

    def _glyph_runs(self, block: TextBlock) -> list[tuple[QPointF, QGlyphRun]]:
        cached = self._runs.get(id(block))
        if cached is None:
            cached = (
                block,
                [
                    (QPointF(line.x, line.baseline), _qt_run(run))
                    for line in block.lines
                    for run in line.runs
                ],
            )
            if len(self._runs) >= _CACHE_LIMIT:
                self._runs.clear()
            self._runs[id(block)] = cached
        return cached[1]

    def _outline(self, block: TextBlock) -> QPainterPath:
        cached = self._outlines.get(id(block))
        if cached is None:
            cached = (block, _block_path(block))
            if len(self._outlines) >= _CACHE_LIMIT:
                self._outlines.clear()
            self._outlines[id(block)] = cached
        return cached[1]


def rasterise(drawing: Drawing, scale: float = 1.0) -> QImage:
    """Paint a drawing into an image with `scale` pixels per project unit.

    Raises:
        Refusal: the picture would be too large for an image.
    """
    width, height = max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale))
    if max(width, height) > _LARGEST_SIDE or width * height > _MOST_PIXELS:
        raise Refusal(
            "picture-too-large",
            tr(
                "A picture of {width} × {height} pixels is too large; choose a lower resolution.",
                width=width,
                height=height,
            ),
        )
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    PrimitivePainter().draw(painter, drawing)
    painter.end()
    return image


def pixels(drawing: Drawing, scale: float) -> tuple[int, int, bytes]:
    """The rasteriser for exporters: width, height, and rows of red, green, blue, alpha bytes."""
    image = rasterise(drawing, scale).convertToFormat(QImage.Format.Format_RGBA8888)
    return image.width(), image.height(), bytes(image.constBits())


def path_of(shape: Shape) -> QPainterPath:
    """The outline of a shape as a Qt path, filled by the nonzero winding rule."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    verbs, points = outline(shape)
    at = 0
    for verb in verbs:
        if verb == "M":
            path.moveTo(points[at], points[at + 1])
            at += 2
        elif verb == "L":
            path.lineTo(points[at], points[at + 1])
            at += 2
        elif verb == "C":
            path.cubicTo(*points[at : at + 6])
            at += 6
        else:
            path.closeSubpath()
    return path


@lru_cache(maxsize=512)
def icon_path(name: str) -> QPainterPath:
    """The outline of an icon in a square of 512 units whose origin is its top left corner."""
    font = QRawFont(str(icon_font()), _ICON_PATH_SIZE, QFont.HintingPreference.PreferNoHinting)
    glyphs = font.glyphIndexesForString(chr(icon_codepoint(name)))
    path = font.pathForGlyph(glyphs[0]) if glyphs else QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.translate(0, _ICON_BASELINE * _ICON_PATH_SIZE)
    return path


def _draw_shape(painter: QPainter, shape: Shape) -> None:
    match shape:
        case Rect(radius=0):
            painter.drawRect(QRectF(shape.x, shape.y, shape.width, shape.height))
        case Ellipse():
            painter.drawEllipse(QPointF(shape.cx, shape.cy), shape.rx, shape.ry)
        case Polyline(closed=False, fill=None, points=points):
            painter.drawPolyline(
                [QPointF(points[at], points[at + 1]) for at in range(0, len(points) - 1, 2)]
            )
        case _:
            painter.drawPath(path_of(shape))


def _qt_run(run: GlyphRun) -> QGlyphRun:
    shown = QGlyphRun()
    shown.setRawFont(_raw_font(run.font, run.size))
    shown.setGlyphIndexes(list(run.glyphs))
    shown.setPositions([QPointF(x, y) for x, y in zip(run.xs, run.ys, strict=True)])
    shown.setRightToLeft(run.rtl)
    return shown


def _block_path(block: TextBlock) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for line in block.lines:
        for run in line.runs:
            scale = run.size / _OUTLINE_SIZE
            for glyph, x, y in zip(run.glyphs, run.xs, run.ys, strict=True):
                place = QTransform(scale, 0, 0, scale, line.x + x, line.baseline + y)
                path.addPath(place.map(_glyph_path(run.font, glyph)))
    return path


@lru_cache(maxsize=8192)
def _glyph_path(key: str, glyph: int) -> QPainterPath:
    """A glyph's outline at a size of its own, so that what was drawn before makes no difference."""
    return _raw_font(key, _OUTLINE_SIZE).pathForGlyph(glyph)


@lru_cache(maxsize=512)
def _raw_font(key: str, size: float) -> QRawFont:
    """The font of a run; the machine's own for keys that only the screen knows."""
    no_hinting = QFont.HintingPreference.PreferNoHinting
    if key.startswith(SYSTEM_FONT_PREFIX):
        weight, _, family = key.removeprefix(SYSTEM_FONT_PREFIX).partition(":")
        font = QFont([family])
        font.setWeight(QFont.Weight(int(weight)))
        font.setHintingPreference(no_hinting)
        raw = QRawFont.fromFont(font)
        raw.setPixelSize(size)
        return raw
    file = font_files().get(key, main_font())
    return QRawFont(str(file.path), size, no_hinting)


@lru_cache(maxsize=1024)
def _pen(stroke: Stroke) -> QPen:
    pen = QPen(qt_colour(stroke.colour), stroke.width)
    pen.setCapStyle(_CAPS[stroke.cap])
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if stroke.dash and stroke.width > 0:
        pattern = [length / stroke.width for length in stroke.dash]
        pen.setDashPattern(pattern if len(pattern) % 2 == 0 else pattern * 2)
    return pen


@lru_cache(maxsize=1024)
def _brush(colour: str) -> QBrush:
    return QBrush(qt_colour(colour))


@lru_cache(maxsize=1024)
def qt_colour(colour: str) -> QColor:
    """A colour of the drawing language as Qt has it."""
    return QColor.fromRgbF(*channels(colour))
