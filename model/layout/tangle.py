"""How tangled the lines of an arrangement are as they are drawn, detours included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.document import Snapshot
from model.records import TABLES, Placement, Track

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from model.drawing.parts import Link
    from model.tables import Tables


_CALM = 10
"""Where hardly any lines cross, the smaller map is the better one."""


def tangle_of(
    tables: Tables,
    as_of: date,
    places: Mapping[str, tuple[float, float]],
    heights: Mapping[str, float],
    aspect: float,
) -> tuple[float, float]:
    """What tells two arrangements apart: crossings of lines, then the length of all lines.

    Crossings weigh more in a map that has to be shown smaller in a window of these proportions.
    """
    from model.drawing.map_options import MapOptions  # noqa: PLC0415 -- the scene asks for places
    from model.drawing.scene import MapScene  # noqa: PLC0415 -- the same

    content = {name: dict(tables.table(name)) for name in TABLES}
    content["placements"] = {i: Placement(id=i, x=x, y=y) for i, (x, y) in places.items()}
    content["tracks"] = {code: Track(id=code, height=high) for code, high in heights.items()}
    scene = MapScene(Snapshot(content, 0), as_of, MapOptions(show_labels=False))
    links = list(scene.links.values())
    lefts, rights = zip(*((card.box[0], card.box[2]) for card in scene.cards.values()), strict=True)
    size = max((max(rights) - min(lefts)) / aspect, scene.bands.height)
    return (crossings(links) + _CALM) * size**2, sum(_length(link) for link in links)


def crossings(links: Sequence[Link]) -> int:
    """How many pairs of lines cross each other."""
    rows = [
        (at, *link.route.points[i : i + 4])
        for at, link in enumerate(links)
        for i in range(0, len(link.route.points) - 2, 2)
    ]
    pieces = np.array(rows, dtype=float).reshape(-1, 5)
    owner, start, end = pieces[:, 0], pieces[:, 1:3], pieces[:, 3:5]
    found = 0
    for at in range(len(links)):
        # One line at a time: all pairs of pieces at once would take too much room.
        own, later = owner == at, owner > at
        a, b = start[own][:, None], end[own][:, None]
        c, d = start[later][None], end[later][None]
        hit = (_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)
        found += len(set(owner[later][hit.any(axis=0)].tolist()))
    return found


def _side(
    a: NDArray[np.float64], b: NDArray[np.float64], point: NDArray[np.float64]
) -> NDArray[np.float64]:
    result: NDArray[np.float64] = (b[..., 0] - a[..., 0]) * (point[..., 1] - a[..., 1]) - (
        b[..., 1] - a[..., 1]
    ) * (point[..., 0] - a[..., 0])
    return result


def _length(link: Link) -> float:
    points = np.array(link.route.points).reshape(-1, 2)
    return float(np.hypot(*np.diff(points, axis=0).T).sum())
