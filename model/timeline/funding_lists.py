"""The lists about money: need and cover, months, gaps and cliffs, whose money, how rigid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from model.codes import EARMARKINGS
from model.dates import in_force, last_day
from model.naming import short_name
from model.refusals import Refusal
from model.timeline.cover import cover_of, gap_form, lines_by_activity
from model.timeline.items import money_text
from model.timeline.lists import Gravity, Line
from model.timeline.money import RIGID, FundingGroup, cover_by_month, dependence, totals
from model.timeline.rates import in_one_currency
from model.timeline.strip import Strip
from model.timeline.wording import day_text, length_text, month_text, period_text
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.records import FundingLine
    from model.tables import Tables
    from model.timeline.cover import Gap
    from model.timeline.money import Dependence, GroupCover

FundingView = Literal["cover", "months", "gaps", "donors", "single", "rigid"]


def funding_lines(
    tables: Tables,
    view: FundingView,
    group: FundingGroup,
    as_of: date,
    horizon: date,
    into: str = "",
) -> list[Line]:
    """One of the lists about money.

    Args:
        tables: the project.
        view: which list.
        group: by what need and cover are reckoned.
        as_of: the day on which lines are in force and rates are looked up.
        horizon: up to when need without a known end counts.
        into: currency that sums are given in as well, where rates are stated; "" for none.
    """
    if view == "gaps":
        return _gap_lines(tables)
    if view == "rigid":
        return _rigid_lines(tables, as_of)
    if view in {"donors", "single"}:
        found = dependence(tables, as_of)
        return [_donor_line(tables, one, as_of) for one in found if one.single or view == "donors"]
    groups = [one for one in cover_by_month(tables, group, horizon) if one.months]
    groups.sort(key=lambda one: -one.uncovered_months)
    if view == "months":
        return [line for one in groups for line in _month_lines(one)]
    return [_cover_line(tables, one, group, as_of, into) for one in groups]


def _month_lines(group: GroupCover) -> Iterable[Line]:
    """Every month of a group with its days of need and what of them has no money."""
    nodes = tuple(("activities", one) for one in group.activity_ids)
    for month in group.months:
        parts = [
            tr(
                "{month} · {name}: {covered} of {needed} days of work covered",
                month=month_text(month.year, month.month),
                name=group.name,
                covered=month.covered,
                needed=month.needed,
            )
        ]
        gravity: Gravity = "info"
        if month.possible:
            parts.append(plural("{count} perhaps", "{count} perhaps", month.possible))
        if month.without:
            parts.append(tr("{count} without any line", count=month.without))
            gravity = "medium"
        if month.uncovered:
            parts.append(tr("{count} not covered", count=month.uncovered))
            gravity = "high"
        yield Line("; ".join(parts) + ".", nodes, gravity)


def _gap_lines(tables: Tables) -> list[Line]:
    """Stretches without money in order of time, and what kind each is."""
    lines = lines_by_activity(tables)
    found = []
    for cover in cover_of(tables).values():
        own = lines.get(cover.activity_id, [])
        for gap in cover.gaps:
            text = tr(
                "{kind}: “{activity}” from {first}{length}",
                kind=gap_kind(gap, own),
                activity=tables.name_of("activities", cover.activity_id),
                first=day_text(gap.first),
                length=_length(gap),
            )
            if not gap.certain:
                text = tr("{text}, if its inexact dates mean so", text=text)
            nodes = (("activities", cover.activity_id), *(("funding", one.id) for one in own))
            gravity: Gravity = "high" if gap.certain else "medium"
            found.append((gap.first, cover.activity_id, Line(f"{text}.", nodes, gravity)))
    return [line for *_, line in sorted(found, key=lambda one: one[:2])]


def gap_kind(gap: Gap, lines: Iterable[FundingLine]) -> str:
    """A gap before the first line, a hole between two, or a cliff after the last, in words."""
    names = {"gap": tr("Gap at the beginning"), "hole": tr("Hole"), "cliff": tr("Cliff")}
    return names[gap_form(gap, lines)]


def _length(gap: Gap) -> str:
    if gap.last is None or gap.days is None:
        return tr(" on, end not known")
    return tr(" to {last} ({length})", last=day_text(gap.last), length=length_text(gap.days))


def _rigid_lines(tables: Tables, as_of: date) -> list[Line]:
    """Lines in force that are earmarked and not flexible, those that end soonest first."""
    found = [
        one
        for one in tables.funding.values()
        if one.earmarking in RIGID and one.flexible != "yes" and in_force(one.start, one.end, as_of)
    ]
    found.sort(key=lambda one: (last_day(one.end), one.id))
    lines = []
    for one in found:
        flexible = tr("not flexible") if one.flexible == "no" else tr("flexibility not known")
        parts = [
            tables.name_of("funding", one.id),
            EARMARKINGS.label(one.earmarking).lower(),
            flexible,
            money_text(one.amount, one.currency) or tr("amount not known"),
            period_text(one.start, one.end),
        ]
        gravity: Gravity = "medium" if one.flexible == "no" else "info"
        lines.append(Line("; ".join(filter(None, parts)) + ".", (("funding", one.id),), gravity))
    return lines


def _cover_line(
    tables: Tables, group: GroupCover, kind: FundingGroup, as_of: date, into: str
) -> Line:
    """Need and cover of one group, its cliffs and its money."""
    needed = plural(
        "{count} month of need",
        "{count} months of need",
        sum(one.needed > 0 for one in group.months),
    )
    parts = [tr("{name}: {needed}", name=group.name, needed=needed)]
    bare = group.uncovered_months
    if bare:
        months = [one for one in group.months if one.uncovered > 0]
        first, last = months[0], months[-1]
        parts.append(
            tr(
                "{months} not covered ({first:04d}-{fmonth:02d} to {last:04d}-{lmonth:02d})",
                months=plural("{count} month", "{count} months", bare),
                first=first.year,
                fmonth=first.month,
                last=last.year,
                lmonth=last.month,
            )
        )
    without = sum(one.without > 0 for one in group.months)
    if without:
        parts.append(
            plural("{count} month without any line", "{count} months without any line", without)
        )
    parts += [
        tr(
            "money for “{title}” ends on {date}",
            title=tables.name_of("activities", cliff.activity_id),
            date=day_text(cliff.last),
        )
        for cliff in group.cliffs
    ]
    own = set(group.activity_ids)
    lines = [one for one in tables.funding.values() if not own.isdisjoint(one.activity_ids)]
    if lines:
        parts.append(_money(tables, lines, as_of, into))
    gravity: Gravity = "high" if bare else ("medium" if without else "info")
    nodes = tuple(("activities", one) for one in group.activity_ids)
    return Line("; ".join(parts) + ".", nodes, gravity, strip=Strip(kind, group.key))


def _money(tables: Tables, lines: list[FundingLine], as_of: date, into: str) -> str:
    """The sums by currency; in one currency, too, where the rates for it are stated."""
    sums, unknown = totals(lines)
    parts = [money_text(amount, currency) for currency, amount in sorted(sums.items())]
    if unknown:
        parts.append(plural("{count} amount not known", "{count} amounts not known", unknown))
    text = tr("money: {sums}", sums=" + ".join(parts))
    if not into or not sums or set(sums) == {into}:
        return text
    try:
        total, rates = in_one_currency(sums, into, tables.rates.values(), as_of)
    except Refusal as refusal:
        return tr("{text} (not added: {reason})", text=text, reason=refusal.message.rstrip("."))
    return tr("{text} = {total} ({rates})", text=text, total=money_text(total, into), rates=rates)


def _donor_line(tables: Tables, one: Dependence, as_of: date) -> Line:
    """Whose money a recipient lives on that day."""
    donors = ", ".join(
        f"{short_name(tables, donor) if donor else tr('Donor not known')} ({count})"
        for donor, count in one.donors
    )
    text = tr(
        "{recipient} on {date}: {lines} from {donors}; {rigid} rigid",
        recipient=short_name(tables, one.recipient_id),
        date=day_text(as_of),
        lines=plural("{count} line", "{count} lines", one.lines),
        donors=donors,
        rigid=one.rigid,
    )
    if one.single:
        text = f"{text}; {tr('single donor')}"
    all_rigid = one.rigid == one.lines and one.lines > 1
    gravity: Gravity = "medium" if one.single or all_rigid else "info"
    nodes = (("actors", one.recipient_id), *(("funding", line) for line in one.line_ids))
    return Line(f"{text}.", nodes, gravity)
