"""The network as of a day: whom the loss of one actor would cut off.

A single depth-first walk with low points finds all cut points and the groups behind them in
linear time (Hopcroft and Tarjan 1973, algorithm 447). It is written out here because the groups
come for free with it, and because importing a graph library costs more than the whole check.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from model.records import Linkage

Adjacency = dict[str, list[str]]


def neighbours(nodes: Iterable[str], links: Iterable[Linkage]) -> Adjacency:
    """The undirected graph of the linkages over the nodes; parallel linkages count once."""
    found: dict[str, dict[str, None]] = {node: {} for node in nodes}
    for link in links:
        found[link.from_id][link.to_id] = None
        found[link.to_id][link.from_id] = None
    return {node: list(others) for node, others in found.items()}


def cut_groups(graph: Mapping[str, Sequence[str]]) -> dict[str, list[list[str]]]:
    """For every cut point the groups into which its part of the network falls without it."""
    cuts: dict[str, list[list[str]]] = {}
    seen: set[str] = set()
    for root in graph:
        if root not in seen:
            walk = _Walk(graph, root)
            seen.update(walk.order)
            cuts.update(walk.cuts())
    return cuts


class _Walk:
    """A depth-first walk over one connected part; subtrees are stretches of its order."""

    def __init__(self, graph: Mapping[str, Sequence[str]], root: str) -> None:
        self.order: list[str] = []
        self._place: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._end: dict[str, int] = {}
        self._children: dict[str, list[str]] = {}
        self._run(graph, root)

    def _enter(self, node: str) -> None:
        self._place[node] = self._low[node] = len(self.order)
        self._children[node] = []
        self.order.append(node)

    def _run(self, graph: Mapping[str, Sequence[str]], root: str) -> None:
        self._enter(root)
        stack: list[tuple[str, str, Iterator[str]]] = [(root, "", iter(graph[root]))]
        while stack:
            node, parent, rest = stack[-1]
            for other in rest:
                if other not in self._place:
                    self._children[node].append(other)
                    self._enter(other)
                    stack.append((other, node, iter(graph[other])))
                    break
                if other != parent:
                    self._low[node] = min(self._low[node], self._place[other])
            else:
                stack.pop()
                self._end[node] = len(self.order)
                if stack:
                    self._low[parent] = min(self._low[parent], self._low[node])

    def cuts(self) -> dict[str, list[list[str]]]:
        """Cut points with their groups."""
        found = {}
        for node, children in self._children.items():
            cut = [one for one in children if self._low[one] >= self._place[node]]
            groups = [self.order[self._place[one] : self._end[one]] for one in cut]
            taken = sum(len(group) for group in groups) + 1
            if groups and taken < len(self.order):
                behind = {one for group in groups for one in group} | {node}
                groups.append([one for one in self.order if one not in behind])
            if len(groups) > 1:
                found[node] = groups
        return found
