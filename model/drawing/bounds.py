"""Extents of primitives: for culling, hit tests, fitting a picture to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.drawing.primitives import (
    Ellipse,
    Group,
    Icon,
    Label,
    Path,
    Polyline,
    Primitive,
    Rect,
    Stroke,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


class Bounds(msgspec.Struct, frozen=True, gc=False):
    """An upright box: left, top, right, bottom in project units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Extent from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent from top to bottom."""
        return self.bottom - self.top

    def union(self, other: Bounds) -> Bounds:
        """The smallest box around both."""
        return Bounds(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def intersection(self, other: Bounds) -> Bounds | None:
        """What both share, or None."""
        left, top = max(self.left, other.left), max(self.top, other.top)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Bounds(left, top, right, bottom) if left <= right and top <= bottom else None

    def grown(self, margin: float) -> Bounds:
        """The box with a margin on every side."""
        return Bounds(
            self.left - margin, self.top - margin, self.right + margin, self.bottom + margin
        )

    def placed(self, dx: float, dy: float, scale: float) -> Bounds:
        """The box scaled, then moved."""
        return Bounds(
            self.left * scale + dx,
            self.top * scale + dy,
            self.right * scale + dx,
            self.bottom * scale + dy,
        )

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies inside or on the border."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def bounds(primitive: Primitive) -> Bounds | None:
    """The box that a primitive paints within, outline and halo included; None if it is empty.

    For curves it is the box around the control points: never too small, sometimes too large.
    """
    match primitive:
        case Group():
            return _group_bounds(primitive)
        case Label():
            return _label_bounds(primitive)
        case Icon(x=x, y=y, size=size):
            return Bounds(x, y, x + size, y + size)
        case Rect(x=x, y=y, width=width, height=height):
            return Bounds(x, y, x + width, y + height).grown(_half(primitive.stroke))
        case Ellipse(cx=cx, cy=cy, rx=rx, ry=ry):
            return Bounds(cx - rx, cy - ry, cx + rx, cy + ry).grown(_half(primitive.stroke))
        case Path() | Polyline():
            return _points_bounds(primitive.points, _half(primitive.stroke))


def bounds_of(primitives: Iterable[Primitive]) -> Bounds | None:
    """The box around several primitives; None if all are empty."""
    total: Bounds | None = None
    for primitive in primitives:
        box = bounds(primitive)
        if box is not None:
            total = box if total is None else total.union(box)
    return total


def _half(stroke: Stroke | None) -> float:
    return stroke.width / 2 if stroke else 0.0


def _points_bounds(points: tuple[float, ...], margin: float) -> Bounds | None:
    if len(points) < 2:
        return None
    xs, ys = points[0::2], points[1::2]
    return Bounds(min(xs), min(ys), max(xs), max(ys)).grown(margin)


def _label_bounds(label: Label) -> Bounds | None:
    if not label.block.lines:
        return None
    left, top = label.origin()
    right, bottom = left + label.block.width, top + label.block.height
    if label.turn == 90:
        left, top, right, bottom = -bottom, left, -top, right
    elif label.turn == -90:
        left, top, right, bottom = top, -right, bottom, -left
    margin = label.halo_width if label.halo else 0.0
    return Bounds(left, top, right, bottom).placed(label.x, label.y, 1.0).grown(margin)


def _group_bounds(group: Group) -> Bounds | None:
    inner = bounds_of(group.children)
    if inner is not None and group.clip is not None:
        clip = group.clip
        inner = inner.intersection(
            Bounds(clip.x, clip.y, clip.x + clip.width, clip.y + clip.height)
        )
    return inner.placed(group.dx, group.dy, group.scale) if inner is not None else None
