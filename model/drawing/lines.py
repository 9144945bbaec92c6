"""The lines of a scene: which linkages are drawn, side by side with which others, and where.

Lines that a filter put away are kept: what comes back as it was is not made anew. Where lines run
around cards they depend on cards of others, too, and are always made anew.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from model.asof import linkage_state
from model.drawing.lanes import Lanes
from model.drawing.linkage import link_content
from model.drawing.parts import Link
from model.drawing.routing import fan_offsets, route
from model.drawing.states import is_drawn_on

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, KeysView, Mapping
    from datetime import date

    from model.drawing.boxes import Box, BoxGrid
    from model.drawing.map_options import MapOptions
    from model.drawing.parts import Card
    from model.drawing.routing import Cards, Route
    from model.records import Linkage
    from model.tables import Tables

_Pair = tuple[str, str]
"""Two cards: start and end of a line, or the pair of both in the order of their ids."""


class Terms(NamedTuple):
    """What decides, besides records and cards, which linkages are drawn and where.

    Attributes:
        covered: membership linkages for which an outline stands.
        stand_ins: the card of the collapsed group by actor.
        folds: ids of the cards of collapsed groups.
        avoid: the cards around which lines run; None where they take the direct way.
    """

    as_of: date
    options: MapOptions
    covered: frozenset[str]
    stand_ins: Mapping[str, str]
    folds: Container[str]
    avoid: BoxGrid[str] | None


class _Made(NamedTuple):
    """A line and what it was made from."""

    linkage: Linkage
    start: Card
    end: Card
    offset: float
    bundle: tuple[str, ...]
    link: Link


class LineMemory:
    """Lines that were made, whether they are shown or not.

    Attributes:
        made: how many lines were made since the beginning (for tests).
    """

    def __init__(self) -> None:
        """Start without any."""
        self.known: dict[str, _Made] = {}
        self.made = 0

    def forget(self, ids: Iterable[str]) -> None:
        """These linkages may look different now: make their lines anew when they are asked for."""
        for link_id in ids:
            self.known.pop(link_id, None)


class Lines:
    """All lines between some cards.

    Attributes:
        links: the drawn lines by id of the linkage.
    """

    def __init__(self, tables: Tables, cards: Mapping[str, Card], memory: LineMemory) -> None:
        """Start without lines; the mapping of cards is looked into again with every update."""
        self.links: dict[str, Link] = {}
        self._alone: dict[str, Link] = {}
        self._lanes = Lanes()
        self._tables = tables
        self._cards = cards
        self._memory = memory
        self._known = memory.known
        self._ends: dict[str, _Pair] = {}
        self._between: dict[_Pair, set[str]] = {}
        self._by_card: dict[str, set[str]] = defaultdict(set)

    def copy(self, cards: Mapping[str, Card]) -> Lines:
        """The same lines between the same cards, to be changed on their own."""
        other = Lines(self._tables, cards, self._memory)
        other.links.update(self.links)
        other._alone.update(self._alone)
        other._lanes = self._lanes.copy()
        other._ends.update(self._ends)
        other._between = {pair: set(ids) for pair, ids in self._between.items()}
        other._by_card.update((card, set(ids)) for card, ids in self._by_card.items())
        return other

    @property
    def drawn(self) -> KeysView[str]:
        """Ids of the linkages that are drawn, also those for which another line stands."""
        return self._ends.keys()

    def of(self, card_id: str) -> frozenset[str]:
        """Ids of the drawn lines of a card."""
        return frozenset(i for i in self._by_card.get(card_id, ()) if i in self.links)

    def touching(self, card_id: str) -> set[str]:
        """Ids of the linkages that are drawn at a card, also those another line stands for."""
        return self._by_card.get(card_id, set())

    def rerouted(self, link: Link, start: Box, end: Box, avoid: Cards | None) -> Route:
        """Where a drawn line would run if its cards lay in these boxes."""
        ends = (link.from_id, link.to_id)
        made, beside = self._known.get(link.id), self._between.get(_in_order(ends), set())
        linkage = self._tables.linkages.get(link.id)
        is_folded = linkage is None or ends != (linkage.from_id, linkage.to_id)
        if linkage is None or made is None or is_folded:
            return route(start, end, cards=avoid, ends=ends)
        return route(start, end, made.offset, linkage.bends, avoid, ends, len(beside))

    def update(self, ids: set[str], terms: Terms) -> set[str]:
        """Make, replace or remove lines, and those beside them; returns ids of all that differ."""
        linkages = self._tables.linkages
        wanted = ids | self._index(ids, linkages, terms)
        changed = {i for i in sorted(wanted) if self._set(i, linkages, terms)}
        # Those that did not change may have room for their lanes now, or none any more.
        met = self._lanes.note(changed, self._alone)
        return {i for i in sorted(wanted | met) if self._show(i, terms)}

    def _show(self, link_id: str, terms: Terms) -> bool:
        """Give a line its lanes; returns whether it differs from what was drawn."""
        before, alone = self.links.get(link_id), self._alone.get(link_id)
        if alone is None:
            return self.links.pop(link_id, None) is not None
        link = self._lanes.laned(alone, self._cards, terms.avoid)
        if link is before or link == before:
            return False
        self.links[link_id] = link
        return True

    def _index(self, ids: Iterable[str], linkages: Mapping[str, Linkage], terms: Terms) -> set[str]:
        """Note which linkages are drawn between which cards; returns all between these cards."""
        crossed: set[_Pair] = set()
        for link_id in ids:
            before = self._ends.get(link_id)
            ends = self._wanted_ends(linkages.get(link_id), terms)
            if ends == before:
                continue
            if before is not None:
                crossed.add(self._take_out(link_id, before))
            if ends is not None:
                crossed.add(self._put_in(link_id, ends))
        beside: set[str] = set()
        for pair in crossed:
            beside |= self._between.get(pair, set())
        return beside

    def _take_out(self, link_id: str, ends: _Pair) -> _Pair:
        del self._ends[link_id]
        pair = _in_order(ends)
        others = self._between[pair]
        others.discard(link_id)
        if not others:
            del self._between[pair]
        for end in pair:
            self._by_card[end].discard(link_id)
        return pair

    def _put_in(self, link_id: str, ends: _Pair) -> _Pair:
        self._ends[link_id] = ends
        pair = _in_order(ends)
        self._between.setdefault(pair, set()).add(link_id)
        for end in pair:
            self._by_card[end].add(link_id)
        return pair

    def _wanted_ends(self, linkage: Linkage | None, terms: Terms) -> _Pair | None:
        """The cards between which a linkage is drawn; None where it is not."""
        if linkage is None or not terms.options.lets_through(linkage.id):
            return None
        start, end = linkage.from_id, linkage.to_id
        if terms.stand_ins:
            start, end = terms.stand_ins.get(start, start), terms.stand_ins.get(end, end)
        cards = self._cards
        if start not in cards or end not in cards or start == end or linkage.id in terms.covered:
            return None
        kept = self._known.get(linkage.id)
        if kept is None or kept.linkage is not linkage:
            absent = terms.options.shows_absent(linkage.id)
            if not is_drawn_on(linkage, terms.as_of, show_absent=absent):
                return None
        return start, end

    def _set(self, link_id: str, linkages: Mapping[str, Linkage], terms: Terms) -> bool:
        before = self._alone.get(link_id)
        ends = self._ends.get(link_id)
        bundle = self._bundle(link_id, ends, linkages, terms)
        if ends is None or not bundle or bundle[0] != link_id:
            if link_id not in linkages:
                self._known.pop(link_id, None)
            if before is not None:
                del self._alone[link_id]
            return before is not None
        linkage = linkages[link_id]
        is_folded = ends != (linkage.from_id, linkage.to_id)
        offset = 0.0 if is_folded else self._offset(link_id, ends)
        start, end = self._cards[ends[0]], self._cards[ends[1]]
        kept = self._known.get(link_id)
        if (
            terms.avoid is None
            and kept is not None
            and kept.linkage is linkage
            and kept.start is start
            and kept.end is end
            and kept.offset == offset
            and kept.bundle == bundle
        ):
            link = kept.link
        else:
            link = self._made_link(linkage, ends, offset, bundle, terms)
            self._known[link_id] = _Made(linkage, start, end, offset, bundle, link)
        if link is before or link == before:
            return False
        self._alone[link_id] = link
        return True

    def _made_link(
        self, linkage: Linkage, ends: _Pair, offset: float, bundle: tuple[str, ...], terms: Terms
    ) -> Link:
        self._memory.made += 1
        is_folded = ends != (linkage.from_id, linkage.to_id)
        bends = () if is_folded else linkage.bends
        boxes = (self._cards[ends[0]].box, self._cards[ends[1]].box)
        twins = 1 if is_folded else len(self._between[_in_order(ends)])
        line = route(*boxes, offset, bends, terms.avoid, ends, twins)
        content = link_content(linkage, linkage_state(linkage, terms.as_of))
        if len(bundle) > 1:
            content = msgspec.structs.replace(content, count=len(bundle))
        return Link(linkage.id, *ends, content, line, bundle if len(bundle) > 1 else ())

    def _bundle(
        self, link_id: str, ends: _Pair | None, linkages: Mapping[str, Linkage], terms: Terms
    ) -> tuple[str, ...]:
        """The linkages that share a line: alone, or all between two cards one of which is a group.

        Empty when the linkage is not drawn.
        """
        if ends is None:
            return ()
        linkage = linkages[link_id]
        joins = ends[0] in terms.folds or ends[1] in terms.folds
        if not joins and ends == (linkage.from_id, linkage.to_id):
            return (link_id,)
        return tuple(sorted(self._between[_in_order(ends)]))

    def _offset(self, link_id: str, ends: _Pair) -> float:
        beside = self._between[_in_order(ends)]
        if len(beside) < 2:
            return 0.0
        offset = fan_offsets(len(beside))[sorted(beside).index(link_id)]
        # All parallel lines fan to the same side, whichever way each of them points.
        return offset if ends[0] < ends[1] else -offset


def _in_order(ends: _Pair) -> _Pair:
    return ends if ends[0] < ends[1] else (ends[1], ends[0])
