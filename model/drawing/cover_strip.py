"""Need against cover by month as an area in steps, with signs where cover begins to be missing.

The height of the area is need, as work going on at a time, so that longer months are not higher;
what of it is covered is solid, what is not is hatched, what may not be is dotted, what belongs to
activities without any line is an empty frame. Gaps, holes and
cliffs have a shape of their own and, where there is room, their name. Nothing hangs on colour.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from model.drawing.primitives import (
    Ellipse,
    Fill,
    Group,
    Label,
    Polyline,
    Primitive,
    Rect,
    Stroke,
)
from model.drawing.style import text_style
from model.timeline.strip_rows import form_text, month_days, strip_alt
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from model.drawing.primitives import Hatch
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.drawing.timeline_layout import PlacedRow
    from model.drawing.timeline_places import Frame
    from model.timeline.cover import GapForm
    from model.timeline.strip import CoverStrip

LEGEND = 18.0
_MARKS = 18.0
_PAD = 5.0
_LEAST = 3.0
"""Units of a column below which months are drawn together."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)
_GLYPH = 9.0
_KINDS = ("covered", "without", "possible", "uncovered")
"""From the ground up."""


class _Steps(NamedTuple):
    """A column between two x, and how much of each kind of work goes on in it at a time."""

    x0: float
    x1: float
    days: dict[str, float]


_Column = tuple[float, float, dict[str, int]]
"""First and last (exclusive) day, and days of work by kind."""


def strip_group(
    row: PlacedRow, frame: Frame, style: StyleSheet, text: TextEngine, view: tuple[float, float]
) -> Group:
    """The columns and marks between two x."""
    strip = row.row.strip
    if strip is None:
        return Group("cover-strip", ())
    columns = _columns(strip, frame)
    most = max((sum(days.values()) / (high - low) for low, high, days in columns), default=0.0)
    ground = row.bottom - _PAD
    unit = (row.height - LEGEND - _MARKS - 2 * _PAD) / (most or 1.0)
    first = bisect_left(columns, view[0], key=lambda one: frame.x(one[1]))
    last = bisect_right(columns, view[1], key=lambda one: frame.x(one[0]))
    steps = [
        _Steps(
            frame.x(low),
            frame.x(high),
            {kind: count / (high - low) for kind, count in days.items()},
        )
        for low, high, days in columns[first:last]
    ]
    parts: list[Primitive] = []
    for kind in _KINDS:
        parts += [_area(kind, run, ground, unit, style) for run in _runs(steps, kind)]
    parts.append(Polyline((view[0], ground, view[1], ground), Stroke(style.muted_ink, 0.75)))
    parts += _marks(strip, frame, row.top + LEGEND + _MARKS / 2 + _PAD, view, style, text)
    return Group("cover-strip", tuple(parts), alt=strip_alt(row.row))


def strip_legend(row: PlacedRow, style: StyleSheet, text: TextEngine, width: float) -> Group:
    """The line that explains what occurs in the strip, from x = 0; what has no room is left out."""
    strip = row.row.strip
    if strip is None:
        return Group("cover-legend", ())
    sums = dict.fromkeys(_KINDS, 0)
    for _, _, days in _columns(strip, None):
        for kind, count in days.items():
            sums[kind] += count
    names = {
        "covered": tr("covered"),
        "uncovered": tr("not covered"),
        "possible": tr("perhaps not covered"),
        "without": tr("no funding line"),
    }
    y = row.top + LEGEND / 2 + 2
    x = _PAD
    parts: list[Primitive] = []
    for kind in ("covered", "uncovered", "possible", "without"):
        if sums[kind]:
            block = text.layout(names[kind], text_style("axis"))
            if x + 18 + block.width > width:
                break
            stroke, fill = _looks(kind, style)
            parts.append(Rect(x, y - 5, 14, 10, 0.0, stroke, fill))
            parts.append(Label(x + 18, y, block, style.ink, vertical="middle"))
            x += 18 + block.width + 14
    for form in dict.fromkeys(one.form for one in strip.marks):
        words = {
            "gap": tr("gap: before the first line"),
            "hole": tr("hole: between two lines"),
            "cliff": tr("cliff: after the last line"),
        }
        block = text.layout(words[form], text_style("axis"))
        if x + 14 + block.width > width:
            break
        parts += _glyph(form, x, y, True, style)
        parts.append(Label(x + 14, y, block, style.ink, vertical="middle"))
        x += 14 + block.width + 14
    veil = Rect(0, row.top + 1, min(x, width), LEGEND, fill=Fill(style.background))
    return Group("cover-legend", (veil, *parts), alt=tr("What the columns and signs mean"))


