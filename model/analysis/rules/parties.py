"""What the rules about fairness share: who mediates, who stands where, who is one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.rules.contacts import MEDIATOR_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from model.analysis.facts import Facts
    from model.records import Linkage


def mediators(facts: Facts) -> list[str]:
    """Actors that mediate on the day: by role, as lead of a process, or by a facilitation."""
    found = {one for one, roles in facts.roles.items() if roles & MEDIATOR_ROLES}
    for process in facts.processes:
        found.update({process.lead_id, *process.co_lead_ids})
    found.update(link.from_id for link in facts.links if link.kind == "facilitation")
    return facts.sorted_by_name(
        one for one in found if one in facts.actors and not facts.is_party(one)
    )


def links_to_parties(
    facts: Facts, actor_id: str, kinds: frozenset[str]
) -> Iterator[tuple[Linkage, str]]:
    """The day's linkages of these kinds that join an actor to a conflict party, with the party."""
    for link in facts.links_of.get(actor_id, ()):
        if link.kind in kinds:
            other = link.to_id if link.from_id == actor_id else link.from_id
            if facts.is_party(other):
                yield link, other


def are_one_side(facts: Facts, parties: Iterable[str]) -> bool:
    """Whether all these parties belong together: each is in the family of every other."""
    wanted = set(parties)
    return all(wanted <= facts.family(one) for one in wanted)
