"""What a workbook that came back would change, before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.plan import PlanDialog
from model.codes import tlp_text
from model.returning.plan import summary_words
from resources.text import plural, tr
from widgets.returning.review import ReturnReview

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from model.patch import Patch
    from model.returning.plan import ReturnPlan

    MakePatch = Callable[[Mapping[str, str]], Patch]


class ReturnDialog(PlanDialog):
    """Shows a plan; answers with the patch that carries it out."""

    def __init__(self, parent: QWidget | None, plan: ReturnPlan, make_patch: MakePatch) -> None:
        """Show a plan; `make_patch` refuses choices that do not fit together."""
        explanation = tr(
            "Exported for {audience}. {summary} What is taken becomes one step that can be undone.",
            audience=tlp_text(plan.audience),
            summary=summary_words(plan),
        )
        super().__init__(parent, tr("Bring back {name}", name=plan.name), explanation)
        self._make_patch = make_patch
        self.review = ReturnReview(plan)
        self.give_room(self.review, 1080, 460)
        self.body.addWidget(self.review)
        self.offer(self.review, tr("Take nothing"), _take_words)
        self.review.tree.setFocus()

    def carried_out(self) -> Patch | None:
        """The patch of the choices."""
        return self.patch_of(lambda: self._make_patch(self.review.choices))


def _take_words(count: int) -> str:
    still = plural(
        "Take; {count} undecided stays as in the project",
        "Take; {count} undecided stay as in the project",
        count,
    )
    return still if count else tr("Take")
