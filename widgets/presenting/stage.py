"""The stage: map and timeline of a redacted copy over a whole display, stepped through by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from model.codes import tlp_text
from model.commands.views import views_in_order
from model.document import Document
from model.history import History
from model.search import SearchIndex
from model.view_state import ViewState, state_of
from resources.text import tr
from widgets.canvas.legend_box import LegendBox
from widgets.canvas.measuring import Measuring, at_once
from widgets.canvas.reading_order import in_reading_order
from widgets.common.announcing import announce
from widgets.common.lens import Focus, Lens
from widgets.common.theme import GRID, TypeSizes, theme_colours
from widgets.common.tlp_badge import TlpBadge
from widgets.common.workspace import Workspace
from widgets.finding.view_state import look
from widgets.presenting.overlays import BlankScreen, PointerLight
from widgets.presenting.stage_map import StageMap
from widgets.presenting.stage_timeline import StageTimeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent

    from model.document import Content
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from widgets.canvas.measuring import Submit

_KEYS = Qt.Key
_NEXT = frozenset(
    {_KEYS.Key_PageDown, _KEYS.Key_Right, _KEYS.Key_Down, _KEYS.Key_Space, _KEYS.Key_Return}
)
_BACK = frozenset({_KEYS.Key_PageUp, _KEYS.Key_Left, _KEYS.Key_Up, _KEYS.Key_Backspace})
_BLANK = frozenset({_KEYS.Key_B, _KEYS.Key_Period})
_ZOOM = 1.2
_MAP_SHARE, _TIMELINE_SHARE = 680, 320
"""Of each thousand pixels of height."""


class Stage(QWidget):
    """A window for a meeting, made from the copy that its audience may see and nothing else.

    Signals:
        left: the presentation is over.
    """

    left = Signal()

    def __init__(
        self,
        content: Content,
        audience: str,
        as_of: date,
        text_engine: TextEngine,
        style: StyleSheet,
        submit: Submit = at_once,
    ) -> None:
        """Set the stage.

        Args:
            content: the redacted copy, with a place for every actor (`model.staging`).
            audience: its TLP label, always shown.
            as_of: the day to begin with.
            text_engine: one of its own, that has shaped no other text.
            style: the look.
            submit: reckons figures for colours and sizes; beside the window where one offers that.
        """
        super().__init__()
        document = Document(content)
        self.workspace = Workspace(document, History(document), text_engine, style, as_of)
        self.lens = Lens(self.workspace, SearchIndex(document))
        self.lens.setParent(self)
        self.map = StageMap(self.workspace)
        self.map.setAccessibleName(tr("Map of actors and linkages"))
        self.measuring = Measuring(self.map, submit)
        self.legend = LegendBox(self.map)
        self.map.beside = self.legend.sizes
        self.timeline = StageTimeline(self.workspace)
        self.badge = TlpBadge()
        self.badge.show_label(audience)
        self.badge.setToolTip("")
        self.title, self.caption, self.place = _label("title"), _label("caption"), _label("place")
        self.light = PointerLight(self.map)
        self.blank = BlankScreen(self)
        self.steps = self._found_steps(as_of)
        self.at = 0
        self._commands = self._made_commands()
        self.setWindowTitle(tr("Presentation, {label}", label=tlp_text(audience)))
        self.setAccessibleName(self.windowTitle())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._arrange()
        self.map.hovered.connect(self.light.move_light)
        self.map.pointed.connect(self._point)
        self.lens.changed.connect(self._look)

    def _found_steps(self, as_of: date) -> list[tuple[str, str, ViewState]]:
        """Title, caption and state of every view; where there is none, how it was looked at."""
        views = views_in_order(self.workspace.document)
        named = [view for view in views if view.title]
        if named:
            return [(view.title, view.caption, state_of(view)) for view in named]
        state = state_of(views[0]) if views else ViewState(as_of=as_of)
        return [(self.workspace.document.project.title, "", state)]

    def _arrange(self) -> None:
        self.setObjectName("stage")
        head = QHBoxLayout()
        head.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        head.setSpacing(2 * GRID)
        head.addWidget(self.badge)
        head.addWidget(self.title)
        head.addWidget(self.caption, 1)
        head.addWidget(self.place)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.map)
        parts.addWidget(self.timeline)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 1)
        parts.setSizes([_MAP_SHARE, _TIMELINE_SHARE])
        for number in range(parts.count()):
            parts.handle(number).setAccessibleName(tr("Between map and timeline"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(parts, 1)
        colours, sizes = theme_colours(self.workspace.style.medium), TypeSizes()
        self.setStyleSheet(
            f"#stage {{ background: {colours.panel}; }}"
            f"QLabel#title {{ color: {colours.text}; font-size: {sizes.title}px;"
            " font-weight: bold; }"
            f"QLabel#caption {{ color: {colours.text}; font-size: {sizes.heading}px; }}"
            f"QLabel#place {{ color: {colours.muted}; font-size: {sizes.heading}px; }}"
        )

    # steps

    def go(self, at: int) -> None:
        """Show a step; beyond the ends it stays at the end."""
        self.at = min(max(at, 0), len(self.steps) - 1)
        title, caption, state = self.steps[self.at]
        for label, text in ((self.title, title), (self.caption, caption)):
            label.setText(text)
            label.setAccessibleName(text)
        self.place.setText(
            tr("{at} of {count}", at=self.at + 1, count=len(self.steps))
            if len(self.steps) > 1
            else ""
        )
        look(state, self.lens, self.map)
        self.timeline.show_look(state.timeline)
        announce(self.title, ". ".join(x for x in (title, caption, self.place.text()) if x))

    def _made_commands(self) -> dict[Qt.Key, Callable[[], object]]:
        return {
            **dict.fromkeys(_NEXT, lambda: self.go(self.at + 1)),
            **dict.fromkeys(_BACK, lambda: self.go(self.at - 1)),
            **dict.fromkeys(_BLANK, self.toggle_blank),
            _KEYS.Key_Home: lambda: self.go(0),
            _KEYS.Key_End: lambda: self.go(len(self.steps) - 1),
            _KEYS.Key_S: self.toggle_light,
            _KEYS.Key_D: self.lens.leave_focus,
            _KEYS.Key_K: self.legend.toggle,
            _KEYS.Key_T: lambda: self.timeline.setVisible(self.timeline.isHidden()),
            _KEYS.Key_Plus: lambda: self.map.zoom_by(_ZOOM),
            _KEYS.Key_Minus: lambda: self.map.zoom_by(1 / _ZOOM),
            _KEYS.Key_0: self.map.zoom_fit,
            _KEYS.Key_Escape: self.close,
            _KEYS.Key_F5: self.close,
        }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, blank, light, enlarge, leave; while the screen is blank any step only lights it."""
        key = Qt.Key(event.key())
        if self.blank.isVisible() and key in _NEXT | _BACK:
            self.toggle_blank()
            return
        command = self._commands.get(key)
        if command is None:
            super().keyPressEvent(event)
        else:
            command()

    # light and dark

    def toggle_blank(self) -> None:
        """Cover everything but the label, or show it again."""
        self.blank.setVisible(self.blank.isHidden())
        self.blank.raise_()
        self.badge.raise_()
        announce(self, tr("The map is shown.") if self.blank.isHidden() else tr("Blank screen."))

    def toggle_light(self) -> None:
        """Switch the light around the pointer on or off."""
        self.light.setGeometry(self.map.rect())
        self.light.move_light(QPointF(self.map.mapFromGlobal(self.cursor().pos())))
        self.light.setVisible(self.light.isHidden())

    def _point(self, actor_id: str) -> None:
        """A click on a card dims all but it and its neighbours; one on the ground ends that."""
        self.lens.set_focus(Focus("around", (actor_id,)) if actor_id else None)

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """Tab goes from card to card and dims the rest, as a click does."""
        cards = in_reading_order(self.map.scene)
        if not cards or self.blank.isVisible():
            return True
        ids = [card.id for card in cards]
        focus = self.lens.focus
        now = ids.index(focus.ids[0]) if focus is not None and focus.ids[0] in ids else None
        if now is None:
            at = 0 if is_next else len(ids) - 1
        else:
            at = (now + (1 if is_next else -1)) % len(ids)
        self._point(ids[at])
        self.map.bring_near(cards[at].box)
        announce(self.map, cards[at].content.spoken)
        return True

    def _look(self) -> None:
        self.map.look_through(self.lens.visible, self.lens.lit)

    # coming and going

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first step once there is room."""
        super().showEvent(event)
        self.setFocus()
        self.go(self.at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Covers cover everything; the step is framed anew."""
        super().resizeEvent(event)
        self.blank.setGeometry(self.rect())
        self.light.setGeometry(self.map.rect())
        if self.isVisible():
            self.go(self.at)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The presentation is over; its copy goes with it."""
        super().closeEvent(event)
        self.workspace.close()
        self.left.emit()
        self.deleteLater()


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setObjectName(name)
    return label
