"""First positions by a force-directed layout whose every node is held in its band.

Fruchterman and Reingold (1991) as igraph implements it, with lower and upper bounds per node; the
start is deterministic, and so is the result.
"""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEED = 20090915
_GOLDEN = math.pi * (3 - math.sqrt(5))


def seeded(
    bounds: Sequence[tuple[float, float]],
    links: Sequence[tuple[int, int]],
    pulls: Sequence[float],
    width: float,
) -> list[tuple[float, float]]:
    """Positions of nodes between 0 and `width`, each within its (low, high) of the other axis.

    Nodes with a pull start near the middle.
    """
    import igraph  # noqa: PLC0415 -- heavy, and only needed when something is arranged

    count = len(bounds)
    if count == 0:
        return []
    start = []
    for at, (low, high) in enumerate(bounds):
        reach = 0.12 if pulls[at] else 0.5
        share = math.cos(at * _GOLDEN) * math.sqrt((at + 0.5) / count)
        start.append([width * (0.5 + reach * share), low + (high - low) * ((at * 0.618) % 1.0)])
    if not links:
        return [(x, y) for x, y in start]
    graph = igraph.Graph(n=count, edges=list(links))
    # igraph jiggles nodes with the unseeded generator of Python unless it is given another.
    igraph.set_random_number_generator(Random(_SEED))  # noqa: S311 -- for repeatable layout
    layout = graph.layout_fruchterman_reingold(
        seed=start,
        niter=_rounds(count),
        start_temp=width / 12,
        minx=[0.0] * count,
        maxx=[width] * count,
        miny=[low for low, _ in bounds],
        maxy=[high for _, high in bounds],
        grid="nogrid" if count <= 1000 else "auto",
    )
    spread = _spread([x for x, _ in layout.coords], width)
    return [(x, y) for x, (_, y) in zip(spread, layout.coords, strict=True)]


def _rounds(count: int) -> int:
    """Fewer rounds for larger maps, whose rows are improved afterwards anyway."""
    return 300 if count <= 120 else 60 if count <= 600 else 40


def _spread(xs: list[float], width: float) -> list[float]:
    """Half way between where the forces put the nodes and an even spread over the width."""
    order = sorted(range(len(xs)), key=lambda at: (xs[at], at))
    even = {node: width * (rank + 0.5) / len(xs) for rank, node in enumerate(order)}
    return [0.5 * x + 0.5 * even[at] for at, x in enumerate(xs)]
