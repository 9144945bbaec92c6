"""Two timelines below one another, each with its own filter, over one time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QToolButton, QVBoxLayout, QWidget

from model.drawing import axis
from model.timeline.narrowing import EVERYTHING, Narrow, choices
from resources.text import tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.hands_on import HandsOn
from widgets.common.theme import GRID
from widgets.timeline.accessible import announce_timeline
from widgets.timeline.canvas import TimelineCanvas
from widgets.timeline.dropping import ActorDrop

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from model.timeline.narrowing import NarrowKind
    from model.timeline.rows import Grouping
    from widgets.common.workspace import Workspace

LEAST_SPLIT = 96
"""Pixels that each of two canvases needs."""


class SharedTime(QObject):
    """Keeps the days of two canvases in step, whichever of them is zoomed or scrolled."""

    def __init__(self, one: TimelineCanvas, other: TimelineCanvas) -> None:
        """Let the second canvas begin where the first one stands."""
        super().__init__(other)
        self._following = False
        self._one, self._other = one, other
        # Methods of this object, so that Qt ends the connections when it goes with the other one.
        for leader, follow in ((one, self._one_moved), (other, self._other_moved)):
            leader.horizontalScrollBar().valueChanged.connect(follow)
            leader.zoomed.connect(follow)
        self._follow(one, other)

    def _one_moved(self, _value: object) -> None:
        self._follow(self._one, self._other)

    def _other_moved(self, _value: object) -> None:
        self._follow(self._other, self._one)

    def _follow(self, leader: TimelineCanvas, follower: TimelineCanvas) -> None:
        if self._following:
            return
        wanted, now = leader.time, follower.time
        apart = abs(wanted.origin - now.origin) * wanted.units_per_day
        if abs(wanted.units_per_day / now.units_per_day - 1) < 1e-6 and apart < 1.0:
            return
        self._following = True
        follower.follow_time(wanted)
        self._following = False


class Crop(QWidget):
    """Shows a canvas without its axis or without its date handle, where another one has them."""

    def __init__(self, canvas: TimelineCanvas, top: float = 0.0) -> None:
        """Hide so much of its top."""
        super().__init__()
        self._canvas = canvas
        self._top, self._bottom = int(top), 0
        canvas.setParent(self)
        self.setMinimumSize(canvas.minimumSize())
        canvas.setMinimumSize(0, 0)
        canvas.show()

    def hide_bottom(self, bottom: float) -> None:
        """Hide so much of its bottom."""
        self._bottom = int(bottom)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is hidden outside."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        height = self.height() + self._top + self._bottom
        self._canvas.setGeometry(0, -self._top, self.width(), height)


class NarrowButton(QToolButton):
    """Says what a timeline is narrowed to, and offers everything else.

    Signals:
        chosen: the Narrow that was picked.
    """

    chosen = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        """Begin with everything."""
        super().__init__()
        self._workspace = workspace
        self._now = EVERYTHING
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(tr("Show only a track, a process or an actor"))
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: fill_narrow_menu(menu, workspace, self._now, self.choose))
        self.setMenu(menu)
        self.show_narrow(EVERYTHING)

    @property
    def narrow_now(self) -> Narrow:
        """What is shown."""
        return self._now

    def choose(self, narrow: Narrow) -> None:
        """Take a filter and tell of it."""
        self.show_narrow(narrow)
        self.chosen.emit(narrow)

    def show_narrow(self, narrow: Narrow) -> None:
        """Say what is shown."""
        self._now = narrow
        name = narrow.name(self._workspace.document)
        self.setText(tr("Only: {name}", name=name) if narrow.kind else name)
        self.setAccessibleName(tr("This timeline shows: {name}", name=name))


def fill_narrow_menu(
    menu: QMenu, workspace: Workspace, now: Narrow, choose: Callable[[Narrow], None]
) -> None:
    """The filters that make sense in this project, the present one ticked."""
    menu.clear()
    group = QActionGroup(menu)
    titles: dict[NarrowKind, str] = {
        "track": tr("Track"),
        "process": tr("Process"),
        "actor": tr("Actor"),
    }

    def add(into: QMenu, narrow: Narrow) -> None:
        action = QAction(narrow.name(workspace.document).replace("&", "&&"), into)
        action.setCheckable(True)
        action.setChecked(narrow == now)
        action.triggered.connect(lambda _checked=False: choose(narrow))
        group.addAction(action)
        into.addAction(action)

    add(menu, EVERYTHING)
    for kind, found in choices(workspace.document).items():
        if found:
            below = menu.addMenu(titles[kind])
            for narrow in found:
                add(below, narrow)


class SecondPane(HandsOn):
    """The lower timeline with its filter and grouping.

    Signals:
        closed: the user wants one timeline again.
    """

    closed = Signal()

    def __init__(self, workspace: Workspace, today: date | None, narrow: Narrow) -> None:
        """Show a part of the plan."""
        super().__init__()
        self.canvas = TimelineCanvas(workspace, today)
        announce_timeline(self.canvas)
        self.canvas.setAccessibleName(tr("Second timeline"))
        self.drop = ActorDrop(self.canvas)
        self.narrow = NarrowButton(workspace)
        self.narrow.chosen.connect(self.canvas.narrow)
        self.grouping = grouping_chooser(self.canvas)
        close = QToolButton()
        close.setText(tr("One timeline"))
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        strip = QHBoxLayout()
        strip.setContentsMargins(GRID, 2, GRID, 2)
        strip.addWidget(self.narrow)
        strip.addWidget(self.grouping)
        strip.addStretch(1)
        strip.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(strip)
        crop = Crop(self.canvas, axis.AXIS)
        crop.setMinimumHeight(LEAST_SPLIT)
        layout.addWidget(crop, 1)
        self.keyboard_part = self.canvas
        self.narrow.choose(narrow)
        if any(one.key == "plan" for one in self.canvas.picture.sections):
            self.canvas.fold("plan")  # the other one shows it; its tints stand behind both

    def say(self) -> None:
        """Say what is shown after something else than the controls has changed it."""
        picture = self.canvas.picture
        self.narrow.show_narrow(picture.narrow)
        self.grouping.setCurrentIndex(self.grouping.findData(picture.grouping))


def grouping_chooser(canvas: TimelineCanvas) -> QComboBox:
    """By what the activities of a canvas are grouped."""
    chooser = ChoiceBox()
    chooser.setAccessibleName(tr("Group activities by"))
    chooser.setToolTip(tr("Group activities by"))
    chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for text, grouping in ((tr("By track"), "track"), (tr("By process"), "process"),
                           (tr("By lead"), "actor")):  # fmt: skip
        chooser.addItem(text, grouping)

    def group() -> None:
        canvas.picture.grouping = cast("Grouping", chooser.currentData())
        canvas.rebuild()

    chooser.activated.connect(lambda _at: group())
    return chooser
