"""The analysis panel: one question at a time, answered by a grid whose cells lead to records."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.views import VIEWS
from model.fields import TABLE_SPECS
from resources.text import tr
from widgets.analysis.delegate import CellDelegate
from widgets.analysis.foot import CellFoot, FootArea
from widgets.analysis.forms import DecisionForm, DividerForm
from widgets.analysis.grid_view import GridView
from widgets.analysis.model import GridModel
from widgets.common.choice_box import ChoiceBox
from widgets.common.pages import head_strip
from widgets.common.panel_style import panel_style
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from model.analysis.views.grid import Grid
    from model.document import Commit
    from widgets.common.lens import Lens
    from widgets.common.workspace import Workspace

Work = Callable[[], "Grid"]
Done = Callable[["Grid"], None]
Submit = Callable[[Work, Done], None]

REST_MS = 200
UNHEARD = frozenset({"placements", "groups", "views", "notes", "baselines", "exports", "recipes"})
_FIRST_COLUMN = 190
_NARROWEST = 88
_WIDEST = 260
_WIDE_PANEL = 760
_WIDE_QUESTION = 960
"""Pixels of width from which the question stands beside the choice of an analysis."""
_LOWEST = 48


def at_once(work: Work, done: Done) -> None:
    """Compute on the calling thread."""
    done(work())


class AnalysisPanel(QWidget):
    """Computes the chosen analysis a moment after the last change, only while it is seen.

    Signals:
        table_wanted: the table in which what is shown is written down should come to the front.
    """

    table_wanted = Signal(str)

    def __init__(
        self, workspace: Workspace, submit: Submit = at_once, lens: Lens | None = None
    ) -> None:
        """Follow the workspace.

        Args:
            workspace: the open project.
            submit: runs the computation; in the background when the shell offers that.
            lens: the filter that measures follow, and the focus that cells can be shown in.
        """
        super().__init__()
        self._workspace = workspace
        self._lens = lens
        self._submit = submit
        self._asked = 0
        self._computed_for: frozenset[str] | None = None
        self._is_due = True
        self.choice, self.about = ChoiceBox(), ChoiceBox()
        self._prepare_choices()
        self.question = _label("name")
        self.summary = _label("")
        self.caveat = _label("muted")
        self.why = _label("muted")
        self.why.hide()
        self.why_button = QToolButton()
        self.why_button.setObjectName("filter")
        self.why_button.setText(tr("How is this found?"))
        self.why_button.setCheckable(True)
        self.why_button.toggled.connect(self.why.setVisible)
        self.table_button = QToolButton()
        self.table_button.setObjectName("filter")
        self.table_button.clicked.connect(
            lambda: self.table_wanted.emit(VIEWS[self.choice.currentData()].records)
        )
        self.model = GridModel(self)
        self.view = self._make_view()
        self.foot = CellFoot(workspace, lens)
        self.divider, self.decision = DividerForm(workspace), DecisionForm(workspace)
        self.forms: dict[str, QWidget] = {"dividers": self.divider, "log": self.decision}
        self._arrange()
        self._timer = QTimer(self, singleShot=True, interval=REST_MS)
        self._timer.timeout.connect(self.compute)
        workspace.committed.connect(self._follow)
        workspace.as_of_changed.connect(lambda _: self._ask())
        workspace.style_changed.connect(self._restyle)
        if lens is not None:
            lens.changed.connect(self._filtered)
        self._restyle()
        self._turn()

    def _prepare_choices(self) -> None:
        """Which analysis, and what it is asked about."""
        self.choice.setAccessibleName(tr("Analysis"))
        for view in VIEWS.values():
            if view.follows_filter and not self._is_parted():
                self.choice.insertSeparator(self.choice.count())
            self.choice.addItem(view.title, view.id)
        self.choice.setMaxVisibleItems(self.choice.count())
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.currentIndexChanged.connect(lambda _: self._turn())
        self.about.setAccessibleName(tr("About"))
        self.about.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.about.setMinimumContentsLength(16)
        self.about.activated.connect(lambda _: self._ask(at_once=True))

    def _make_view(self) -> GridView:
        view = GridView()
        view.setMinimumHeight(_LOWEST)
        view.setModel(self.model)
        view.setItemDelegate(CellDelegate(self._workspace, view))
        heights = QTimer(self, singleShot=True, interval=0)
        heights.timeout.connect(view.resizeRowsToContents)
        view.horizontalHeader().sectionResized.connect(lambda *_: heights.start())
        fitting = QTimer(self, singleShot=True, interval=0)
        fitting.timeout.connect(self._fit_columns)
        view.widened.connect(fitting.start)
        view.selectionModel().currentChanged.connect(lambda now, _: self._explain(now))
        view.activated.connect(self._activate)
        return view

    def _arrange(self) -> None:
        head, top = head_strip(GRID // 2)
        self._line = QHBoxLayout()
        self._line.setSpacing(2 * GRID)
        self._line.addWidget(self.choice)
        self._line.addWidget(self.about)
        self._line.addStretch(0)
        self._line.addWidget(self.table_button)
        self._line.addWidget(self.why_button)
        self._head = top
        top.addLayout(self._line)
        top.addWidget(self.question)
        top.addWidget(self.summary)
        top.addWidget(self.caveat)
        top.addWidget(self.why)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        self._side = FootArea(self.foot)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(0)
        self._body.addWidget(self.view, 1)
        self._body.addWidget(self._side)
        layout.addLayout(self._body, 1)
        self.foot.changed.connect(self._place_foot)
        self._forms = QWidget()
        self._forms.setObjectName("page")
        below = QVBoxLayout(self._forms)
        below.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        for form in self.forms.values():
            below.addWidget(form)
        layout.addWidget(self._forms)
        layout.addStretch(0)
        self.setMinimumWidth(300)
        self.setAccessibleName(tr("Analysis"))

    def _is_parted(self) -> bool:
        """Whether the line before the measures is drawn already."""
        return any(self.choice.itemData(at) is None for at in range(self.choice.count()))

    # -- choosing and computing

    def show_view(self, view_id: str) -> None:
        """Turn to an analysis by its id."""
        self.choice.setCurrentIndex(self.choice.findData(view_id))

    def _turn(self) -> None:
        view = VIEWS[self.choice.currentData()]
        self.question.setText(view.asks)
        self.why.setText(view.why)
        self.view.setAccessibleName(view.title)
        self.view.setAccessibleDescription(view.asks)
        self.table_button.setVisible(bool(view.records))
        if view.records:
            title = TABLE_SPECS[view.records].title
            self.table_button.setText(tr("Table “{table}”", table=title))
        for name, form in self.forms.items():
            form.setVisible(name == view.id)
        self._forms.setVisible(view.id in self.forms)
        self.why_button.setToolTip(view.why)
        self.why_button.setAccessibleDescription(view.why)
        self.about.clear()
        self._fill_choices()
        self._ask(at_once=True)

    def _fill_choices(self) -> None:
        """Offer what the analysis can be asked about; what was chosen stays chosen."""
        view, chosen = VIEWS[self.choice.currentData()], self.about.currentData()
        self.about.setVisible(view.choices is not None)
        if view.choices is None:
            return
        offered = [("", tr("The whole of Track I")), *view.choices(self._workspace.document)]
        if offered != [
            (self.about.itemData(i), self.about.itemText(i)) for i in range(self.about.count())
        ]:
            self.about.clear()
            for key, name in offered:
                self.about.addItem(name, key)
            self.about.setCurrentIndex(max(0, self.about.findData(chosen)))

    def _ask(self, *, at_once: bool = False) -> None:
        self._is_due = True
        if self.isVisible():
            self._timer.start(0 if at_once else REST_MS)

    def showEvent(self, event: object) -> None:
        """Compute what became due while nobody looked."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._is_due:
            self._timer.start(0)

    def compute(self) -> None:
        """Ask for the chosen grid of the present state; older answers are dropped."""
        self._timer.stop()
        self._is_due = False
        self._asked += 1
        asked = self._asked
        view = VIEWS[self.choice.currentData()]
        visible = self._visible() if view.follows_filter else None
        snapshot, as_of = self._workspace.document.snapshot(), self._workspace.as_of
        self._computed_for = visible
        self._fill_choices()
        about, make_about = str(self.about.currentData() or ""), view.make_about

        def work() -> Grid:
            facts = Facts(snapshot, as_of, DEFAULT_THRESHOLDS, visible)
            return make_about(facts, about) if make_about and about else view.make(facts)

        self._submit(
            work,
            lambda grid: self._take(asked, grid),
        )

    def _visible(self) -> frozenset[str] | None:
        return None if self._lens is None else self._lens.visible

    def _filtered(self) -> None:
        """Measures follow the filter; a focus alone changes nothing."""
        follows = VIEWS[self.choice.currentData()].follows_filter
        if follows and self._visible() != self._computed_for:
            self._ask()

    def _follow(self, commit: Commit) -> None:
        read = VIEWS[self.choice.currentData()].inputs
        if commit.patch.tables - UNHEARD or commit.patch.tables & set(read):
            self._ask()

    def _take(self, asked: int, grid: Grid) -> None:
        if asked != self._asked or grid == self.model.grid:
            return
        now = self.view.currentIndex()
        same_shape = grid.columns == self.model.grid.columns and bool(self.model.grid.rows)
        place = (now.row(), now.column())
        self.model.show_grid(grid)
        self.summary.setText(" ".join(grid.summary) if grid.rows else grid.empty)
        self.summary.setVisible(bool(self.summary.text()))
        self.caveat.setText(grid.caveat)
        self.caveat.setVisible(bool(grid.caveat))
        self.view.setVisible(bool(grid.rows))
        if not same_shape:
            self._fit_columns()
        self.view.resizeRowsToContents()
        if same_shape:
            self.view.setCurrentIndex(self.model.index(*place))
        self._explain(self.view.currentIndex())

    def _fit_columns(self) -> None:
        """Give each column room for its words, and spread what is left over them."""
        metrics = self.view.fontMetrics()
        widths = []
        for column in range(self.model.columnCount()):
            cells = [self.model.index(row, column).data() for row in range(self.model.rowCount())]
            wide = max((metrics.horizontalAdvance(str(text)) for text in cells), default=0)
            title = metrics.horizontalAdvance(self.model.heading(column).text)
            room = max(wide + 5 * GRID, title + 4 * GRID, _NARROWEST)
            widths.append(min(room, _WIDEST if column else _FIRST_COLUMN))
        bar = self.view.verticalScrollBar().sizeHint().width() + 2 * self.view.frameWidth()
        spare = self.view.width() - bar - sum(widths)
        share = spare // max(len(widths) - 1, 1) if spare > 0 else 0
        for column, width in enumerate(widths):
            self.view.setColumnWidth(column, width + (share if column else 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a wide and low panel foot and question stand beside what they are about."""
        super().resizeEvent(event)
        self._place_question()
        self._place_foot()

    def _place_question(self) -> None:
        """Beside the choice where it has room there, else below it."""
        self._head.removeWidget(self.question)
        self._line.removeWidget(self.question)
        if self.width() > _WIDE_QUESTION:
            self._line.insertWidget(2, self.question, 1)
        else:
            self._head.insertWidget(1, self.question)

    def _place_foot(self) -> None:
        is_beside = self.width() > _WIDE_PANEL and self.height() < self.width()
        self._body.setDirection(
            QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        )
        self._side.fit(beside=is_beside, most=self.height() // 2)

    # -- leading to the records

    def _explain(self, index: QModelIndex) -> None:
        cell = self.model.cell(index) if index.isValid() else None
        place = self.model.place(index) if index.isValid() and index.column() else ""
        self.foot.show_cell(cell, place)

    def _activate(self, index: QModelIndex) -> None:
        targets = self.model.cell(index).targets
        if targets:
            self._workspace.select(targets)
            self._workspace.reveal_wanted.emit(*targets[0])

    def _restyle(self) -> None:
        self.setStyleSheet(panel_style(self._workspace.style.medium))
        self.view.viewport().update()


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
