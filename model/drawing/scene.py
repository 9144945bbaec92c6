"""The map's geometry: cards, lines, labels, outlines and bands, kept up patch by patch.

A scene follows the tables that it was made from. It knows nothing of colours and shapes no text,
so it can be built anywhere. A patch rebuilds only the records that it touches and their linkages;
`SceneChange` says which. Built anew or followed, a scene comes out the same, but for the labels of
large maps, which stay where they were as long as they are not touched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from model.asof import exists
from model.drawing.actor import card_content
from model.drawing.bands import Bands, home_track
from model.drawing.boxes import POLE, Box, BoxGrid
from model.drawing.folds import Fold, any_collapsed, counted, fold_content, folds_of, group_place
from model.drawing.lines import LineMemory, Lines, Terms
from model.drawing.link_labels import RELABEL_LIMIT, LinkLabels, moved_labels
from model.drawing.map_options import MapOptions, turned
from model.drawing.moving import moved_links
from model.drawing.notes import NoteCard, note_cards
from model.drawing.outlining import Outlines
from model.drawing.parts import Card, SceneChange
from model.drawing.places import CardPlaces
from model.drawing.rerouting import within_reach
from model.drawing.shading import Shades
from model.drawing.spanning import spanned
from model.drawing.states import card_state
from model.drawing.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from model.drawing.actor import CardState
    from model.drawing.outlines import Outline
    from model.drawing.parts import Link
    from model.patch import Patch
    from model.records import Actor, Role
    from model.tables import Tables

_Part = TypeVar("_Part")
AVOIDING_LIMIT = 600
"""Up to so many linkages lines run around cards; beyond that they take the direct way."""


class _Whole(NamedTuple):
    """What lay on a large map before a filter, and the records that have changed since."""

    cards: dict[str, Card]
    grid: BoxGrid[str]
    labels: LinkLabels
    lines: Lines
    actors: set[str]
    links: set[str]


class MapScene:
    """Everything that lies on the map on a day.

    Attributes:
        cards, notes: by id.
        bands: the drawn track bands.
    """

    def __init__(self, tables: Tables, as_of: date, options: MapOptions) -> None:
        """Build the scene of the tables on a day."""
        self.tables = tables
        self.as_of = as_of
        self.options = options
        self.cards: dict[str, Card] = {}
        self._outlines = Outlines(tables)
        self.notes: dict[str, NoteCard] = {}
        self.bands = Bands(())
        self._made = 0
        self._memory = LineMemory()
        self._clear()
        self._places = CardPlaces(tables)
        self._turns: Turns | None = None
        self._put_away: dict[str, Card] = {}
        self._whole: _Whole | None = None
        self._roles: dict[str, list[Role]] = {}
        self._folds: dict[str, Fold] = {}
        self._stand_ins: dict[str, str] = {}
        self.shades = Shades()
        self.rebuild()

    # building

    def rebuild(self) -> SceneChange:
        """Build everything anew."""
        self._turns = None
        self._clear()
        self._runs_around = len(self.tables.linkages) <= AVOIDING_LIMIT
        self._whole = None
        self._put_away.clear()
        self._memory.known.clear()
        self._read_roles()
        self._outlines.note_all()
        self.shades.renew(self.tables, self.as_of, self.options)
        self._folds = folds_of(self.tables, self.as_of)
        self._stand_ins = {i: fold.id for fold in self._folds.values() for i in fold.members}
        self._places.find_all(self.as_of)
        self.bands = self._places.bands()
        for card_id in self.tables.actors:
            self._set_card(card_id)
        self._set_folds()
        self._outlines.draw(self.as_of, self.cards, self._grid)
        self._lines.update(set(self.tables.linkages), self._terms())
        self._label(self.links)
        self.notes = note_cards(self.tables, self.anchor, shown=self.options.show_notes)
        return SceneChange(everything=True)

    def _clear(self) -> None:
        """Begin with nothing on the map."""
        self.cards = {}
        self._outlines.forget()
        self._grid: BoxGrid[str] = BoxGrid()
        self._labels = LinkLabels(self._grid)
        self._lines = Lines(self.tables, self.cards, self._memory)

    @property
    def links(self) -> dict[str, Link]:
        """The drawn lines by id."""
        return self._lines.links

    @property
    def outlines(self) -> dict[tuple[str, str], Outline]:
        """The outlines of groups by their keys."""
        return self._outlines.drawn

    @property
    def labels(self) -> dict[str, Box | None]:
        """Where the labels of lines lie; those without an entry wait for `place_labels`."""
        return self._labels.boxes

    def follow(self, patch: Patch) -> SceneChange:
        """Take over a patch that the tables have already taken."""
        if patch.tables & {"actors", "roles", "linkages"}:
            self._turns = None
        actors = set(patch.ids("actors")) | set(patch.ids("placements")) | self._restyled(patch)
        links = set(patch.ids("linkages"))
        if "notes" in patch.tables:
            self.notes = note_cards(self.tables, self.anchor, shown=self.options.show_notes)
        if not actors and not links and not patch.tables & {"groups", "tracks"}:
            return SceneChange()
        other_ways = self._runs_around != (len(self.tables.linkages) <= AVOIDING_LIMIT)
        if "tracks" in patch.tables or other_ways or self._folds_differ(actors):
            return self.rebuild()
        if "actors" in patch.tables:
            self._places.note_tracks(patch.ids("actors"))
            self._outlines.note(patch.ids("actors"))
        return self._change(actors, links, moved_labels(patch))

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
        return self._change(actors & set(self.tables.actors), links)

    def set_options(self, options: MapOptions) -> SceneChange:
        """Show the map in another way; another filter alone rebuilds what it turns or counts."""
        before, self.options = self.options, options
        if msgspec.structs.replace(before, visible=options.visible) != options:
            return self.rebuild()
        restyled = self.shades.refilter(self.tables, self.as_of, options)
        cards, links = self.cards, self.links
        if self._whole is not None:
            self._bring_back(self._whole)
        elif self._runs_around or before.visible is not None:
            actors, linkages = turned(self.tables, before, options)
            return self._update(actors | restyled, linkages)
        if options.visible is not None:
            self._sift(options.visible)
        if restyled:
            self._change(restyled, set())
        return SceneChange(_differing(cards, self.cards), _differing(links, self.links))

    def _sift(self, through: frozenset[str]) -> None:
        """Put a large map aside as it is, and lay out what the filter lets through."""
        whole = _Whole(self.cards, self._grid, self._labels, self._lines, set(), set())
        self._whole = whole
        self._put_away = dict(whole.cards)
        self._clear()
        leaving = whole.cards.keys() - through
        if 2 * len(leaving) < len(whole.cards):
            # What stays is laid out already.
            self.cards.update(whole.cards)
            self._grid = whole.grid.copy()
            self._labels = LinkLabels(self._grid)
            self._lines = whole.lines.copy(self.cards)
            self._update(leaving, set(whole.lines.drawn - through))
            return
        for card_id in through & self.tables.actors.keys():
            self._set_card(card_id)
        self._set_folds()
        self._outlines.draw(self.as_of, self.cards, self._grid)
        self._lines.update(set(whole.lines.drawn & through), self._terms())
        self._label(self.links)
        self.notes = note_cards(self.tables, self.anchor, shown=self.options.show_notes)

    def _bring_back(self, whole: _Whole) -> None:
        """Lay out the whole map again, with what has changed since it was put aside."""
        self.cards, self._grid = whole.cards, whole.grid
        self._labels, self._lines = whole.labels, whole.lines
        self._whole = None
        self._outlines.forget()
        self._put_away.clear()
        chosen = self.options
        self.options = msgspec.structs.replace(chosen, visible=None)
        self._update(whole.actors, whole.links)
        self.options = chosen

    def _change(
        self, actors: set[str], links: set[str], labels: frozenset[str] = frozenset()
    ) -> SceneChange:
        """Take over records that are other now, or look different on another day."""
        self._memory.forget(links)
        for actor_id in actors:
            self._put_away.pop(actor_id, None)
        if self._whole is not None:
            self._whole.actors.update(actors)
            self._whole.links.update(links)
        self._places.find(actors, self.as_of)
        bands = self._places.bands()
        if bands != self.bands:
            self.bands = bands
            self._put_away.clear()
            self._whole = None
            actors = set(self.tables.actors) | set(self.cards)
        return self._update(actors, links, labels)

    def _update(
        self, actors: set[str], links: set[str], labels: frozenset[str] = frozenset()
    ) -> SceneChange:
        """Set these cards and lines as they should be, and all that hangs on them."""
        known = (*actors, *self._folds)
        old = {i: self.cards[i].parts for i in known if i in self.cards}
        changed = {i for i in sorted(actors) if self._set_card(i)}
        changed |= self._set_folds()
        hull = {i for i in changed if old.get(i, ()) != self._parts(i)}
        touched = links | self._links_of(hull)
        before = self._outlines.covered
        moved = [box for i in hull for box in (*old.get(i, ()), *self._parts(i))]
        self._outlines.draw(self.as_of, self.cards, self._grid, moved)
        touched |= before ^ self._outlines.covered
        if self._runs_around and hull:
            touched |= within_reach(self.links.values(), self.cards, moved)
        rerouted = self._lines.update(touched, self._terms())
        # A moved label does not show in the line.
        rerouted |= labels & self.links.keys()
        self._label(rerouted)
        self.notes = note_cards(self.tables, self.anchor, shown=self.options.show_notes)
        return SceneChange(frozenset(changed), frozenset(rerouted))

    @property
    def built(self) -> int:
        """How many cards and lines were made since the scene began (for tests)."""
        return self._made + self._memory.made

    def _terms(self) -> Terms:
        avoid = self._grid if self._runs_around else None
        return Terms(
            self.as_of, self.options, self._outlines.covered, self._stand_ins, self._folds, avoid
        )

    # collapsed groups

    def _folds_differ(self, actors: set[str]) -> bool:
        """Whether other groups are collapsed now, or a collapsed one looks different."""
        if not self._folds and not any_collapsed(self.tables):
            return False
        touched = bool(actors & (self._stand_ins.keys() | self._folds.keys()))
        return touched or folds_of(self.tables, self.as_of) != self._folds

    def _set_folds(self) -> set[str]:
        """Set the cards of all that is collapsed; returns which differ.

        Those of bands come last, for they lie beside all other cards.
        """
        folds = sorted(self._folds.values(), key=lambda fold: fold.table == "tracks")
        return {fold.id for fold in folds if self._set_card(fold.id)}

    def _group_card(self, fold: Fold) -> Card | None:
        """The card of a collapsed group that is no actor; None when no member passes the filter."""
        if not any(map(self.options.lets_through, fold.members)):
            return None
        content = fold_content(self.tables, fold, self.as_of)
        size = (content.width, content.height)
        x, y = group_place(self.tables, fold, self._places.at, self.bands, size, self._grid)
        return Card(fold.id, x, y, content, fold.table, fold.members)

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
            self._put_away[actor_id] = self.cards.pop(actor_id)
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
        return self._put_away.pop(actor_id, None) or self._made_card(actor, state)

    def _made_card(self, actor: Actor, state: CardState) -> Card:
        self._made += 1
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
        """Where notes pinned to a card, group or linkage count from; None when it is not shown."""
        if table in {"actors", "groups"} and record_id in self.cards:
            return self.cards[record_id].box[:2]
        if (table, record_id) in self.outlines:
            return self.outlines[table, record_id].title_box[:2]
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
        return self._lines.of(actor_id)

    def moved_links(self, link_ids: frozenset[str], boxes: Mapping[str, Box]) -> list[Link]:
        """Drawn lines as they would be with some cards in these boxes."""
        around = self._grid if self._runs_around else None
        return moved_links(self._lines, self.cards, around, link_ids, boxes)

    def _links_of(self, actors: Iterable[str]) -> set[str]:
        actors = set(actors)
        if len(actors) * 4 > len(self.cards):
            return set(self.tables.linkages)
        found: set[str] = set()
        index = getattr(self.tables, "links", None)
        for actor_id in actors:
            found |= self._lines.touching(actor_id)
            if index is not None:
                found.update(index.of(actor_id))
        return found

    # outlines and labels

    def _label(self, changed: Iterable[str]) -> None:
        self._labels.follow(changed, self.links, self.outlines.values())
        if len(self.links) <= RELABEL_LIMIT:
            self.place_labels(self.links)

    def place_labels(self, ids: Iterable[str], most: int | None = None) -> list[str]:
        """Place labels that have no place yet: those that come into view, or all that wait.

        Returns the ids of the linkages whose labels were placed, at `most` so many.
        """
        if not self.options.show_labels:
            return []
        return self._labels.place(ids, self.links, self.tables.linkages, most)


def _differing(before: dict[str, _Part], after: dict[str, _Part]) -> frozenset[str]:
    """Ids of what came, went or is another one."""
    other = {i for i, part in after.items() if before.get(i) is not part}
    return frozenset(other.union(before.keys() - after.keys()))
