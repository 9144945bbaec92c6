"""What to do with the drafts that were found when a project was opened."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop.dialogs.merging import MergeAnswer, MergeDialog
from desktop.dialogs.strays import StrayDialog
from desktop.tasks import Flow, ask, in_background
from model.merge import wording
from model.merge.resolving import resolve
from model.merge.strays import plan_stray
from model.storage.filesystem import FileSystem
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from desktop.controller import Controller
    from desktop.session import Session
    from model.storage.drafts import Drafts, Stray


def go_on_with_draft(controller: Controller, found: Drafts) -> None:
    """Bring back the unsaved changes that fit the file, and go on writing their draft."""
    session, drafts = controller.session, controller.drafts
    if session is None or drafts is None or found.path is None:
        return
    if not found.patches:
        drafts.begin_in_place_of(found.path)
        return
    for patch in found.patches:
        session.document.apply(patch, "recover")
    drafts.take_over(found.path)
    words, notices = _recovered_words(found), controller.window.notices
    notices.show_notice(words, action=tr("Save now"), callback=controller.save)

    def has_saved(_saved: object) -> None:
        if notices.text == words:
            notices.clear()

    session.saved.connect(has_saved)


def _recovered_words(found: Drafts) -> str:
    return plural(
        "Recovered {count} change that was not saved.",
        "Recovered {count} changes that were not saved.",
        len(found.patches),
    )


def tell_of_strays(controller: Controller, found: Drafts) -> None:
    """Say that there are unsaved changes that do not fit the file as it is."""
    session = controller.session
    if session is None:
        return
    if found.trouble is not None:
        controller.show_refusal(found.trouble)
    if not found.strays:
        return
    recovered = _recovered_words(found)
    count = sum(len(stray.patches) for stray in found.strays)
    stray = plural(
        "{count} unsaved change of an earlier session does not fit the file as it is now.",
        "{count} unsaved changes of an earlier session do not fit the file as it is now.",
        count,
    )

    def look() -> None:
        if controller.session is session:
            controller.runner.start(_look_at(controller, session, found.strays))

    controller.window.notices.show_notice(
        f"{recovered} {stray}" if found.patches else stray,
        severity="high",
        action=tr("Look at them…"),
        callback=look,
    )


def _look_at(controller: Controller, session: Session, strays: tuple[Stray, ...]) -> Flow[None]:
    """Ask about each in turn: merge, keep for later, or delete."""
    for stray in strays:
        moment = datetime.fromtimestamp(stray.modified / 1e9, tz=UTC).astimezone()
        title = tr("Unsaved changes of {time}", time=f"{moment:%Y-%m-%d %H:%M}")
        answer = yield from ask(_question(title, len(stray.patches)))
        if answer == "merge":
            left_out = yield from _merge(session, stray, title)
            if left_out:
                controller.window.notices.show_notice(_left_out_words(left_out), severity="medium")
            if left_out or controller.drafts is None or not controller.drafts.flush():
                continue
        _remove(stray)


def _question(title: str, count: int) -> Callable[[QWidget], StrayDialog]:
    return lambda window: StrayDialog(window, title, count)


def _left_out_words(count: int) -> str:
    return plural(
        "{count} change was left out, because what it belongs to is no longer in the project; "
        "it is kept with the unsaved changes.",
        "{count} changes were left out, because what they belong to is no longer in the project; "
        "they are kept with the unsaved changes.",
        count,
    )


def _merge(session: Session, stray: Stray, title: str) -> Flow[int]:
    """Show the plan, then apply it as one step; returns how many records had to be left out."""
    document = session.document
    content = document.content()
    plan, left_out = yield from in_background(lambda _: plan_stray(content, stray.patches))
    names = wording.all_names(document.snapshot(), plan)
    answer: MergeAnswer = yield from ask(
        lambda window: MergeDialog(
            window, plan, names, lambda choices: resolve(document, plan, choices, title), title
        )
    )
    session.history.close_step()
    if answer.patch.changes:
        document.apply(answer.patch, "merge")
    return left_out


def _remove(stray: Stray) -> None:
    """Its changes are in the project's own draft now, or are not wanted."""
    files = FileSystem()
    with suppress(OSError):
        files.unlink(stray.path)
