"""A plan with choices in it, shown before it is carried out: of a merge, of a workbook's return."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Protocol

from desktop.dialogs.question import QuestionDialog
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance

    from model.patch import Patch


class Review(Protocol):
    """The list of a plan, with its choices."""

    choices_changed: SignalInstance

    @property
    def open_count(self) -> int:
        """How many choices nobody has made yet."""


class PlanDialog(QuestionDialog):
    """Shows a plan; its button says how much of it is left open."""

    def offer(self, review: Review, cancel: str, go: Callable[[int], str]) -> None:
        """Add the buttons.

        Args:
            review: the list of the plan.
            cancel: leaves everything as it is.
            go: words of the button that carries it out, by how many choices are open.
        """
        self.add_cancel(cancel)
        self.add_answer(go(review.open_count), self.carried_out, default=True)
        button = self.buttons.buttons()[-1]

        def rename() -> None:
            self.complain("")
            button.setText(go(review.open_count))

        review.choices_changed.connect(rename)

    @abstractmethod
    def carried_out(self) -> object | None:
        """What the dialog answers when its plan is to be carried out."""

    def patch_of(self, make: Callable[[], Patch]) -> Patch | None:
        """The patch of the choices; where they do not fit together, the reason is shown."""
        try:
            return make()
        except Refusal as refusal:
            self.complain(tr("These choices do not fit together. {why}", why=refusal.message))
            return None
