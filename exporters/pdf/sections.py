"""The tables of a briefing: actors, linkages, processes, activities, money, postings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.pdf.tables import Cell, Column, Piece, add_table, cell
from exporters.wording import LIST_SEPARATOR, mark_text, period, unbroken
from model.asof import linkage_state
from model.codes import CODE_LISTS, LINKAGE_GROUPS, ONE_OFF_ACTIVITY_KINDS, linkage_group, tlp_rank
from model.naming import name_of
from model.timeline.items import money_text
from model.timeline.wording import date_text
from resources.text import arrow, joined, noted, plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.pdf.flow import Flow
    from exporters.request import Pack
    from model import records as r
    from model.tables import Tables

_PARTIES = ("primary_party", "secondary_party", "non_signatory_armed")


def actors_section(flow: Flow, pack: Pack) -> None:
    """All actors, conflict parties first, then third parties, then the others."""
    tables = pack.tables
    flow.section(tr("Actors"))
    roles = _roles_by_actor(tables)
    parties = [one for one in tables.actors.values() if one.conflict_role in _PARTIES]
    thirds = [one for one in tables.actors.values() if one not in parties and roles.get(one.id)]
    others = [one for one in tables.actors.values() if one not in parties and one not in thirds]
    groups = (
        (tr("Conflict parties"), parties),
        (tr("Third parties"), thirds),
        (tr("Others"), others),
    )
    columns = (
        Column(tr("Actor"), 38),
        Column(tr("Kind"), 25),
        Column(tr("Tracks"), 13),
        Column(tr("Roles"), 24),
    )
    for title, actors in groups:
        if actors:
            flow.heading(noted(title, len(actors)))
            add_table(flow, columns, (_actor_row(tables, one, roles) for one in actors))


def _roles_by_actor(tables: Tables) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for role in tables.roles.values():
        if role.role != "none":
            label = CODE_LISTS["third_party_role"].label(role.role)
            if role.process_id:
                label = noted(label, name_of(tables, "processes", role.process_id))
            names = found.setdefault(role.actor_id, [])
            if label not in names:
                names.append(label)
    return found


def _actor_row(tables: Tables, actor: r.Actor, roles: dict[str, list[str]]) -> list[Cell]:
    short = actor.short_name if actor.short_name != actor.name else ""
    part_of = tr("part of {name}", name=name_of(tables, "actors", actor.parent_id)) \
        if actor.parent_id else ""  # fmt: skip
    where = [CODE_LISTS["scope"].label(actor.scope), CODE_LISTS["level"].label(actor.level)]
    known = [one for one, code in zip(where, (actor.scope, actor.level), strict=True)
             if code != "unknown"]  # fmt: skip
    tracks = [unbroken(CODE_LISTS["track"].label(code)) for code in actor.tracks]
    party = CODE_LISTS["conflict_role"].label(actor.conflict_role) \
        if actor.conflict_role in _PARTIES else ""  # fmt: skip
    return [
        cell(actor.name, mark_text(actor), detail=_joined(short, part_of), role="strong"),
        cell(CODE_LISTS["actor_kind"].label(actor.kind), detail=joined(known)),
        cell(joined(tracks)),
        cell(_joined(party, *roles.get(actor.id, ()), separator=", ")),
    ]


def linkages_section(flow: Flow, pack: Pack) -> None:
    """All linkages with their reason and possible harm; those kept apart come first."""
    tables = pack.tables
    flow.section(tr("Linkages"))
    flow.text(
        tr(
            "Each with its reason and its possible negative consequences. Deciding not to link, "
            "or to wait, is a decision too."
        )
    )
    wanted = pack.request.recipe.option("linkages")
    apart = [one for one in tables.linkages.values() if one.decision in {"keep_apart", "wait"}]
    groups: list[tuple[str, list[r.Linkage]]] = [(tr("Kept apart or waiting"), apart)]
    for group in LINKAGE_GROUPS if wanted != "apart" else ():
        members = [
            one
            for one in tables.linkages.values()
            if one not in apart and linkage_group(one.kind) == group
        ]
        groups.append((CODE_LISTS["linkage_group"].label(group), members))
    for title, linkages in groups:
        shown = [one for one in linkages if wanted == "all" or one in apart or _says_why(one)]
        if shown:
            flow.heading(noted(title, len(shown)))
            _linkage_tables(flow, pack, shown)


def _says_why(linkage: r.Linkage) -> bool:
    return bool(
        linkage.rationale
        or linkage.expected_benefit
        or linkage.negative_consequences
        or linkage.mitigation
    )


def _linkage_tables(flow: Flow, pack: Pack, linkages: list[r.Linkage]) -> None:
    """Those with a reason or a risk in full, the others one to a line."""
    told = [one for one in linkages if _says_why(one)]
    if told:
        columns = (
            Column(tr("Linkage"), 36),
            Column(tr("Reason"), 32),
            Column(tr("Possible negative consequences"), 32),
        )
        add_table(flow, columns, (_linkage_row(pack, one) for one in told))
    bare = [one for one in linkages if not _says_why(one)]
    if bare:
        columns = (
            Column(tr("Without a recorded reason or risk"), 62),
            Column(tr("Kind"), 18),
            Column(tr("Period and state"), 20),
        )
        add_table(flow, columns, (_bare_row(pack, one) for one in bare))


def _bare_row(pack: Pack, linkage: r.Linkage) -> list[Cell]:
    state = _state_text(linkage, pack)
    dated = linkage.start is not None or linkage.end is not None
    when = period(linkage.start, linkage.end) if dated else ""
    return [
        cell(_ends(pack.tables, linkage), mark_text(linkage), role="strong"),
        cell(CODE_LISTS["linkage_kind"].label(linkage.kind)),
        cell(_joined(when, state)),
    ]


def _ends(tables: Tables, linkage: r.Linkage) -> str:
    sign = arrow("→") if linkage.direction == "directed" else "↔"
    first, second = (name_of(tables, "actors", one) for one in (linkage.from_id, linkage.to_id))
    return joined((first, second), f"\u00a0{sign} ")


def _state_text(linkage: r.Linkage, pack: Pack) -> str:
    return {
        "planned": tr("planned"),
        "ended": tr("ended"),
        "doubtful": tr("status not known"),
        "keep_apart": tr("keep apart"),
        "wait": tr("wait"),
    }.get(linkage_state(linkage, pack.request.as_of), "")


def _linkage_row(pack: Pack, linkage: r.Linkage) -> list[Cell]:
    facts = [CODE_LISTS["linkage_kind"].label(linkage.kind)]
    if linkage.start is not None or linkage.end is not None:
        facts.append(period(linkage.start, linkage.end))
    facts += filter(None, [_state_text(linkage, pack)])
    mitigation = tr("Mitigation: {text}", text=linkage.mitigation) if linkage.mitigation else ""
    return [
        cell(
            _ends(pack.tables, linkage),
            mark_text(linkage),
            detail=_joined(*facts),
            role="strong",
        ),
        _or_none(linkage.rationale, linkage.expected_benefit),
        _or_none(linkage.negative_consequences, mitigation),
    ]


def processes_section(flow: Flow, pack: Pack) -> None:
    """Parallel dialogues, who leads them and who is party to them."""
    tables = pack.tables
    flow.section(tr("Processes"))
    columns = (
        Column(tr("Process"), 30),
        Column(tr("Lead"), 24),
        Column(tr("Conflict parties"), 26),
        Column(tr("Coordination"), 20),
    )
    add_table(flow, columns, (_process_row(tables, one) for one in tables.processes.values()))


def _process_row(tables: Tables, process: r.Process) -> list[Cell]:
    with_them = tr("with {names}", names=_names(tables, process.co_lead_ids)) \
        if process.co_lead_ids else ""  # fmt: skip
    lead = name_of(tables, "actors", process.lead_id) if process.lead_id else tr("Not known")
    return [
        cell(
            process.name,
            mark_text(process),
            detail=period(process.start, process.end),
            role="strong",
        ),
        cell(lead, detail=with_them),
        cell(_names(tables, process.party_ids) or tr("None recorded")),
        cell(CODE_LISTS["coordination_mode"].label(process.coordination_mode)),
    ]


def activities_section(flow: Flow, pack: Pack) -> None:
    """What is done, by whom, with whom, and whether the lead was asked."""
    strict = tlp_rank(pack.request.audience) >= tlp_rank("AMBER+STRICT")
    flow.section(tr("Activities"))
    care = tr("Consulted, reviewed") if strict else tr("Lead consulted")
    columns = (
        Column(tr("When"), 18),
        Column(tr("Activity"), 32),
        Column(tr("Who"), 32),
        Column(care, 18),
    )
    rows = (_activity_row(pack.tables, one, strict) for one in pack.tables.activities.values())
    add_table(flow, columns, rows)


def _activity_row(tables: Tables, activity: r.Activity, strict: bool) -> list[Cell]:
    kind = CODE_LISTS["activity_kind"].label(activity.kind)
    lead = name_of(tables, "actors", activity.lead_id) if activity.lead_id else ""
    named = {activity.lead_id, *activity.party_ids}
    others = [one for one in activity.participant_ids if one not in named]
    parties = tr("Parties: {names}", names=_names(tables, activity.party_ids)) \
        if activity.party_ids else ""  # fmt: skip
    yes_or_no = CODE_LISTS["tristate"]
    care = tr("Lead consulted: {answer}", answer=yes_or_no.label(activity.lead_consulted))
    review = tr("Security review: {answer}", answer=yes_or_no.label(activity.security_review))
    return [
        cell(_when(activity)),
        cell(activity.title, mark_text(activity), detail=kind, role="strong"),
        cell(lead, detail=_joined(_names(tables, others), parties, separator="\n")),
        cell(care, detail=review)
        if strict
        else cell(CODE_LISTS["tristate"].label(activity.lead_consulted)),
    ]


def _when(activity: r.Activity) -> str:
    start = activity.start or activity.planned_start
    end = activity.end or activity.planned_end
    if start is not None and end is None and activity.kind in ONE_OFF_ACTIVITY_KINDS:
        return date_text(start)
    return period(start, end)


def funding_section(flow: Flow, pack: Pack) -> None:
    """Money: from whom to whom, for what, how much, until when."""
    tables = pack.tables
    flow.section(tr("Funding"))
    flow.text(tr("An amount that is not known is not zero. Amounts are never added up."))
    flow.gap(6)
    columns = (
        Column(tr("From and to"), 34),
        Column(tr("For"), 30),
        Column(tr("Amount"), 16),
        Column(tr("Period and conditions"), 20),
    )
    add_table(flow, columns, (_funding_row(tables, one) for one in tables.funding.values()))


def _funding_row(tables: Tables, line: r.FundingLine) -> list[Cell]:
    unknown = tr("Not known")
    donor = name_of(tables, "actors", line.donor_id) if line.donor_id else unknown
    recipient = name_of(tables, "actors", line.recipient_id) if line.recipient_id else unknown
    titles = (name_of(tables, "activities", one) for one in line.activity_ids)
    earmarking = CODE_LISTS["earmarking"].label(line.earmarking) \
        if line.earmarking != "unknown" else ""  # fmt: skip
    return [
        cell(
            joined((donor, recipient), f"\u00a0{arrow('→')} "),
            mark_text(line),
            detail=line.notes,
            role="strong",
        ),
        cell(joined(titles, LIST_SEPARATOR)),
        cell(money_text(line.amount, line.currency) or unknown),
        cell(period(line.start, line.end), detail=_joined(earmarking, line.conditions)),
    ]


def postings_section(flow: Flow, pack: Pack) -> None:
    """Who holds which office, until when, and how it is handed over."""
    tables = pack.tables
    flow.section(tr("Postings"))
    columns = (
        Column(tr("Office"), 36),
        Column(tr("Holder"), 20),
        Column(tr("Term"), 22),
        Column(tr("Hand-over"), 22),
    )
    add_table(flow, columns, (_posting_row(tables, one) for one in tables.postings.values()))


def _posting_row(tables: Tables, posting: r.Posting) -> list[Cell]:
    home = name_of(tables, "actors", posting.institution_id) if posting.institution_id else ""
    overlap = ""
    if posting.handover_overlap_days is not None:
        overlap = plural(
            "{count} day overlap", "{count} days overlap", posting.handover_overlap_days
        )
    return [
        cell(posting.office, mark_text(posting), detail=_joined(posting.role, home), role="strong"),
        cell(posting.holder or tr("Not known")),
        cell(period(posting.start, posting.end), detail=posting.term_note),
        cell(overlap or posting.handover_note, detail=posting.handover_note if overlap else ""),
    ]


def _names(tables: Tables, ids: Sequence[str]) -> str:
    return joined((name_of(tables, "actors", one) for one in ids), LIST_SEPARATOR)


def _or_none(text: str, detail: str = "") -> Cell:
    if not text and not detail:
        return (Piece(tr("None recorded"), "muted"),)
    return cell(text, detail=detail)


def _joined(*texts: str, separator: str = "  ·  ") -> str:
    return joined(texts, separator)
