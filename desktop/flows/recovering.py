"""Getting earlier versions back: what is kept on this computer, opened as a copy in memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.dialogs.recovery import RecoveryDialog
from desktop.flows.secrets import opened_with_secret
from desktop.tasks import Flow, Progress, ask, in_background
from model.refusals import Refusal
from model.storage.errors import Damaged
from model.storage.filesystem import FileSystem
from model.storage.generations import Generation, find_generations
from resources.text import plural, tr

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.session import Session
    from model.document import Content
    from model.storage.store import OpenedProject, Store


@dataclass(frozen=True)
class Recovered:
    """An earlier version: its content, and what to call it."""

    content: Content
    title: str


def recover(store: Store, session: Session | None) -> Flow[Recovered]:
    """List what is kept, open one; no file is touched.

    With an open project its own versions are listed and need no passphrase; otherwise those of
    all projects, which have no names here: everything but number and time is sealed.

    Raises:
        Refusal: nothing is kept, or the version cannot be opened.
    """
    project = session.project if session is not None else None
    versions = _kept(store, project)
    if not versions:
        raise Refusal(
            "nothing-kept",
            tr("No earlier versions are kept on this computer; look for other copies of the file."),
        )
    contents = yield from in_background(
        lambda _: _contents(store, project, versions), tr("Looking at the earlier versions")
    )
    chosen: Generation = yield from ask(
        lambda window: RecoveryDialog(
            window, versions, one_project=project is not None, contents=contents
        )
    )
    opened = yield from _opened(store, project, chosen)
    return Recovered(opened.content, tr("Version {number}", number=chosen.number))


def _kept(store: Store, project: OpenedProject | None) -> list[Generation]:
    if project is not None:
        return store.earlier_versions(project)
    files, place = FileSystem(), store.generations
    if place is None or not place.is_dir():
        return []
    found = [one for folder in sorted(place.iterdir()) for one in find_generations(files, folder)]
    return sorted(found, key=lambda one: one.modified, reverse=True)


def _contents(
    store: Store, project: OpenedProject | None, versions: list[Generation]
) -> dict[Path, str]:
    """What is in each version of an open project; for others there is no key."""
    if project is None:
        return {}
    return {one.path: _content_words(store, project, one) for one in versions}


def _content_words(store: Store, project: OpenedProject, version: Generation) -> str:
    try:
        content = store.open_copy(version.path, project.key).content
    except Damaged as refusal:
        whole = refusal.facts.get("part") == "body.age"
        return tr("sealed under an earlier key") if whole else tr("damaged")
    except Refusal:
        return tr("cannot be read")
    actors, links = len(content["actors"]), len(content["linkages"])
    return ", ".join(
        (
            plural("{count} actor", "{count} actors", actors),
            plural("{count} linkage", "{count} linkages", links),
        )
    )


def _opened(store: Store, project: OpenedProject | None, chosen: Generation) -> Flow[OpenedProject]:
    if project is not None:
        key = project.key

        def read(_progress: Progress) -> OpenedProject:
            return store.open_copy(chosen.path, key)

        return (yield from in_background(read))
    name, title = tr("version {number}", number=chosen.number), tr("Opening the version")
    opening = opened_with_secret(name, title, lambda secret: store.open(chosen.path, secret))
    return (yield from opening)
