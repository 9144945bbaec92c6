"""The legend in a corner of the map: what its colours, sizes, shapes and lines mean just now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from model.drawing.bounds import bounds_of
from model.drawing.legend import legend_items
from model.drawing.primitives import Group
from resources.text import tr
from widgets.canvas.corners import NAMES, Seat
from widgets.canvas.legend_sheet import LegendChip, LegendSheet
from widgets.canvas.strokes import qt_colour

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from model.drawing.primitives import Primitive
    from widgets.canvas.view import MapView

_COLUMN = 224.0
_MOST_COLUMNS = 5
_PAD = 8.0
_UNDER = 4.0
"""Below the last entry, beside the padding."""
_LEFT = 34
_MOST_HEIGHT = 0.72
"""So much of the canvas' height the legend may take; what is longer is set smaller."""
_MOST_AREA = 0.3
"""So much of the canvas the legend may cover; where it would be more, a chip stands for it."""
_MOST_COVERED = 2
"""So many cards the legend may cover; where it would be more, a chip stands for it."""
_LEGIBLE = 0.85
"""No smaller than this is it set."""


class Layout(NamedTuple):
    """The entries in so many columns, and how large they are."""

    items: tuple[Primitive, ...]
    width: float
    height: float


class LegendBox(QWidget):
    """Lies in a corner of the map; lets all pointer events through to it.

    On a map that has no room for it a chip lies there, which opens it over the window.

    Signals:
        came_or_went: it is shown now and was not before, or the other way round.
    """

    came_or_went = Signal()

    def __init__(self, view: MapView) -> None:
        """Belong to a view; hidden until it is wanted, or colours or sizes mean something."""
        super().__init__(view)
        self._view = view
        self._wanted = False
        self._shown = Layout((), 0.0, 0.0)
        self._layouts = [self._shown]
        self._seat = Seat(view, NAMES, self.settle)
        self.chip = LegendChip(self, self.open_sheet)
        self.setAccessibleName(tr("Legend"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        view.scene_changed.connect(lambda _: self.renew())
        view.camera_changed.connect(lambda _: self.settle(keep=self._seat.moved()))
        view.workspace.style_changed.connect(self.renew)

    @property
    def wanted(self) -> bool:
        """Whether it shows even when cards look as always."""
        return self._wanted

    def set_wanted(self, wanted: bool) -> None:
        """Show it from now on, or only while colours or sizes mean something."""
        self._wanted = wanted
        self.renew()

    def toggle(self) -> None:
        """Show the whole legend, over the window where the map has no room, or hide it."""
        self.set_wanted(not self._wanted)
        if self._wanted and self.is_chip:
            self.open_sheet()

    def open_sheet(self) -> None:
        """Show the whole legend in its own size, until a key or a press elsewhere."""
        view = self._view
        wide, high = view.window().width(), view.window().height()
        layout = min(self._layouts, key=lambda one: max(one.width / wide, one.height / high))
        sheet = LegendSheet(view, view.workspace.style, view.renderer.primitives)
        words = self.accessibleDescription()
        at = self.mapToGlobal(self.chip.pos())
        sheet.show_items(layout.items, (layout.width, layout.height), words, at)

    @property
    def is_chip(self) -> bool:
        """Whether only a chip stands for it now."""
        return self.chip.isVisibleTo(self)

    def renew(self) -> None:
        """What the map shows has changed."""
        view = self._view
        options = view.scene.options
        styled = bool(options.colour_by or options.size_by)
        if not (styled or self._wanted) or not view.scene.cards:
            self._seat.leave()
            self._show(shown=False)
            return
        self._lay_out()
        self.setAccessibleDescription(", ".join(_words(self._layouts[0].items)))
        self._show(shown=bool(self._layouts[0].items))
        self.settle()
        self.update()

    def _show(self, *, shown: bool) -> None:
        if shown == self.isHidden():
            self.setVisible(shown)
            self.came_or_went.emit()

    def sizes(self) -> list[tuple[float, float]]:
        """Sizes that it may have, in pixels; none while it is not shown."""
        return [] if self.isHidden() else [self._size_of(one) for one in self._legible()]

    def _lay_out(self) -> None:
        """The entries in one column or more."""
        view, workspace = self._view, self._view.workspace
        found: list[Layout] = []
        for columns in range(1, _MOST_COLUMNS + 1):
            items, height = legend_items(
                view.scene,
                workspace.style,
                workspace.text_engine,
                _COLUMN * columns,
                only_styling=not self._wanted,
            )
            extent = bounds_of(items)
            right, bottom = (_COLUMN, height) if extent is None else (extent.right, extent.bottom)
            layout = Layout(items, right, min(height, bottom + _UNDER))
            if layout not in found:
                found.append(layout)
        self._layouts = found

    def _legible(self) -> list[Layout]:
        """The layouts for which there is room on the canvas as it is now."""
        most = _MOST_AREA * self._view.width() * self._view.height()
        found = []
        for one in self._layouts:
            width, height = self._size_of(one)
            if self._shrinking(one) >= _LEGIBLE and width * height <= most:
                found.append(one)
        return found

    def settle(self, *, keep: bool = False) -> None:
        """Take a corner, in the shape in which it covers the fewest cards."""
        if self.isHidden():
            self._seat.leave()
            return
        layouts = [] if keep and self.is_chip else self._legible()
        if keep and self._shown in layouts:
            layouts = [self._shown]
        found = [(one, self._seat.try_for(self._size_of(one), keep=keep)) for one in layouts]
        best = min(found, key=lambda pair: pair[1].covered, default=None)
        if best is not None and best[1].covered > _MOST_COVERED and not keep:
            best = None
        self._be_chip(wanted=best is None)
        if best is not None:
            self._shown, corner = best
        else:
            size = self.chip.sizeHint()
            corner = self._seat.try_for((size.width(), size.height()), keep=keep)
            self.chip.resize(size)
        self._seat.sit(corner)
        self.setGeometry(corner.rect)
        self.raise_()
        self.update()

    def _be_chip(self, *, wanted: bool) -> None:
        """Become a chip, which can be pressed, or the legend, which cannot."""
        if wanted:
            self.chip.wear(self._view.workspace.style)
        self.chip.setVisible(wanted)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not wanted)

    def _size_of(self, layout: Layout) -> tuple[float, float]:
        scale = self._shrinking(layout)
        return (layout.width + 2 * _PAD) * scale, (layout.height + 2 * _PAD) * scale

    def _shrinking(self, layout: Layout) -> float:
        """How much smaller a layout is set that is too large for the canvas."""
        room = max(80.0, _MOST_HEIGHT * self._view.height())
        across = max(120.0, self._view.width() - 2 * _LEFT)
        return min(1.0, room / (layout.height + 2 * _PAD), across / (layout.width + 2 * _PAD))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground that lets a little through, and the entries."""
        if self.is_chip:
            return
        style = self._view.workspace.style
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(qt_colour(style.muted_ink), 0.8))
        painter.setBrush(qt_colour(style.surface + "ee"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.scale(self._shrinking(self._shown), self._shrinking(self._shown))
        painter.translate(0, _PAD)
        self._view.renderer.primitives.paint(painter, self._shown.items)
        painter.end()


def _words(items: tuple[Primitive, ...]) -> list[str]:
    return [item.alt for item in items if isinstance(item, Group) and item.alt]
