"""Writes a drawing as one self-contained SVG file: glyphs and icons are outlines, no fonts needed.

What the picture says stands in title and desc, each text in the label of its group, so that screen
readers and search find it. No scripts, links, styles or record ids; the same drawing gives the same
bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from exporters.outlines import glyph_outline, icon_outline, units_per_em
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
from model.drawing.text import drawable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.drawing.primitives import Drawing, Fill, Primitive, Shape
    from model.drawing.text import GlyphRun

__all__ = ["svg_text"]

_COUNTS: Final = {"M": 2, "L": 2, "C": 6, "Z": 0}


def svg_text(drawing: Drawing) -> str:
    """The SVG document of a drawing, in true size: a project unit is a point."""
    writer = _Writer()
    width, height = _number(drawing.width), _number(drawing.height)
    frame = Rect(0.0, 0.0, drawing.width, drawing.height)
    if drawing.background is not None:
        writer.add(f"<path d={_data(frame)}{_paint('fill', drawing.background)}/>")
    writer.primitives(drawing.items)
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{width}pt" '
            f'height="{height}pt" viewBox="0 0 {width} {height}" role="img" '
            'aria-labelledby="title desc" stroke-linejoin="round">'
        ),
        f'<title id="title">{_text(drawing.title)}</title>',
        f'<desc id="desc">{_text(drawing.alt)}</desc>',
    ]
    definitions = ["<defs>", *writer.definitions, "</defs>"] if writer.definitions else []
    return "\n".join([*head, *definitions, *writer.body, "</svg>", ""])


class _Writer:
    """Collects the elements of the picture and the definitions they use."""

    def __init__(self) -> None:
        self.body: list[str] = []
        self.definitions: list[str] = []
        self._names: dict[object, str] = {}

    def add(self, element: str) -> None:
        """Append an element to the picture."""
        self.body.append(element)

    def primitives(self, items: Iterable[Primitive]) -> None:
        """Append primitives in order."""
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
        attributes = ""
        if group.dx or group.dy or group.scale != 1.0:
            attributes += f' transform="{_placed(group.dx, group.dy, group.scale)}"'
        if group.clip is not None:
            attributes += f' clip-path="url(#{self._clip(group.clip)})"'
        if group.alt:
            attributes += f' role="img" aria-label={_attribute(group.alt)}'
        self.add(f"<g{attributes}>")
        if group.alt:
            self.add(f"<title>{_text(group.alt)}</title>")
        self.primitives(group.children)
        self.add("</g>")

    def _shape(self, shape: Shape) -> None:
        fill, stroke = shape.fill, shape.stroke
        paint = _paint("fill", fill.colour) if fill else ' fill="none"'
        if fill is not None and fill.hatch != "none":
            self.add(f"<path d={_data(shape)}{paint}/>")
            self._hatch(shape, fill)
            paint = ' fill="none"'
        if stroke is not None and stroke.width > 0:
            paint += _stroke(stroke)
        elif fill is None or fill.hatch != "none":
            return
        self.add(f"<path d={_data(shape)}{paint}/>")

    def _hatch(self, shape: Shape, fill: Fill) -> None:
        box = bounds(shape)
        if box is None:
            return
        lines = "".join(
            f"M{_pair(x1, y1)}L{_pair(x2, y2)}" for x1, y1, x2, y2 in hatch_lines(fill.hatch, box)
        )
        dots = "".join(f"M{_pair(x, y)}h.01" for x, y in hatch_dots(fill.hatch, box))
        width = 2 * HATCH_WIDTH if dots else HATCH_WIDTH
        stroke = _stroke(Stroke(fill.hatch_colour, width, cap="round" if dots else "flat"))
        clip = self._clip(shape)
        self.add(f'<path d="{lines}{dots}" fill="none"{stroke} clip-path="url(#{clip})"/>')

    def _icon(self, icon: Icon) -> None:
        key = ("icon", icon.name)
        name = self._names.get(key)
        if name is None:
            verbs, points = icon_outline(icon.name)
            name = self._defined(key, "i", _commands(verbs, points, 4))
        place = _placed(icon.x, icon.y, icon.size)
        self.add(f'<use href="#{name}" transform="{place}"{_paint("fill", icon.colour)}/>')

    def _label(self, label: Label) -> None:
        left, top = label.origin()
        turn = f" rotate({label.turn})" if label.turn else ""
        said = " ".join(line.text for line in label.block.lines)
        place = f' transform="translate({_pair(label.x, label.y)}){turn}"'
        glyphs = [
            element
            for line in label.block.lines
            for run in line.runs
            for element in self._run(run, left + line.x, top + line.baseline)
        ]
        if not glyphs:
            return
        self.add(f'<g role="img" aria-label={_attribute(said)}{place}>')
        if label.halo is not None and label.halo_width > 0:
            self._halo(label, glyphs)
        self.add(f"<g{_paint('fill', label.colour)}>")
        self.body += [f"<use {use}/>" for use in glyphs]
        self.body += ["</g>", "</g>"]

    def _halo(self, label: Label, glyphs: list[str]) -> None:
        """Strokes below the glyphs; widths are in font units since the glyphs are scaled."""
        run = next(run for line in label.block.lines for run in line.runs)
        width = 2 * label.halo_width * units_per_em(run.font) / run.size
        stroke = _stroke(Stroke(label.halo or "#ffffff", width))
        self.add(f'<g aria-hidden="true" fill="none"{stroke}>')
        self.body += [f"<use {use}/>" for use in glyphs]
        self.add("</g>")

    def _run(self, run: GlyphRun, left: float, baseline: float) -> list[str]:
        scale = run.size / units_per_em(run.font)
        elements = []
        for glyph, x, y in zip(run.glyphs, run.xs, run.ys, strict=True):
            key = (run.font, glyph)
            name = self._names.get(key)
            if name is None:
                verbs, points = glyph_outline(run.font, glyph)
                name = self._defined(key, "g", _commands(verbs, points, 1)) if verbs else ""
                self._names[key] = name
            if name:
                place = _placed(left + x, baseline + y, scale)
                elements.append(f'href="#{name}" transform="{place}"')
        return elements

    def _defined(self, key: object, prefix: str, data: str) -> str:
        name = f"{prefix}{len(self._names) + 1}"
        self._names[key] = name
        self.definitions.append(f'<path id="{name}" d="{data}"/>')
        return name

    def _clip(self, shape: Shape) -> str:
        data = _data(shape)
        name = self._names.get(("clip", data))
        if name is None:
            name = f"c{len(self._names) + 1}"
            self._names["clip", data] = name
            self.definitions.append(f'<clipPath id="{name}"><path d={data}/></clipPath>')
        return name


def _data(shape: Shape) -> str:
    verbs, points = outline(shape)
    return f'"{_commands(verbs, points, 3)}"'


def _commands(verbs: str, points: tuple[float, ...], digits: int) -> str:
    parts = []
    at = 0
    for verb in verbs:
        count = _COUNTS[verb]
        parts.append(verb + " ".join(_number(value, digits) for value in points[at : at + count]))
        at += count
    return "".join(parts)


def _stroke(stroke: Stroke) -> str:
    text = _paint("stroke", stroke.colour) + f' stroke-width="{_number(stroke.width)}"'
    if stroke.dash:
        text += f' stroke-dasharray="{" ".join(map(_number, stroke.dash))}"'
    if stroke.cap == "round":
        text += ' stroke-linecap="round"'
    return text


def _paint(kind: str, colour: str) -> str:
    alpha = channels(colour)[3]
    opacity = f' {kind}-opacity="{_number(alpha)}"' if alpha < 1 else ""
    return f' {kind}="{colour[:7]}"{opacity}'


def _placed(x: float, y: float, scale: float) -> str:
    text = f"translate({_pair(x, y)})"
    return text if scale == 1.0 else f"{text} scale({_number(scale, 6)})"


def _pair(x: float, y: float) -> str:
    return f"{_number(x)} {_number(y)}"


def _number(value: float, digits: int = 3) -> str:
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    return escape(drawable(text))


def _attribute(text: str) -> str:
    return quoteattr(drawable(text))
