"""What stands below the list: why a finding was raised, what it is about, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from model.analysis.rules import RULES
from model.records import Mute
from resources.text import plural, tr
from widgets.attention.limits import LimitsForm
from widgets.attention.muting import MuteForm, let_stand, mute_in_words
from widgets.common.discarding import discard
from widgets.common.flow_layout import FlowLayout
from widgets.common.pages import scrolled
from widgets.common.record_rows import record_row
from widgets.common.rows import RowButton
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from model.analysis.finding import Finding
    from model.analysis.grouping import Group
    from widgets.common.workspace import Key, Workspace

ON_MAP = frozenset({"actors", "linkages"})
ON_TIMELINE = frozenset({"activities", "phases", "milestones", "postings", "funding", "mandates"})
TARGETS_SHOWN = 4


class FindingDetail(QWidget):
    """Explains one finding and leads on from it.

    Signals:
        review_wanted: the record whose checklist should be looked at; None for the project.
        fitted: its height may have changed; keep what it explains in view.
    """

    review_wanted = Signal(object)
    fitted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        """Begin hidden."""
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._workspace = workspace
        self._finding: Finding | None = None
        self._group: Group | None = None
        self.why = _muted_label()
        self.example = _muted_label()
        self.set_aside = _muted_label()
        self.rest = _muted_label()
        self.limits = LimitsForm(workspace)
        self._targets = QVBoxLayout()
        self._targets.setSpacing(0)
        self.show_button = QPushButton()
        self.show_button.clicked.connect(self.show_there)
        self.review_button = QPushButton(tr("Re&view now"))
        self.review_button.clicked.connect(self.review)
        self.mute_button = QPushButton()
        self.mute_button.clicked.connect(self._mute)
        self.mute_form = MuteForm(workspace)
        self.mute_form.closed.connect(self._mute_closed)
        holder = QWidget()
        buttons = FlowLayout(holder)
        buttons.addWidget(self.show_button)
        buttons.addWidget(self.review_button)
        buttons.addWidget(self.mute_button)
        self._scroll = self._scrolled((self.why, self.example, self.set_aside))
        self._buttons = holder
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(holder)
        layout.addWidget(self.mute_form)
        self.hide()

    def _scrolled(self, labels: tuple[QLabel, ...]) -> QScrollArea:
        """Texts and targets, scrolled where the panel is low; the buttons stay in sight."""
        self._page = QWidget()
        self._page.setObjectName("page")
        inner = QVBoxLayout(self._page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GRID)
        for label in labels:
            inner.addWidget(label)
        inner.addLayout(self._targets)
        inner.addWidget(self.rest)
        inner.addWidget(self.limits)
        inner.addStretch(1)
        return scrolled(self._page)

    def _fit(self) -> None:
        """Take no more height than there is to say."""
        room = self._scroll.viewport().width()
        inner = self._page.layout()
        height = 0 if inner is None else inner.totalHeightForWidth(max(room, 1))
        wanted = max(height, 1) + self._buttons.heightForWidth(room) + 4 * GRID
        if not self.mute_form.isHidden():
            wanted += self.mute_form.sizeHint().height() + GRID
        self.setMaximumHeight(max(wanted, self.minimumSizeHint().height()))
        self.fitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences wrap elsewhere at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self._fit)

    def targets(self) -> list[RowButton]:
        """The rows of the targets."""
        return self.findChildren(RowButton)

    def show_finding(self, finding: Finding | None, group: Group | None = None) -> None:
        """Explain a finding, or all of a rule together; None hides the area."""
        before = () if self._finding is None else self._finding.targets
        if finding is None or finding.targets != before or group != self._group:
            self.mute_form.hide()
        self._finding, self._group = finding, group
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
        self.limits.show_rule(rule)
        about = self._about()
        for key in about[:TARGETS_SHOWN]:
            self._targets.addWidget(record_row(self._workspace, key))
        rest = len(about) - TARGETS_SHOWN
        self.rest.setText(plural("and {count} more", "and {count} more", max(rest, 0)))
        self.rest.setVisible(rest > 0)
        on_map = any(table in ON_MAP for table, _ in about)
        on_timeline = any(table in ON_TIMELINE for table, _ in about)
        timeline_only = on_timeline and not on_map
        self.show_button.setText(tr("Show on timeline") if timeline_only else tr("Show on &map"))
        self.show_button.setEnabled(on_map or on_timeline)
        self.review_button.setVisible(group is None)
        self._scroll.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self._fit)

    def _about(self) -> list[Key]:
        """What is explained: the records of a finding, or what each finding is mainly about."""
        if self._group is None:
            return [] if self._finding is None else list(self._finding.targets)
        subjects = (one.subject for one in self._group.findings)
        return list(dict.fromkeys(one for one in subjects if one is not None))

    def _show_mute(self, finding: Finding) -> None:
        record = self._workspace.document.get("mutes", finding.muted_by)
        self.set_aside.setVisible(isinstance(record, Mute))
        self.set_aside.setText(mute_in_words(record) if isinstance(record, Mute) else "")
        text = tr("Set &aside…") if self._group is None else tr("Set all &aside…")
        self.mute_button.setText(tr("Let it stand again") if finding.muted_by else text)

    def _mute(self) -> None:
        if self._finding is None:
            return
        if self._finding.muted_by:
            let_stand(self._workspace, self._finding.muted_by)
        else:
            targets = self._finding.targets if self._group is None else ()
            self.mute_form.ask_about(self._finding.rule_id, targets)
            self._fit()

    def _mute_closed(self) -> None:
        self._fit()
        self.mute_button.setFocus()

    def show_there(self) -> None:
        """Select what the finding is about and bring it into view."""
        about = self._about()
        wanted = [key for key in about if key[0] in ON_MAP]
        wanted = wanted or [key for key in about if key[0] in ON_TIMELINE]
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
