"""Funding horizon charts: how far recorded money reaches into the work that it is for.

One bar per activity that goes on or is planned: filled where a line covers it, hatched where none
does, dotted where that depends on inexact dates, an empty frame where no line is recorded at all.
Every state has a pattern of its own, so the chart reads without colour.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from exporters.pdf.paper import CELL, SMALL, SMALL_BOLD
from model.dates import FIRST_DAY, LAST_DAY, first_day, last_day
from model.drawing.primitives import (
    Drawing,
    Fill,
    Label,
    Polyline,
    Primitive,
    Rect,
    Stroke,
)
from model.naming import short_name
from model.timeline.cover import Cover, cover_of, period_of
from model.timeline.wording import day_text
from resources.text import joined, plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.pdf.flow import Flow
    from exporters.pdf.pages import Kit
    from exporters.request import Pack
    from model.drawing.text import TextBlock

_NAMES: Final = 168.0
_ROW: Final = 34.0
_BAR: Final = 13.0
_AXIS: Final = 26.0
_GAP: Final = 8.0
_PER_PAGE: Final = 15
_ABOVE: Final = 150.0
"""Room for the title, what is said and the legend."""
_LOOK_BACK: Final = 365
_LOOK_AHEAD: Final = 5 * 366
_YEAR_WIDTH: Final = 34.0


class _Row(msgspec.Struct, frozen=True):
    """An activity and the days that its bar shows; an end of LAST_DAY is one that is not known."""

    title: str
    who: str
    first: date
    last: date
    cover: Cover


class _Scale(msgspec.Struct, frozen=True):
    first: int
    last: int
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins, within the chart."""
        share = (day.toordinal() - self.first) / max(1, self.last - self.first)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def has_horizon(pack: Pack) -> bool:
    """Whether money is recorded for anything that goes on or is planned on the day."""
    return any(row.cover.line_ids for row in _rows(pack))


def horizon_section(flow: Flow, pack: Pack) -> None:
    """The chart on as many pages as it takes, with what it says in words."""
    rows = _rows(pack)
    chart = _AXIS + _ROW * min(len(rows), _PER_PAGE)
    # Title, words and legend stay with the chart that they are about.
    flow.section(tr("Funding horizon"), least=_ABOVE + chart)
    flow.text(
        tr(
            "How far recorded money reaches into the work that it is for, seen from {date}. A line "
            "without a known end counts as covering everything after its start.",
            date=day_text(pack.request.as_of),
        )
    )
    flow.gap(4)
    scale = _scale(pack, rows, flow.column)
    _legend(flow)
    for at in range(0, len(rows), _PER_PAGE):
        flow.picture(_chart(pack, flow.kit, rows[at : at + _PER_PAGE], scale, flow.column))
        flow.gap(6)
    sentences = [_in_words(row, pack.request.as_of) for row in rows]
    flow.bullets([sentence for sentence in sentences if sentence])


def _rows(pack: Pack) -> list[_Row]:
    tables, day = pack.tables, pack.request.as_of
    found = []
    for cover in cover_of(tables).values():
        activity = tables.activities[cover.activity_id]
        start, end = period_of(activity)
        first, last = first_day(start), last_day(end)
        ended = activity.status in {"closed", "cancelled"}
        if ended or cover.state == "one_off" or first == FIRST_DAY or last < day:
            continue
        who = short_name(tables, activity.lead_id) if activity.lead_id else ""
        found.append(_Row(activity.title, who, first, last, cover))
    return sorted(found, key=lambda row: (row.cover.state == "no_line", row.first, row.title))


def _scale(pack: Pack, rows: Sequence[_Row], width: float) -> _Scale:
    """From a year before the day at most to the last known end, five years ahead at most."""
    day = pack.request.as_of
    first = max(min([row.first for row in rows], default=day), _shift(day, -_LOOK_BACK))
    lines = [last_day(one.end) for one in pack.tables.funding.values()]
    ends = [one for one in (*(row.last for row in rows), *lines) if one != LAST_DAY]
    last = min(max([*ends, _shift(day, 366)]), _shift(day, _LOOK_AHEAD))
    begin = date(first.year, 1 + 3 * ((first.month - 1) // 3), 1)
    return _Scale(begin.toordinal(), last.toordinal() + 1, _NAMES, width - 4)


def _shift(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), LAST_DAY.toordinal()))


