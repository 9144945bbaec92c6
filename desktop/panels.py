"""The panels of an open project, made together and thrown away together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from desktop.centre import Centre
from desktop.command_list import commands_of
from desktop.kept_keys import KeptKeys
from desktop.map_actions import say_switches
from desktop.map_styling import say_styling
from model.search import SearchIndex
from widgets.analysis.panel import AnalysisPanel
from widgets.attention.panel import AttentionPanel
from widgets.canvas.panel import MapPanel
from widgets.checklist.panel import ChecklistPanel
from widgets.common.lens import Lens
from widgets.finding.filter_panel import FilterPanel
from widgets.finding.find_bar import FindBar
from widgets.finding.lens_bar import LensBar
from widgets.finding.views_panel import ViewsPanel
from widgets.inspector.panel import InspectorPanel
from widgets.palette.panel import PalettePanel
from widgets.tables.panel import HIDDEN, TablesPanel
from widgets.timeline.panel import TimelinePanel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from desktop.window import MainWindow
    from model.timeline.changes import How
    from widgets.common.workspace import Workspace


T = TypeVar("T")


class Submit(Protocol):
    """Runs work anywhere and calls back on the GUI thread."""

    def __call__(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` and hand its result to `done`."""


MAP_TABLES = frozenset({"actors", "linkages"})
TIMELINE_TABLES = frozenset(
    {"activities", "funding", "milestones", "phases", "postings", "processes"}
)


@dataclass(frozen=True)
class Panels:
    """One panel for each way to look at a project."""

    centre: Centre
    map: MapPanel
    find: FindBar
    index: SearchIndex
    lens: Lens
    filter: FilterPanel
    views: ViewsPanel
    palette: PalettePanel
    timeline: TimelinePanel
    tables: TablesPanel
    inspector: InspectorPanel
    checklist: ChecklistPanel
    attention: AttentionPanel
    analysis: AnalysisPanel

    def docked(self) -> Mapping[str, QWidget]:
        """The panels that live in docks, by the name of their dock."""
        return {
            "palette": self.palette,
            "filter": self.filter,
            "views": self.views,
            "timeline": self.timeline,
            "tables": self.tables,
            "inspector": self.inspector,
            "checklist": self.checklist,
            "attention": self.attention,
            "analysis": self.analysis,
        }

    def connect_parts(self, raise_dock: Callable[[str], None]) -> None:
        """Connect the panels that feed each other; `raise_dock` brings one to the front."""
        self.attention.findings_changed.connect(self.map.canvas.badges.show)
        self.attention.review_wanted.connect(lambda: raise_dock("checklist"))
        self.analysis.table_wanted.connect(lambda table: self._show_table(table, raise_dock))
        self.palette.actor_wanted.connect(self.map.add_actor)
        self.palette.link_kind_chosen.connect(self.map.set_link_kind)
        self.lens.changed.connect(self._look)
        self.map.canvas.focus_left.connect(self.lens.leave_focus)
        self.filter.tables_wanted.connect(lambda _: self._look())
        self.timeline.planning.changes_marked.connect(self._mark_changes)
        self.find.went.connect(lambda table, _: self._show_found(table, raise_dock))

    def _look(self) -> None:
        """Show map and tables through the lens."""
        canvas, visible = self.map.canvas, self.lens.visible
        options = canvas.scene.options
        if options.visible != visible:
            canvas.set_options(msgspec.structs.replace(options, visible=visible))
        canvas.spotlight.set_lit(self.lens.lit)
        self.tables.show_only(visible if self.filter.in_tables.isChecked() else None)

    def _mark_changes(self, marks: Mapping[str, How]) -> None:
        """Mark what changed on the map, which shows what is gone as long as that is marked."""
        canvas = self.map.canvas
        gone = frozenset(one for one, how in marks.items() if how != "began")
        ends = (self.map.workspace.document.linkages.get(one) for one in gone)
        gone |= {end for link in ends if link is not None for end in (link.from_id, link.to_id)}
        if canvas.scene.options.also != gone:
            canvas.set_options(msgspec.structs.replace(canvas.scene.options, also=gone))
        canvas.changes.show(marks)

    def serve(self, window: MainWindow) -> None:
        """Let the window's command field find and do things in this project."""
        window.commands.serve(lambda: commands_of(window), self.map.workspace, self.index)
        window.commands.went.connect(self.find.went)
        say_styling(self.map, window.actions_by_id)
        say_switches(self.map, window.actions_by_id)
        KeptKeys(self)

        def act(name: str) -> None:
            # Looked up when wanted: the actions are made after the first look at the window.
            window.actions_by_id[name].trigger()

        self.checklist.more.bring_in_wanted.connect(lambda: act("items_in"))
        self.checklist.more.save_wanted.connect(lambda: act("items_out"))

    def _show_found(self, table: str, raise_dock: Callable[[str], None]) -> None:
        """Bring forward a panel that shows records of the table, unless one is in sight."""
        # A dock behind another tab counts as visible; only what can be seen has a region.
        if table in MAP_TABLES or not self.tables.visibleRegion().isEmpty():
            return
        if table in TIMELINE_TABLES:
            raise_dock("timeline")
        elif table in HIDDEN:
            raise_dock("inspector")
        else:
            self._show_table(table, raise_dock)

    def _show_table(self, table: str, raise_dock: Callable[[str], None]) -> None:
        """Bring a table to the front."""
        self.tables.show_table(table)
        raise_dock("tables")


def make_panels(workspace: Workspace, submit: Submit) -> Panels:
    """Make all panels of a workspace; `submit` computes beside the window."""
    index = SearchIndex(workspace.document)
    # Before any panel hears of a commit, so that none looks into an index that is behind.
    workspace.committed.connect(lambda commit: index.follow(commit.patch))
    lens = Lens(workspace, index)
    map_panel = MapPanel(workspace, submit)
    find = FindBar(workspace, index)
    timeline = TimelinePanel(workspace)
    return Panels(
        centre=Centre((find, LensBar(lens)), map_panel, lens),
        map=map_panel,
        find=find,
        index=index,
        lens=lens,
        filter=FilterPanel(lens),
        views=ViewsPanel(lens, map_panel.canvas, timeline),
        palette=PalettePanel(workspace),
        timeline=timeline,
        tables=TablesPanel(workspace),
        inspector=InspectorPanel(workspace),
        checklist=ChecklistPanel(workspace),
        attention=AttentionPanel(workspace, submit),
        analysis=AnalysisPanel(workspace, submit, lens),
    )
