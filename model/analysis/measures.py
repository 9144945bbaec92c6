"""Measures of actors in the network of a day: each a number for each actor that is looked at.

All of them read the same network as the focus does (`model.analysis.paths.network`): linkages that
count as edges on the day and hold actors together, of what the filter lets through. A measure says
what is on record and never how important somebody is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from model.analysis.facts import Facts
from model.analysis.network import cut_groups
from model.analysis.paths import network
from model.analysis.trusted import trusted_parts
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.analysis.paths import Network

Figures = dict[str, float]
Visible = frozenset[str] | None
"""Ids that a filter lets through; None for all."""

NEAR: Final = 2
"""So many steps count as within reach: somebody who knows somebody."""
_AT_ONCE: Final = 25
"""Starts of one stretch of the count of ways, so that other threads get their turn."""
CAVEAT: Final = (
    "Only what is on record counts, so a low figure may mean that nobody has asked yet. "
    "Read it as a question, not as a fact."
)


def partners(facts: Facts, visible: Visible = None) -> Figures:
    """How many others an actor is linked to."""
    return {one: float(len(others)) for one, others in network(facts, visible).items()}


def brokerage(facts: Facts, visible: Visible = None) -> Figures:
    """Share in per cent of the pairs of others whose shortest ways lead through an actor.

    Where several ways are equally short, each carries its part (betweenness, Freeman 1977).
    """
    import igraph  # noqa: PLC0415 -- heavy, and only needed when somebody asks

    web = network(facts, visible)
    names, pairs = numbered(facts, web)
    pairs_of_others = (len(names) - 1) * (len(names) - 2) / 2
    if not pairs or pairs_of_others <= 0:
        return dict.fromkeys(web, 0.0)
    graph = igraph.Graph(n=len(names), edges=pairs)
    found = [0.0] * len(names)
    for first in range(0, len(names), _AT_ONCE):
        stretch = list(range(first, min(first + _AT_ONCE, len(names))))
        for at, part in enumerate(graph.betweenness(directed=False, sources=stretch)):
            found[at] += part
    return {one: 100.0 * found[at] / pairs_of_others for at, one in enumerate(names)}


def cut_off(facts: Facts, visible: Visible = None) -> Figures:
    """How many others would lose their connection to the largest rest if an actor fell away."""
    web = network(facts, visible)
    found = dict.fromkeys(web, 0.0)
    for one, groups in cut_groups(_plain(web)).items():
        sizes = [len(group) for group in groups]
        found[one] = float(sum(sizes) - max(sizes))
    return found


def reach(facts: Facts, visible: Visible = None) -> Figures:
    """How many others an actor reaches over at most two steps."""
    web = network(facts, visible)
    return {one: float(len(near(web, one))) for one in web}


def parties_in_reach(facts: Facts, visible: Visible = None) -> Figures:
    """How many conflict parties an actor reaches over at most two steps."""
    web = network(facts, visible)
    return {one: float(len(near(web, one) & facts.contestants)) for one in web}


def trusted_reach(facts: Facts, visible: Visible = None) -> Figures:
    """How many others an actor reaches, near or far, through trusted linkages alone."""
    parts = trusted_parts(facts, visible)
    found = dict.fromkeys(network(facts, visible), 0.0)
    for part in parts:
        found.update(dict.fromkeys(part, float(len(part) - 1)))
    return found


def circles(facts: Facts, visible: Visible = None) -> Figures:
    """The number of the circle an actor is in, the largest first; those in none are left out."""
    return {
        one: float(number)
        for number, members in enumerate(communities(facts, visible), 1)
        for one in members
    }


def communities(facts: Facts, visible: Visible = None) -> list[list[str]]:
    """Actors who are linked more among themselves than with others, in circles of two or more.

    Joins circles as long as that raises modularity (Clauset, Newman and Moore 2004); it uses no
    chance, so that the same project gives the same circles. The largest comes first, and the
    actors of each are in the order of their names.
    """
    import igraph  # noqa: PLC0415 -- heavy, and only needed when somebody asks

    names, pairs = numbered(facts, network(facts, visible))
    if not pairs:
        return []
    graph = igraph.Graph(n=len(names), edges=pairs)
    found = [[names[at] for at in part] for part in graph.community_fastgreedy().as_clustering()]
    return sorted((part for part in found if len(part) > 1), key=lambda part: -len(part))


def numbered(facts: Facts, web: Network) -> tuple[list[str], list[tuple[int, int]]]:
    """The actors in the order of their names, and the linked pairs by their numbers."""
    names = facts.sorted_by_name(web)
    at = {one: number for number, one in enumerate(names)}
    pairs = [(at[one], at[other]) for one in names for other in web[one] if at[one] < at[other]]
    return names, sorted(pairs)


def near(web: Network, actor_id: str) -> set[str]:
    """Those whom an actor reaches over at most two steps."""
    found = set(web[actor_id])
    for one in web[actor_id]:
        found.update(web[one])
    return found - {actor_id}


def _plain(web: Network) -> dict[str, Sequence[str]]:
    return {one: list(others) for one, others in web.items()}


class Measure(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the table of measures; English texts, shown through the properties.

    Attributes:
        id: stable name, for saved views.
        name: what it is called, for menus and legends.
        definition: what the number says, in words that can be checked by hand.
        figures: the function.
        is_label: whether the numbers name circles and are not to be compared.
    """

    id: str
    name: str
    definition: str
    figures: Callable[[Facts, Visible], Figures]
    is_label: bool = False

    @property
    def title(self) -> str:
        """The name in the user's language."""
        return tr(self.name)

    @property
    def why(self) -> str:
        """The definition in the user's language."""
        return tr(self.definition)


MEASURES: Final[dict[str, Measure]] = {
    one.id: one
    for one in (
        Measure(
            id="partners",
            name="Linked actors",
            definition="How many others an actor is linked to; several linkages count once.",
            figures=partners,
        ),
        Measure(
            id="brokerage",
            name="Brokerage",
            definition=(
                "Of all pairs of other actors, the share in per cent whose shortest ways lead "
                "through the actor."
            ),
            figures=brokerage,
        ),
        Measure(
            id="cut_off",
            name="Cut off without it",
            definition="How many others would lose their connection to the rest without the actor.",
            figures=cut_off,
        ),
        Measure(
            id="reach",
            name="Reach",
            definition="How many others the actor reaches directly or through one other.",
            figures=reach,
        ),
        Measure(
            id="trusted_reach",
            name="Trusted reach",
            definition="How many others the actor reaches through trusted linkages alone.",
            figures=trusted_reach,
        ),
        Measure(
            id="parties",
            name="Parties in reach",
            definition=(
                "How many primary parties and armed actors outside the process the actor reaches "
                "directly or through one other."
            ),
            figures=parties_in_reach,
        ),
        Measure(
            id="circles",
            name="Circle",
            definition=(
                "Actors who are linked more among themselves than with others, numbered by size."
            ),
            figures=circles,
            is_label=True,
        ),
    )
}
"""All measures by id, in the order in which they are offered."""
