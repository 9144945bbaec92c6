"""The time axis: tiers of labels at the top, grid lines behind, today and the date cursor."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from model.drawing.colours import faded
from model.drawing.primitives import Fill, Group, Label, Polyline, Primitive, Rect, Stroke
from model.drawing.style import text_style
from model.timeline.scale import as_day
from model.timeline.ticks import fiscal_years, ticks
from model.timeline.wording import day_text
from resources.text import tr

if TYPE_CHECKING:
    from datetime import date

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.timeline.scale import TimeScale
    from model.timeline.ticks import Tick

TIER = 20.0
AXIS = 2 * TIER
RAIL = 24.0
"""Height of the strip below the rows along which the date cursor's handle runs."""
Ends = tuple[float, float]
"""Left and right x."""
_ENDLESS: Ends = (float("-inf"), float("inf"))


class Tier(NamedTuple):
    """One row of the axis: what it names, the role of its text, where it lies."""

    ticks: tuple[Tick, ...]
    role: str
    top: float
    height: float


def axis_group(
    scale: TimeScale, width: float, style: StyleSheet, text: TextEngine, fiscal: int = 1
) -> Group:
    """The labels of both tiers over a surface, from x = 0 to the width.

    Fiscal years that begin in the month `fiscal` take the lower tier where it is free.
    """
    parts: list[Primitive] = [Rect(0, 0, width, AXIS, fill=Fill(style.surface))]
    for tier in axis_tiers(scale, width, fiscal):
        parts += _tier(tier, scale, (0.0, width), (0.0, width), style, text)
    parts.append(Polyline((0, AXIS, width, AXIS), Stroke(style.line, 1.0)))
    first, last = day_text_at(scale, 0.0), day_text_at(scale, width)
    alt = tr("Time axis from {first} to {last}", first=first, last=last)
    return Group("axis", tuple(parts), clip=Rect(0, 0, width, AXIS + 1), alt=alt)


def axis_stretch(
    tiers: tuple[Tier, ...],
    scale: TimeScale,
    shown: Ends,
    style: StyleSheet,
    text: TextEngine,
) -> Group:
    """What lies between two x of an axis without ends: no label is moved into sight."""
    left, right = shown
    parts: list[Primitive] = [Rect(left, 0, right - left, AXIS, fill=Fill(style.surface))]
    for tier in tiers:
        parts += _tier(tier, scale, shown, _ENDLESS, style, text)
    parts.append(Polyline((left, AXIS, right, AXIS), Stroke(style.line, 1.0)))
    return Group("axis", tuple(parts))


def axis_tiers(scale: TimeScale, width: float, fiscal: int = 1) -> tuple[Tier, ...]:
    """The stretches that are named in each tier between x = 0 and the width."""
    found = ticks(scale, width)
    below = found.minor or fiscal_years(scale, width, fiscal)
    if not below:
        return (Tier(found.major, "axis-major", 0.0, AXIS),)
    return (Tier(found.major, "axis-major", 0.0, TIER), Tier(below, "axis", TIER, TIER))


def axis_ends(
    tiers: tuple[Tier, ...], scale: TimeScale, width: float, style: StyleSheet, text: TextEngine
) -> Group:
    """The stretches that x = 0 or the width cuts, anew over an axis whose labels stay in place."""
    parts: list[Primitive] = []
    for tier in tiers:
        for tick in _cut_ticks(tier, scale.day(0.0), scale.day(width)):
            x0, x1 = scale.x(tick.start), scale.x(tick.end)
            left, right = max(x0 + 1.0, 0.0), min(x1 - 1.0, width)
            room = Rect(left, tier.top, right - left, tier.height - 1, fill=Fill(style.surface))
            label = _tick_label(tick, tier, scale, (0.0, width), style, text)
            parts += [room] if label is None else [room, label]
    return Group("axis-ends", tuple(parts))


def day_text_at(scale: TimeScale, x: float) -> str:
    """The day at a place of the axis, in words."""
    return day_text(as_day(scale.day(x)))