def _columns(strip: CoverStrip, frame: Frame | None) -> list[_Column]:
    """Months, or several of them together where they would be too narrow to be seen."""
    step = 1
    if frame is not None:
        wide = frame.units_per_day * 30
        step = next((one for one in _STEPS if one * wide >= _LEAST), _STEPS[-1])
    found: dict[int, _Column] = {}
    for month in strip.months:
        low, high = month_days(month)
        at = (month.year * 12 + month.month - 1) // step
        begins, _, days = found.get(at, (low, high, dict.fromkeys(_KINDS, 0)))
        days["covered"] += month.covered
        days["uncovered"] += month.uncovered
        days["possible"] += month.possible
        days["without"] += month.without
        found[at] = (begins, high, days)
    return list(found.values())


def _runs(steps: Sequence[_Steps], kind: str) -> Iterable[list[_Steps]]:
    """Columns side by side that have days of a kind."""
    run: list[_Steps] = []
    for one in steps:
        if run and (not one.days[kind] or one.x0 > run[-1].x1 + 0.01):
            yield run
            run = []
        if one.days[kind]:
            run.append(one)
    if run:
        yield run


def _area(kind: str, run: list[_Steps], ground: float, unit: float, style: StyleSheet) -> Polyline:
    """One kind of days over some columns, on top of the kinds below it."""
    below = _KINDS[: _KINDS.index(kind)]
    top: list[float] = []
    floor: list[float] = []
    for one in run:
        base = ground - unit * sum(one.days[each] for each in below)
        height = max(unit * one.days[kind], 1.5)
        top += (one.x0, base - height, one.x1, base - height)
        floor = [one.x1, base, one.x0, base, *floor]
    stroke, fill = _looks(kind, style)
    return Polyline((*top, *floor), stroke, fill, closed=True)


def _looks(kind: str, style: StyleSheet) -> tuple[Stroke | None, Fill]:
    danger, muted = style.severity("high").colour, style.muted_ink
    if kind == "covered":
        return None, Fill(muted)
    if kind == "without":
        return Stroke(muted, 1.0), Fill(style.surface)
    hatch: Hatch = "diagonal" if kind == "uncovered" else "dots"
    return Stroke(danger, 1.0), Fill(style.surface, hatch, danger)


def _marks(
    strip: CoverStrip,
    frame: Frame,
    y: float,
    view: tuple[float, float],
    style: StyleSheet,
    text: TextEngine,
) -> list[Primitive]:
    """A sign where cover begins to be missing; its name where the next sign leaves room for it."""
    parts: list[Primitive] = []
    found = [(frame.x(one.day), one) for one in strip.marks]
    for at, (x, mark) in enumerate(found):
        following = found[at + 1][0] if at + 1 < len(found) else float("inf")
        if x < view[0] - 120 or x > view[1]:
            continue
        if at and x - found[at - 1][0] < _GLYPH and found[at - 1][1].form == mark.form:
            continue  # the same sign stands here already
        parts += _glyph(mark.form, x, y, mark.certain, style)
        block = text.layout(form_text(mark), text_style("axis"))
        if x + _GLYPH + 4 + block.width < following - 2:
            colour = style.severity("high").colour if mark.certain else style.ink
            parts.append(Label(x + _GLYPH + 4, y, block, colour, vertical="middle"))
    return parts


def _glyph(form: GapForm, x: float, y: float, certain: bool, style: StyleSheet) -> list[Primitive]:
    """A bracket that opens, a ring, a step down; dashed where it is not certain."""
    stroke = Stroke(style.severity("high").colour, 1.6, () if certain else (2.0, 1.5))
    half = _GLYPH / 2
    if form == "gap":
        points = (
            x + _GLYPH - 3,
            y - half,
            x + 1,
            y - half,
            x + 1,
            y + half,
            x + _GLYPH - 3,
            y + half,
        )
        return [Polyline(points, stroke)]
    if form == "hole":
        return [Ellipse(x + half, y, half - 1, half - 1, stroke)]
    points = (x, y - half, x + half, y - half, x + half, y + half, x + _GLYPH, y + half)
    return [Polyline(points, stroke)]
