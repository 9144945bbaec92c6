"""Actor profiles: what is known of an actor, whom it deals with and what it does, in one block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.pdf.evidence import names_of_sources
from exporters.pdf.paper import SMALL, TOP
from exporters.pdf.tables import badge, badge_width
from exporters.summary import PARTY_ROLES, listed
from exporters.wording import mark_text, period
from model.asof import linkage_state
from model.codes import CODE_LISTS, LINKAGE_GROUPS, linkage_group
from model.dates import first_day
from model.naming import name_of
from model.timeline.cover import period_of
from resources.text import joined, noted, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.pdf.flow import Flow
    from exporters.request import Pack
    from model import records as r

_MANY = 12
_OPENING = 100.0
"""Height of the section's title and the words below it, with the gaps around them."""
_HEAD = 56.0
"""Height of a profile's name and the line below it, with the gaps around them."""
_MOST = 220.0
"""A profile that is higher may be broken."""


def profiled(pack: Pack) -> list[r.Actor]:
    """The actors that get a profile: conflict parties, with third parties, or everyone."""
    tables, wanted = pack.tables, pack.request.recipe.option("profiles")
    helpers = {one.actor_id for one in tables.roles.values() if one.role != "none"}
    parties = [one for one in tables.actors.values() if one.conflict_role in PARTY_ROLES]
    if wanted == "parties":
        return parties
    rest = [one for one in tables.actors.values() if one.conflict_role not in PARTY_ROLES]
    if wanted == "third_parties":
        rest = [one for one in rest if one.id in helpers]
    return parties + rest


def profiles_section(flow: Flow, pack: Pack) -> None:
    """One profile after the other, each kept together where it can be."""
    profiles = [
        (actor, [(label, text) for label, text in _facts(pack, actor) if text])
        for actor in profiled(pack)
    ]
    first = _height(flow, profiles[0][1]) if profiles else 0.0
    flow.section(tr("Actor profiles"), least=_OPENING + first)
    flow.text(
        tr(
            "Positions, interests, needs and fears are views of those who entered them, not "
            "statements of the actors."
        ),
        colour=flow.kit.style.muted_ink,
    )
    for actor, facts in profiles:
        _profile(flow, actor, facts)


def _height(flow: Flow, facts: Sequence[tuple[str, str]]) -> float:
    """The height that a profile asks for."""
    return min(_HEAD + sum(flow.fact_height(label, text) for label, text in facts), _MOST)


def _profile(flow: Flow, actor: r.Actor, facts: Sequence[tuple[str, str]]) -> None:
    flow.gap(10)
    flow.need(_height(flow, facts))
    if flow.y > TOP:
        flow.add(flow.kit.line(flow.left, flow.y, flow.left + flow.column), decoration=True)
        flow.y += 4
    top = flow.y
    flow.heading(actor.name, 1)
    mark = mark_text(actor)
    if mark:
        block = flow.kit.block(mark, SMALL)
        x = flow.left + flow.column - badge_width(block)
        flow.add(*badge(flow.kit, block, x, top + 14))
    flow.text(_headline(actor), SMALL, flow.kit.style.muted_ink)
    flow.y += 4
    for label, text in facts:
        flow.fact(label, text)


def _headline(actor: r.Actor) -> str:
    codes = (
        ("actor_kind", actor.kind),
        ("conflict_role", actor.conflict_role if actor.conflict_role != "none" else ""),
        ("scope", actor.scope if actor.scope != "unknown" else ""),
        ("level", actor.level if actor.level != "unknown" else ""),
    )
    words = [CODE_LISTS[name].label(code) for name, code in codes if code]
    words += [CODE_LISTS["track"].label(code) for code in actor.tracks]
    short = actor.short_name if actor.short_name != actor.name else ""
    return joined((short, *words), "  ·  ")


def _facts(pack: Pack, actor: r.Actor) -> Iterable[tuple[str, str]]:
    tables = pack.tables
    if actor.start is not None or actor.end is not None:
        yield tr("Exists"), period(actor.start, actor.end)
    yield tr("Part of"), name_of(tables, "actors", actor.parent_id) if actor.parent_id else ""
    yield tr("Also known as"), joined(actor.other_names)
    yield tr("Roles"), joined(_roles(pack, actor), "; ")
    yield tr("Positions"), actor.positions
    yield tr("Interests"), actor.interests
    yield tr("Needs"), actor.needs
    yield tr("Fears"), actor.fears
    yield tr("Added value"), actor.added_value
    yield from _linkages(pack, actor)
    yield tr("Activities"), listed(_activities(pack, actor), _MANY)
    yield tr("Funding"), joined(_money(pack, actor), "; ")
    yield tr("Notes"), actor.notes
    yield tr("Sources"), names_of_sources(pack, actor)


def _roles(pack: Pack, actor: r.Actor) -> list[str]:
    found = []
    for role in pack.tables.roles.values():
        if role.actor_id == actor.id and role.role != "none":
            text = CODE_LISTS["third_party_role"].label(role.role)
            if role.process_id:
                text = noted(text, name_of(pack.tables, "processes", role.process_id))
            found.append(text)
    return list(dict.fromkeys(found))


def _linkages(pack: Pack, actor: r.Actor) -> Iterable[tuple[str, str]]:
    tables, day = pack.tables, pack.request.as_of
    groups: dict[str, list[str]] = {}
    apart: list[str] = []
    for linkage in tables.linkages.values():
        if actor.id not in {linkage.from_id, linkage.to_id}:
            continue
        other = linkage.to_id if linkage.from_id == actor.id else linkage.from_id
        state = linkage_state(linkage, day)
        name = name_of(tables, "actors", other)
        if state in {"keep_apart", "wait"}:
            apart.append(name)
        elif state in {"current", "doubtful"}:
            kind = CODE_LISTS["linkage_kind"].label(linkage.kind).lower()
            groups.setdefault(linkage_group(linkage.kind), []).append(noted(name, kind))
    for group in LINKAGE_GROUPS:
        yield CODE_LISTS["linkage_group"].label(group), joined(groups.get(group, ()), "; ")
    yield tr("Kept apart or waiting"), joined(apart, "; ")


def _activities(pack: Pack, actor: r.Actor) -> list[str]:
    involved = [
        one
        for one in pack.tables.activities.values()
        if actor.id in {one.lead_id, *one.participant_ids, *one.party_ids}
    ]
    involved.sort(key=lambda one: first_day(period_of(one)[0]))
    return [one.title for one in involved]


def _money(pack: Pack, actor: r.Actor) -> list[str]:
    found = []
    for line in pack.tables.funding.values():
        if line.donor_id == actor.id and line.recipient_id:
            name = name_of(pack.tables, "actors", line.recipient_id)
            found.append(tr("to {name}: {period}", name=name, period=period(line.start, line.end)))
        elif line.recipient_id == actor.id and line.donor_id:
            name = name_of(pack.tables, "actors", line.donor_id)
            found.append(
                tr("from {name}: {period}", name=name, period=period(line.start, line.end))
            )
    return found