def _chart(pack: Pack, kit: Kit, rows: Sequence[_Row], scale: _Scale, width: float) -> Drawing:
    height = _AXIS + _ROW * len(rows) + 4
    x = scale.x(pack.request.as_of)
    items: list[Primitive] = _axis(kit, scale, width, height, x)
    for place, row in enumerate(rows):
        top = _AXIS + _ROW * place
        items += _name(kit, row, top)
        items += _bar(kit, row, scale, top + 6, x)
        line = Polyline((0, top + _ROW, width, top + _ROW), Stroke(kit.style.line, 0.5))
        items.append(line)
    items.append(Polyline((x, _AXIS - 6, x, height), Stroke(kit.style.accent, 1.2)))
    label = kit.block(day_text(pack.request.as_of), SMALL_BOLD)
    at = min(max(x - label.width / 2, _NAMES), width - label.width)
    items.append(Label(at, 0, label, kit.style.accent))
    spoken = " ".join(filter(None, (_in_words(row, pack.request.as_of) for row in rows)))
    title = tr("Funding horizon")
    alt = spoken or plural("{count} activity and its money.", "{count} activities and their money.",
                           len(rows))  # fmt: skip
    return Drawing(width=width, height=height, items=tuple(items), title=title, alt=alt)


def _axis(kit: Kit, scale: _Scale, width: float, height: float, day_x: float) -> list[Primitive]:
    """Years, and quarters where there is room for them; no year under the line of the day."""
    items: list[Primitive] = []
    first, last = date.fromordinal(scale.first), date.fromordinal(scale.last)
    years = max(1, last.year - first.year)
    quarters = (scale.right - scale.left) / years > 4 * _YEAR_WIDTH / 2
    for year in range(first.year, last.year + 1):
        for month in (1, 4, 7, 10) if quarters else (1,):
            day = date(year, month, 1)
            if not scale.first <= day.toordinal() < scale.last:
                continue
            x = scale.x(day)
            stroke = Stroke(kit.style.line, 0.8 if month == 1 else 0.4)
            items.append(Polyline((x, _AXIS, x, height), stroke))
        start = max(date(year, 1, 1), first)
        x = scale.x(start)
        label = kit.block(str(year), SMALL)
        if scale.x(date(year, 12, 31)) - x > label.width + 4:
            at = day_x + 3 if x < day_x < x + label.width + 6 else x + 3
            items.append(Label(at, _AXIS - 12, label, kit.style.muted_ink))
    items.append(Polyline((0, _AXIS, width, _AXIS), Stroke(kit.style.line, 0.8)))
    return items


def _name(kit: Kit, row: _Row, top: float) -> list[Primitive]:
    title = kit.engine.layout(row.title, CELL, _NAMES - 12, 2)
    items: list[Primitive] = [kit.placed(title, 0, top + 4, _NAMES - 12)]
    if row.who and len(title.lines) == 1:
        who = kit.engine.layout(row.who, SMALL, _NAMES - 12, 1)
        items.append(kit.placed(who, 0, top + 5 + title.height, _NAMES - 12, kit.style.muted_ink))
    return items


