"""The lens: the filter and the focus through which map, tables and measures are looked at.

It changes nothing in the document. Panels hear of it by one signal and ask it what is visible.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from PySide6.QtCore import QObject, Signal

from model.analysis.facts import Facts
from model.analysis.paths import Part, around, channels_to, network, ways_between
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.facets import Facets
from model.filtering import Counts, Filtering, FilterSpec
from resources.text import plural, tr

if TYPE_CHECKING:
    from model.document import Commit
    from model.search import SearchIndex
    from widgets.common.workspace import Workspace

FocusMode = Literal["around", "between", "channels", "these"]
_HEARD = frozenset({"actors", "linkages", "roles", "activities", "phases"})
"""Tables that decide what a filter lets through and what a focus lights."""
MOST_STEPS = 3


class Focus(msgspec.Struct, frozen=True):
    """What the user looks at closely.

    Attributes:
        mode: around actors, ways between two, channels to a party, or just these.
        ids: of the actors it is about, in the order of choosing.
        steps: how far around.
    """

    mode: FocusMode
    ids: tuple[str, ...]
    steps: int = 1


class Lens(QObject):
    """Filter and focus of one workspace.

    Signals:
        changed: something else may be visible or lit now.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, index: SearchIndex) -> None:
        """Let everything through at first."""
        super().__init__()
        self.workspace = workspace
        self._index = index
        self.spec = FilterSpec()
        self.focus: Focus | None = None
        self.visible: frozenset[str] | None = None
        self.lit: frozenset[str] | None = None
        self._guests: frozenset[str] = frozenset()
        self._part = Part()
        self._filtering: tuple[object, Filtering] | None = None
        self._facets: Facets | None = None
        workspace.committed.connect(self._follow)
        workspace.as_of_changed.connect(lambda _: self._move())
        workspace.reveal_wanted.connect(self._let_in)

    # filter

    def set_filter(self, spec: FilterSpec) -> None:
        """Let through what this filter does."""
        if spec != self.spec:
            self.spec, self._guests = spec, frozenset()
            self._renew()

    def clear_filter(self) -> None:
        """Let everything through."""
        self.set_filter(FilterSpec())

    def filtering(self) -> Filtering:
        """The filter applied to the present state; kept until something changes."""
        document, as_of = self.workspace.document, self.workspace.as_of
        state = (document.revision, as_of, self.spec)
        if self._filtering is None or self._filtering[0] != state:
            if self._facets is None:
                self._facets = Facets(document, as_of)
            found = Filtering(document, as_of, self.spec, self._index, self._facets)
            self._filtering = state, found
        return self._filtering[1]

    def counts(self) -> Counts:
        """How much of what exists on the day is shown."""
        return self.filtering().counts()

    # focus

    def set_focus(self, focus: Focus | None) -> None:
        """Dim everything but this; None dims nothing."""
        if focus != self.focus:
            self.focus = focus
            self._renew()

    def leave_focus(self) -> None:
        """Dim nothing any more."""
        self.set_focus(None)

    def step_focus(self, by: int) -> None:
        """See one step farther around the actors, or one less far."""
        focus = self.focus
        if focus is not None and focus.mode == "around":
            steps = min(max(focus.steps + by, 1), MOST_STEPS)
            self.set_focus(msgspec.structs.replace(focus, steps=steps))

    def focus_in_words(self) -> str:
        """What is lit, as one sentence."""
        focus, document = self.focus, self.workspace.document
        if focus is None:
            return ""
        names = [document.name_of("actors", one) for one in focus.ids]
        if focus.mode == "between":
            if not self._part.actor_ids:
                return tr("No way leads from {one} to {other}.", one=names[0], other=names[1])
            between = len(self._part.actor_ids) - 2
            return plural(
                "Ways between {one} and {other}: through {count} actor.",
                "Ways between {one} and {other}: through {count} actors.",
                between,
                one=names[0],
                other=names[1],
            )
        if focus.mode == "channels":
            return plural(
                "Channels to {name}: {count} linkage.",
                "Channels to {name}: {count} linkages.",
                len(self._part.linkage_ids),
                name=names[0],
            )
        others = len(self._part.actor_ids - set(focus.ids))
        what = names[0] if len(names) == 1 else tr("{count} actors", count=len(names))
        if focus.mode == "these":
            return plural("{count} actor in focus.", "{count} actors in focus.", len(names))
        if focus.steps == 1:
            return plural(
                "{name} and {count} neighbour.", "{name} and {count} neighbours.", others, name=what
            )
        return plural(
            "{name} and {count} actor up to {steps} steps away.",
            "{name} and {count} actors up to {steps} steps away.",
            others,
            name=what,
            steps=focus.steps,
        )

    # keeping up

    @property
    def is_idle(self) -> bool:
        """Whether everything is shown as it is."""
        return self.spec.is_empty and self.focus is None

    def _move(self) -> None:
        if not self.is_idle:
            self._renew()

    def _follow(self, commit: Commit) -> None:
        if self._facets is not None:
            self._facets.follow(commit.patch)
        if not self.is_idle and commit.patch.tables & _HEARD:
            made = (one for one in commit.patch.changes if one.before is None)
            # What was just made stays in sight, whatever the filter says.
            self._guests |= {one.id for one in made if one.table in {"actors", "linkages"}}
            self._renew()

    def _let_in(self, table: str, record_id: str) -> None:
        """What somebody asks to see is shown, filter or not, until the filter changes."""
        if self.visible is None or table not in {"actors", "linkages"}:
            return
        wanted = {record_id}
        link = self.workspace.document.linkages.get(record_id)
        if link is not None:
            wanted |= {link.from_id, link.to_id}
        if not wanted <= self.visible:
            self._guests |= wanted
            self._renew()

    def _renew(self) -> None:
        visible = self.filtering().visible
        self.visible = None if visible is None else visible | self._guests
        self._part = self._lit_part()
        focus = self.focus
        self.lit = None if focus is None else self._part.ids | frozenset(focus.ids)
        self.changed.emit()

    def _lit_part(self) -> Part:
        focus = self.focus
        if focus is None:
            return Part()
        facts = Facts(self.workspace.document, self.workspace.as_of, DEFAULT_THRESHOLDS)
        present = [one for one in focus.ids if one in facts.actors]
        if focus.mode == "channels":
            return channels_to(facts, focus.ids[0], self.visible) if present else Part()
        graph = network(facts, self.visible)
        if focus.mode == "between":
            return ways_between(graph, *focus.ids[:2]) if len(present) > 1 else Part()
        if focus.mode == "these":
            inner = {link.id for link in facts.links if {link.from_id, link.to_id} <= set(present)}
            return Part(frozenset(present), frozenset(inner))
        part = around(graph, present, focus.steps)
        return Part(part.actor_ids | set(present), part.linkage_ids)
