"""The filter panel: what can be ticked, with how much each tick would show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from model.filtering import FACETS, facet_title, offered, value_title
from resources.text import tr
from widgets.common.discarding import discard
from widgets.common.panel_style import panel_style
from widgets.common.sections import Section
from widgets.common.theme import GRID
from widgets.common.when_seen import WhenSeen
from widgets.finding.facet_box import FacetBox

if TYPE_CHECKING:
    from model.filtering import Filtering
    from widgets.common.lens import Lens

_REST_MS = 150
_OPEN_AT_FIRST = frozenset({"kind", "track", "role"})


class FilterPanel(QWidget):
    """Ticks for every facet that occurs in the project, and words.

    Signals:
        tables_wanted: whether the tables of actors and linkages are to be filtered, too.
    """

    tables_wanted = Signal(bool)

    def __init__(self, lens: Lens) -> None:
        """Show and change the filter of a lens."""
        super().__init__()
        self._lens = lens
        self.boxes: dict[tuple[str, str], FacetBox] = {}
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Words in any text"))
        self.words.setAccessibleName(tr("Filter by words"))
        self.words.setClearButtonEnabled(True)
        self.shown = QLabel()
        self.shown.setObjectName("muted")
        self.shown.setTextFormat(Qt.TextFormat.PlainText)
        self.shown.setWordWrap(True)
        self.clear = QPushButton(tr("Clear"))
        self.clear.setAccessibleName(tr("Clear filter"))
        self.clear.clicked.connect(lambda _checked=False: lens.clear_filter())
        self.in_tables = QCheckBox(tr("Filter the tables, too"))
        self.in_tables.toggled.connect(self.tables_wanted)
        self.sections = {
            facet: Section(facet_title(facet), is_open=facet in _OPEN_AT_FIRST) for facet in FACETS
        }
        self._arrange()
        self._seen = WhenSeen(self, self._renew)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self.renew)
        self.words.textEdited.connect(lambda text: lens.set_filter(lens.spec.with_text(text)))
        lens.changed.connect(self.renew)
        lens.workspace.committed.connect(lambda _: self._timer.start())
        lens.workspace.as_of_changed.connect(lambda _: self._timer.start())
        lens.workspace.style_changed.connect(self._colour)
        self.setAccessibleName(tr("Filter"))
        self.setMinimumWidth(200)
        self._colour()
        self.renew()

    def _arrange(self) -> None:
        head = QWidget()
        head.setObjectName("page")
        top = QVBoxLayout(head)
        top.setContentsMargins(GRID, GRID, GRID, GRID)
        top.setSpacing(GRID)
        top.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.shown, 1)
        row.addWidget(self.clear)
        top.addLayout(row)
        top.addWidget(self.in_tables)
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(GRID, 0, GRID, GRID)
        column.setSpacing(0)
        for section in self.sections.values():
            section.rows.setSpacing(GRID // 2)
            column.addWidget(section)
        column.addStretch(1)
        area = QScrollArea()
        area.setAccessibleName(tr("What to filter by"))
        area.setWidgetResizable(True)
        area.setWidget(body)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(area, 1)

    def renew(self) -> None:
        """Count and tick anew; put off while nobody looks."""
        self._seen.want()

    def _renew(self) -> None:
        filtering = self._lens.filtering()
        for facet in FACETS:
            self._renew_facet(filtering, facet)
        counts = filtering.counts()
        self.shown.setText(
            tr("{actors} of {all} actors shown", actors=counts.actors, all=counts.all_actors)
        )
        self.clear.setEnabled(not self._lens.spec.is_empty)
        if self.words.text() != self._lens.spec.text:
            self.words.setText(self._lens.spec.text)

    def _renew_facet(self, filtering: Filtering, facet: str) -> None:
        document, ticked = self._lens.workspace.document, self._lens.spec.ticked(facet)
        counts = filtering.facet_counts(facet)
        known = [value for (one, value) in self.boxes if one == facet]
        values = offered(document, facet, {*counts, *ticked, *known})
        if values != known:
            self._rebuild(facet, values)
        for value in values:
            box, count = self.boxes[facet, value], counts.get(value, 0)
            title = value_title(document, facet, value)
            box.say(title, count)
            box.blockSignals(True)
            box.setChecked(value in ticked)
            box.blockSignals(False)
        title = facet_title(facet)
        if ticked:
            title = tr("{title}: {count} chosen", title=title, count=len(ticked))
        self.sections[facet].set_title(title)
        self.sections[facet].setVisible(bool(values))

    def _rebuild(self, facet: str, values: list[str]) -> None:
        section = self.sections[facet]
        for key in [key for key in self.boxes if key[0] == facet]:
            discard(self.boxes.pop(key))
        for value in values:
            box = FacetBox()
            box.toggled.connect(
                lambda is_on, value=value: self._lens.set_filter(
                    self._lens.spec.with_tick(facet, value, is_on=is_on)
                )
            )
            self.boxes[facet, value] = box
            section.rows.addWidget(box)

    def _colour(self) -> None:
        self.setStyleSheet(panel_style(self._lens.workspace.style.medium))
