"""How the things on the timeline look: bars, markers, milestones, phases, unfunded stretches.

How sure a date is shows in the shape, not in colour alone: an end within a month, quarter or year
is hatched over that time, "about" is dotted, "before" and "after" bear chevrons outward, an open
end is an arrow, an unknown one fades. Planned things are outlined and dashed; what is not checked
or illustrative bears a pattern and an icon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.drawing.colours import faded
from model.drawing.primitives import (
    Fill,
    Group,
    Icon,
    Label,
    Polyline,
    Primitive,
    Rect,
    Stroke,
)
from model.drawing.timeline_places import (
    BAR,
    ICON,
    INSET,
    LANE,
    MARKER,
    Placed,
)

if TYPE_CHECKING:
    from model.drawing.primitives import Hatch
    from model.drawing.style import StyleSheet
    from model.drawing.timeline_places import Frame
    from model.timeline.items import Item
    from model.timeline.span import End

_TOP = (LANE - BAR) / 2
_FADES = (0.9, 0.78, 0.66, 0.54, 0.43, 0.33, 0.24, 0.16, 0.09)
_STRIP = 4.0
_SOFT: dict[str, Hatch] = {"within": "diagonal", "about": "dots"}


class Looks:
    """The colours of one item: fill, outline, what is legible in it and beside it."""

    def __init__(self, item: Item, style: StyleSheet) -> None:
        """Resolve them from the style sheet."""
        if item.form == "phase":
            phase = style.phase(item.actor_kind)
            self.main, self.tint, self.inside = phase.tint, phase.tint, style.ink
            self.outline: Stroke | None = Stroke(faded(phase.ink, 0.5), 1.0)
            self.hatch: Hatch = "none"
            self.soft_ink = faded(phase.ink, 0.5)
        elif item.form in {"uncovered", "vacant"}:
            severity = style.severity("high" if item.form == "uncovered" else "medium")
            self.main, self.tint, self.inside = severity.tint, severity.tint, severity.colour
            self.outline = Stroke(severity.colour, 1.2, (4.0, 3.0))
            self.hatch = "diagonal"
            self.soft_ink = faded(severity.colour, 0.35)
        else:
            family = style.family(item.actor_kind, item.conflict_role)
            hollow = item.planned or item.stopped
            self.tint = family.tint
            self.main = family.tint if hollow else family.colour
            self.inside = style.ink if hollow else family.on_colour
            self.outline = Stroke(family.colour, 1.2, (4.0, 3.0)) if hollow else None
            self.hatch = "cross" if item.stopped else "none"
            self.soft_ink = faded(family.colour, 0.7)
        self.strong = self.inside if item.form in {"uncovered", "vacant"} else style.ink


def item_group(
    placed: Placed, frame: Frame, style: StyleSheet, view: tuple[float, float] | None = None
) -> Group:
    """An item in its place; `view` is the x that show, so that labels stay in sight."""
    looks = Looks(placed.item, style)
    parts = _shape(placed, frame, looks, style)
    parts += _label(
        placed, looks, style, label_x(placed, float("-inf") if view is None else view[0])
    )
    return _group(placed, parts)


def bare_group(placed: Placed, frame: Frame, style: StyleSheet) -> Group:
    """An item without its label, which a view moves into sight."""
    return _group(placed, _shape(placed, frame, Looks(placed.item, style), style))


def label_group(placed: Placed, style: StyleSheet) -> Group:
    """The label of an item, as if it began at x = 0 in a lane at y = 0."""
    at_origin = msgspec.structs.replace(placed, y=0.0)
    return _group(placed, _label(at_origin, Looks(placed.item, style), style, 0.0))


def label_x(placed: Placed, left: float) -> float:
    """Where a label begins; one in a bar that begins before `left` stays in sight as it can."""
    if placed.side != "in":
        return placed.x1 + INSET if placed.side == "right" else placed.left
    last = placed.sure1 - INSET - inner_label_width(placed)
    return max(placed.sure0 + INSET, min(left + INSET, last))


def inner_label_width(placed: Placed) -> float:
    """How wide a label is that stands in its bar, with the icon before it."""
    return ICON + INSET + _label_width(placed)


def _group(placed: Placed, parts: list[Primitive]) -> Group:
    item = placed.item
    return Group(f"item:{item.key}", tuple(parts), alt=item.alt, record_id=item.record_id)


def _shape(placed: Placed, frame: Frame, looks: Looks, style: StyleSheet) -> list[Primitive]:
    form = placed.item.form
    if not placed.dated:
        return _undated(placed, looks, style)
    if form == "milestone":
        return _milestone(placed, frame, style)
    return _point(placed, frame, looks) if form == "point" else _bar(placed, frame, looks, style)


def _bar(placed: Placed, frame: Frame, looks: Looks, style: StyleSheet) -> list[Primitive]:
    item, top = placed.item, placed.y + _TOP
    start, end = item.span.start, item.span.end
    sure0, sure1 = placed.sure0, placed.sure1
    parts: list[Primitive] = []
    if sure1 > sure0:
        parts += _soft(start, placed.x0, sure0, top, looks, left=True)
        parts += _soft(end, sure1, placed.x1, top, looks, left=False)
        parts.append(_core(item, sure0, sure1, top, looks))
    elif "unknown" in {start.certainty, end.certainty}:
        meet = frame.x(start.high) if start.placed else frame.x(end.low)
        parts += _soft(start, placed.x0, meet, top, looks, left=True)
        parts += _soft(end, meet, placed.x1, top, looks, left=False)
    else:
        hatch = _SOFT.get(start.certainty, _SOFT.get(end.certainty, "diagonal"))
        parts.append(_soft_rect(placed.x0, placed.x1, top, looks, hatch))
    if end.certainty == "open":
        parts.append(_arrow(placed.x1, top, looks))
    parts += _strips(placed, frame, top, style)
    return parts


def _core(item: Item, x0: float, x1: float, top: float, looks: Looks) -> Rect:
    hatch, hatch_colour = looks.hatch, looks.soft_ink
    if item.mark and hatch == "none":
        hatch, hatch_colour = "back-diagonal", faded(looks.inside, 0.28)
    fill = Fill(looks.main, hatch, hatch_colour)
    return Rect(x0, top, max(x1 - x0, 2.0), BAR, 3.0, looks.outline, fill)


def _soft(
    end: End, x0: float, x1: float, top: float, looks: Looks, *, left: bool
) -> list[Primitive]:
    """An end that is not exact, between two x; the sure part lies to the right if `left`."""
    if x1 - x0 < 0.5 or end.certainty in {"exact", "open"}:
        return []
    if end.certainty == "unknown":
        return _fade(x0, x1, top, looks, left=left)
    if end.certainty in {"before", "after"}:
        fading = _fade(x0, x1, top, looks, left=left)
        return [*fading, *_chevrons(x0, x1, top, looks, left=end.certainty == "before")]
    return [_soft_rect(x0, x1, top, looks, _SOFT[end.certainty])]


def _soft_rect(x0: float, x1: float, top: float, looks: Looks, hatch: Hatch) -> Rect:
    return Rect(
        x0,
        top,
        max(x1 - x0, 2.0),
        BAR,
        3.0,
        Stroke(looks.soft_ink, 1.0, (1.5, 2.5)),
        Fill(looks.tint, hatch, looks.soft_ink),
    )


def _fade(x0: float, x1: float, top: float, looks: Looks, *, left: bool) -> list[Primitive]:
    step = (x1 - x0) / len(_FADES)
    opacities = tuple(reversed(_FADES)) if left else _FADES
    # Whole units between the steps, or their edges would show as stripes.
    edges = [x0, *(float(round(x0 + at * step)) for at in range(1, len(_FADES))), x1]
    return [
        Rect(edges[at], top, edges[at + 1] - edges[at], BAR, 0.0, None, Fill(colour))
        for at, colour in enumerate(faded(looks.main, opacity) for opacity in opacities)
    ]


def _chevrons(x0: float, x1: float, top: float, looks: Looks, *, left: bool) -> list[Primitive]:
    reach = -4.0 if left else 4.0
    middle, half = top + BAR / 2, 4.0
    at = (x0 + x1) / 2
    return [
        Polyline(
            (x, middle - half, x + reach, middle, x, middle + half),
            Stroke(looks.soft_ink, 1.6, (), "round"),
        )
        for x in ((at, at + 6.0) if x1 - x0 >= 16 else (at,))
    ]


def _arrow(x: float, top: float, looks: Looks) -> Polyline:
    middle = top + BAR / 2
    points = (x, top, x + 8.0, middle, x, top + BAR)
    return Polyline(points, None, Fill(looks.main), closed=True)


def _strips(placed: Placed, frame: Frame, top: float, style: StyleSheet) -> list[Primitive]:
    """What of the activity nobody pays for, along the lower edge of its bar."""
    colour = style.severity("high").colour
    parts: list[Primitive] = []
    for low, high in placed.item.uncovered:
        x0 = max(frame.x(low), placed.x0)
        x1 = min(frame.x(high), placed.x1)
        if x1 <= x0:
            continue
        fill = Fill(style.surface, "diagonal", colour)
        parts.append(
            Rect(x0, top + BAR - _STRIP, max(x1 - x0, 2.0), _STRIP, 0.0, Stroke(colour, 0.8), fill)
        )
    return parts


def _whisker(placed: Placed, frame: Frame, colour: str) -> list[Primitive]:
    """The time within which a point lies."""
    end = placed.item.span.start
    x0, x1 = frame.x(end.low), frame.x(end.high)
    if end.certainty == "exact" or x1 - x0 <= MARKER:
        return []
    middle = placed.y + LANE / 2
    dash = (1.5, 2.5) if end.certainty == "about" else ()
    stroke = Stroke(colour, 1.6, dash)
    parts: list[Primitive] = [Polyline((x0, middle, x1, middle), stroke)]
    for x, open_side in ((x0, "before"), (x1, "after")):
        if end.certainty == open_side:
            reach = 5.0 if open_side == "before" else -5.0
            points = (x + reach, middle - 4, x, middle, x + reach, middle + 4)
            parts.append(Polyline(points, stroke))
        elif end.certainty not in {"before", "after"}:
            parts.append(Polyline((x, middle - 4, x, middle + 4), stroke))
    return parts


def _milestone(placed: Placed, frame: Frame, style: StyleSheet) -> list[Primitive]:
    x, y = _marker_middle(placed, frame), placed.y + LANE / 2
    half = MARKER / 2
    exact = placed.item.span.start.certainty == "exact"
    sure = exact and not placed.item.mark
    fill = Fill(style.ink) if sure else Fill(style.surface, "diagonal", style.ink)
    points = (x, y - half, x + half, y, x, y + half, x - half, y)
    return [
        *_whisker(placed, frame, style.muted_ink),
        Polyline(points, Stroke(style.ink, 1.4), fill, closed=True),
    ]


def _point(placed: Placed, frame: Frame, looks: Looks) -> list[Primitive]:
    x, y = _marker_middle(placed, frame) - MARKER / 2, placed.y + (LANE - MARKER) / 2
    marked = placed.item.mark and looks.hatch == "none"
    hatch: Hatch = "back-diagonal" if marked else looks.hatch
    fill = Fill(looks.main, hatch, faded(looks.inside, 0.28))
    return [
        *_whisker(placed, frame, looks.soft_ink),
        Rect(x, y, MARKER, MARKER, 4.0, looks.outline, fill),
        Icon(placed.item.icon, x + 2, y + 2, MARKER - 4, looks.inside),
    ]


def _undated(placed: Placed, looks: Looks, style: StyleSheet) -> list[Primitive]:
    y = placed.y + (LANE - MARKER) / 2
    colour = looks.main if placed.item.form != "milestone" else style.ink
    return [
        Rect(placed.x0, y, MARKER, MARKER, 4.0, Stroke(colour, 1.2, (2.0, 2.0))),
        Icon("help", placed.x0 + 2, y + 2, MARKER - 4, style.muted_ink),
    ]


def _marker_middle(placed: Placed, frame: Frame) -> float:
    end = placed.item.span.start
    return (frame.x(end.low) + frame.x(end.high)) / 2


def _label_width(placed: Placed) -> float:
    item = placed.item
    return placed.block.width + (bool(item.mark) + item.no_line) * (ICON + 2)


def _label(placed: Placed, looks: Looks, style: StyleSheet, x: float) -> list[Primitive]:
    item, block = placed.item, placed.block
    middle = placed.y + LANE / 2
    raised = 2.0 if item.uncovered and placed.side == "in" else 0.0
    parts: list[Primitive] = []
    if placed.side == "in":
        parts.append(Icon(item.icon, x, middle - raised - ICON / 2, ICON, looks.inside))
        x += ICON + INSET
        colour = looks.inside
    else:
        colour = looks.strong
        # A veil, not a halo: outlined text costs milliseconds on a screen full of labels.
        veil = Fill(faded(style.background, 0.5))
        parts.append(Rect(x - 2, middle - 8, _label_width(placed) + 6, 16, 3.0, None, veil))
    parts.append(Label(x, middle - raised, block, colour, vertical="middle"))
    x += block.width + 4
    for name in _signs(item):
        parts.append(Icon(name, x, middle - raised - ICON / 2 + 1, ICON - 2, colour))
        x += ICON + 2
    return parts


def _signs(item: Item) -> list[str]:
    signs = []
    if item.mark:
        signs.append("doubtful")
    if item.no_line:
        signs.append("funding-gap")
    return signs
