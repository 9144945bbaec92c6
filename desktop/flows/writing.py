"""Writing the session's present state to a file, with the save state told truthfully."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.tasks import Flow, Progress, in_background
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.session import Session
    from model.document import Content
    from model.storage.store import Saved


def write(session: Session, work: Callable[[Content], Saved], title: str = "") -> Flow[bool]:
    """Write a snapshot off the GUI thread; True when it is on disk.

    Raises:
        Refusal: with what happened and what is safe; the document stays unsaved.
    """
    content, mark = session.document.content(), session.history.mark
    revision = session.document.revision

    def seal(_progress: Progress) -> Saved:
        return work(content)

    session.begin_save()
    try:
        saved = yield from in_background(seal, title)
    except Refusal as refusal:
        session.fail_save(str(refusal.facts.get("why", refusal.message)).rstrip("."))
        raise
    except BaseException:
        # Else the state would say "Saving" for ever, and nothing would be saved any more.
        session.fail_save(tr("an unforeseen error; save under another name"))
        raise
    session.end_save(saved, mark, revision)
    return True
