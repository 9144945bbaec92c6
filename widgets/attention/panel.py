"""The needs-attention panel: warnings as of the day, one sentence each, grave ones first.

They are computed a moment after the last change, from a snapshot, so that typing and dragging
never wait for them; with the `submit` of the shell they are computed in the worker.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from model.analysis.engine import Kept, refreshed
from model.analysis.finding import SEVERITIES, Finding
from model.analysis.rules import RULES
from resources.text import plural, tr
from widgets.attention.detail import FindingDetail
from widgets.attention.model import FindingModel, key_of, severity_words
from widgets.attention.view import FindingView
from widgets.common.flow_layout import FlowLayout
from widgets.common.icons import icon
from widgets.common.pages import head_strip
from widgets.common.panel_style import panel_style
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.document import Commit
    from widgets.common.workspace import Key, Workspace

Work = Callable[[], Kept]
Done = Callable[[Kept], None]
Submit = Callable[[Work, Done], None]
"""Runs the work anywhere and calls back on the GUI thread."""

REST_MS = 150
UNHEARD = frozenset(
    {"placements", "groups", "views", "notes", "baselines", "exports", "recipes", "tracks"}
)
"""Tables that no rule reads."""


def at_once(work: Work, done: Done) -> None:
    """Compute on the calling thread."""
    done(work())


class AttentionPanel(QWidget):
    """A list to filter, an explanation, and two ways on.

    Signals:
        review_wanted: the checklist of what is now selected should come to the front.
        findings_changed: the list of all findings, after each computation.
    """

    review_wanted = Signal()
    findings_changed = Signal(object)

    def __init__(self, workspace: Workspace, submit: Submit = at_once) -> None:
        """Follow the workspace.

        Args:
            workspace: the open project.
            submit: runs the computation; in the background when the shell offers that.
        """
        super().__init__()
        self._workspace = workspace
        self._submit = submit
        self._asked = 0
        self._kept_findings: Kept | None = None
        self.findings: list[Finding] = []
        self._count()
        self.headline = QLabel()
        self.headline.setObjectName("muted")
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.headline.setWordWrap(True)
        self.filters = {severity: QToolButton() for severity in (*SEVERITIES, "muted")}
        self.model = FindingModel(self)
        self.view = self._make_view()
        self.detail = FindingDetail(workspace)
        self.detail.review_wanted.connect(self._review)
        self.detail.fitted.connect(self._keep_in_view)
        self._arrange()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self.compute)
        workspace.committed.connect(self._follow)
        workspace.as_of_changed.connect(lambda _: self._timer.start())
        workspace.style_changed.connect(self._restyle)
        self._restyle()
        self._timer.start(0)

    def _make_view(self) -> FindingView:
        view = FindingView(self._workspace)
        view.setModel(self.model)
        view.setAccessibleName(tr("Needs attention"))
        view.selectionModel().currentChanged.connect(lambda now, _: self._explain(now))
        view.activated.connect(self._activate)
        return view

    def _arrange(self) -> None:
        head, top = head_strip(GRID)
        top.addWidget(self.headline)
        chips = QWidget()
        flow = FlowLayout(chips)
        for code, button in self.filters.items():
            button.setObjectName("filter")
            button.setCheckable(True)
            button.setChecked(code != "muted")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.toggled.connect(lambda _: self._show())
            flow.addWidget(button)
        top.addWidget(chips)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.detail, 2)
        self.setMinimumWidth(280)
        self.setAccessibleName(tr("Needs attention"))
        self._label_filters()

    # -- computing

    def compute(self) -> None:
        """Ask for the findings of the present state; an answer to an older question is dropped."""
        self._timer.stop()
        self._asked += 1
        asked = self._asked
        snapshot, as_of = self._workspace.document.snapshot(), self._workspace.as_of
        before = self._kept_findings
        self._submit(
            lambda: refreshed(before, snapshot, as_of), lambda found: self._take(asked, found)
        )

    def _follow(self, commit: Commit) -> None:
        if commit.patch.tables - UNHEARD:
            self._timer.start()

    def _take(self, asked: int, kept: Kept) -> None:
        self._kept_findings = kept
        if asked != self._asked:
            return
        is_news = kept.findings != self.findings or not self.headline.text()
        self.findings = kept.findings
        if is_news:
            self._count()
            self._show()
            self.findings_changed.emit(kept.findings)
        else:
            self._explain(self.view.currentIndex())  # which may name what has other words now
            self._say_headline()

    # -- showing

    def _count(self) -> None:
        """Count the findings that stand by severity, and the muted ones."""
        self.counts = dict.fromkeys((*SEVERITIES, "muted"), 0)
        for one in self.findings:
            self.counts["muted" if one.muted_by else one.severity] += 1
        self._rules = len({one.rule_id for one in self.findings})

    @property
    def counts_text(self) -> str:
        """For the status line: how many warnings stand, and how many of them are grave."""
        counts = self.counts
        standing = sum(counts.values()) - counts["muted"]
        text = plural("{count} warning", "{count} warnings", standing)
        return tr("{warnings}, {high} high", warnings=text, high=counts["high"])

    def _show(self) -> None:
        expanded, current = self._kept()
        shown = [
            one
            for one in self.findings
            if self.filters["muted" if one.muted_by else one.severity].isChecked()
        ]
        self.model.show_findings(shown)
        for entry in self.model.rows:
            if entry.key in expanded:
                self.view.expand(self.model.index_of(entry))
        self.view.setCurrentIndex(self.model.find(current))
        self._explain(self.view.currentIndex())
        self._label_filters()
        self._say_headline()

    def _say_headline(self) -> None:
        day = self._workspace.as_of.isoformat()
        if self.findings:
            self.headline.setText(
                tr(
                    "{warnings}, from {rules} of {all} rules, as of {date}",
                    warnings=self.counts_text,
                    rules=self._rules,
                    all=len(RULES),
                    date=day,
                )
            )
        else:
            self.headline.setText(
                tr(
                    "Nothing needs attention as of {date}. The rules only know what is recorded.",
                    date=day,
                )
            )

    def _kept(self) -> tuple[set[tuple[object, ...]], tuple[object, ...]]:
        expanded = {
            entry.key
            for entry in self.model.rows
            if entry.is_heading and self.view.isExpanded(self.model.index_of(entry))
        }
        entry = self.model.entry(self.view.currentIndex())
        return expanded, () if entry is None else entry.key

    def _label_filters(self) -> None:
        for code, count in self.counts.items():
            words = tr("Muted") if code == "muted" else severity_words(code)
            button = self.filters[code]
            button.setText(f"{words} {count}")
            button.setAccessibleName(tr("Show {kind}: {count}", kind=words, count=count))
            button.setVisible(count > 0)

    def _explain(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is None:
            self.detail.show_finding(None)
        else:
            self.detail.show_finding(entry.finding, entry.group)

    def _keep_in_view(self) -> None:
        """The explanation takes room from the list: what it explains stays in sight."""
        QTimer.singleShot(0, self.view, lambda: self.view.scrollTo(self.view.currentIndex()))

    def _activate(self, index: QModelIndex) -> None:
        entry = self.model.entry(index)
        if entry is not None and entry.is_heading:
            self.view.setExpanded(index, not self.view.isExpanded(index))
        elif entry is not None:
            self.detail.show_there()

    def select_finding(self, finding: Finding) -> None:
        """Make a finding the current one, opening the heading that it stands under."""
        index = self.model.find(key_of(finding))
        if index.isValid():
            self.view.expand(index.parent())
            self.view.setCurrentIndex(index)

    def _review(self, subject: Key | None) -> None:
        if subject is None:
            self._workspace.select([])
        else:
            self._workspace.reveal(*subject)
        self.review_wanted.emit()

    def _restyle(self) -> None:
        style = self._workspace.style
        self.setStyleSheet(panel_style(style.medium))
        for code, button in self.filters.items():
            grave = style.severity("low" if code == "muted" else code)
            button.setIcon(icon("hide" if code == "muted" else grave.icon, grave.colour))
        self.view.viewport().update()
