"""Small pictures of kinds: the chip of an actor kind, the line of a linkage kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from model.drawing.chip import chip
from model.drawing.legend import sample_line
from model.drawing.linkage import LinkContent
from model.drawing.primitives import Icon
from widgets.common.painter import PrimitivePainter

if TYPE_CHECKING:
    from model.drawing.primitives import Primitive
    from model.drawing.style import StyleSheet

_CHIP = 24
LINE_SIZE = (40, 22)
_RATIO = 2.0


def kind_icon(kind: str, style: StyleSheet) -> QIcon:
    """The chip that cards of a kind bear."""
    family = style.family(kind)
    shapes = chip(family.shape, 0, 0, _CHIP, family.colour)
    shapes.append(Icon(family.icon, 5, 5, _CHIP - 10, family.on_colour))
    return QIcon(_picture(shapes, _CHIP, _CHIP))


def line_icon(kind: str, style: StyleSheet) -> QIcon:
    """A line of a linkage kind with its end mark."""
    content = LinkContent(kind, directed=True, state="current", mark="")
    return QIcon(_picture(sample_line(content, style, LINE_SIZE[0]), *LINE_SIZE))


def _picture(shapes: list[Primitive], width: int, height: int) -> QPixmap:
    picture = QPixmap(round(width * _RATIO), round(height * _RATIO))
    picture.setDevicePixelRatio(_RATIO)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    PrimitivePainter().paint(painter, shapes)
    painter.end()
    return picture
