"""The map panel of the window: the canvas, and what it says while there is nothing on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from model.layout import ROOMY, Arrangement, apply_arrangement, arrange_around
from model.refusals import Refusal
from resources.text import tr
from widgets.canvas.accessible import announce_canvas
from widgets.canvas.canvas import MapCanvas
from widgets.canvas.empty import EmptyMap
from widgets.canvas.legend_box import LegendBox
from widgets.canvas.measuring import Measuring, at_once
from widgets.canvas.minimap import Minimap
from widgets.canvas.overlay import STRIP
from widgets.canvas.styling_menu import styling_menu
from widgets.common.hands_on import HandsOn

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from model.tables import Tables
    from widgets.canvas.measuring import Submit
    from widgets.canvas.styling_menu import Aspect
    from widgets.common.workspace import Workspace

_ANEW = 4.5
"""Effort for the best arrangement of a small map from scratch: the best of three, in a second."""
_WIDEST, _NARROWEST = 2.6, 1.2
"""Proportions of the panel beyond which a map is not arranged, but shown smaller."""


class MapPanel(HandsOn):
    """The map with its public actions.

    Signals:
        zoom_changed: the scale in per cent, for the status line.
    """

    zoom_changed = Signal(int)

    def __init__(
        self, workspace: Workspace, submit: Submit = at_once, parent: QWidget | None = None
    ) -> None:
        """Show the map of the workspace's document.

        Args:
            workspace: the open project.
            submit: runs long computations; in the background when the shell offers that.
            parent: the widget that it lies in.
        """
        super().__init__(parent)
        self.workspace = workspace
        self._submit = submit
        self.canvas = MapCanvas(workspace, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.keyboard_part = self.canvas
        self.measuring = Measuring(self.canvas, submit)
        self.minimap = Minimap(self.canvas)
        self.legend = LegendBox(self.canvas)
        self.canvas.beside = self.legend.sizes
        self.legend.came_or_went.connect(self.canvas.refit)
        self.minimap.taken = lambda: [self.legend.geometry()] if self.legend.isVisible() else []
        self.canvas.led.connect(self.minimap.give_way)
        self.canvas.gesture_changed.connect(self._on_gesture)
        self.canvas.resized.connect(self._settle_corners)
        self.canvas.corner_wanted.connect(self._toggle_corner)
        self.empty = EmptyMap(self.canvas)
        self.empty.add_wanted.connect(lambda: self.canvas.add_in_view("other"))
        self.canvas.scene_changed.connect(self._on_scene)
        self.canvas.camera_changed.connect(
            lambda camera: self.zoom_changed.emit(round(100 * camera.scale))
        )
        announce_canvas(self.canvas)
        self._on_scene()

    def zoom_fit(self) -> None:
        """Show the whole map."""
        self.canvas.zoom_fit()

    def zoom_100(self) -> None:
        """Show the map in its own size."""
        self.canvas.zoom_100()

    def zoom_selection(self) -> None:
        """Show what is selected."""
        self.canvas.zoom_selection()

    def zoom_in(self) -> None:
        """Enlarge around the middle."""
        self.canvas.zoom_by(1.25)

    def zoom_out(self) -> None:
        """Shrink around the middle."""
        self.canvas.zoom_by(0.8)

    def set_link_kind(self, kind: str) -> None:
        """The kind of linkage that is drawn from now on."""
        self.canvas.link_kind = kind

    def add_actor(self, kind: str) -> None:
        """Add an actor in the middle of the view and let it be named."""
        self.canvas.add_in_view(kind)

    def arrange(self, *, anew: bool = False) -> None:
        """Arrange all cards, or the selected ones when there are several, as one step to undo.

        A map that was arranged keeps about its order, so that people find their way; `anew` looks
        for the best one from scratch. Pinned cards stay, and the answer is dropped when the map
        was edited in the meantime.
        """
        tables, as_of = self.workspace.document.snapshot(), self.workspace.as_of
        ids = self.workspace.selected("actors")
        chosen = ids if len(ids) > 1 else ()
        aspect = (self.canvas.width() - STRIP) / max(1, self.canvas.height())
        spacing = msgspec.structs.replace(ROOMY, aspect=min(_WIDEST, max(_NARROWEST, aspect)))

        effort = _ANEW if anew else 1.0

        def work() -> Arrangement:
            return arrange_around(tables, as_of, chosen, effort=effort, spacing=spacing, anew=anew)

        self._submit(work, partial(self._arranged, tables))

    def _arranged(self, tables: Tables, found: Arrangement) -> None:
        document, canvas = self.workspace.document, self.canvas
        if not found.places:
            return
        if document.revision != tables.revision:
            self.workspace.refused.emit(
                Refusal("changed", tr("The map was changed meanwhile; arrange it again."))
            )
            return
        before = {i: (card.x, card.y) for i, card in canvas.scene.cards.items()}
        self.workspace.attempt(lambda: apply_arrangement(document, found))
        canvas.glide_from(before)
        if found.heights:
            self.zoom_fit()

    def offer_styling(self, aspect: Aspect, at: QPoint | None = None) -> None:
        """Offer by what cards can be coloured, or what their size can follow, at a place."""
        menu = styling_menu(self.canvas, aspect)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at or self.canvas.mapToGlobal(QPoint(40, 12)))
        menu.setActiveAction(next(one for one in menu.actions() if one.isChecked()))

    def toggle_minimap(self) -> None:
        """Show the whole map in the corner while a part is in view, or never."""
        self.minimap.set_wanted(not self.minimap.wanted)
        shown = tr("The small map shows while only a part of the map is in view.")
        self.canvas.tell(shown if self.minimap.wanted else tr("The small map is hidden."))

    def toggle_legend(self) -> None:
        """Show the legend over the map, or only what colours and sizes mean."""
        self.legend.toggle()

    def _toggle_corner(self, which: str) -> None:
        if which == "minimap":
            self.toggle_minimap()
        else:
            self.toggle_legend()

    def _on_gesture(self) -> None:
        if self.canvas.gesture is None:
            self.minimap.come_back()

    def _settle_corners(self) -> None:
        self.legend.settle()
        self.minimap.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the empty state in the middle."""
        super().resizeEvent(event)
        self.empty.settle()

    def _on_scene(self) -> None:
        self.empty.setVisible(not self.workspace.document.actors)
        self.empty.settle()