def grid_group(
    scale: TimeScale, shown: Ends, height: float, style: StyleSheet, fiscal: int = 1
) -> Group:
    """Lines between two x where the stretches of the axis begin; stronger for the upper tier.

    Fiscal years that begin in the month `fiscal` have dashed lines.
    """
    left, right = shown
    shifted, width = scale.moved(left), right - left
    found = ticks(shifted, width)
    strong, soft = Stroke(style.line, 1.0), Stroke(style.line, 0.5)
    parts: list[Primitive] = []
    majors = {tick.start for tick in found.major}
    for tier, stroke in ((found.minor, soft), (found.major, strong)):
        for tick in tier:
            x = scale.x(tick.start)
            if left <= x <= right and (tier is found.major or tick.start not in majors):
                parts.append(Polyline((x, 0, x, height), stroke))
    dashed = Stroke(style.muted_ink, 1.0, (2.0, 4.0))
    for tick in fiscal_years(shifted, width, fiscal):
        x = scale.x(tick.start)
        if left <= x <= right:
            parts.append(Polyline((x, 0, x, height), dashed))
    return Group("grid", tuple(parts))


def today_group(x: float, height: float, style: StyleSheet) -> Group:
    """The line of today."""
    line = Polyline((x, 0, x, height), Stroke(style.muted_ink, 1.2, (5.0, 3.0)))
    return Group("today", (line,), alt=tr("Today"))


def cursor_line(x: float, top: float, bottom: float, style: StyleSheet) -> Group:
    """The line of the date cursor."""
    return Group("as-of-line", (Polyline((x, top, x, bottom), cursor_stroke(style)),))


def cursor_stroke(style: StyleSheet) -> Stroke:
    """How the date cursor is drawn: veiled, so that what it crosses can be read."""
    return Stroke(faded(style.accent, 0.65), 2.0)


def cursor_handle(
    x: float, top: float, width: float, as_of: date, style: StyleSheet, text: TextEngine
) -> Group:
    """The cursor's handle with its date, kept within the width of the rail."""
    block = text.layout(day_text(as_of), text_style("body-bold"))
    wide = handle_width(as_of, text)
    left = min(max(x - wide / 2, 0.0), max(width - wide, 0.0))
    on_accent = style.surface if style.medium != "mono" else "#ffffff"
    return Group(
        "as-of-handle",
        (
            Rect(left, top + 2, wide, RAIL - 4, 10.0, None, Fill(style.accent)),
            Label(
                left + wide / 2,
                top + RAIL / 2,
                block,
                on_accent,
                horizontal="centre",
                vertical="middle",
            ),
        ),
        alt=tr("As of {date}", date=day_text(as_of)),
    )


def handle_width(as_of: date, text: TextEngine) -> float:
    """How wide the handle of the date cursor is."""
    return text.layout(day_text(as_of), text_style("body-bold")).width + 20


def _cut_ticks(tier: Tier, first: float, last: float) -> list[Tick]:
    """The stretches of a tier that one of two days lies in or borders on."""
    found: dict[int, Tick] = {}
    for day in (first, last):
        at = bisect_right(tier.ticks, day, key=_start)
        for tick in tier.ticks[max(at - 2, 0) : at]:
            if tick.start <= day <= tick.end:
                found[tick.start] = tick
    return list(found.values())


def _start(tick: Tick) -> int:
    return tick.start


def _tier(
    tier: Tier, scale: TimeScale, shown: Ends, limits: Ends, style: StyleSheet, text: TextEngine
) -> list[Primitive]:
    """Labels of one tier and the lines between them; labels stay within the limits."""
    parts: list[Primitive] = []
    for tick in tier.ticks:
        x0, x1 = scale.x(tick.start), scale.x(tick.end)
        if x1 < shown[0] or x0 > shown[1]:
            continue
        label = _tick_label(tick, tier, scale, limits, style, text)
        if label is not None:
            parts.append(label)
        if x0 > limits[0]:
            line = (x0, tier.top + 3, x0, tier.top + tier.height)
            parts.append(Polyline(line, Stroke(style.line, 1.0)))
    return parts


def _tick_label(
    tick: Tick, tier: Tier, scale: TimeScale, limits: Ends, style: StyleSheet, text: TextEngine
) -> Label | None:
    """The label of a stretch; one that begins before the view stays in sight if there is room."""
    block = text.layout(tick.label, text_style(tier.role))
    x = max(scale.x(tick.start), limits[0]) + 5
    if x + block.width + 3 > scale.x(tick.end) or x + block.width > limits[1]:
        return None
    colour = style.ink if tier.role == "axis-major" else style.muted_ink
    return Label(x, tier.top + tier.height / 2, block, colour, vertical="middle")
