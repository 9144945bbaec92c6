"""What stands below the list: why a finding was raised, what it is about, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from model.analysis.rules import RULES
from model.records import Mute
from resources.text import plural, tr
from widgets.attention.muting import MuteForm, let_stand, mute_in_words
from widgets.common.discarding import discard
from widgets.common.flow_layout import FlowLayout
from widgets.common.icons import icon
from widgets.common.rows import RowButton
from widgets.common.symbols import symbol_of
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.analysis.finding import Finding
    from widgets.common.workspace import Key, Workspace

ON_MAP = frozenset({"actors", "linkages"})
ON_TIMELINE = frozenset({"activities", "phases", "milestones", "postings", "funding", "mandates"})
TARGETS_SHOWN = 4


class FindingDetail(QWidget):
    """Explains one finding and leads on from it.

    Signals:
        review_wanted: the record whose checklist should be looked at; None for the project.
    """

    review_wanted = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        """Begin hidden."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._finding: Finding | None = None
        self.why = _muted_label()
        self.example = _muted_label()
        self.set_aside = _muted_label()
        self._targets = QVBoxLayout()
        self._targets.setSpacing(0)
        self.show_button = QPushButton()
        self.show_button.clicked.connect(self.show_there)
        self.review_button = QPushButton(tr("Re&view now"))
        self.review_button.clicked.connect(self.review)
        self.mute_button = QPushButton()
        self.mute_button.clicked.connect(self._mute)
        self.mute_form = MuteForm(workspace)
        self.mute_form.closed.connect(self.mute_button.setFocus)
        holder = QWidget()
        buttons = FlowLayout(holder)
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.review_button)
        buttons.addWidget(self.mute_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        for label in (self.why, self.example, self.set_aside):
            layout.addWidget(label)
        layout.addLayout(self._targets)
        layout.addWidget(holder)
        layout.addWidget(self.mute_form)
        self.hide()

    def targets(self) -> list[RowButton]:
        """The rows of the targets."""
        return self.findChildren(RowButton)

    def show_finding(self, finding: Finding | None) -> None:
        """Explain a finding; None hides the area."""
        if finding is None or self._finding is None or finding.targets != self._finding.targets:
            self.mute_form.hide()
        self._finding = finding
        self.setVisible(finding is not None)
        for row in self.targets():
            self._targets.removeWidget(row)
            discard(row)
        if finding is None:
            return
        rule = RULES[finding.rule_id]
        self.why.setText(f"{rule.why} {tr('Source: {source}.', source=rule.source)}")
        self.example.setText(tr("For example: {example}", example=rule.example_text))
        self._show_mute(finding)
        for key in finding.targets[:TARGETS_SHOWN]:
            self._targets.addWidget(self._row(key))
        rest = len(finding.targets) - TARGETS_SHOWN
        self.why.setToolTip(
            plural("and {count} more", "and {count} more", rest) if rest > 0 else ""
        )
        on_map = any(table in ON_MAP for table, _ in finding.targets)
        on_timeline = any(table in ON_TIMELINE for table, _ in finding.targets)
        timeline_only = on_timeline and not on_map
        self.show_button.setText(tr("Show on timeline") if timeline_only else tr("Show on &map"))
        self.show_button.setEnabled(on_map or on_timeline)

    def _show_mute(self, finding: Finding) -> None:
        record = self._workspace.document.get("mutes", finding.muted_by)
        self.set_aside.setVisible(isinstance(record, Mute))
        self.set_aside.setText(mute_in_words(record) if isinstance(record, Mute) else "")
        self.mute_button.setText(
            tr("Let it stand again") if finding.muted_by else tr("Set &aside…")
        )

    def _mute(self) -> None:
        if self._finding is None:
            return
        if self._finding.muted_by:
            let_stand(self._workspace, self._finding.muted_by)
        else:
            self.mute_form.ask_about(self._finding)

    def _row(self, key: Key) -> RowButton:
        document = self._workspace.document
        name, colour = symbol_of(key[0], document.get(*key), self._workspace.style)
        row = RowButton(document.name_of(*key), icon(name, colour))
        row.clicked.connect(lambda _=False: self._workspace.reveal(*key))
        return row

    def show_there(self) -> None:
        """Select what the finding is about and bring it into view."""
        if self._finding is None:
            return
        wanted = [key for key in self._finding.targets if key[0] in ON_MAP]
        wanted = wanted or [key for key in self._finding.targets if key[0] in ON_TIMELINE]
        if wanted:
            self._workspace.select(wanted)
            self._workspace.reveal_wanted.emit(*wanted[0])

    def review(self) -> None:
        """Select the one thing that it is mainly about, for its checklist."""
        if self._finding is not None:
            self.review_wanted.emit(self._finding.subject)


def _muted_label() -> QLabel:
    label = QLabel()
    label.setObjectName("muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
