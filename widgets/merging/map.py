"""What a merge would do, on the map: the state after it, with what goes still there, and marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from model.document import Document
from model.history import History
from resources.text import tr
from widgets.common.theme import GRID
from widgets.common.workspace import Workspace
from widgets.merging.values import plain
from widgets.presenting.stage_map import StageMap

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from PySide6.QtGui import QShowEvent

    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.merge.threeway import MergePlan
    from model.records import Record
    from model.timeline.changes import How

    Content = Mapping[str, Mapping[str, Record]]
    Key = tuple[str, str]

_DRAWN: Final = frozenset({"actors", "linkages"})
_ON_CARDS: Final = {
    "roles": "actor_id",
    "stances": "actor_id",
    "signals": "actor_id",
    "mandates": "holder_id",
    "consents": "party_id",
}
"""Records that are seen at the card of an actor, and the field that names the actor."""


class MergeMap(QWidget):
    """A map to look at; nothing on it can be changed, and what is shown is no document of ours."""

    def __init__(
        self,
        plan: MergePlan,
        ours: Content,
        text_engine: TextEngine,
        style: StyleSheet,
        as_of: date,
    ) -> None:
        """Show a plan for our tables on a day."""
        super().__init__()
        document = Document(together(plan, ours))
        self._workspace = Workspace(document, History(document), text_engine, style, as_of)
        self.map = StageMap(self._workspace)
        self.map.setAccessibleName(tr("Map after the merge"))
        self.map.changes.show(marks(plan))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, GRID, 0, 0)
        layout.addWidget(self.map, 1)
        layout.addWidget(
            plain(
                tr(
                    "Round plus: comes. Square minus: goes. Diamond: changes, or is to be decided. "
                    "What is chosen in the list is outlined here."
                ),
                "explanation",
            )
        )

    def point_at(self, key: Key) -> None:
        """Outline a record and bring it into view, if it is on the map."""
        self._workspace.select([key] if key[0] in _DRAWN else [])
        if key[0] in _DRAWN:
            self.map.reveal(*key)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the map into the place that it turns out to have."""
        super().showEvent(event)
        self.map.zoom_fit()


def together(plan: MergePlan, ours: Content) -> dict[str, dict[str, Record]]:
    """Our tables after a plan, with what it removes still in them."""
    content = plan.applied_to(ours)
    for change in plan.removed:
        if change.before is not None:
            content[change.table][change.id] = change.before
    return content


def marks(plan: MergePlan) -> dict[str, How]:
    """The sign of each card and linkage that a plan is about."""
    found: dict[str, How] = {}
    for change in plan.changes:
        if change.table in _DRAWN:
            is_new = change.before is None
            found[change.id] = "began" if is_new else "ended" if change.after is None else "passed"
        elif change.table in _ON_CARDS:
            record = change.after or change.before
            found.setdefault(str(getattr(record, _ON_CARDS[change.table])), "passed")
    for conflict in plan.to_decide:
        if conflict.table in _DRAWN:
            found[conflict.id] = "passed"
    return found
