"""What a workbook that came back would change, before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.question import QuestionDialog
from model.codes import tlp_text
from model.refusals import Refusal
from model.returning.plan import summary_words
from resources.text import plural, tr
from widgets.returning.review import ReturnReview

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from model.patch import Patch
    from model.returning.plan import ReturnPlan

    MakePatch = Callable[[Mapping[str, str]], Patch]


class ReturnDialog(QuestionDialog):
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
        self.review.setMinimumSize(1080, 460)
        self.body.addWidget(self.review)
        self.add_cancel(tr("Take nothing"))
        self.add_answer(tr("Take"), self._patch, default=True)
        self._take = self.buttons.buttons()[-1]
        self.review.choices_changed.connect(self._name_button)
        self._name_button()
        self.review.tree.setFocus()

    def _patch(self) -> Patch | None:
        try:
            return self._make_patch(self.review.choices)
        except Refusal as refusal:
            self.complain(tr("These choices do not fit together. {why}", why=refusal.message))
            return None

    def _name_button(self) -> None:
        self.complain("")
        count = self.review.open_count
        still = plural(
            "Take; {count} undecided stays as in the project",
            "Take; {count} undecided stay as in the project",
            count,
        )
        self._take.setText(still if count else tr("Take"))
