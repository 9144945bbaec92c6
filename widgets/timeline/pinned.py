"""What stays in sight while the rows scroll sideways: labels, things without a date, legends.

They are kept as pictures, since they are drawn anew with every step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF

from model.drawing.bars import inner_label_width, item_group, label_group
from model.drawing.cover_strip import LEGEND, strip_legend
from model.drawing.timeline_places import INSET, LANE
from widgets.timeline.kept import picture_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter, QPixmap

    from model.drawing.text import TextBlock
    from model.drawing.timeline_layout import PlacedRow
    from model.drawing.timeline_places import Placed
    from model.timeline.items import Item
    from widgets.common.painter import PrimitivePainter
    from widgets.timeline.kept import Box
    from widgets.timeline.picture import TimelinePicture

_MOST = 300
"""Pictures of labels that are kept."""


class _Inner(NamedTuple):
    """The bars of a row that bear their labels within, as a table.

    Each with the two x of its sure part, the last one that its label can begin at, and the top of
    its lane.
    """

    row: PlacedRow
    placed: tuple[Placed, ...]
    begins: NDArray[np.float64]
    ends: NDArray[np.float64]
    lasts: NDArray[np.float64]
    tops: NDArray[np.float64]


class _Label(NamedTuple):
    item: Item
    block: TextBlock
    ratio: float
    picture: QPixmap


class _Fixed(NamedTuple):
    """What stands at the left edge of the view in a row: heights and pictures."""

    row: PlacedRow
    width: float
    ratio: float
    pictures: tuple[tuple[float, QPixmap], ...]


class PinnedPictures:
    """Pictures of what stays in sight."""

    def __init__(self, primitives: PrimitivePainter) -> None:
        """Start without any."""
        self._primitives = primitives
        self._inner: dict[str, _Inner] = {}
        self._labels: dict[str, _Label] = {}
        self._fixed: dict[str, _Fixed] = {}

    def paint(self, painter: QPainter, source: TimelinePicture, view: Box) -> None:
        """Paint what stays in sight in a view, in the coordinates of the content."""
        ratio = painter.device().devicePixelRatioF()
        left, top, right, bottom = view
        rows = source.layout.rows_between(top, bottom)
        for row in rows:
            inner = self._bars(row)
            found = (inner.begins < left) & (inner.ends > left)
            if row.top < top or row.bottom > bottom:
                found &= (inner.tops < bottom) & (inner.tops > top - LANE)
            places = np.flatnonzero(found)
            begins = np.minimum(left + INSET, inner.lasts[places])
            for at, x in zip(places.tolist(), np.round(begins).tolist(), strict=True):
                placed = inner.placed[at]
                picture = self._label(placed, source, ratio)
                painter.drawPixmap(QPointF(x, placed.y), picture)
        for row in rows:
            if row.undated or row.row.strip is not None:
                for y, picture in self._at_edge(row, source, right - left, ratio).pictures:
                    painter.drawPixmap(QPointF(left, y), picture)

    def beginning(self, rows: Iterable[PlacedRow], low: float, high: float) -> Iterator[Placed]:
        """Bars with labels within that begin from one x up to another."""
        for row in rows:
            inner = self._bars(row)
            found = (inner.begins >= low) & (inner.begins < high)
            for at in np.flatnonzero(found).tolist():
                yield inner.placed[at]

    def _bars(self, row: PlacedRow) -> _Inner:
        known = self._inner.get(row.row.key)
        if known is None or known.row is not row:
            every = tuple(one for lane in row.lanes for one in lane if one.side == "in")
            begins = np.array([one.sure0 for one in every])
            ends = np.array([one.sure1 for one in every])
            widths = np.array([inner_label_width(one) for one in every])
            lasts = np.maximum(ends - widths - INSET, begins + INSET)
            tops = np.array([one.y for one in every])
            known = _Inner(row, every, begins, ends, lasts, tops)
            self._inner[row.row.key] = known
        return known

    def _label(self, placed: Placed, source: TimelinePicture, ratio: float) -> QPixmap:
        item = placed.item
        known = self._labels.get(item.key)
        same = known is not None and known.item is item and known.block is placed.block
        if known is None or not same or known.ratio != ratio:
            if len(self._labels) >= _MOST:
                self._labels.clear()
            drawn = [label_group(placed, source.style)]
            picture = picture_of(
                self._primitives, drawn, (0.0, 0.0, inner_label_width(placed) + 4, LANE), ratio
            )
            known = self._labels[item.key] = _Label(item, placed.block, ratio, picture)
        return known.picture

    def _at_edge(
        self, row: PlacedRow, source: TimelinePicture, width: float, ratio: float
    ) -> _Fixed:
        known = self._fixed.get(row.row.key)
        if known is None or known.row is not row or known[1:3] != (width, ratio):
            style, pictures = source.style, []
            if row.undated:
                drawn = [item_group(one, source.layout.frame, style) for one in row.undated]
                y, wide = row.undated[0].y, min(row.undated[-1].right + 8, width)
                pictures.append(
                    (y, picture_of(self._primitives, drawn, (0.0, y, wide, LANE), ratio))
                )
            if row.row.strip is not None:
                legend = [strip_legend(row, style, source.text, width)]
                picture = picture_of(
                    self._primitives, legend, (0.0, row.top, width, LEGEND + 2), ratio
                )
                pictures.append((row.top, picture))
            known = self._fixed[row.row.key] = _Fixed(row, width, ratio, tuple(pictures))
        return known
