"""The timeline panel: the date field and the tools above, the canvas below."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from model.commands.records import set_fields
from model.drawing import axis
from model.records import PROJECT_ID
from model.timeline.dependencies import STEP_TABLES
from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.scale import as_day
from model.timeline.wording import day_text, month_name
from resources.text import plural, tr
from widgets.common.choice_box import ChoiceBox
from widgets.common.hands_on import HandsOn
from widgets.common.icons import icon
from widgets.common.sign_buttons import SignButtons
from widgets.common.theme import GRID, theme_colours
from widgets.timeline.accessible import announce_timeline
from widgets.timeline.canvas import LEAST_HEIGHT, TimelineCanvas
from widgets.timeline.date_field import DateField
from widgets.timeline.dropping import ActorDrop
from widgets.timeline.looks import second_strip
from widgets.timeline.planning import PlanningPanel
from widgets.timeline.playing import Player
from widgets.timeline.splitting import (
    LEAST_SPLIT,
    Crop,
    NarrowButton,
    SecondPane,
    SharedTime,
    fill_narrow_menu,
)
from widgets.timeline.strip import fill_strip_menu, show_strip
from widgets.timeline.zooming import ZOOM_STEP

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from model.timeline.rows import Grouping
    from model.timeline.strip import Strip
    from widgets.common.workspace import Workspace


_ROOMY = 880
"""Pixels below which the tools say less in words."""
_NARROWEST = 640
"""Pixels that the tools need without those words; leaves room for all docks on 1024 pixels."""


class TimelinePanel(HandsOn):
    """The plan over time, with the date cursor that changes the map."""

    def __init__(self, workspace: Workspace, today: date | None = None) -> None:
        """Show a workspace; `today` draws a line on that day."""
        super().__init__()
        self._workspace = workspace
        self._buttons = SignButtons(Qt.FocusPolicy.TabFocus)
        self.canvas = TimelineCanvas(workspace, today)
        announce_timeline(self.canvas)
        self._drop = ActorDrop(self.canvas)
        self.setAccessibleName(tr("Timeline"))
        self.date_field = DateField(workspace.as_of)
        self.date_field.entered.connect(self._date_entered)
        self.problem = QLabel()
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.problem.setWordWrap(True)
        self.problem.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        self.problem.hide()
        self.date_field.refused.connect(self._refused)
        self.second: SecondPane | None = None
        self.narrow_button = NarrowButton(workspace)
        self._crop = Crop(self.canvas)
        self._upper = QSplitter(Qt.Orientation.Vertical)
        self._row = QHBoxLayout()
        self._grouping = self._grouping_chooser()
        self._name_groupings(short=False)
        self.planning = PlanningPanel(workspace, self.canvas)
        self.planning.strip_wanted.connect(self._draw_strip)
        self._plan_button = self._buttons.add("analysis", tr("Planning"), lambda: None)
        self._plan_button.setToolTip(tr("Clashes, what-if, baselines, funding, rotations, changes"))
        self._plan_button.setCheckable(True)
        self._plan_button.toggled.connect(self.show_planning)
        self.player = Player(self.canvas)
        self._play = self._buttons.add("play", tr("Play the as-of date"), self.player.toggle)
        self.player.playing.connect(self._played)
        self._gaps = self._buttons.add("funding-gap", "", self.next_gap)
        self._gaps.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._as_of_label = QLabel(tr("As of"))
        self._as_of_label.setBuddy(self.date_field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._tools())
        layout.addWidget(self.problem)
        layout.addWidget(self._body(), 1)
        self.keyboard_part = self.canvas
        workspace.as_of_changed.connect(self.date_field.show_day)
        workspace.style_changed.connect(self._colour)
        workspace.reveal_wanted.connect(self._let_in)
        self.canvas.changed.connect(self._count_gaps)
        self._count_gaps()
        self._colour()

    def next_milestone(self) -> None:
        """Put the date cursor on the next milestone."""
        self._step_milestone(1)

    def previous_milestone(self) -> None:
        """Put the date cursor on the milestone before."""
        self._step_milestone(-1)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small screen."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), _NARROWEST), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less in words where there is little room."""
        super().resizeEvent(event)
        self._as_of_label.setVisible(self.width() >= _ROOMY)
        self._row.setSpacing(GRID // 2 if self.width() >= _ROOMY else 0)
        self._name_groupings(short=self.width() < _ROOMY)
        self._count_gaps()

    def show_planning(self, shown: bool) -> None:
        """Show or hide the lists beside the canvas."""
        self.planning.setVisible(shown)
        if shown:
            self.planning.refresh()

    def narrow(self, wanted: Narrow) -> None:
        """Show only what belongs to a track, a process or an actor."""
        self.narrow_button.show_narrow(wanted)
        self.canvas.narrow(wanted)
        self._show_strip()

    def say(self) -> None:
        """Say what is shown after something else than the controls has changed it."""
        picture = self.canvas.picture
        self.narrow_button.show_narrow(picture.narrow)
        self._grouping.setCurrentIndex(self._grouping.findData(picture.grouping))
        self._show_strip()

    def split(self, wanted: bool) -> None:
        """Show a second timeline below, with a filter of its own over the same days."""
        if wanted == (self.second is not None):
            return
        if self.second is not None:
            self.second.hide()
            self.second.deleteLater()
            self.second = None
            self._crop.setMinimumHeight(LEAST_HEIGHT)
            self._crop.hide_bottom(0.0)
        else:
            first = self.narrow_button.narrow_now
            second = Narrow("track", "T2" if first.key != "T2" else "T1")
            self.second = SecondPane(self._workspace, self.canvas.today, second)
            self.second.closed.connect(lambda: self.split(False))
            self._upper.addWidget(self.second)
            self._upper.setSizes([1, 1])
            self.second.show()
            SharedTime(self.canvas, self.second.canvas)
            self._crop.setMinimumHeight(LEAST_SPLIT)
            self._crop.hide_bottom(axis.RAIL)
        self._show_strip()

    def toggle_split(self) -> None:
        """Two timelines, or one again."""
        self.split(self.second is None)

    def toggle_planning(self) -> None:
        """Show the lists beside the canvas, or hide them."""
        self._plan_button.toggle()

    def _let_in(self, table: str, record_id: str) -> None:
        """What is to be brought into view ends a filter that neither timeline shows it through."""
        canvases = [self.canvas] + ([self.second.canvas] if self.second is not None else [])
        if table not in STEP_TABLES or any(one.picture.find(table, record_id) for one in canvases):
            return
        if self.narrow_button.narrow_now.kind:
            self.narrow(EVERYTHING)
            self.canvas.reveal(table, record_id)

    def _show_strip(self) -> None:
        """Say what is shown where that is not everything."""
        self.narrow_button.setVisible(
            self.second is not None or bool(self.narrow_button.narrow_now.kind)
        )

    def _canvases(self) -> QSplitter:
        pane = QWidget()
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        strip = QHBoxLayout()
        strip.setContentsMargins(GRID, 0, GRID, 0)
        strip.addWidget(self.narrow_button)
        strip.addStretch(1)
        layout.addLayout(strip)
        layout.addWidget(self._crop, 1)
        self._upper.addWidget(pane)
        self._upper.setChildrenCollapsible(False)
        self.narrow_button.chosen.connect(self.narrow)
        self.narrow_button.hide()
        return self._upper

    def _body(self) -> QSplitter:
        body = QSplitter(Qt.Orientation.Horizontal)
        body.addWidget(self._canvases())
        body.addWidget(self.planning)
        body.setStretchFactor(0, 1)
        body.setChildrenCollapsible(False)
        self.planning.hide()
        return body

    def _played(self, playing: bool) -> None:
        name, text = ("pause", tr("Stop")) if playing else ("play", tr("Play the as-of date"))
        self._play.setToolTip(text)
        self._play.setAccessibleName(text)
        colours = theme_colours(self._workspace.style.medium)
        self._play.setIcon(icon(name, colours.text))

    def next_gap(self) -> None:
        """Select and show the next unfunded stretch after the date cursor, then the first."""
        gaps = [p for p in self.canvas.picture.layout.placed() if p.item.form == "uncovered"]
        if not gaps:
            return
        gaps.sort(key=lambda placed: (placed.x0, placed.item.key))
        chosen = self._workspace.selection
        keys = [(placed.item.table, placed.item.record_id) for placed in gaps]
        at = keys.index(chosen[0]) + 1 if len(chosen) == 1 and chosen[0] in keys else 0
        placed = gaps[at % len(gaps)]
        self._workspace.select([keys[at % len(gaps)]])
        self.canvas.show_placed(placed)
        self._workspace.hinted.emit(placed.item.alt)

    def _tools(self) -> QHBoxLayout:
        row, button = self._row, self._buttons.add
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.addWidget(self._as_of_label)
        row.addWidget(self.date_field)
        steps = QWidget()  # time runs from left to right in every window, and so do they
        steps.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        both = QHBoxLayout(steps)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(row.spacing())
        both.addWidget(button("earlier", tr("Previous milestone"), self.previous_milestone))
        both.addWidget(button("later", tr("Next milestone"), self.next_milestone))
        row.addWidget(steps)
        row.addWidget(self._play)
        row.addSpacing(GRID // 2)
        row.addWidget(self._grouping)
        row.addWidget(self._section_menu())
        row.addWidget(self._plan_button)
        row.addStretch(1)
        row.addWidget(self._gaps)
        zoom_in, zoom_out = ZOOM_STEP, 1 / ZOOM_STEP
        row.addWidget(
            button("zoom-out", tr("Show more time"), lambda: self.canvas.zoom_by(zoom_out))
        )
        row.addWidget(button("zoom-fit", tr("Show everything"), self.canvas.fit))
        row.addWidget(button("zoom-in", tr("Show less time"), lambda: self.canvas.zoom_by(zoom_in)))
        return row

    def _grouping_chooser(self) -> QComboBox:
        chooser = ChoiceBox()
        chooser.setAccessibleName(tr("Group activities by"))
        chooser.setToolTip(tr("Group activities by"))
        chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for grouping in ("track", "process", "actor"):
            chooser.addItem("", grouping)
        chooser.activated.connect(self._group)
        return chooser

    def _name_groupings(self, *, short: bool) -> None:
        """Whole words, which say less where there is little room."""
        long_names = (tr("By track"), tr("By process"), tr("By lead"))
        names = (tr("Track"), tr("Process"), tr("Lead")) if short else long_names
        for at, name in enumerate(names):
            self._grouping.setItemText(at, name)

    def _section_menu(self) -> QToolButton:
        button = self._buttons.add("layers", tr("Sections"), lambda: None)
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill_sections(menu))
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _fill_sections(self, menu: QMenu) -> None:
        menu.clear()
        for section in self.canvas.picture.sections:
            action = QAction(section.title.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(section.key not in self.canvas.picture.folded)
            action.toggled.connect(lambda _, key=section.key: self.canvas.fold(key))
            menu.addAction(action)
        menu.addSeparator()
        only = menu.addMenu(tr("Show only"))
        fill_narrow_menu(only, self._workspace, self.narrow_button.narrow_now, self.narrow)
        cover = menu.addMenu(tr("Need and cover of"))
        now = self.canvas.picture.strip
        fill_strip_menu(cover, self._workspace.document, now, self._draw_strip)
        split = QAction(tr("Two timelines"), menu)
        split.setCheckable(True)
        split.setChecked(self.second is not None)
        split.toggled.connect(self.split)
        menu.addAction(split)
        self._fill_months(menu.addMenu(tr("Fiscal year begins in")))

    def _draw_strip(self, strip: Strip) -> None:
        show_strip(self.canvas, strip)
        if self.second is not None:
            show_strip(self.second.canvas, second_strip(strip))

    def _fill_months(self, menu: QMenu) -> None:
        document = self._workspace.document
        for number in range(1, 13):
            action = QAction(month_name(number), menu)
            action.setCheckable(True)
            action.setChecked(number == document.project.fiscal_year_month)
            action.triggered.connect(
                lambda _checked=False, month=number: self._workspace.attempt(
                    lambda: set_fields(
                        document, "project", [PROJECT_ID], {"fiscal_year_month": month}
                    )
                )
            )
            menu.addAction(action)

    def _group(self) -> None:
        self.canvas.picture.grouping = cast("Grouping", self._grouping.currentData())
        self.canvas.rebuild()

    def _date_entered(self, day: date) -> None:
        self.problem.hide()
        self.canvas.set_cursor(day)

    def _refused(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _step_milestone(self, direction: int) -> None:
        dates = {
            as_day(item.span.start.low): item
            for section in self.canvas.picture.sections
            for row in section.rows
            if row.key == "milestones"
            for item in row.items
            if item.span.placed
        }
        now = self._workspace.as_of
        if direction > 0:
            wanted = min((day for day in dates if day > now), default=None)
        else:
            wanted = max((day for day in dates if day < now), default=None)
        if wanted is None:
            self._workspace.hinted.emit(
                tr("No later milestone.") if direction > 0 else tr("No earlier milestone.")
            )
            return
        self.canvas.set_cursor(wanted)
        self._workspace.hinted.emit(
            tr("{date}: {milestone}", date=day_text(wanted), milestone=dates[wanted].title)
        )

    def _count_gaps(self) -> None:
        count = sum(
            item.form == "uncovered"
            for section in self.canvas.picture.sections
            for row in section.rows
            for item in row.items
        )
        text = plural("{count} unfunded stretch", "{count} unfunded stretches", count)
        self._gaps.setText(text if self.width() >= _ROOMY else str(count))
        self._gaps.setAccessibleName(tr("{count}. Show the next one.", count=text))
        self._gaps.setToolTip(tr("{count}. Show the next one.", count=text))
        self._gaps.setVisible(count > 0)

    def _colour(self) -> None:
        colours = theme_colours(self._workspace.style.medium)
        self._buttons.colour(colours.text)
        self._gaps.setIcon(icon("funding-gap", colours.danger))
        self._gaps.setStyleSheet(f"QToolButton {{ color: {colours.danger}; font-weight: bold; }}")
        self.problem.setStyleSheet(
            f"QLabel {{ color: {colours.danger}; background: {colours.danger_soft}; }}"
        )
