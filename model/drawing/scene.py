"""The map's geometry: cards, lines, labels, outlines and bands, kept up patch by patch.

A scene follows the tables that it was made from. It knows nothing of colours and shapes no text,
so it can be built anywhere. A patch rebuilds only the records that it touches and their linkages;
`SceneChange` says which. Built anew or followed, a scene comes out the same, but for the labels of
large maps, which stay where they were as long as they are not touched.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from model.asof import exists, linkage_state
from model.drawing.actor import card_content
from model.drawing.bands import Bands, home_track
from model.drawing.boxes import POLE, Box, BoxGrid
from model.drawing.folds import Fold, any_collapsed, counted, fold_content, folds_of, group_place
from model.drawing.labels import LabelPlacer
from model.drawing.linkage import label_size, link_content
from model.drawing.map_options import MapOptions, turned
from model.drawing.notes import NoteCard, note_cards
from model.drawing.outlines import Outline, memberships, outline_of
from model.drawing.parts import Card, Link, SceneChange
from model.drawing.places import CardPlaces
from model.drawing.rerouting import within_reach
from model.drawing.routing import fan_offsets, route
from model.drawing.shading import Shades
from model.drawing.spanning import spanned
from model.drawing.states import card_state, is_drawn_on
from model.drawing.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.drawing.actor import CardState
    from model.patch import Patch
    from model.records import Actor, Linkage, Role
    from model.tables import Tables

AVOIDING_LIMIT = 600
"""Up to so many linkages lines run around cards; beyond that they take the direct way."""
RELABEL_LIMIT = 250
"""Up to so many linkages all labels are placed anew after every change."""
LAZY_LIMIT = 1200
"""Up to so many, waiting labels are placed together once one is to be seen; beyond that singly."""


class MapScene:
    """Everything that lies on the map on a day.

    Attributes:
        cards, links, labels, outlines, notes: by id; a label is None where no room was found.
        bands: the drawn track bands.
        built: how many cards and routes were made since the scene began (for tests).
    """

    def __init__(self, tables: Tables, as_of: date, options: MapOptions) -> None:
        """Build the scene of the tables on a day."""
        self.tables = tables
        self.as_of = as_of
        self.options = options
        self.cards: dict[str, Card] = {}
        self.links: dict[str, Link] = {}
        self.labels: dict[str, Box | None] = {}
        self.outlines: dict[tuple[str, str], Outline] = {}
        self.notes: dict[str, NoteCard] = {}
        self.bands = Bands(())
        self.built = 0
        self._grid: BoxGrid[str] = BoxGrid()
        self._placer = LabelPlacer(self._grid)
        self._places = CardPlaces(tables)
        self._turns: Turns | None = None
        self._by_actor: dict[str, set[str]] = defaultdict(set)
        self._roles: dict[str, list[Role]] = {}
        self._covered: frozenset[str] = frozenset()
        self._folds: dict[str, Fold] = {}
        self._stand_ins: dict[str, str] = {}
        self.shades = Shades()
        self.rebuild()

    # building

    def rebuild(self) -> SceneChange:
        """Build everything anew."""
        self._turns = None
        self.cards.clear()
        self.links.clear()
        self.labels.clear()
        self._by_actor.clear()
        self._grid = BoxGrid()
        self._placer = LabelPlacer(self._grid)
        self._read_roles()
        self.shades.renew(self.tables, self.as_of, self.options)
        self._folds = folds_of(self.tables, self.as_of)
        self._stand_ins = {i: fold.id for fold in self._folds.values() for i in fold.members}
        self._places.find_all(self.as_of)
        self.bands = self._places.bands()
        for card_id in (*self.tables.actors, *self._folds):
            self._set_card(card_id)
        self._draw_outlines()
        self._route(self.tables.linkages)
        self._label(self.links)
        self.notes = note_cards(self.tables, self.anchor)
        return SceneChange(everything=True)

    def follow(self, patch: Patch) -> SceneChange:
        """Take over a patch that the tables have already taken."""
        if patch.tables & {"actors", "roles", "linkages"}:
            self._turns = None
        actors = set(patch.ids("actors")) | set(patch.ids("placements")) | self._restyled(patch)
        links = set(patch.ids("linkages"))
        if "notes" in patch.tables:
            self.notes = note_cards(self.tables, self.anchor)
        if not actors and not links and not patch.tables & {"groups", "tracks"}:
            return SceneChange()
        if "tracks" in patch.tables or self._folds_differ(actors):
            return self.rebuild()
        if "actors" in patch.tables:
            self._places.note_tracks()
        return self._update(actors, links)

    def _restyled(self, patch: Patch) -> set[str]:
        """Actors whose cards look different because of records of other tables."""
        found: set[str] = set()
        if "roles" in patch.tables:
            self._read_roles()
            roles = [change for change in patch.changes if change.table == "roles"]
            ends = (role for change in roles for role in (change.before, change.after))
            found.update(getattr(role, "actor_id", "") for role in ends)
        if patch.tables - {"placements", "notes", "views"}:
            found |= self.shades.renew(self.tables, self.as_of, self.options)
        return found

    def set_as_of(self, day: date) -> SceneChange:
        """Move to another day; only what differs is rebuilt."""
        if self._turns is None:
            self._turns = Turns(self.tables)
        actors, links = self._turns.between(self.as_of, day)
        self.as_of = day
        actors |= self.shades.renew(self.tables, day, self.options)
        if self._folds_differ(actors):
            return self.rebuild()
        if not actors and not links:
            return SceneChange()
        return self._update(actors & set(self.tables.actors), links)

    def set_options(self, options: MapOptions) -> SceneChange:
        """Show the map in another way; another filter alone rebuilds only what it turns."""
        before, self.options = self.options, options
        if msgspec.structs.replace(before, visible=options.visible) != options:
            return self.rebuild()
        return self._update(*turned(self.tables, before, options))

    def _update(self, actors: set[str], links: set[str]) -> SceneChange:
        self._places.find(actors, self.as_of)
        bands = self._places.bands()
        if bands != self.bands:
            self.bands = bands
            actors = set(self.tables.actors) | set(self.cards)
        old = {i: self.cards[i].parts for i in actors if i in self.cards}
        changed = {i for i in sorted(actors) if self._set_card(i)}
        moved = [box for i in changed for box in (*old.get(i, ()), *self._parts(i))]
        hull = {i for i in changed if old.get(i, ()) != self._parts(i)}
        touched = links | self._links_of(hull)
        before = self._covered
        self._draw_outlines()
        touched |= before ^ self._covered
        touched |= self._twins(touched)
        if len(self.links) <= AVOIDING_LIMIT and hull:
            touched |= within_reach(self.links.values(), self.cards, moved)
        rerouted = self._route(touched)
        # A label may have been moved, which does not show in the line.
        rerouted |= {i for i in links if i in self.links}
        self._label(rerouted)
        self.notes = note_cards(self.tables, self.anchor)
        return SceneChange(frozenset(changed), frozenset(rerouted))

    # collapsed groups

    def _folds_differ(self, actors: set[str]) -> bool:
        """Whether other groups are collapsed now, or a collapsed one looks different."""
        if not self._folds and not any_collapsed(self.tables):
            return False
        touched = bool(actors & (self._stand_ins.keys() | self._folds.keys()))
        return touched or folds_of(self.tables, self.as_of) != self._folds

    def _group_card(self, fold: Fold) -> Card | None:
        """The card of a collapsed group that is no actor; None when no member passes the filter."""
        if not any(map(self.options.lets_through, fold.members)):
            return None
        content = fold_content(self.tables, fold, self.as_of)
        size = (content.width, content.height)
        x, y = group_place(self.tables, fold, self._places.at, self.bands, size, self._grid)
        return Card(fold.id, x, y, content, fold.table, fold.members)

    def _end(self, actor_id: str) -> str:
        """The card at which lines to an actor end: its own, or that of its collapsed group."""
        return self._stand_ins.get(actor_id, actor_id)

    # cards

    def _read_roles(self) -> None:
        self._roles = {}
        for role in self.tables.roles.values():
            self._roles.setdefault(role.actor_id, []).append(role)

    def _set_card(self, actor_id: str) -> bool:
        """Make, replace or remove a card; returns whether it differs."""
        before, card = self.cards.get(actor_id), self._wanted_card(actor_id)
        if card == before:
            return False
        self._grid.remove(POLE + actor_id)
        if card is None:
            del self.cards[actor_id]
            self._grid.remove(actor_id)
            return True
        self.cards[actor_id] = card
        self._grid.put(actor_id, card.box)
        if card.pole is not None:
            self._grid.put(POLE + actor_id, card.pole)
        return True

    def _wanted_card(self, actor_id: str) -> Card | None:
        """The card as it should be; None when there is to be none."""
        fold = self._folds.get(actor_id)
        if fold is not None and fold.table != "actors":
            return self._group_card(fold)
        actor = self.tables.actors.get(actor_id)
        if actor is None or actor_id in self._stand_ins:
            return None
        state = card_state(actor, self.as_of)
        hidden = state != "current" and not self.options.shows_absent(actor_id)
        if hidden or not self.options.lets_through(actor_id):
            return None
        return self._made_card(actor, state)

    def _made_card(self, actor: Actor, state: CardState) -> Card:
        self.built += 1
        x, offset = self._places.at[actor.id]
        band = self.bands.band(home_track(actor.tracks))
        y = band.top + offset
        roles = [role for role in self._roles.get(actor.id, ()) if exists(role, self.as_of)]
        y, content = spanned(card_content(actor, roles, state), y, actor.tracks, self.bands)
        placement = self.tables.placements.get(actor.id)
        if placement is not None and placement.width > content.width:
            content = msgspec.structs.replace(content, width=placement.width)
        content = self.shades.now.apply(actor.id, content)
        fold = self._folds.get(actor.id)
        if fold is None:
            return Card(actor.id, x, y, content)
        content = counted(content, self.tables, fold, self.as_of)
        return Card(actor.id, x, y, content, members=fold.members)

    def anchor(self, table: str, record_id: str) -> tuple[float, float] | None:
        """Where notes pinned to a card or linkage count from; None when it is not shown."""
        if table == "actors" and record_id in self.cards:
            return self.cards[record_id].box[:2]
        if table == "linkages" and record_id in self.links:
            return self.links[record_id].route.at(0.5)
        return None

    def actors_of(self, cards: Iterable[str]) -> list[str]:
        """The actors that cards show: each its own, those of collapsed groups all members."""
        found: list[str] = []
        for card in (self.cards[i] for i in cards):
            found += [*([card.id] if card.table == "actors" else []), *card.members]
        return found

    def cards_near(self, box: Box) -> dict[str, Box]:
        """The cards that a box would cover, or whose poles."""
        return {owner.removeprefix(POLE): found for owner, found in self._grid.near(box).items()}

    def place_of(self, actor_id: str) -> tuple[float, float]:
        """A card's place as placements store it: y counts from the top of its band."""
        return self._places.at[actor_id]

    def _parts(self, actor_id: str) -> tuple[Box, ...]:
        card = self.cards.get(actor_id)
        return () if card is None else card.parts

    # links

    def links_of(self, actor_id: str) -> frozenset[str]:
        """Ids of the drawn linkages of an actor."""
        return frozenset(i for i in self._by_actor.get(actor_id, ()) if i in self.links)

    def _links_of(self, actors: Iterable[str]) -> set[str]:
        actors = set(actors)
        if len(actors) * 4 > len(self.cards):
            return set(self.tables.linkages)
        found: set[str] = set()
        index = getattr(self.tables, "links", None)
        for actor_id in actors:
            found |= self._by_actor.get(actor_id, set())
            if index is not None:
                found.update(index.of(actor_id))
        return found

    def _twins(self, links: Iterable[str]) -> set[str]:
        """The linkages parallel to these, with which they share the fan."""
        found: set[str] = set()
        for link_id in links:
            for pair in self._pairs(link_id):
                found |= self._by_actor.get(pair[0], set()) & self._by_actor.get(pair[1], set())
        return found

    def _pairs(self, link_id: str) -> Iterable[tuple[str, str]]:
        link, linkage = self.links.get(link_id), self.tables.linkages.get(link_id)
        if link is not None:
            yield link.from_id, link.to_id
        if linkage is not None:
            yield self._end(linkage.from_id), self._end(linkage.to_id)

    def _route(self, ids: Iterable[str]) -> set[str]:
        """Make, replace or remove lines; returns the ids of those that differ."""
        wanted = set(ids)
        for link_id in wanted:
            self._index(link_id)
        avoid = self._grid if len(self.tables.linkages) <= AVOIDING_LIMIT else None
        return {link_id for link_id in sorted(wanted) if self._set_link(link_id, avoid)}

    def _index(self, link_id: str) -> None:
        """Note whether a linkage is drawn at all, before fans are reckoned."""
        linkage = self.tables.linkages.get(link_id)
        for pair in self._pairs(link_id):
            for end in pair:
                self._by_actor[end].discard(link_id)
        if linkage is not None and self._is_drawn(linkage):
            self._by_actor[self._end(linkage.from_id)].add(link_id)
            self._by_actor[self._end(linkage.to_id)].add(link_id)

    def _is_drawn(self, linkage: Linkage) -> bool:
        start, end = self._end(linkage.from_id), self._end(linkage.to_id)
        return (
            start in self.cards
            and end in self.cards
            and start != end
            and linkage.id not in self._covered
            and self.options.lets_through(linkage.id)
            and is_drawn_on(linkage, self.as_of, show_absent=self.options.shows_absent(linkage.id))
        )

    def _set_link(self, link_id: str, avoid: BoxGrid[str] | None) -> bool:
        before = self.links.get(link_id)
        linkage = self.tables.linkages.get(link_id)
        bundle = self._bundle(link_id, linkage)
        if linkage is None or not bundle or bundle[0] != link_id:
            self.links.pop(link_id, None)
            self.labels.pop(link_id, None)
            self._placer.forget(link_id)
            return before is not None
        self.built += 1
        ends = (self._end(linkage.from_id), self._end(linkage.to_id))
        boxes = (self.cards[ends[0]].box, self.cards[ends[1]].box)
        is_folded = ends != (linkage.from_id, linkage.to_id)
        bends = () if is_folded else linkage.bends
        offset = 0.0 if is_folded else self._offset(linkage)
        line = route(*boxes, offset, bends, avoid, ends)
        content = link_content(linkage, linkage_state(linkage, self.as_of))
        content = msgspec.structs.replace(content, count=len(bundle))
        link = Link(link_id, *ends, content, line, bundle if len(bundle) > 1 else ())
        if link == before:
            return False
        self.links[link_id] = link
        return True

    def _bundle(self, link_id: str, linkage: Linkage | None) -> tuple[str, ...]:
        """The linkages that share a line: alone, or all between two cards one of which is a group.

        Empty when the linkage is not drawn.
        """
        if linkage is None:
            return ()
        start, end = self._end(linkage.from_id), self._end(linkage.to_id)
        if link_id not in self._by_actor[start]:
            return ()
        if (start, end) == (linkage.from_id, linkage.to_id):
            joins = start in self._folds or end in self._folds
            if not joins:
                return (link_id,)
        return tuple(sorted(self._by_actor[start] & self._by_actor[end]))

    def _offset(self, linkage: Linkage) -> float:
        twins = sorted(self._by_actor[linkage.from_id] & self._by_actor[linkage.to_id])
        if len(twins) < 2:
            return 0.0
        offset = fan_offsets(len(twins))[twins.index(linkage.id)]
        # All parallel lines fan to the same side, whichever way each of them points.
        return offset if linkage.from_id < linkage.to_id else -offset

    # outlines and labels

    def _draw_outlines(self) -> None:
        self.outlines = {}
        found = memberships(self.tables, self.as_of, self.cards) if self._has_groups() else []
        for membership in found:
            ids = membership.member_ids
            boxes = {i: self.cards[i].box for i in ids if i in self.cards}
            outline = outline_of(membership, boxes, self._grid)
            if outline is not None:
                self.outlines[membership.key] = outline
        self._covered = frozenset(
            i for outline in self.outlines.values() for i in outline.membership.linkage_ids
        )

    def _has_groups(self) -> bool:
        return bool(self.tables.groups) or any(
            card.content.kind == "contact_group" for card in self.cards.values()
        )

    def _label(self, changed: Iterable[str]) -> None:
        """Place the labels of the changed lines; in small maps all anew, in others later."""
        if len(self.links) <= RELABEL_LIMIT:
            self._placer.clear_labels()
            changed = self.links
        for outline in self.outlines.values():
            self._placer.reserve(f"title:{outline.membership.key}", outline.title_box)
        for link_id in changed:
            self.labels.pop(link_id, None)
        if len(self.links) <= RELABEL_LIMIT:
            self.place_labels(changed)

    def place_labels(self, ids: Iterable[str]) -> list[str]:
        """Place labels that have no place yet: those that come into view, or all that wait.

        Returns the ids of the linkages whose labels were placed.
        """
        if not self.options.show_labels:
            return []
        wanted = self.links if len(self.links) <= LAZY_LIMIT else ids
        fresh = sorted(i for i in wanted if i in self.links and i not in self.labels)
        for link_id in fresh:
            self._placer.add_line(link_id, self.links[link_id].route)
        # Labels that the user put somewhere come first: the others make room for them.
        fresh.sort(key=lambda i: (self.tables.linkages[i].label_at is None, i))
        for link_id in fresh:
            self.labels[link_id] = self._place_label(link_id)
        return fresh

    def _place_label(self, link_id: str) -> Box | None:
        link = self.links[link_id]
        size = label_size(link.content)
        linkage = self.tables.linkages[link_id]
        if linkage.label_at is None:
            return self._placer.place(link_id, link.route, size)
        return self._placer.put(link_id, link.route, size, linkage.label_at)
