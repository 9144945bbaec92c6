"""The time axis: tiers of labels at the top, grid lines behind, today and the date cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

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


def axis_group(
    scale: TimeScale, width: float, style: StyleSheet, text: TextEngine, fiscal: int = 1
) -> Group:
    """The labels of both tiers over a surface, from x = 0 to the width.

    Fiscal years that begin in the month `fiscal` take the lower tier where it is free.
    """
    found = ticks(scale, width)
    parts: list[Primitive] = [Rect(0, 0, width, AXIS, fill=Fill(style.surface))]
    if found.minor:
        parts += _tier(found.major, "axis-major", 0.0, TIER, scale, width, style, text)
        parts += _tier(found.minor, "axis", TIER, TIER, scale, width, style, text)
    elif years := fiscal_years(scale, width, fiscal):
        parts += _tier(found.major, "axis-major", 0.0, TIER, scale, width, style, text)
        parts += _tier(years, "axis", TIER, TIER, scale, width, style, text)
    else:
        parts += _tier(found.major, "axis-major", 0.0, AXIS, scale, width, style, text)
    parts.append(Polyline((0, AXIS, width, AXIS), Stroke(style.line, 1.0)))
    first, last = day_text_at(scale, 0.0), day_text_at(scale, width)
    alt = tr("Time axis from {first} to {last}", first=first, last=last)
    return Group("axis", tuple(parts), clip=Rect(0, 0, width, AXIS + 1), alt=alt)


def day_text_at(scale: TimeScale, x: float) -> str:
    """The day at a place of the axis, in words."""
    return day_text(as_day(scale.day(x)))


def grid_group(
    scale: TimeScale, width: float, height: float, style: StyleSheet, fiscal: int = 1
) -> Group:
    """Lines where the stretches of the axis begin; those of the upper tier are stronger.

    Fiscal years that begin in the month `fiscal` have dashed lines.
    """
    found = ticks(scale, width)
    strong, soft = Stroke(style.line, 1.0), Stroke(style.line, 0.5)
    parts: list[Primitive] = []
    majors = {tick.start for tick in found.major}
    for tier, stroke in ((found.minor, soft), (found.major, strong)):
        for tick in tier:
            x = scale.x(tick.start)
            if 0 <= x <= width and (tier is found.major or tick.start not in majors):
                parts.append(Polyline((x, 0, x, height), stroke))
    dashed = Stroke(style.muted_ink, 1.0, (2.0, 4.0))
    for tick in fiscal_years(scale, width, fiscal):
        x = scale.x(tick.start)
        if 0 <= x <= width:
            parts.append(Polyline((x, 0, x, height), dashed))
    return Group("grid", tuple(parts))


def today_group(x: float, height: float, style: StyleSheet) -> Group:
    """The line of today."""
    line = Polyline((x, 0, x, height), Stroke(style.muted_ink, 1.2, (5.0, 3.0)))
    return Group("today", (line,), alt=tr("Today"))


def cursor_line(x: float, top: float, bottom: float, style: StyleSheet) -> Group:
    """The line of the date cursor, veiled so that what it crosses can be read."""
    stroke = Stroke(faded(style.accent, 0.65), 2.0)
    return Group("as-of-line", (Polyline((x, top, x, bottom), stroke),))


def cursor_handle(
    x: float, top: float, width: float, as_of: date, style: StyleSheet, text: TextEngine
) -> Group:
    """The cursor's handle with its date, kept within the width of the rail."""
    block = text.layout(day_text(as_of), text_style("body-bold"))
    wide = block.width + 20
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


def _tier(
    found: tuple[Tick, ...],
    role: str,
    top: float,
    height: float,
    scale: TimeScale,
    width: float,
    style: StyleSheet,
    text: TextEngine,
) -> list[Primitive]:
    """Labels of one tier; one that begins before the view stays in sight while there is room."""
    parts: list[Primitive] = []
    colour = style.ink if role == "axis-major" else style.muted_ink
    for tick in found:
        x0, x1 = scale.x(tick.start), scale.x(tick.end)
        if x1 < 0 or x0 > width:
            continue
        block = text.layout(tick.label, text_style(role))
        x = max(x0, 0.0) + 5
        if x + block.width + 3 <= x1 and x + block.width <= width:
            parts.append(Label(x, top + height / 2, block, colour, vertical="middle"))
        if x0 > 0:
            parts.append(Polyline((x0, top + 3, x0, top + height), Stroke(style.line, 1.0)))
    return parts
