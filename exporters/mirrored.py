"""Pictures and pages for readers from right to left: the same things seen in a mirror.

Everything is laid out from left to right first; then each thing moves to the mirrored place. Texts,
figures and icons keep their own look: only where they stand changes, so columns, indents, leaders,
bands of the map and arrows of links run from right to left without a second layout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from msgspec.structs import replace

from model.drawing.primitives import Ellipse, Group, Icon, Label, Rect

if TYPE_CHECKING:
    from model.drawing.primitives import Drawing, Primitive
    from model.drawing.text import TextBlock

__all__ = ["mirrored", "mirrored_drawing"]

_OTHER_SIDE: Final = {"left": "right", "centre": "centre", "right": "left"}
_TURNED_BACK: Final = {-90: 90, 0: 0, 90: -90}
_OTHER_ICON: Final = {"back": "forward", "forward": "back"}
_SHORT: Final = 3
"""Texts of so few lines stand at the right edge whatever their script; longer ones that are
written from left to right keep their straight left edge, which is easier to read."""

_Any = TypeVar("_Any", bound="Primitive")


def mirrored_drawing(drawing: Drawing) -> Drawing:
    """The picture as it is drawn for readers from right to left."""
    return replace(drawing, items=tuple(mirrored(item, drawing.width) for item in drawing.items))


def mirrored(item: _Any, width: float) -> _Any:
    """A primitive at its mirrored place within a width."""
    match item:
        case Group():
            clip = None if item.clip is None else mirrored(item.clip, 0.0)
            children = tuple(mirrored(child, 0.0) for child in item.children)
            return replace(item, children=children, clip=clip, dx=width - item.dx)
        case Label():
            return replace(
                item,
                x=width - item.x,
                block=_at_the_right(item.block),
                horizontal=_OTHER_SIDE[item.horizontal],
                turn=_TURNED_BACK[item.turn],
            )
        case Icon():
            name = _OTHER_ICON.get(item.name, item.name)
            return replace(item, name=name, x=width - item.x - item.size)
        case Rect():
            return replace(item, x=width - item.x - item.width)
        case Ellipse():
            return replace(item, cx=width - item.cx)
        case _:
            return replace(item, points=_flipped(item.points, width))


def _flipped(points: tuple[float, ...], width: float) -> tuple[float, ...]:
    return tuple(value if at % 2 else width - value for at, value in enumerate(points))


def _at_the_right(block: TextBlock) -> TextBlock:
    """Lines that begin at the left edge of a short text end at its right one."""
    if len(block.lines) > _SHORT or all(line.rtl or line.x for line in block.lines):
        return block
    lines = tuple(
        line if line.rtl or line.x else replace(line, x=block.width - line.width)
        for line in block.lines
    )
    return replace(block, lines=lines)
