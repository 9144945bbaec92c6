"""The situation in sentences, computed on the copy alone: what a reader in a hurry needs to know.

Nothing is said about what is missing: a copy cannot tell what does not exist from what it does
not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.attention import findings_for
from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.asof import exists, linkage_state
from model.dates import FIRST_DAY, first_day, last_day
from model.donoharm.assessment import Assessor
from model.naming import name_of
from model.timeline.cover import cover_of, period_of
from model.timeline.wording import date_text, day_text
from resources.text import joined, noted, plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from exporters.request import Pack
    from model.records import Activity, Milestone, Process
    from model.tables import Tables

PARTY_ROLES: Final = ("primary_party", "secondary_party", "non_signatory_armed")
_MOST: Final = 3
"""How many sentences of one kind there are."""
_NAMED: Final = 4
"""How many names a sentence holds before it counts the rest."""


def situation(pack: Pack) -> list[tuple[str, list[str]]]:
    """Headings with their sentences; headings without any are left out."""
    tables, day = pack.tables, pack.request.as_of
    parts = (
        (tr("Where things stand"), _standing(tables, day)),
        (tr("Who is involved"), _people(tables, day)),
        (tr("What is being done"), _doings(tables, day)),
        (tr("Money"), _money(tables, day)),
        (tr("What to be careful about"), _cautions(pack)),
    )
    return [(title, sentences) for title, sentences in parts if sentences]


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """Names as a list in words: A, B and C; after so many the rest is counted."""
    shown = list(names[:most])
    rest = len(names) - len(shown)
    if rest:
        shown.append(plural("{count} more", "{count} more", rest))
    if len(shown) < 2:
        return "".join(shown)
    return tr("{most} and {last}", most=joined(shown[:-1]), last=shown[-1])


def _standing(tables: Tables, day: date) -> list[str]:
    found = []
    phases = [one.label for one in tables.phases.values() if exists(one, day)]
    if phases:
        found.append(
            plural(
                "On {date} this phase runs: {names}.",
                "On {date} these phases run side by side: {names}.",
                len(phases),
                date=day_text(day),
                names=listed(phases),
            )
        )
    found += _milestones(tables, day)
    found += [_process(tables, one) for one in tables.processes.values() if exists(one, day)]
    return found


def _milestones(tables: Tables, day: date) -> list[str]:
    def when(one: Milestone) -> date:
        return first_day(one.date)

    dated = sorted((one for one in tables.milestones.values() if one.date is not None), key=when)
    past = [one for one in dated if when(one) <= day]
    coming = [one for one in dated if when(one) > day]
    found = []
    if past:
        found.append(
            tr(
                "The last milestone was {name} ({date}).",
                name=past[-1].label,
                date=date_text(past[-1].date),
            )
        )
    if coming:
        found.append(
            tr(
                "The next one recorded is {name} ({date}).",
                name=coming[0].label,
                date=date_text(coming[0].date),
            )
        )
    return found


def _process(tables: Tables, process: Process) -> str:
    leads = [process.lead_id] if process.lead_id else []
    names = [name_of(tables, "actors", one) for one in (*leads, *process.co_lead_ids)]
    parties = [name_of(tables, "actors", one) for one in process.party_ids]
    if names and parties:
        return tr(
            "{process} is led by {leads}, with {parties}.",
            process=process.name,
            leads=listed(names),
            parties=listed(parties),
        )
    if names:
        return tr("{process} is led by {leads}.", process=process.name, leads=listed(names))
    if parties:
        return tr("{process} runs with {parties}.", process=process.name, parties=listed(parties))
    return tr("{process} is under way.", process=process.name)


def _people(tables: Tables, day: date) -> list[str]:
    facts = Facts(tables, day, DEFAULT_THRESHOLDS)
    if not facts.actors:
        return []
    parties = [one for one in facts.actors.values() if one.conflict_role in PARTY_ROLES]
    helpers = {
        one.actor_id
        for one in tables.roles.values()
        if one.role != "none" and one.actor_id in facts.actors and exists(one, day)
    } - {one.id for one in parties}
    found = [
        tr(
            "{actors} are recorded on this day: {parties}, {helpers} and {others}.",
            actors=plural("{count} actor", "{count} actors", len(facts.actors)),
            parties=plural("{count} conflict party", "{count} conflict parties", len(parties)),
            helpers=plural("{count} third party", "{count} third parties", len(helpers)),
            others=plural(
                "{count} other", "{count} others", len(facts.actors) - len(parties) - len(helpers)
            ),
        )
    ]
    return found + _linkages(tables, day, facts)


def _linkages(tables: Tables, day: date, facts: Facts) -> list[str]:
    states = [linkage_state(one, day) for one in tables.linkages.values()]
    found = []
    if facts.links:
        counts: dict[str, int] = {}
        for link in facts.links:
            for end in {link.from_id, link.to_id}:
                counts[end] = counts.get(end, 0) + 1
        busy = sorted(counts, key=lambda one: (-counts[one], name_of(tables, "actors", one)))[:3]
        found.append(
            plural(
                "{count} linkage is in force; most of them touch {names}.",
                "{count} linkages are in force; most of them touch {names}.",
                len(facts.links),
                names=listed([noted(name_of(tables, "actors", i), counts[i]) for i in busy]),
            )
        )
    planned = states.count("planned")
    if planned:
        found.append(
            plural("{count} linkage is planned.", "{count} linkages are planned.", planned)
        )
    for linkage, state in zip(tables.linkages.values(), states, strict=True):
        if state in {"keep_apart", "wait"}:
            one = name_of(tables, "actors", linkage.from_id)
            other = name_of(tables, "actors", linkage.to_id)
            found.append(_not_linked(one, other, linkage.rationale, waits=state == "wait"))
    return found


def _not_linked(one: str, other: str, reason: str, *, waits: bool) -> str:
    if waits and reason:
        return tr("{one} and {other} are not linked yet: {reason}", one=one, other=other,
                  reason=reason)  # fmt: skip
    if waits:
        return tr("{one} and {other} are not linked yet.", one=one, other=other)
    if reason:
        return tr("{one} and {other} are kept apart on purpose: {reason}", one=one, other=other,
                  reason=reason)  # fmt: skip
    return tr("{one} and {other} are kept apart on purpose.", one=one, other=other)


def _doings(tables: Tables, day: date) -> list[str]:
    now, coming = [], []
    for activity in tables.activities.values():
        start, end = period_of(activity)
        if activity.status in {"cancelled", "suspended"} or start is None:
            continue
        if first_day(start) > day:
            coming.append(activity)
        elif last_day(end) >= day and end is not None:
            now.append(activity)
    coming.sort(key=lambda one: first_day(period_of(one)[0]))
    found = []
    if now:
        found.append(
            plural(
                "{count} activity is under way: {names}.",
                "{count} activities are under way: {names}.",
                len(now),
                names=listed([one.title for one in now]),
            )
        )
    if coming:
        names = [noted(one.title, date_text(period_of(one)[0])) for one in coming[:2]]
        found.append(tr("Next comes {names}.", names=listed(names)))
    return found


def _money(tables: Tables, day: date) -> list[str]:
    """Which work outlasts its money; soonest first."""
    ends: list[tuple[date, Activity, int | None]] = []
    for cover in cover_of(tables).values():
        activity = tables.activities[cover.activity_id]
        if cover.state != "gaps" or last_day(period_of(activity)[1]) < day:
            continue
        gaps = [gap for gap in cover.gaps if gap.certain and (gap.last is None or gap.last >= day)]
        ends += [(gap.first, activity, gap.days) for gap in gaps[:1]]
    found = []
    sure = [one for one in ends if one[0] != FIRST_DAY and one[2] is not None]
    for first, activity, days in sorted(sure, key=lambda one: (one[0], one[1].title))[:_MOST]:
        values = {
            "name": activity.title,
            "date": day_text(first),
            "length": plural("{count} day", "{count} days", days or 0),
        }
        found.append(
            tr("From {date} on no recorded money covers {name}: {length} of work.", **values)
            if first >= day
            else tr("Since {date} no recorded money covers {name}: {length} of work.", **values)
        )
    if len(sure) > _MOST:
        found.append(
            plural(
                "{count} more activity outlasts its recorded money.",
                "{count} more activities outlast their recorded money.",
                len(sure) - _MOST,
            )
        )
    return found


def _cautions(pack: Pack) -> list[str]:
    grave = [one for one in findings_for(pack) if one.severity == "high" and not one.muted_by]
    found = [one.message for one in grave[:_MOST]]
    if len(grave) > len(found):
        found.append(
            plural(
                "{count} more grave question stands under “Needs attention”.",
                "{count} more grave questions stand under “Needs attention”.",
                len(grave) - len(found),
            )
        )
    flags = Assessor(pack.tables, pack.request.as_of).open_flags()
    if flags:
        found.append(
            plural(
                "{count} answer to the do-no-harm checklist is an open red flag.",
                "{count} answers to the do-no-harm checklist are open red flags.",
                len(flags),
            )
        )
    return found
