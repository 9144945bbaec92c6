"""What the map is made of: cards, links, and what changed."""

from __future__ import annotations

import msgspec

from model.drawing.actor import CardContent
from model.drawing.boxes import Box  # noqa: TC001 -- msgspec reads the annotations
from model.drawing.linkage import LinkContent
from model.drawing.routing import Route


class Card(msgspec.Struct, frozen=True):
    """A card at its place (top left corner, project units of the whole map).

    `members` are the actors that the card of a collapsed group stands for; such a card may be that
    of a group and not of an actor, as `table` says.
    """

    id: str
    x: float
    y: float
    content: CardContent
    table: str = "actors"
    members: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """The record that the card shows."""
        return self.table, self.id

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + self.content.width, self.y + self.content.height

    @property
    def pole(self) -> Box | None:
        """The box of the pole from which the card hangs, if it has one."""
        found = self.content.pole
        if found is None:
            return None
        return self.x + found[0], self.y + found[1], self.x + found[2], self.y + found[3]

    @property
    def parts(self) -> tuple[Box, ...]:
        """All boxes that it covers."""
        return (self.box,) if self.pole is None else (self.box, self.pole)


class Link(msgspec.Struct, frozen=True):
    """A linkage as it lies on the map; a line that stands for several names them in `bundle`."""

    id: str
    from_id: str
    to_id: str
    content: LinkContent
    route: Route
    bundle: tuple[str, ...] = ()


class SceneChange(msgspec.Struct, frozen=True):
    """What differs after a change: ids of cards and links that are new, other or gone."""

    cards: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    everything: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.cards or self.links or self.everything)
