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
from model.dates import first_day, last_day
from model.drawing.actor import CardState, card_content
from model.drawing.bands import Bands, bands_of, home_track, used_tracks
from model.drawing.boxes import Box, BoxGrid, grown, overlap
from model.drawing.labels import LabelPlacer
from model.drawing.linkage import label_size, link_content
from model.drawing.map_options import MapOptions, turned
from model.drawing.notes import NoteCard, note_cards
from model.drawing.outlines import Outline, memberships, outline_of
from model.drawing.parts import Card, Link, SceneChange
from model.drawing.routing import fan_offsets, is_in_way, reach, route
from model.drawing.turns import Turns
from model.layout import initial_places

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.patch import Patch
    from model.records import Actor, Linkage, Role
    from model.tables import Tables

AVOIDING_LIMIT = 600
"""Up to so many linkages lines run around cards; beyond that they take the direct way."""
RELABEL_LIMIT = 250
"""Up to so many linkages all labels are placed anew after every change."""

LAZY_LIMIT = 1200
"""With more linkages than this, labels are only placed when they come into view."""


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
        self._places: dict[str, tuple[float, float]] = {}
        self._found: dict[str, tuple[float, float]] = {}
        self._extents: dict[str, tuple[str, float, float]] = {}
        self._used: frozenset[str] = frozenset()
        self._turns: Turns | None = None
        self._by_actor: dict[str, set[str]] = defaultdict(set)
        self._roles: dict[str, list[Role]] = {}
        self._covered: frozenset[str] = frozenset()
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
        self._find_all_places()
        self._extents.clear()
        self._note_extents(self.tables.actors)
        self._used = used_tracks(self.tables.actors.values())
        self.bands = self._measure_bands()
        for actor_id in self.tables.actors:
            self._set_card(actor_id)
        self._draw_outlines()
        self._route(self.tables.linkages)
        self._label(self.links)
        self.notes = note_cards(self.tables, self.anchor)
        return SceneChange(everything=True)

    def follow(self, patch: Patch) -> SceneChange:
        """Take over a patch that the tables have already taken."""
        if patch.tables & {"actors", "roles", "linkages"}:
            self._turns = None
        actors = set(patch.ids("actors")) | set(patch.ids("placements"))
        if patch.ids("roles"):
            self._read_roles()
            for change in patch.changes:
                if change.table == "roles":
                    for role in (change.before, change.after):
                        actors.add(getattr(role, "actor_id", ""))
        links = set(patch.ids("linkages"))
        if "notes" in patch.tables:
            self.notes = note_cards(self.tables, self.anchor)
        if not actors and not links and not patch.tables & {"groups", "tracks"}:
            return SceneChange()
        if "tracks" in patch.tables:
            return self.rebuild()
        if "actors" in patch.tables:
            self._used = used_tracks(self.tables.actors.values())
        return self._update(actors, links)

    def set_as_of(self, day: date) -> SceneChange:
        """Move to another day; only what differs is rebuilt."""
        if self._turns is None:
            self._turns = Turns(self.tables)
        actors, links = self._turns.between(self.as_of, day)
        self.as_of = day
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
        self._find_places(actors)
        self._note_extents(actors)
        bands = self._measure_bands()
        if bands != self.bands:
            self.bands = bands
            actors = set(self.tables.actors) | set(self.cards)
        old = {i: self.cards[i].box for i in actors if i in self.cards}
        changed = {i for i in sorted(actors) if self._set_card(i)}
        moved = [box for i in changed for box in (old.get(i), self._box(i)) if box is not None]
        hull = {i for i in changed if old.get(i) != self._box(i)}
        touched = links | self._links_of(hull)
        before = self._covered
        self._draw_outlines()
        touched |= before ^ self._covered
        touched |= self._twins(touched)
        if len(self.links) <= AVOIDING_LIMIT and hull:
            touched |= self._within_reach(moved)
        rerouted = self._route(touched)
        # A label may have been moved, which does not show in the line.
        rerouted |= {i for i in links if i in self.links}
        self._label(rerouted)
        self.notes = note_cards(self.tables, self.anchor)
        return SceneChange(frozenset(changed), frozenset(rerouted))

    # cards

    def _read_roles(self) -> None:
        self._roles = {}
        for role in self.tables.roles.values():
            self._roles.setdefault(role.actor_id, []).append(role)

    def _find_places(self, actors: Iterable[str]) -> None:
        missing = False
        for actor_id in actors:
            placement = self.tables.placements.get(actor_id)
            if actor_id not in self.tables.actors:
                self._places.pop(actor_id, None)
                self._found.pop(actor_id, None)
            elif placement is not None:
                self._places[actor_id] = (placement.x, placement.y)
            elif actor_id in self._found:
                self._places[actor_id] = self._found[actor_id]
            else:
                missing = True
        if missing:
            self._find_all_places()

    def _find_all_places(self) -> None:
        """Look for places of actors that have none; places found before stay."""
        self._places = initial_places(self.tables, self.as_of, self._found)
        stored = self.tables.placements
        self._found = {i: at for i, at in self._places.items() if i not in stored}

    def _note_extents(self, actors: Iterable[str]) -> None:
        """Note how far down cards reach in their bands, for the heights of the bands."""
        for actor_id in actors:
            actor = self.tables.actors.get(actor_id)
            self._extents.pop(actor_id, None)
            if actor is not None and len(actor.tracks) < 2:
                y = self._places[actor_id][1]
                bottom = y + card_content(actor).height
                self._extents[actor_id] = (home_track(actor.tracks), y, bottom)

    def _measure_bands(self) -> Bands:
        cards: dict[str, list[tuple[float, float]]] = {}
        for code, y, bottom in self._extents.values():
            cards.setdefault(code, []).append((y, bottom))
        return bands_of(self.tables, self._used, cards)

    def _set_card(self, actor_id: str) -> bool:
        """Make, replace or remove a card; returns whether it differs."""
        actor = self.tables.actors.get(actor_id)
        state = _state(actor, self.as_of) if actor is not None else "ended"
        before = self.cards.get(actor_id)
        hidden = (state != "current" and not self.options.show_absent) or (
            not self.options.lets_through(actor_id)
        )
        if actor is None or hidden:
            self.cards.pop(actor_id, None)
            self._grid.remove(actor_id)
            return before is not None
        card = self._made_card(actor, state)
        if card == before:
            return False
        self.cards[actor_id] = card
        self._grid.put(actor_id, card.box)
        return True

    def _made_card(self, actor: Actor, state: CardState) -> Card:
        self.built += 1
        x, offset = self._places[actor.id]
        band = self.bands.band(home_track(actor.tracks))
        y = band.top + offset
        roles = [role for role in self._roles.get(actor.id, ()) if exists(role, self.as_of)]
        content = card_content(actor, roles, state)
        outside = self.bands.at(y + content.height / 2).code
        if len(actor.tracks) == 1 and outside not in actor.tracks:
            content = card_content(actor, roles, state, badge_single=True)
        placement = self.tables.placements.get(actor.id)
        if placement is not None and placement.width > content.width:
            content = msgspec.structs.replace(content, width=placement.width)
        return Card(actor.id, x, y, content)

    def anchor(self, table: str, record_id: str) -> tuple[float, float] | None:
        """Where notes pinned to a card or linkage count from; None when it is not shown."""
        if table == "actors" and record_id in self.cards:
            return self.cards[record_id].box[:2]
        if table == "linkages" and record_id in self.links:
            return self.links[record_id].route.at(0.5)
        return None

    def cards_near(self, box: Box) -> dict[str, Box]:
        """The cards that a box would cover."""
        return self._grid.near(box)

    def place_of(self, actor_id: str) -> tuple[float, float]:
        """A card's place as placements store it: y counts from the top of its band."""
        return self._places[actor_id]

    def _box(self, actor_id: str) -> Box | None:
        card = self.cards.get(actor_id)
        return None if card is None else card.box

    # links

    def _link_state(self, linkage: Linkage, day: date) -> str:
        """The state in which a linkage is drawn on a day; "" when it is not drawn."""
        state = linkage_state(linkage, day)
        announced = linkage.status in {"idea", "planned"} and last_day(linkage.end) >= day
        absent = (state == "planned" and not announced) or state == "ended"
        if state in {"keep_apart", "wait"} and not exists(linkage, day):
            absent = True
        return "" if absent and not self.options.show_absent else state

    def links_of(self, actor_id: str) -> frozenset[str]:
        """Ids of the drawn linkages of an actor."""
        return frozenset(self._by_actor.get(actor_id, ()))

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
            yield linkage.from_id, linkage.to_id

    def _within_reach(self, boxes: list[Box]) -> set[str]:
        found = set()
        for link_id, link in self.links.items():
            start, end = self._box(link.from_id), self._box(link.to_id)
            if start is not None and end is not None:
                straight = link.route.is_straight
                corridor = link.route.box() if straight else reach(start, end)
                for box in boxes:
                    if overlap(corridor, grown(box, 8.0)) and (
                        not straight or is_in_way(link.route, box)
                    ):
                        found.add(link_id)
        return found

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
            self._by_actor[linkage.from_id].add(link_id)
            self._by_actor[linkage.to_id].add(link_id)

    def _is_drawn(self, linkage: Linkage) -> bool:
        return (
            linkage.from_id in self.cards
            and linkage.to_id in self.cards
            and linkage.id not in self._covered
            and self.options.lets_through(linkage.id)
            and self._link_state(linkage, self.as_of) != ""
        )

    def _set_link(self, link_id: str, avoid: BoxGrid[str] | None) -> bool:
        before = self.links.get(link_id)
        linkage = self.tables.linkages.get(link_id)
        if linkage is None or link_id not in self._by_actor[linkage.from_id]:
            self.links.pop(link_id, None)
            self.labels.pop(link_id, None)
            self._placer.forget(link_id)
            return before is not None
        self.built += 1
        start, end = self.cards[linkage.from_id].box, self.cards[linkage.to_id].box
        ends = (linkage.from_id, linkage.to_id)
        line = route(start, end, self._offset(linkage), linkage.bends, avoid, ends)
        content = link_content(linkage, linkage_state(linkage, self.as_of))
        link = Link(link_id, linkage.from_id, linkage.to_id, content, line)
        if link == before:
            return False
        self.links[link_id] = link
        return True

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
        """Place the labels of the changed lines; in small maps all anew, in large ones later."""
        if len(self.links) <= RELABEL_LIMIT:
            self._placer.clear_labels()
            changed = self.links
        for outline in self.outlines.values():
            self._placer.reserve(f"title:{outline.membership.key}", outline.title_box)
        for link_id in changed:
            self.labels.pop(link_id, None)
        if len(self.links) <= LAZY_LIMIT:
            self.place_labels(changed)

    def place_labels(self, ids: Iterable[str]) -> list[str]:
        """Place labels that have no place yet, in large maps those that come into view.

        Returns the ids of the linkages whose labels were placed.
        """
        if not self.options.show_labels:
            return []
        fresh = sorted(i for i in ids if i in self.links and i not in self.labels)
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
        if linkage.label_at is not None:
            return self._placer.put(link_id, link.route, size, linkage.label_at)
        return self._placer.place(link_id, link.route, size)


def _state(actor: Actor, day: date) -> CardState:
    if first_day(actor.start) > day:
        return "planned"
    return "ended" if last_day(actor.end) < day else "current"
