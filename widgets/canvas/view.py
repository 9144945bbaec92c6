"""The view half of the canvas: follows the workspace, moves the camera, paints frame and marks."""

from __future__ import annotations

from math import dist
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from model.drawing.boxes import around, grown
from model.drawing.map_options import MapOptions
from model.drawing.scene import MapScene
from model.drawing.style import interaction_style
from widgets.canvas import overlay
from widgets.canvas.badges import Badges
from widgets.canvas.band_names import BandNames
from widgets.canvas.camera import Camera, fitted
from widgets.canvas.change_marks import ChangeMarks
from widgets.canvas.early_labels import EarlyLabels
from widgets.canvas.fitting import content_box, fit_camera, pushed_into_view
from widgets.canvas.frame import Frame
from widgets.canvas.hits import NOTHING, Hit, hit_at
from widgets.canvas.link_handles import draw_link_handles, handle_at, link_handles
from widgets.canvas.renderer import MIDDLE, NEAR, Renderer
from widgets.canvas.selection_marks import SelectionMarks
from widgets.canvas.shown_boxes import points_outside, shown_box
from widgets.canvas.spotlight import Spotlight

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtGui import QPainterPath, QPaintEvent, QResizeEvent

    from model.document import Commit
    from model.drawing.boxes import Box
    from model.drawing.parts import Card, Link, SceneChange
    from widgets.canvas.link_handles import LinkHandle
    from widgets.common.workspace import Key, Workspace

_IDLE_MS = 90
_REST_MS = 900
_ROOM = 16.0
"""Pixels around what the map is pushed for."""
_BAR = 80
"""Pixels that a bar of the window takes at most."""
_HARDLY_SMALLER = 0.6
"""A first view that would lose the names by less than this shows a little less of the map."""


