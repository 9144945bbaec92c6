"""Merging with another copy: open it, plan, show the plan, then one undo step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.dialogs.access import AccessBox
from desktop.dialogs.files import open_project_question, save_project_question
from desktop.dialogs.merging import ChangedOnDiskDialog, DecideDialog, MergeAnswer, MergeDialog
from desktop.flows.secrets import opened_with_secret
from desktop.flows.writing import write
from desktop.tasks import Flow, ask, in_background
from model.merge import wording
from model.merge.access import only_ours, only_theirs, with_ways
from model.merge.copies import plan_merge
from model.merge.lineage import joined
from model.merge.resolving import open_plan, resolve
from model.refusals import Refusal
from model.storage.errors import Damaged
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.session import Session
    from model.document import Commit
    from model.merge.access import Way
    from model.merge.threeway import MergePlan
    from model.patch import Patch
    from model.storage.store import OpenedProject, Store


def merge_with_file(store: Store, session: Session) -> Flow[str]:
    """Ask which other copy, and merge it in.

    Raises:
        Refusal: the project is in no file yet, or the other copy cannot be opened.
    """
    ours = _in_a_file(session)
    path = yield from ask(open_project_question)
    theirs = yield from _open_other(store, ours, path)
    told, let_in = yield from _review(store, session, theirs)
    if let_in:
        yield from write(session, lambda content: store.save(_in_a_file(session), content))
    return told


def changed_on_disk(store: Store, session: Session) -> Flow[bool]:
    """The file is not what was read last: merge with it, or keep both; True when saved.

    Raises:
        Refusal: nothing was overwritten.
    """
    ours = _in_a_file(session)
    theirs = None
    try:
        theirs = yield from in_background(lambda _: store.open_copy(ours.path, ours.key))
    except Refusal:
        theirs = None
    readable = theirs is not None
    answer = yield from ask(
        lambda window: ChangedOnDiskDialog(window, ours.path.name, readable=readable)
    )
    if answer == "keep both" or theirs is None:
        return (yield from _keep_both(store, session, ours))
    yield from _review(store, session, theirs)
    # What stands on disk is in the merged state now, so it may be replaced by it.
    merged = replace(_in_a_file(session), fingerprint=theirs.fingerprint)
    session.project = merged
    return (yield from write(session, lambda content: store.save(merged, content)))


def decide_conflicts(session: Session) -> Flow[str]:
    """Show the conflicts that are still open and carry out what is decided, as one step."""
    document = session.document
    plan = open_plan(document.snapshot())
    if not plan.conflicts:
        return tr("No conflict is open.")
    label = tr("Decide conflicts")
    answer: MergeAnswer = yield from ask(
        lambda window: DecideDialog(
            window, plan, document.snapshot(), lambda c: resolve(document, plan, c, label)
        )
    )
    if answer.patch.changes:
        session.history.close_step()
        document.apply(answer.patch)
    left = len(open_plan(document).conflicts)
    return plural("{count} conflict is open.", "{count} conflicts are open.", left)


class JoinedLineage:
    """Keeps the lineage true: taking the merge back, before a save, takes the kinship back too."""

    def __init__(self, session: Session, patch: Patch, together: OpenedProject) -> None:
        """Let the session's file come from both copies as long as the patch stands."""
        self._session = session
        self._patch = patch
        self._apart = _in_a_file(session)
        self._together = together
        session.project = together
        session.document.subscribe(self._follow)

    def _follow(self, commit: Commit) -> None:
        session, changes = self._session, commit.patch.changes
        taken_back = commit.origin == "undo" and changes == self._patch.inverse.changes
        done_again = commit.origin == "redo" and changes == self._patch.changes
        if taken_back and session.project is self._together:
            session.project = self._apart
        elif done_again and session.project is self._apart:
            session.project = self._together


def _review(store: Store, session: Session, theirs: OpenedProject) -> Flow[tuple[str, bool]]:
    """Plan, show, and apply as one undo step.

    Returns:
        what happened in a sentence, and whether somebody is let in from the next save on.
    """
    ours, document = _in_a_file(session), session.document
    content = document.content()
    plan = yield from in_background(
        lambda _: plan_merge(store, ours, content, theirs), tr("Comparing the copies")
    )
    comes_back = bool(plan.shared_for)  # a shared copy is no kin: its saves are not ours
    ways = () if comes_back else only_theirs(ours.key, theirs.key)
    if plan.is_empty and not ways:
        session.project = ours if comes_back else joined(ours, theirs)
        return wording.summary_words(plan), False
    answer = yield from ask(_question(session, plan, theirs, ways))
    session.history.close_step()
    if not comes_back:
        together = with_ways(joined(_in_a_file(session), theirs), answer.ways)
        JoinedLineage(session, answer.patch, together)
    if answer.patch.changes:
        document.apply(answer.patch, "merge")
    told = tr("Merged with {name}: {summary}", name=theirs.path.name,
              summary=wording.summary_words(plan))  # fmt: skip
    return told, bool(answer.ways)


def _question(
    session: Session, plan: MergePlan, theirs: OpenedProject, ways: tuple[Way, ...]
) -> Callable[[QWidget], MergeDialog]:
    """The plan as a dialog, with a box for each way in that only the other copy has."""
    document, ours = session.document, _in_a_file(session)
    names = wording.all_names(document.snapshot(), plan)
    label = tr("Merge {name}", name=theirs.path.name)
    title = tr("Merge with {name}", name=theirs.path.name)
    ours_alone = () if plan.shared_for else only_ours(ours.key, theirs.key)

    def make(window: QWidget) -> MergeDialog:
        return MergeDialog(
            window,
            plan,
            names,
            lambda choices: resolve(document, plan, choices, label),
            title,
            session.map_of_merge(plan) if session.map_of_merge is not None else None,
            AccessBox(ways, ours_alone) if ways or ours_alone else None,
        )

    return make


def _open_other(store: Store, ours: OpenedProject, path: Path) -> Flow[OpenedProject]:
    """Open the other copy: under our key, else asking for its passphrase until it fits."""
    title = tr("Opening {name}", name=path.name)
    try:
        return (yield from in_background(lambda _: store.open_copy(path, ours.key), title))
    except Damaged as refusal:
        if refusal.facts.get("part") != "body.age":
            raise
    opening = opened_with_secret(path.name, title, lambda secret: store.open(path, secret))
    return (yield from opening)


def _keep_both(store: Store, session: Session, ours: OpenedProject) -> Flow[bool]:
    """Save ours under another name and go on there; the other file stays as it is."""
    path = yield from ask(save_project_question)
    if path.exists() and ours.path.exists() and path.samefile(ours.path):
        message = tr("{name} is the file of the other copy; choose another name.", name=path.name)
        raise Refusal("same-file", message)
    # The file dialog has asked before an existing file may be replaced.
    return (
        yield from write(
            session, lambda content: store.save_copy(ours, path, content, overwrite=True)
        )
    )


def _in_a_file(session: Session) -> OpenedProject:
    if session.project is None:
        raise Refusal("no-file", tr("Keep the project in a file first; then it can be merged."))
    return session.project
