"""What lies over the bars: dependencies, and where things stood in a baseline.

Each comes with the box that it paints within, so that a strip of the timeline paints only its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.bounds import bounds
from model.drawing.primitives import Group
from model.drawing.timeline_links import ghost

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from model.drawing.primitives import Primitive
    from model.drawing.style import StyleSheet
    from model.drawing.timeline_layout import PlacedRow, TimelineLayout
    from model.timeline.span import Span
    from widgets.timeline.kept import Box

    Spans = Mapping[tuple[str, str], Span]

Ghosts = tuple[tuple["Primitive", "Box"], ...]
GhostRows = dict[str, tuple["PlacedRow", "Spans", Ghosts]]
"""By key of a row: what they were made for, and the ghosts in it."""


class Overlays:
    """Dependencies and ghosts of one layout."""

    def __init__(
        self,
        layout: TimelineLayout,
        links: Group,
        ghosts: Spans,
        style: StyleSheet,
        kept: GhostRows,
    ) -> None:
        """Take over drawn dependencies; ghosts of rows are drawn when they come into sight."""
        self._layout = layout
        self._style = style
        self.ghosts = ghosts
        self._kept = kept
        self._links = {
            link.record_id: (link, box)
            for link in links.children
            if isinstance(link, Group) and (box := _box(link)) is not None
        }

    def within(self, part: Box) -> Iterator[Primitive]:
        """What may show in a part."""
        if self.ghosts:
            for row in self._layout.rows_between(part[1], part[3]):
                yield from (one for one, box in self._of_row(row) if _touch(box, part))
        yield from (one for one, box in self._links.values() if _touch(box, part))

    def changed(self, earlier: Overlays) -> list[Box]:
        """Where dependencies lie now or lay in an earlier layout, if they are not the same."""
        one, other = earlier._links, self._links
        changed = [known for known in (*one, *other) if one.get(known) != other.get(known)]
        found = (each[known] for known in changed for each in (one, other) if known in each)
        return [box for _, box in found]

    def _of_row(self, row: PlacedRow) -> Ghosts:
        known = self._kept.get(row.row.key)
        if known is None or known[0] is not row or known[1] is not self.ghosts:
            frame, found = self._layout.frame, []
            for key, placed in row.by_record.items():
                span = self.ghosts.get(key)
                drawn = None if span is None else ghost(placed, span, frame, self._style)
                box = None if drawn is None else _box(drawn)
                if drawn is not None and box is not None:
                    found.append((drawn, box))
            known = self._kept[row.row.key] = (row, self.ghosts, tuple(found))
        return known[2]


def _box(primitive: Primitive) -> Box | None:
    found = bounds(primitive)
    if found is None:
        return None
    # A pixel around, for what antialiasing smears; whole units, as parts of pictures need.
    return (
        *(found.left // 1 - 1, found.top // 1 - 1),
        *(-(-found.right // 1) + 1, -(-found.bottom // 1) + 1),
    )


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
