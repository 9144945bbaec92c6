"""Bringing an edited workbook or folder home: read, compare, show, then one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import workbook_question
from desktop.dialogs.returning import ReturnDialog
from desktop.tasks import Flow, ask, in_background
from exporters.readers.returned import read_returned
from model.returning.applying import return_patch
from model.returning.plan import plan_return, summary_words
from resources.text import plural, tr

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.session import Session
    from desktop.tasks import Progress
    from model.patch import Patch
    from model.returning.plan import ReturnPlan


def bring_back(session: Session) -> Flow[str]:
    """Ask for the workbook, or any file of the folder, and bring it back."""
    path = yield from ask(
        lambda window: workbook_question(window, tr("Bring a workbook or CSV folder back"))
    )
    return (yield from bring_path_back(session, path))


def bring_path_back(session: Session, path: Path) -> Flow[str]:
    """Bring back an edited workbook or CSV folder of an export, after showing what that would do.

    Raises:
        Refusal: it cannot be read or comes from another project; nothing was changed.
    """
    document = session.document
    snapshot = document.snapshot()

    def compare(_progress: Progress) -> ReturnPlan:
        return plan_return(snapshot, read_returned(path))

    plan = yield from in_background(compare, tr("Comparing {name}", name=path.name))
    if plan.is_empty:
        return tr("{name}: {summary}", name=path.name, summary=summary_words(plan))
    patch: Patch = yield from ask(
        lambda window: ReturnDialog(window, plan, lambda c: return_patch(document, plan, c))
    )
    if patch.changes:
        session.history.close_step()
        document.apply(patch, "import")
    return plural(
        "Brought back from {name}: {count} record changed.",
        "Brought back from {name}: {count} records changed.",
        len(patch.changes),
        name=path.name,
    )