def _bar(kit: Kit, row: _Row, scale: _Scale, top: float, day_x: float) -> list[Primitive]:
    looks = bar_looks(kit)
    right_day = row.last if row.last != LAST_DAY else date.fromordinal(scale.last)
    if row.cover.state == "no_line":
        frame = _stretch(scale, row.first, right_day, top, looks["none"])
        note = kit.block(tr("no line recorded"), SMALL)
        if frame.width < note.width + 10:
            return [frame]
        return [frame, Label(frame.x + 5, top + _BAR / 2, note, kit.style.muted_ink,
                             vertical="middle")]  # fmt: skip
    items: list[Primitive] = [_stretch(scale, row.first, right_day, top, looks["covered"])]
    for gap in row.cover.gaps:
        look = looks["bare" if gap.certain else "perhaps"]
        first = max(gap.first, row.first)
        items.append(_stretch(scale, first, gap.last or right_day, top, look))
    ends = [gap.first for gap in row.cover.gaps if gap.certain and gap.first > row.first]
    for day in ends[:1]:
        x = scale.x(day)
        if scale.left < x < scale.right:
            text = kit.block(tr("until {date}", date=day_text(_shift(day, -1))), SMALL)
            at = min(max(x - text.width / 2, scale.left), scale.right - text.width)
            if at - 2 < day_x < at + text.width + 2:  # beside the line of the day, never under it
                at = day_x + 3 if x >= day_x else day_x - text.width - 3
            items.append(Polyline((x, top - 2, x, top + _BAR + 2), Stroke(kit.style.ink, 1.2)))
            items.append(Label(at, top + _BAR + 1.5, text, kit.style.ink, kit.style.halo, 1.5))
    return items


def _stretch(scale: _Scale, first: date, last: date, top: float, look: tuple[Fill, Stroke]) -> Rect:
    left, right = scale.x(first), scale.x(_shift(last, 1))
    fill, stroke = look
    return Rect(left, top, max(right - left, 1.5), _BAR, stroke=stroke, fill=fill)


def bar_looks(kit: Kit) -> dict[str, tuple[Fill, Stroke]]:
    """Fill and frame of each state; patterns tell them apart where colours do not."""
    style = kit.style
    money = style.links["work"].colour
    grave = style.severity("high")
    return {
        "covered": (Fill(money), Stroke(money, 0.8)),
        "bare": (Fill(style.surface, "diagonal", grave.colour), Stroke(grave.colour, 1.0)),
        "perhaps": (Fill(style.surface, "dots", style.muted_ink), Stroke(style.muted_ink, 0.8)),
        "none": (Fill(style.surface), Stroke(style.muted_ink, 0.8, (3.0, 2.0))),
    }


def _legend(flow: Flow) -> None:
    kit = flow.kit
    words = {
        "covered": tr("covered by a line"),
        "bare": tr("not covered"),
        "perhaps": tr("not covered if the work lasts as long as its dates allow"),
        "none": tr("no line recorded"),
    }
    items: list[Primitive] = []
    x = y = 0.0
    for state, (fill, stroke) in bar_looks(kit).items():
        block: TextBlock = kit.block(words[state], SMALL)
        width = 22 + 5 + block.width
        if x and x + width > flow.column:
            x, y = 0.0, y + 15
        items.append(Rect(x, y + 1.5, 22, 8, stroke=stroke, fill=fill))
        items.append(Label(x + 27, y, block, kit.style.ink))
        x += width + 16
    drawing = Drawing(flow.column, y + 15, tuple(items), title=tr("Legend"),
                      alt=tr("Legend: {words}.", words=joined(words.values())))  # fmt: skip
    flow.picture(drawing)
    flow.gap(_GAP)


def _in_words(row: _Row, day: date) -> str:
    """What the bar says; empty where the whole work is covered."""
    if row.cover.state == "no_line":
        return tr("{name}: no funding line is recorded.", name=row.title)
    gap = next((one for one in row.cover.gaps if one.last is None or one.last >= day), None)
    if gap is None:
        return ""
    if gap.days is None or not gap.certain:
        return tr(
            "{name}: covered until {date}; whether longer is needed is not known.",
            name=row.title,
            date=day_text(_shift(gap.first, -1)),
        )
    return plural(
        "{name}: {count} day from {date} on is not covered.",
        "{name}: {count} days from {date} on are not covered.",
        gap.days,
        name=row.title,
        date=day_text(gap.first),
    )
