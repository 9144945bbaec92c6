"""Signs on the map for what needs attention: at the corner of a card, on a linkage's line.

Only the screen shows them; they are no part of the drawing and so of no export. Empty fields
(upkeep) have none, or every other linkage would bear a sign and none would be seen. Every card that
has a finding shows its sign at every scale; where cards are too small they share one (see
sign_clusters.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF

from model.analysis.finding import SEVERITIES
from model.analysis.report import on_map
from model.drawing.boxes import grown
from resources.text import plural
from widgets.canvas.sign_clusters import SIZE as SHARED_SIZE
from widgets.canvas.sign_clusters import SignClusters
from widgets.canvas.sign_pictures import SignPictures, sign_width
from widgets.canvas.sign_places import CORNERS, SignPlaces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from PySide6.QtGui import QPainter

    from model.analysis.finding import Finding, Severity, Target
    from model.drawing.boxes import Box
    from model.drawing.parts import SceneChange
    from widgets.canvas.view import MapView

SIZE = 15.0
"""A sign where there is room; where there is little it is smaller."""
_RADII = (SIZE / 2 + 1, 7.0, 5.5)
"""Half the sizes that signs have, with the rim around them."""
_SMALLEST_SCALE = 0.4
"""Below this, lines lie too close for signs of their own."""
_ALONG = (0.36, 0.64, 0.26, 0.74, 0.18, 0.82, 0.5)
"""Where on a line its sign may lie: beside the label, which is in the middle."""
_ASIDE = 3.0
"""Pixels beside a sign that still are the sign, for a pointer."""
_MOST_SAID = 8
"""Of a sign that stands for more findings than this, so many are said."""


class Shown(NamedTuple):
    """One sign as it is drawn: what it stands for, its middle in pixels of the view, its size."""

    keys: tuple[Target, ...]
    x: float
    y: float
    radius: float
    is_shared: bool = False

    @property
    def box(self) -> Box:
        """What it covers; the number of a shared one stands beside it."""
        width = sign_width(self.radius, len(self.keys) if self.is_shared else 1)
        right = self.x + self.radius
        return right - width, self.y - self.radius, right, self.y + self.radius


class Badges:
    """What needs attention on one map."""

    def __init__(self, view: MapView) -> None:
        """Begin with nothing."""
        self._view = view
        self._found: Mapping[Target, tuple[Finding, ...]] = {}
        self._pictures = SignPictures(view)
        self._places = SignPlaces(view, _RADII, CORNERS, _ALONG)
        self._clusters = SignClusters(view)
        view.scene_changed.connect(self._follow)

    def _follow(self, change: SceneChange) -> None:
        """Reckon places anew; those of shared signs only when their own cards have changed."""
        self._places.follow(change, self._view.renderer.changed_boxes)
        if change.everything or any(("actors", i) in self._found for i in change.cards):
            self._clusters.forget()

    def show(self, found: Iterable[Finding]) -> None:
        """Show these findings from now on."""
        self._found = on_map(found)
        self._clusters.forget()
        self._view.update()

    def about(self, key: Target) -> tuple[Finding, ...]:
        """The findings that the sign of a card or linkage stands for, grave ones first."""
        return self._found.get(key, ())

    def place(self, key: Target) -> QPointF | None:
        """The middle of a sign in pixels; None where there is no sign."""
        return next((QPointF(one.x, one.y) for one in self._of([key]) if key in one.keys), None)

    def signs(self) -> list[Shown]:
        """All signs in view."""
        return list(self._of(self._in_view()))

    def _of(self, keys: Iterable[Target]) -> Iterator[Shown]:
        """The signs of some cards and linkages; from afar, all that are in view."""
        if self._clusters.are_shown:
            radius = SHARED_SIZE / 2 + 1
            for cluster, (x, y) in self._clusters.find(self._found):
                yield Shown(cluster.keys, x + cluster.width / 2 - radius, y, radius, is_shared=True)
            return
        wanted = [key for key in keys if key in self._found and self._is_drawn(key)]
        signs = self._places.find(wanted)
        members: dict[Target, list[Target]] = {}
        for key in wanted:
            members.setdefault(self._places.joined(key) or key, []).append(key)
        for key, all_keys in members.items():
            sign = signs.get(all_keys[0])
            if sign is not None:
                yield Shown((key, *(one for one in all_keys if one != key)), *sign)

    def _is_drawn(self, key: Target) -> bool:
        scene = self._view.scene
        if key[0] == "linkages":
            return key[1] in scene.links and self._view.camera.scale >= _SMALLEST_SCALE
        return key[1] in scene.cards

    def paint(self, painter: QPainter) -> None:
        """Draw the signs of what is in view; what is dimmed or dragged has none."""
        if not self._found:
            return
        lit, dragged = self._view.spotlight.lit, self._view.frame.hidden_cards
        for one in self.signs():
            keys = one.keys
            if dragged or lit is not None:
                keys = tuple(
                    key for key in keys if key[1] not in dragged and (lit is None or key[1] in lit)
                )
            if keys:
                left = one._replace(keys=keys)
                grave, number = self._gravest(keys), len(keys)
                sign = self._pictures.get(grave, one.radius, number, beside=one.is_shared)
                painter.drawPixmap(QPointF(left.box[0], left.box[1]), sign)

    def _gravest(self, keys: Iterable[Target]) -> Severity:
        return min((self._found[key][0].severity for key in keys), key=SEVERITIES.index)

    def _in_view(self) -> list[Target]:
        """Cards and linkages in view, found by their boxes at once."""
        view = self._view
        scale, renderer = view.camera.scale, view.renderer
        if self._clusters.are_shown:
            return []
        left, top, right, bottom = view.camera.view(view.width(), view.height())
        edge = 2 * SIZE / scale
        area = (left - edge, top - edge, right + edge, bottom + edge)
        keys = [("actors", one) for one in renderer.cards.names_within(area)]
        if scale >= _SMALLEST_SCALE:
            keys += [("linkages", one) for one in renderer.links.names_within(area)]
        return keys

    def at(self, point: QPointF) -> tuple[Finding, ...]:
        """What the sign under a point stands for."""
        for one in self.signs():
            left, top, right, bottom = grown(one.box, _ASIDE)
            if left <= point.x() <= right and top <= point.y() <= bottom:
                return tuple(finding for key in one.keys for finding in self._found[key])
        return ()

    def said_at(self, point: QPointF) -> str:
        """What the sign under a point stands for, in words; of very many only the first."""
        said = list(dict.fromkeys(one.message for one in self.at(point)))
        more = len(said) - _MOST_SAID
        if more > 0:
            words = plural("and {count} more warning", "and {count} more warnings", more)
            said = [*said[:_MOST_SAID], words]
        return "\n".join(said)
