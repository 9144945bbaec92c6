"""Dependencies on the timeline: from the bar that is waited for to the bar that waits.

Kept ones are thin lines; "only if" is dashed and bears its condition; a clash is thick, in the
colour of warnings, and bears a sign, so that it does not show by colour alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.primitives import Fill, Group, Icon, Label, Polyline, Primitive, Rect, Stroke
from model.drawing.style import text_style
from model.drawing.timeline_places import LANE
from model.timeline.dependencies import awaited, waits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.drawing.timeline_places import Frame, Placed
    from model.records import Dependency
    from model.timeline.dependencies import Clash
    from model.timeline.span import Span

_STUB = 8.0
_HEAD = 6.0
_SIGN = 12.0
_GHOST = 5.0
_LEAST_GHOST = 12.0
MAX_CONDITION = 160.0


def link_group(
    dependencies: Iterable[Dependency],
    clashes: Mapping[str, Clash],
    find: Callable[[str, str], Placed | None],
    style: StyleSheet,
    text: TextEngine,
) -> Group:
    """All dependencies of which both ends are shown.

    Args:
        dependencies: which.
        clashes: those that clash, by id of the dependency.
        find: the place of a record.
        style, text: how they look.
    """
    parts: list[Primitive] = []
    for dependency in dependencies:
        other = awaited(dependency)
        target = find(*waits(dependency))
        source = find(*other) if other is not None else None
        if target is None or source is None or not (target.dated and source.dated):
            continue
        clash = clashes.get(dependency.id)
        parts.append(_link(dependency, source, target, clash, style, text))
    return Group("dependencies", tuple(parts))


def _link(
    dependency: Dependency,
    source: Placed,
    target: Placed,
    clash: Clash | None,
    style: StyleSheet,
    text: TextEngine,
) -> Group:
    begins = dependency.kind == "start_start"
    x0 = source.x0 if begins else source.x1
    y0, y1 = source.y + LANE / 2, target.y + LANE / 2
    points = route(x0, y0, target.x0, y1, leftward=begins)
    certain = clash is not None and clash.certain
    colour = style.severity("high" if certain else "medium").colour if clash else style.muted_ink
    dash = (5.0, 3.0) if dependency.kind == "only_if" else ()
    parts: list[Primitive] = [
        Polyline(points, Stroke(colour, 2.2 if clash else 1.2, dash, "round")),
        _head(target.x0, y1, colour),
    ]
    middle = (points[2], (points[3] + points[5]) / 2)
    if clash is not None:
        x, y = middle[0] - _SIGN / 2, middle[1] - _SIGN / 2
        parts.append(Rect(x - 2, y - 2, _SIGN + 4, _SIGN + 4, 3.0, None, Fill(style.background)))
        parts.append(Icon("warning", x, y, _SIGN, colour))
    if dependency.kind == "only_if" and dependency.condition:
        block = text.layout(
            dependency.condition, text_style("axis"), max_width=MAX_CONDITION, max_lines=1
        )
        x, y = target.x0 - _STUB - block.width, target.y
        fill = Fill(style.background)
        parts.append(Rect(x - 2, y - 8, block.width + 4, 16, 3.0, None, fill))
        parts.append(Label(x, y, block, colour, vertical="middle"))
    alt = clash.text if clash is not None else ""
    return Group(f"dependency:{dependency.id}", tuple(parts), alt=alt, record_id=dependency.id)


def ghost(placed: Placed, span: Span, frame: Frame, style: StyleSheet) -> Group | None:
    """Where a thing stood in a baseline: a thin hatched bar, tied to where the thing stands now."""
    if not span.placed:
        return None
    low, high = span.extent(frame.low, frame.high)
    x0 = frame.x(low)
    x1 = max(frame.x(high), x0 + _LEAST_GHOST)
    y = placed.y + LANE - _GHOST - 1
    parts: list[Primitive] = []
    ends = (x1, placed.x0) if x1 < placed.x0 else (placed.x1, x0)
    if ends[0] < ends[1]:
        middle = y + _GHOST / 2
        stroke = Stroke(style.muted_ink, 1.0, (1.0, 2.0))
        parts.append(Polyline((ends[0], middle, ends[1], middle), stroke))
    fill = Fill(style.surface, "diagonal", style.muted_ink)
    parts.append(Rect(x0, y, x1 - x0, _GHOST, 1.5, Stroke(style.muted_ink, 1.0), fill))
    return Group(f"ghost:{placed.item.key}", tuple(parts))


def route(
    x0: float, y0: float, x1: float, y1: float, *, leftward: bool = False
) -> tuple[float, ...]:
    """The corners from one bar to another, between the lanes and always entering from the left."""
    if leftward:
        turn = min(x0, x1) - _STUB
        return (x0, y0, turn, y0, turn, y1, x1, y1)
    between = y1 + (-LANE / 2 if y1 > y0 else LANE / 2)
    out, back = x0 + _STUB, x1 - _STUB
    return (x0, y0, out, y0, out, between, back, between, back, y1, x1, y1)


def _head(x: float, y: float, colour: str) -> Polyline:
    points = (x, y, x - _HEAD, y - _HEAD * 0.6, x - _HEAD, y + _HEAD * 0.6)
    return Polyline(points, None, Fill(colour), closed=True)
