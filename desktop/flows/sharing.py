"""Sharing a copy: choose what goes out, where, under which passphrase; note what went out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import save_project_question
from desktop.dialogs.passphrase import NewPassphraseDialog
from desktop.dialogs.sharing import Parts, ShareDialog
from desktop.sharing import ShareChoice, share
from desktop.targets import check_no_project
from desktop.tasks import Flow, ask, in_background
from model.codes import tlp_text
from model.commands.exports import record_export
from model.storage.keys import Passphrase
from model.view_state import actors_of_view
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from desktop.session import Session
    from model.document import Snapshot
    from model.storage.store import Store


def share_a_copy(
    store: Store,
    session: Session,
    as_of: date,
    selected: frozenset[str],
    shown: frozenset[str] | None,
) -> Flow[str]:
    """Ask, write the copy, and say where it is.

    Args:
        store: writes it.
        session: the open project.
        as_of: the day that the window shows.
        selected: ids of the selected actors.
        shown: ids that the filter lets through; None where nothing is filtered.

    Raises:
        Refusal: nothing was written.
    """
    snapshot = session.document.snapshot()
    parts = Parts(selected, _actors(snapshot, shown), _views(snapshot, as_of))
    choice: ShareChoice = yield from ask(lambda window: ShareDialog(window, snapshot, as_of, parts))
    path = yield from ask(lambda window: save_project_question(window, tr("Share a copy as")))
    check_no_project(path)
    title = tr("A passphrase for the copy {name}", name=path.name)
    text = yield from ask(
        lambda window: NewPassphraseDialog(
            window,
            title,
            tr("Make the copy"),
            tr(
                "The copy opens with this passphrase alone. Take another one than that of the "
                "project, and tell it on another way than you send the copy."
            ),
        )
    )
    project = session.project
    shared = yield from in_background(
        lambda _: share(store, project, snapshot, as_of, choice, path, Passphrase(text)),
        tr("Making the copy for {audience}", audience=tlp_text(choice.audience)),
    )
    record_export(
        session.document,
        shared.copy,
        reason=choice.override,
        flags=shared.flags,
        copy_id=shared.saved.project.stamp.id,
    )
    return plural(
        "{name} is a copy for {audience}, under its own passphrase; {count} record stayed here.",
        "{name} is a copy for {audience}, under its own passphrase; {count} records stayed here.",
        sum(shared.copy.withheld_counts().values()),
        name=path.name,
        audience=tlp_text(choice.audience),
    )


def _actors(snapshot: Snapshot, ids: frozenset[str] | None) -> frozenset[str] | None:
    return None if ids is None else frozenset(ids & set(snapshot.actors))


def _views(snapshot: Snapshot, as_of: date) -> dict[str, frozenset[str]]:
    """The saved views that show only some actors."""
    found = {}
    for view in snapshot.views.values():
        ids = actors_of_view(snapshot, as_of, view)
        if len(ids) < len(snapshot.actors):
            found[view.title] = ids
    return found
