"""The timeline on the stage: one or two, as a saved view says, without any control."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from model.drawing import axis
from model.timeline.looks import PaneLook, TimelineLook
from resources.text import tr
from widgets.common.theme import GRID, TypeSizes, theme_colours
from widgets.timeline.canvas import TimelineCanvas
from widgets.timeline.looks import second_strip, show_days, show_pane
from widgets.timeline.splitting import LEAST_SPLIT, Crop, SharedTime

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from model.timeline.strip import Strip
    from widgets.common.workspace import Workspace


class StagePane(QWidget):
    """One timeline with a line above it that says what it shows, where that is not everything."""

    def __init__(self, workspace: Workspace, hidden: float = 0.0) -> None:
        """Show a part of the plan; so much of the canvas' top is hidden."""
        super().__init__()
        self._workspace = workspace
        self.canvas = TimelineCanvas(workspace)
        self.canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setContentsMargins(GRID, 2, GRID, 2)
        colours, sizes = theme_colours(workspace.style.medium), TypeSizes()
        self.heading.setStyleSheet(
            f"color: {colours.text}; font-size: {sizes.heading}px; font-weight: bold;"
        )
        self.crop = Crop(self.canvas, hidden)
        self.crop.setMinimumHeight(LEAST_SPLIT)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.heading)
        layout.addWidget(self.crop, 1)

    def show_look(self, look: PaneLook, strip: Strip) -> None:
        """Filter, grouping and strip of a view."""
        show_pane(self.canvas, look, strip)
        narrow = self.canvas.picture.narrow
        name = narrow.name(self._workspace.document)
        self.heading.setText(tr("Only: {name}", name=name) if narrow.kind else "")
        self.heading.setAccessibleName(tr("This timeline shows: {name}", name=name))
        self.heading.setVisible(bool(narrow.kind))


class StageTimeline(QWidget):
    """Follows the steps of a presentation."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin with everything in one timeline."""
        super().__init__()
        self._workspace = workspace
        self._look = TimelineLook()
        self.first = StagePane(workspace)
        self.second: StagePane | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.first, 1)
        self.first.show_look(self._look.first, self._look.strip)

    def show_look(self, look: TimelineLook | None) -> None:
        """Look at the plan as a view says; one that says nothing shows everything."""
        self._look = look or TimelineLook()
        self.first.show_look(self._look.first, self._look.strip)
        self._split(self._look.second)
        show_days(self.first.canvas, self._look.days)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The days of the view stay at the edges."""
        super().resizeEvent(event)
        self._column.activate()
        show_days(self.first.canvas, self._look.days)

    def _split(self, look: PaneLook | None) -> None:
        if look is None:
            if self.second is not None:
                self.second.hide()
                self.second.deleteLater()
                self.second = None
            self.first.crop.hide_bottom(0.0)
            return
        if self.second is None:
            self.second = StagePane(self._workspace, axis.AXIS)
            self.second.canvas.setAccessibleName(tr("Second timeline"))
            self._column.addWidget(self.second, 1)
            self.second.show()
            SharedTime(self.first.canvas, self.second.canvas)
            self.first.crop.hide_bottom(axis.RAIL)
        self.second.show_look(look, second_strip(self._look.strip))
