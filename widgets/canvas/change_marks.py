"""What changed between two days, marked on the map: a sign on each card and linkage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from model.drawing.boxes import grown, overlap
from resources.text import tr
from widgets.canvas.overlay import STRIP
from widgets.canvas.sign_places import SignPlaces
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from model.analysis.finding import Target
    from model.drawing.parts import SceneChange
    from model.timeline.changes import How
    from widgets.canvas.view import MapView

_RADIUS: Final = 8.0
_RIM: Final = 1.5
_RADII: Final = (_RADIUS + _RIM, 6.0 + _RIM, 4.5 + _RIM)
"""The sizes that signs have, with the rim around them: smaller where there is little room."""
_CORNERS: Final = ("top right", "bottom right", "top left", "bottom left", "symbol")
"""First where no sign of a warning is."""
_ALONG: Final = (0.5, 0.42, 0.58, 0.34, 0.66, 0.22, 0.78)
_PAD: Final = 8.0


def change_words() -> list[tuple[How, str]]:
    """What each sign means, in words."""
    return [
        ("began", tr("began")),
        ("ended", tr("ended, drawn faint")),
        ("passed", tr("began and ended in between")),
    ]


class ChangeMarks:
    """The marks of one map: a round plus for what began, a square minus for what ended.

    What began and ended between the two days has a diamond. Signs and shapes tell them apart
    without colour; the list beside the timeline says the same in words.
    """

    def __init__(self, view: MapView) -> None:
        """Begin with nothing marked."""
        self._view = view
        self.marks: Mapping[str, How] = {}
        self._places = SignPlaces(view, _RADII, _CORNERS, _ALONG)
        view.scene_changed.connect(self._follow)

    def _follow(self, change: SceneChange) -> None:
        self._places.follow(change, self._view.renderer.changed_boxes)

    def show(self, marks: Mapping[str, How]) -> None:
        """Mark these cards and linkages by id; an empty mapping marks nothing."""
        if marks != self.marks:
            self.marks = marks
            self._view.update()

    def paint(self, painter: QPainter) -> None:
        """Draw the signs over the picture."""
        if not self.marks:
            return
        view = self._view
        area = QRectF(0, 0, view.width(), view.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        keys = {self._key(record_id): how for record_id, how in self.marks.items()}
        for key, sign in self._places.find(self._in_view(keys)).items():
            if sign is not None and area.contains(QPointF(sign.x, sign.y)):
                self._sign(painter, QPointF(sign.x, sign.y), keys[key], sign.radius - _RIM)
        self._legend(painter)
        painter.restore()

    def _legend(self, painter: QPainter) -> None:
        """What the signs mean, along the upper edge; only those that occur."""
        style = self._view.workspace.style
        kinds = set(self.marks.values())
        words = [(how, text) for how, text in change_words() if how in kinds]
        metrics = painter.fontMetrics()
        widths = [2 * _PAD + 2 * _RADIUS + metrics.horizontalAdvance(text) for _, text in words]
        height = max(metrics.height(), 2 * _RADIUS + 4) + _PAD
        # The band names keep their strip at the left.
        box = QRectF(STRIP + _PAD, _PAD, sum(widths) + _PAD, height)
        painter.setPen(QPen(qt_colour(style.line), 1.0))
        painter.setBrush(qt_colour(style.surface))
        painter.drawRoundedRect(box, 4, 4)
        x, middle = box.left() + _PAD, box.center().y()
        for (how, text), width in zip(words, widths, strict=True):
            self._sign(painter, QPointF(x + _RADIUS, middle), how)
            painter.setPen(qt_colour(style.ink))
            room = QRectF(x + 2 * _RADIUS + _PAD, box.top(), width, height)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
            x += width

    def _key(self, record_id: str) -> Target:
        return ("linkages" if record_id in self._view.scene.links else "actors", record_id)

    def _in_view(self, keys: Iterable[Target]) -> list[Target]:
        """Those of some cards and linkages that are in view."""
        view = self._view
        edge = 3 * _RADIUS / view.camera.scale
        area = grown(view.camera.view(view.width(), view.height()), edge)
        boxes = ((key, view.box_of(key)) for key in keys)
        return [key for key, box in boxes if box is not None and overlap(box, area)]

    def _sign(self, painter: QPainter, at: QPointF, how: How, radius: float = _RADIUS) -> None:
        style = self._view.workspace.style
        colour = {
            "began": style.accent,
            "ended": style.severity("high").colour,
        }.get(how, style.severity("medium").colour)
        painter.setPen(QPen(qt_colour(style.surface), 1.5))
        painter.setBrush(qt_colour(colour))
        x, y, far, arm = at.x(), at.y(), radius + _RIM, radius / 2
        if how == "began":
            painter.drawEllipse(at, radius, radius)
        elif how == "ended":
            painter.drawRect(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
        else:
            points = (x, y - far), (x + far, y), (x, y + far), (x - far, y)
            painter.drawPolygon(QPolygonF([QPointF(*one) for one in points]))
        painter.setPen(QPen(qt_colour(style.surface), radius / 4, Qt.PenStyle.SolidLine,
                            Qt.PenCapStyle.RoundCap))  # fmt: skip
        painter.drawLine(QPointF(x - arm, y), QPointF(x + arm, y))
        if how == "began":
            painter.drawLine(QPointF(x, y - arm), QPointF(x, y + arm))
