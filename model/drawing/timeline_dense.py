"""Where there is little height: short labels, and phases that share a lane where they can.

The whole title stands in the tip, in the inspector and in what screen readers hear; exports and
roomy windows never shorten anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.drawing.style import text_style
from model.drawing.timeline_places import ICON, INSET, Rough, label_block
from model.timeline.lanes import assign_lanes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.drawing.text import TextEngine

SHORT_LABEL: Final = 150.0
"""Room of a label beside its bar where there is little height."""
_SHORTEST: Final = 24.0
"""Room below which an ellipsis is all that would be left of a title."""
_SHARE: Final = 0.25
_WIDEST: Final = 1200.0
"""A label may take a quarter of the width, of a view of at most this."""
_TOUCH: Final = 1.0
"""Gap between two phases that follow each other in a lane."""


def shared_lanes(
    rough: Sequence[Rough], text: TextEngine, limits: tuple[float, float]
) -> list[tuple[Rough, int]]:
    """Phases with their lanes: those that do not overlap in time share one.

    A title stands in its band where it fits, beside it where the lane is free there, and is
    shortened into whichever of the two has more room where it is not. All stay between the limits.
    """
    numbers = assign_lanes([(one.x0, one.x1) for one in rough], _TOUCH)
    lanes: dict[int, list[Rough]] = {}
    for one, number in zip(rough, numbers, strict=True):
        lanes.setdefault(number, []).append(one)
    found: list[tuple[Rough, int]] = []
    for number, lane in lanes.items():
        lane.sort(key=lambda one: one.x0)
        taken = limits[0]
        for at, one in enumerate(lane):
            following = lane[at + 1].x0 if at + 1 < len(lane) else limits[1]
            labelled = _labelled(one, taken, following, text)
            taken = labelled.right
            found.append((labelled, number))
    return found


def _labelled(one: Rough, taken: float, following: float, text: TextEngine) -> Rough:
    if one.side == "in":
        return one
    extras = one.right - one.left - (one.x1 - one.x0) - INSET - one.block.width
    after, before = following - one.x1 - 2 * INSET, one.x0 - taken - 2 * INSET
    inside = one.sure1 - one.sure0 - ICON - 3 * INSET - max(extras, 0.0)
    for block in (one.block, label_block(one.item, text, SHORT_LABEL)):
        label = block.width + max(extras, 0.0)
        right = one.x1 + INSET + label
        if after >= label:
            return one._replace(left=one.x0, right=right, side="right", block=block)
        if before >= label:
            left = one.x0 - INSET - label
            return one._replace(left=left, right=one.x1, side="left", block=block)
    room = max(inside, after)
    if room < _SHORTEST:
        # No word fits anywhere: the icon in the band, where that has room for it.
        short, within = text.layout("", text_style("bar")), inside >= -INSET
    else:
        short, within = label_block(one.item, text, room), inside >= after
    if within:
        return one._replace(left=one.x0, right=one.x1, side="in", block=short)
    return one._replace(left=one.x0, right=one.x1, side="right", block=short)


def shortened(one: Rough, text: TextEngine, width: float) -> Rough:
    """The same thing with a short label beside its bar; less short where there is more width."""
    room = max(SHORT_LABEL, min(width, _WIDEST) * _SHARE)
    if one.side == "in" or one.block.width <= room:
        return one
    block = label_block(one.item, text, room)
    saved = one.block.width - block.width
    if one.side == "right":
        return one._replace(right=one.right - saved, block=block)
    return one._replace(left=one.left + saved, block=block)