class MapView(QWidget):
    """Shows the map of a workspace; input is handled by `MapCanvas`.

    Attributes:
        beside: sizes of what wants to lie in a corner of the fitted map, any one of them.

    Signals:
        camera_changed: the new `Camera`.
        scene_changed: a `SceneChange`, after a commit, another day or another style.
        resized: the widget has another size.
        measures_wanted: figures that colour or size follow are to be reckoned.
    """

    camera_changed = Signal(object)
    scene_changed = Signal(object)
    resized = Signal()
    measures_wanted = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Show the workspace's document."""
        super().__init__(parent)
        self.workspace = workspace
        self.scene = MapScene(workspace.document, workspace.as_of, MapOptions())
        self.renderer = Renderer(self.scene, workspace.style, workspace.text_engine)
        self.interaction = interaction_style(workspace.style.medium)
        self.frame = Frame(self.renderer)
        self.camera = Camera()
        self.hover: Hit = NOTHING
        self.veiled: frozenset[str] = frozenset()
        self.spotlight = Spotlight(self)
        self.changes = ChangeMarks(self)
        self.badges = Badges(self)
        self.band_names = BandNames(self)
        self.marks = SelectionMarks(self)
        self.early_labels = EarlyLabels(self)
        self.beside: Callable[[], Sequence[tuple[float, float]]] = tuple
        self._is_fitted = self._is_first = True
        self._fitted_for = (QSize(), workspace.document.revision)
        self._corner: QPoint | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(self._refine_soon)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._make_overview)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 160)
        workspace.committed.connect(self._on_commit)
        workspace.as_of_changed.connect(self._on_as_of)
        workspace.style_changed.connect(self._on_style)
        workspace.selection_changed.connect(self.update)
        workspace.reveal_wanted.connect(self.go_to)

    # following the workspace

    def _on_commit(self, commit: Commit) -> None:
        was_empty = not self.scene.cards
        self._take_stock()
        self.take(self.scene.follow(commit.patch))
        if was_empty and len(self.scene.cards) > 1:
            self.zoom_fit()  # a whole case came in

    def _on_as_of(self, day: date) -> None:
        self._take_stock()
        self.take(self.scene.set_as_of(day))

    def set_options(self, options: MapOptions) -> None:
        """Show the map in another way, for instance with what is not there yet."""
        self._take_stock()
        self.take(self.scene.set_options(options))

    def show_notes(self) -> None:
        """Show the notes again where they are hidden."""
        if not self.scene.options.show_notes:
            self.set_options(msgspec.structs.replace(self.scene.options, show_notes=True))

    def _take_stock(self) -> None:
        """Before the scene changes: what is the same afterwards need not be drawn again."""
        if self.frame.shows(self.camera):
            self.frame.take_stock()

    def take(self, change: SceneChange) -> None:
        """Show what changed in the scene."""
        if not change.is_empty or self.renderer.is_behind:
            self.renderer.follow(change)
            self.frame.forget_overview()
            self.frame.outdate()
            self.scene_changed.emit(change)
        self.update()
        if self.scene.shades.is_due:
            self.measures_wanted.emit()

    def tell(self, hint: str) -> None:
        """Say something in the status line."""
        self.workspace.hinted.emit(hint)

    def _on_style(self) -> None:
        workspace = self.workspace
        self.renderer = Renderer(self.scene, workspace.style, workspace.text_engine)
        self.interaction = interaction_style(workspace.style.medium)
        self.frame = Frame(self.renderer)
        self.update()

    # camera

    def set_camera(self, camera: Camera) -> None:
        """Look at the map in another way; panning keeps the picture sharp."""
        camera = camera.snapped(self.devicePixelRatioF())
        self._is_fitted = self._is_first = False
        if camera == self.camera:
            return
        ratio = self.devicePixelRatioF()
        if not self.frame.pan_to(camera, self.size(), ratio) and self.isVisible():
            self._idle.start()
        self.camera = camera
        self.update()
        self.camera_changed.emit(camera)

    def content_box(self) -> Box:
        """The box around all that the map consists of; three empty bands for nothing."""
        return content_box(self)

    def zoom_fit(self) -> None:
        """Show the whole map; it stays fitted when the window changes until one looks elsewhere."""
        self.set_camera(fit_camera(self, self.beside()))
        self._is_fitted = True
        self._fitted_for = (self.size(), self.workspace.document.revision)

    def refit(self) -> None:
        """Show the whole map anew where nobody has looked elsewhere since it was fitted."""
        if self._is_fitted and self.may_refit() and self.isVisible():
            self.zoom_fit()

    def may_refit(self) -> bool:
        """Whether the view may change by itself just now."""
        return True

    def zoom_100(self) -> None:
        """Show the map in its own size, around the middle of the view.

        Where nothing would be seen there, around the nearest card instead.
        """
        self.zoom_by(1.0 / self.camera.scale)
        seen = self.camera.view(self.width(), self.height())
        cards = self.scene.cards.values()
        if cards and not self.renderer.cards.names_within(seen):
            middle = (seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2
            self.bring_into_view(min(cards, key=lambda card: dist(middle, _centre(card.box))).box)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a pixel, or around the middle of the view."""
        point = at or QPointF(self.width() / 2, self.height() / 2)
        self.set_camera(self.camera.zoomed(factor, point.x(), point.y()))

    def zoom_selection(self) -> None:
        """Show what is selected as large as sensible; everything when nothing is."""
        boxes = [box for key in self.workspace.selection if (box := self.box_of(key)) is not None]
        if not boxes:
            self.zoom_fit()
            return
        self.set_camera(fitted(around(boxes), self.width(), self.height(), 80.0, 1.25))

    def go_to(self, table: str, record_id: str) -> None:
        """Show what was looked for, near enough to be told from others."""
        if table == "notes":
            self.show_notes()
        box = self.box_of((table, record_id))
        if box is None or self.camera.scale >= MIDDLE:
            self.reveal(table, record_id)
        else:
            self.set_camera(fitted(box, self.width(), self.height(), 80.0, NEAR))

    def reveal(self, table: str, record_id: str) -> None:
        """Bring a card or linkage into view, keeping the scale."""
        box = self.box_of((table, record_id))
        if box is None:
            return
        self.bring_into_view(box)

    def bring_into_view(self, box: Box) -> None:
        """Bring a part of the map into view, keeping the scale where it can be read."""
        view = self.camera.view(self.width(), self.height())
        if box[0] >= view[0] and box[1] >= view[1] and box[2] <= view[2] and box[3] <= view[3]:
            return
        scale = max(self.camera.scale, NEAR)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        self.set_camera(Camera(scale, x - self.width() / 2 / scale, y - self.height() / 2 / scale))

    def bring_near(self, box: Box) -> None:
        """Push the map no farther than a part of it needs to be seen, at the same scale."""
        left, top, right, bottom = grown(box, _ROOM / self.camera.scale)
        left -= overlay.STRIP / self.camera.scale
        view = self.camera.view(self.width(), self.height())
        if right - left > view[2] - view[0] or bottom - top > view[3] - view[1]:
            self.bring_into_view(box)
            return
        x = min(left - view[0], 0.0) or max(right - view[2], 0.0)
        y = min(top - view[1], 0.0) or max(bottom - view[3], 0.0)
        if x or y:
            self.set_camera(Camera(self.camera.scale, self.camera.left + x, self.camera.top + y))

    def box_of(self, key: Key) -> Box | None:
        """Where a record is drawn; None when it is not."""
        table, record_id = key
        card = self.scene.cards.get(record_id)
        if card is not None and card.table == table:
            return card.box
        if (table, record_id) in self.scene.outlines:
            outline = self.scene.outlines[table, record_id]
            return around([*outline.boxes, outline.title_box])
        if table == "linkages" and record_id in self.scene.links:
            return self.scene.links[record_id].route.box()
        if table == "notes" and record_id in self.scene.notes:
            return self.scene.notes[record_id].box
        return None

    @property
    def is_fitted(self) -> bool:
        """Whether the whole map is kept in sight."""
        return self._is_fitted

    def seen_box(self, card: Card) -> Box:
        """Where a card is seen now, with what of its plate or caption reaches out of its box."""
        return shown_box(self.renderer, card, self.camera.scale)

    def seen_line(self, link: Link) -> QPainterPath:
        """What is seen of a linkage now, in pixels: not what runs under the plates at its ends."""
        if self.camera.scale >= NEAR:
            return overlay.screen_path(link.route, self.camera)
        return overlay.screen_line(self._points_between(link), self.camera)

    def _points_between(self, link: Link) -> Sequence[float]:
        cards = self.scene.cards
        ends = [cards[i] for i in (link.from_id, link.to_id) if i in cards]
        return points_outside(link.route.points, [self.seen_box(card) for card in ends])

    def map_point(self, point: QPointF) -> tuple[float, float]:
        """The map point under a pixel."""
        return self.camera.to_map(point.x(), point.y())

    def hit(self, point: QPointF) -> Hit:
        """What lies under a pixel."""
        handle = handle_at(self.selected_link_handles(), point.x(), point.y())
        if handle is not None:
            return Hit(handle.kind, self.workspace.selection[0][1], "linkages", handle.at)
        may_link = self.hover.kind in {"card", "handle"} and not self.workspace.is_protected
        handles_of = self.hover.id if may_link else ""
        return hit_at(self.renderer, self.camera, point.x(), point.y(), handles_of)

    def selected_link_handles(self) -> list[LinkHandle]:
        """The handles of the selected linkage, when it is the only thing selected."""
        selection = self.workspace.selection
        alone = len(selection) == 1 and selection[0][0] == "linkages"
        if not alone or self.workspace.is_protected:
            return []
        link = self.scene.links.get(selection[0][1])
        if link is None or link.id in self.frame.hidden_links:
            return []
        bends = len(self.workspace.document.linkages[link.id].bends)
        points = self._points_between(link)
        ends = (points[0], points[1]), (points[-2], points[-1])
        return link_handles(link, bends, self.camera, ends)

    # painting

    def refine(self) -> None:
        """Make the picture crisp now."""
        self.frame.refine(self.camera, self.size(), self.devicePixelRatioF())

    def _refine_soon(self) -> None:
        self.refine()
        self.update()

    def _make_overview(self) -> None:
        self.frame.make_overview()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Show the frame, then the marks."""
        if not self._idle.isActive() or self.frame.is_empty or self.frame.is_outdated:
            self.refine()
            if not self.frame.has_overview:
                # An old one serves for a while: edits mostly come one after the other.
                self._rest.start(_REST_MS if self.frame.has_old_overview else _IDLE_MS)
        painter = QPainter(self)
        self.frame.paint(painter, self.camera, self.size())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.spotlight.paint(painter)
        self.badges.paint(painter)
        self.paint_marks(painter)
        self.band_names.paint(painter)
        painter.end()

    def paint_marks(self, painter: QPainter) -> None:
        """Selection, hover and veil."""
        if self.veiled:
            cards = self.scene.cards
            boxes = [self.seen_box(cards[i]) for i in self.veiled if i in cards]
            overlay.draw_veil(painter, boxes, self.camera, self.workspace.style)
        self.marks.paint(painter)
        self._mark_hover(painter)
        self.changes.paint(painter)
        handles = self.selected_link_handles()
        overlay_style = self.workspace.style
        draw_link_handles(painter, handles, self.interaction, overlay_style)

    def _mark_hover(self, painter: QPainter) -> None:
        if self.hover.kind in {"link", "label"}:
            self.marks.paint_one(painter, "linkages", self.hover.id)
        card = self.scene.cards.get(self.hover.id)
        if card is not None and self.hover.kind in {"card", "handle"}:
            box = self.seen_box(card)
            overlay.draw_card_frame(painter, box, self.camera, self.interaction.hover)
            if card.table == "actors" and not self.workspace.is_protected:
                overlay.draw_handles(
                    painter, box, self.camera, self.interaction, self.workspace.style
                )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a fitted map fitted until the user looks elsewhere."""
        super().resizeEvent(event)
        corner, before = self.mapTo(self.window(), QPoint(0, 0)), self._corner
        self._corner = corner
        if self._is_fitted and self._is_another_size() and self.width() > 100:
            first = self._is_first
            self.zoom_fit()
            if first and _HARDLY_SMALLER * MIDDLE <= self.camera.scale < MIDDLE:
                self.zoom_by(MIDDLE / self.camera.scale)
            self._is_fitted, self._is_first = True, first
        elif before is not None and before != corner:
            # A bar came or went beside it: nothing moves on the screen, under the pointer.
            fitted_now, first = self._is_fitted, self._is_first
            way = before - corner
            self.set_camera(self.camera.panned(way.x(), way.y()))
            self._is_fitted, self._is_first = fitted_now, first
            if fitted_now and self.may_refit() and self.focusWidget() in {None, self}:
                self._keep_whole()
        self.resized.emit()
        self.update()

    def _keep_whole(self) -> None:
        """Of a fitted map nothing goes out of view; it is pushed, or smaller if it has to be."""
        pushed = pushed_into_view(self)
        if pushed is None:
            self.zoom_fit()
        elif pushed != self.camera:
            first = self._is_first
            self.set_camera(pushed)
            self._is_fitted, self._is_first = True, first

    def _is_another_size(self) -> bool:
        """Whether to fit the map anew: for the bar that an edit brings it is pushed, if it can."""
        size, revision = self._fitted_for
        if not self.may_refit():
            return False
        if revision == self.workspace.document.revision:
            return True
        change = self.size() - size
        return abs(change.width()) > _BAR or abs(change.height()) > _BAR

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(900, 600)


def _centre(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
