"""The questions of a merge: the plan with its conflicts, and what to do about a changed file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTabWidget

from desktop.dialogs.plan import PlanDialog
from desktop.dialogs.question import QuestionDialog
from model.merge import wording
from resources.text import plural, tr
from widgets.merging.review import MergeReview

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.dialogs.access import AccessBox
    from model.merge.access import Way
    from model.merge.conflicts import Choice, ConflictKey
    from model.merge.threeway import MergePlan
    from model.patch import Patch
    from model.tables import Tables
    from widgets.merging.map import MergeMap

    Resolve = Callable[[dict[ConflictKey, Choice]], Patch]


@dataclass(frozen=True)
class MergeAnswer:
    """How a plan is to be carried out: the patch, and who is let in besides."""

    patch: Patch
    ways: tuple[Way, ...] = ()


class MergeDialog(PlanDialog):
    """Shows a plan; answers with a MergeAnswer."""

    def __init__(
        self,
        parent: QWidget | None,
        plan: MergePlan,
        names: Tables,
        resolve: Resolve,
        title: str,
        on_map: MergeMap | None = None,
        access: AccessBox | None = None,
    ) -> None:
        """Show a plan.

        Args:
            parent: the window.
            plan, names: as `MergeReview`.
            resolve: makes the patch of the choices, or refuses them.
            title: heading that names the other copy.
            on_map: the plan on the map, shown beside the list.
            access: what opens only one of the copies.
        """
        explanation = f"{wording.summary_words(plan)} {wording.base_words(plan)}"
        super().__init__(parent, title, explanation)
        self._resolve = resolve
        self.review = MergeReview(plan, names)
        self.give_room(self.review, 960, 440 if access is None else 280)
        self.pages: QTabWidget | None = None
        if on_map is None:
            self.body.addWidget(self.review, 1)
        else:
            self.pages = QTabWidget()
            self.pages.setAccessibleName(tr("The merge, as a list and on the map"))
            self.pages.addTab(self.review, tr("List"))
            self.pages.addTab(on_map, tr("On the map"))
            self.body.addWidget(self.pages, 1)
            self.review.looked_at.connect(lambda table, one: on_map.point_at((table, one)))
        self.access = access
        if access is not None:
            self.body.addWidget(access)
        self.offer(self.review, tr("Do not merge"), self.words)
        self.review.tree.setFocus()

    def words(self, count: int) -> str:
        """What the button says with so many conflicts open."""
        still = plural("Merge; {count} stays open", "Merge; {count} stay open", count)
        return still if count else tr("Merge")

    def carried_out(self) -> MergeAnswer | None:
        """The patch of the choices, with what was ticked."""
        patch = self.patch_of(lambda: self._resolve(self.review.choices))
        ways = self.access.chosen if self.access is not None else ()
        return MergeAnswer(patch, ways) if patch is not None else None


class DecideDialog(MergeDialog):
    """Shows the conflicts that are still open in a project; answers with a MergeAnswer."""

    def __init__(
        self,
        parent: QWidget | None,
        plan: MergePlan,
        names: Tables,
        resolve: Resolve,
    ) -> None:
        """Show the open conflicts as a plan that changes nothing else."""
        super().__init__(parent, plan, names, resolve, tr("Open conflicts"))

    def words(self, count: int) -> str:
        """What the button says with so many conflicts open."""
        still = plural("Decide; {count} stays open", "Decide; {count} stay open", count)
        return still if count else tr("Decide")


class ChangedOnDiskDialog(QuestionDialog):
    """Somebody else has saved the file; answers "merge" or "keep both", never "overwrite"."""

    def __init__(self, parent: QWidget | None, name: str, *, readable: bool) -> None:
        """Ask about a file; one that cannot be opened cannot be merged."""
        explanation = (
            tr(
                "Nothing has been overwritten. Merge brings both together and shows the result "
                "first; Keep both saves yours under another name."
            )
            if readable
            else tr(
                "Nothing has been overwritten. What is there now cannot be opened, so it cannot be "
                "merged; save yours under another name."
            )
        )
        title = tr("{name} was changed by somebody else", name=name)
        super().__init__(parent, title, explanation)
        self.setMinimumWidth(480)
        self.add_cancel(tr("Not now"))
        self.add_answer(tr("Keep both…"), lambda: "keep both", default=not readable)
        if readable:
            self.add_answer(tr("Merge…"), lambda: "merge", default=True)
