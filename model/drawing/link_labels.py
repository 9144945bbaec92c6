"""The labels of the drawn lines: in small maps placed anew after every change, in others later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.labels import LabelPlacer
from model.drawing.linkage import label_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.drawing.boxes import Box, BoxGrid
    from model.drawing.outlines import Outline
    from model.drawing.parts import Link
    from model.patch import Patch
    from model.records import Linkage

RELABEL_LIMIT = 250
"""Up to so many linkages all labels are placed anew after every change."""
LAZY_LIMIT = 1200
"""Up to so many, waiting labels are placed together once one is to be seen; beyond that singly."""
_AT = "label_at"


class LinkLabels:
    """Where the labels of lines lie.

    Attributes:
        boxes: by linkage, None where no room was found; lines without an entry wait for a place.
    """

    def __init__(self, cards: BoxGrid[str]) -> None:
        """Start without labels on a map with these cards (the grid stays shared)."""
        self.boxes: dict[str, Box | None] = {}
        self._placer = LabelPlacer(cards)

    def follow(
        self, changed: Iterable[str], links: Mapping[str, Link], outlines: Iterable[Outline]
    ) -> None:
        """Let labels of lines that changed wait for a place; in small maps all labels."""
        for link_id in changed:
            self.boxes.pop(link_id, None)
            if link_id not in links:
                self._placer.forget(link_id)
        if len(links) <= RELABEL_LIMIT:
            self._placer.clear_labels()
            self.boxes.clear()
        for outline in outlines:
            self._placer.reserve(f"title:{outline.membership.key}", outline.title_box)

    def place(
        self,
        ids: Iterable[str],
        links: Mapping[str, Link],
        linkages: Mapping[str, Linkage],
        most: int | None = None,
    ) -> list[str]:
        """Place labels that wait: those of these lines, or all; returns which were placed.

        With at `most` so many at a time they come to lie where all at once would.
        """
        wanted = links if len(links) <= LAZY_LIMIT else ids
        fresh = sorted(i for i in wanted if i in links and i not in self.boxes)
        for link_id in fresh:
            self._placer.add_line(link_id, links[link_id].route)
        # Labels that the user put somewhere come first: the others make room for them.
        fresh.sort(key=lambda i: (linkages[i].label_at is None, i))
        for link_id in fresh[:most]:
            self.boxes[link_id] = self._place(links[link_id], linkages[link_id])
        return fresh[:most]

    def _place(self, link: Link, linkage: Linkage) -> Box | None:
        size = label_size(link.content)
        if linkage.label_at is None:
            return self._placer.place(link.id, link.route, size)
        return self._placer.put(link.id, link.route, size, linkage.label_at)


def moved_labels(patch: Patch) -> frozenset[str]:
    """Ids of the linkages whose labels were put elsewhere."""
    changes = (change for change in patch.changes if change.table == "linkages")
    places = (
        (one.id, getattr(one.before, _AT, None), getattr(one.after, _AT, None)) for one in changes
    )
    return frozenset(link_id for link_id, before, after in places if before != after)
