"""Who is looked for and found, who reaches whom, and who does what: the coverage of the map."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

from model.analysis.facts import CHANNEL_KINDS, PARTY_ROLES, activity_end, activity_start
from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from model.codes import ACTIVITY_KINDS, LINKAGE_KINDS, SEARCH_CATEGORIES, TRACKS
from model.dates import first_day
from resources.text import joined, plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.analysis.facts import Facts
    from model.analysis.finding import Target
    from model.analysis.views.grid import Mark
    from model.records import Actor, Linkage, Search

GRID_TRACKS = ("T1", "T1.5", "T2", "T3")
OFFICIAL_ONLY = frozenset({"donor_diplomat", "other_diplomat", "regional_power"})
"""Categories that are looked for on the official tracks only."""
BALANCE_DAYS = 365
SHORT = {
    "facilitation": "Facilitates",
    "communication_channel": "Channel",
    "back_channel": "Back channel",
    "negotiation": "Negotiates",
}
"""Kinds of channels in the few letters that a column has."""


def blind_spots(facts: Facts) -> Grid:
    """Each category on each track: who is on the map, who was looked for, what is a gap."""
    donors = _donors(facts)
    searches = [
        one
        for one in cast("list[Search]", list(facts.tables.table("searches").values()))
        if first_day(one.date) <= facts.as_of
    ]
    rows = []
    for category in SEARCH_CATEGORIES.codes:
        members = [one for one in facts.actors.values() if category in categories_of(one, donors)]
        cells = tuple(
            _spot(facts, ("search", category, track), members, searches) for track in GRID_TRACKS
        )
        rows.append(Row(Cell(SEARCH_CATEGORIES.label(category)), cells))
    gaps = sum(cell.mark == "gap" for row in rows for cell in row.cells)
    summary = plural(
        "{count} field has nobody on the map and no record of a search.",
        "{count} fields have nobody on the map and no record of a search.",
        gaps,
    )
    bare = [row.title.text for row in rows if all(c.mark in {"gap", ""} for c in row.cells)]
    if bare:
        summary = " ".join((summary, tr("On no track: {names}.", names=joined(bare))))
    return Grid(
        tr("Category"),
        columns(*(TRACKS.label(track) for track in GRID_TRACKS)),
        tuple(rows),
        (summary,),
    )


def categories_of(actor: Actor, donors: frozenset[str]) -> frozenset[str]:
    """The categories of the grid that an actor belongs to."""
    found = {actor.kind, *actor.blind_spots} & set(SEARCH_CATEGORIES.codes)
    if actor.kind == "diplomatic_mission":
        is_donor = actor.id in donors or actor.parent_id in donors
        found.add("donor_diplomat" if is_donor else "other_diplomat")
    if actor.kind == "regional_organisation" or (
        actor.kind == "state" and actor.scope == "regional"
    ):
        found.add("regional_power")
    return frozenset(found)


def _donors(facts: Facts) -> frozenset[str]:
    """Actors that pay for anything: as donor of a line, by role, or by a funding linkage."""
    found = {line.donor_id for line in facts.tables.funding.values()}
    found |= {one for one, roles in facts.roles.items() if "donor" in roles}
    found |= {link.from_id for link in facts.links if link.kind == "funding"}
    return frozenset(found - {""})


def _spot(
    facts: Facts, key: tuple[str, str, str], members: Iterable[Actor], searches: list[Search]
) -> Cell:
    _, category, track = key
    if category in OFFICIAL_ONLY and track not in {"T1", "T1.5"}:
        return Cell("–", more=tr("Not looked for on this track"))
    present = facts.sorted_by_name(one.id for one in members if track in one.tracks)
    if present:
        targets = tuple(("actors", one) for one in present)
        shown = facts.name(present[0]) if len(present) == 1 else str(len(present))
        return Cell(shown, "good", targets, facts.names(present))
    made = [one for one in searches if one.category == category and one.track in {"", track}]
    if made:
        last = max(made, key=lambda one: first_day(one.date))
        day = tr("no date") if last.date is None else last.date.iso()
        text = tr("none found, {date}", date=day)
        more = f"{text}: {last.outcome}" if last.outcome else text
        return Cell(text, "doubt", (("searches", last.id),), more, key)
    return Cell(tr("gap"), "gap", (), tr("Nobody on the map, and no record of a search"), key)


def channels(facts: Facts) -> Grid:
    """Third parties by conflict parties: through what, and whether it is still in use."""
    parties = heads(facts)
    families = {one: facts.family(one) for one in parties}
    everybody = {one for family in families.values() for one in family}
    found: dict[str, dict[str, list[Linkage]]] = {}
    for link in facts.links:
        if link.kind not in CHANNEL_KINDS:
            continue
        for near, far in ((link.from_id, link.to_id), (link.to_id, link.from_id)):
            if near in everybody or facts.is_party(near):
                continue
            for party in parties:
                if far in families[party]:
                    found.setdefault(near, {}).setdefault(party, []).append(link)
    reach = {one: sum(one in reached for reached in found.values()) for one in parties}
    parties.sort(key=lambda one: not reach[one])
    rows = [_reached_row(facts, parties, found)] if parties else []
    for third in facts.sorted_by_name(found):
        cells = tuple(_channel(facts, found[third].get(party, [])) for party in parties)
        rows.append(Row(Cell(facts.name(third), targets=(("actors", third),)), cells))
    bare = [one for one in parties if not reach[one]]
    summary: tuple[str, ...] = ()
    if bare:
        summary = (tr("No channel on record to: {names}.", names=facts.names(bare)),)
    heading = tuple(Cell(facts.name(one), targets=(("actors", one),)) for one in parties)
    return Grid(
        tr("Third party"), heading, tuple(rows), summary, tr("No conflict parties are recorded.")
    )


def heads(facts: Facts) -> list[str]:
    """Conflict parties and armed actors outside that are not part of another one, by name."""
    wanted = {
        one
        for one, actor in facts.actors.items()
        if actor.conflict_role in PARTY_ROLES | {"non_signatory_armed"}
    }
    return facts.sorted_by_name(
        one for one in wanted if not (facts.with_ancestors(one) - {one}) & wanted
    )


def _reached_row(
    facts: Facts, parties: list[str], found: dict[str, dict[str, list[Linkage]]]
) -> Row:
    cells = []
    for party in parties:
        through = facts.sorted_by_name(one for one, reached in found.items() if party in reached)
        mark: Mark = "" if through else "gap"
        text = str(len(through)) if through else tr("nobody")
        targets = tuple(("actors", one) for one in through)
        cells.append(Cell(text, mark, targets, facts.names(through) or tr("No channel on record")))
    return Row(Cell(tr("Reached by")), tuple(cells))


def _channel(facts: Facts, links: list[Linkage]) -> Cell:
    if not links:
        return Cell("", more=tr("No channel on record"))
    quiet = all(_is_quiet(facts, link) for link in links)
    text = joined(sorted({tr(SHORT[link.kind]) for link in links}), " · ")
    if quiet:
        text = tr("{kinds} (quiet)", kinds=text)
    each = ((facts.ends(link), LINKAGE_KINDS.label(link.kind)) for link in links)
    more = joined((joined(one, ": ") for one in each), "; ")
    targets: tuple[Target, ...] = tuple(("linkages", link.id) for link in links)
    return Cell(text, "doubt" if quiet else "good", targets, more)


def _is_quiet(facts: Facts, link: Linkage) -> bool:
    limit = facts.limit("W18.days_talking" if facts.is_talking else "W18.days")
    confirmed = link.last_confirmed
    return confirmed is not None and (facts.as_of - confirmed.last()).days > limit


def contact_balance(facts: Facts) -> Grid:
    """For each party how often it is met, by whom, and what is planned; counts, never a score."""
    since = facts.as_of - timedelta(days=BALANCE_DAYS)
    rows = []
    for party in heads(facts):
        family = facts.family(party)
        own = facts.with_descendants(party)
        met = [
            one
            for one in facts.tables.activities.values()
            if one.status != "cancelled" and own & {*one.party_ids, *one.participant_ids}
        ]
        past = [a for a in met if activity_end(a) >= since and activity_start(a) <= facts.as_of]
        ahead = [a for a in met if activity_start(a) > facts.as_of]
        links = [link for one in own for link in facts.links_of.get(one, ())]
        lines = [link for link in links if link.kind in CHANNEL_KINDS]
        ends = {end for link in lines for end in (link.from_id, link.to_id)} - family
        thirds = facts.sorted_by_name(one for one in ends if not facts.is_party(one))
        cells = (
            Cell(str(len(past)), "" if past else "gap", _activities(past)),
            Cell(str(len(ahead)), targets=_activities(ahead)),
            Cell(
                str(len(thirds)),
                "" if thirds else "gap",
                tuple(("actors", one) for one in thirds),
                facts.names(thirds),
            ),
            Cell(
                str(sum(link.kind == "facilitation" for link in lines)),
                targets=tuple(("linkages", x.id) for x in lines if x.kind == "facilitation"),
            ),
        )
        rows.append(Row(Cell(facts.name(party), targets=(("actors", party),)), cells))
    heading = columns(
        tr("Activities, last {days} days", days=BALANCE_DAYS),
        tr("Activities ahead"),
        tr("Third parties with a channel"),
        tr("Facilitations"),
    )
    note = tr("Counts as recorded; a party that is met less is not thereby treated unfairly.")
    return Grid(
        tr("Conflict party"), heading, tuple(rows), (note,), tr("No conflict parties are recorded.")
    )


def _activities(activities: Iterable[object]) -> tuple[Target, ...]:
    return tuple(("activities", one.id) for one in activities)  # type: ignore[attr-defined]


def spheres(facts: Facts) -> Grid:
    """Who does what on which track: kinds of work by track, with their leads."""
    done: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for activity in facts.activities_ahead:
        for track in activity.tracks:
            done.setdefault((activity.kind, track), []).append((activity.lead_id, activity.id))
    rows = []
    used = {kind for kind, _ in done}
    kinds = [kind for kind in ACTIVITY_KINDS.codes if kind != "other"]
    for kind in sorted(kinds, key=lambda one: one not in used):
        cells = tuple(_sphere(facts, done.get((kind, track), [])) for track in GRID_TRACKS)
        rows.append(Row(Cell(ACTIVITY_KINDS.label(kind)), cells))
    nobody = [ACTIVITY_KINDS.label(kind) for kind in kinds if kind not in used]
    summary = plural(
        "{count} kind of work is led by nobody on record: see below.",
        "{count} kinds of work are led by nobody on record: see below.",
        len(nobody),
    )
    heading = columns(*(TRACKS.label(track) for track in GRID_TRACKS))
    return Grid(tr("Work"), heading, tuple(rows), (summary,) if nobody else ())


def _sphere(facts: Facts, work: list[tuple[str, str]]) -> Cell:
    if not work:
        return Cell("")
    leads = facts.sorted_by_name({lead for lead, _ in work if lead})
    names = facts.names(leads) or tr("no lead on record")
    text = names if len(leads) < 2 else tr("{count}: {names}", count=len(leads), names=names)
    mark: Mark = "doubt" if len(leads) > 1 or not leads else "good"
    return Cell(text, mark, tuple(("activities", one) for _, one in work), names)


VIEWS = (
    View(
        id="blind_spots",
        name="Blind-spot grid",
        question="Who is not on the map, and has anybody looked?",
        definition=(
            "Crosses the categories that maps tend to miss with the tracks. A field shows who is "
            "on the map, or “none found” with the day of the search, or a gap. Diplomats count "
            "as those of a donor when they or what they are part of pays for anything."
        ),
        example=(
            "Nobody has asked who settles land disputes in the hills; the field stays a gap "
            "until somebody has."
        ),
        source="C3, R4",
        inputs=("actors", "searches", "funding", "roles", "linkages"),
        records="searches",
        make=blind_spots,
    ),
    View(
        id="channels",
        name="Channel coverage",
        question="Who has a channel to which party, and is it in use?",
        definition=(
            "Crosses third parties with conflict parties (their parents, parts and coalitions "
            "included). A field names the facilitation, channel, back channel or negotiation in "
            "force; quiet means that all of them were last confirmed longer ago than the limit of "
            "warning W18. Parties that nobody reaches come last."
        ),
        example=(
            "Three envoys reach the government; only one teacher still has a number of the "
            "splinter group."
        ),
        source="Chapter 1, impartiality",
        inputs=("actors", "linkages", "phases"),
        make=channels,
    ),
    View(
        id="balance",
        name="Contact balance",
        question="Is each side met as much as the others?",
        definition=(
            "Counts for each conflict party and its parts the activities that involve it within a "
            "year and those ahead, and the third parties with a channel to it."
        ),
        example=(
            "One side was met eleven times this year and the other twice; the second begins "
            "to wonder."
        ),
        source="Chapter 1, impartiality",
        inputs=("actors", "linkages", "activities"),
        make=contact_balance,
    ),
    View(
        id="spheres",
        name="Spheres of action",
        question="Who does what on which track, where do they overlap, what does nobody do?",
        definition=(
            "Crosses the kinds of work with the tracks and names those who lead running or "
            "planned activities there; several leads in a field are worth an agreement. Kinds "
            "that nobody does come last."
        ),
        example="Two organisations train monitors on Track II, and nobody with the displaced.",
        source="R5, R1",
        inputs=("activities", "actors"),
        make=spheres,
    ),
)
