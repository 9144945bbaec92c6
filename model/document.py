"""The document: tables of frozen records, changed only by patches, one event per commit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from model.editing import Edit
from model.identifiers import IdSource, random_id
from model.indexes import LinkageIndex
from model.records import PROJECT_ID, TABLES, Project, Record
from model.refusals import Refusal
from model.tables import Tables
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.patch import Origin, Patch

Content = dict[str, dict[str, Record]]
Subscriber = Callable[["Commit"], None]


class Snapshot(Tables):
    """A frozen picture of a document at one revision; workers and drawings get these."""

    def __init__(self, tables: Mapping[str, Mapping[str, Record]], revision: int) -> None:
        """Keep the tables as they are; nobody writes to them any more."""
        self._tables = tables
        self.revision = revision

    def table(self, name: str) -> Mapping[str, Record]:
        """The records of a table by id."""
        return self._tables[name]


class Commit:
    """What subscribers learn: the patch, where it came from and the revision it led to."""

    __slots__ = ("origin", "patch", "revision")

    def __init__(self, patch: Patch, origin: Origin, revision: int) -> None:
        """Keep the three."""
        self.patch = patch
        self.origin = origin
        self.revision = revision


def protected() -> Refusal:
    """What is said to whoever tries to change a protected project."""
    return Refusal(
        "protected",
        tr("The project is protected from changes: allow them first (Edit, Protect from changes)."),
    )


class Document(Tables):
    """The tables of one open project and the only place that writes to them.

    Edits go through `edit`; undo, merge and recovery apply patches. Subscribers are called once
    per commit, in order, and may not edit while they are called.

    Attributes:
        is_protected: whether edits are refused, so that nothing changes by accident.
    """

    def __init__(self, content: Content | None = None, ids: IdSource = random_id) -> None:
        """Open with the given content, or empty with a project record."""
        self._tables: Content = {name: {} for name in TABLES}
        for name, records in (content or {}).items():
            self._tables[name] = dict(records)
        if PROJECT_ID not in self._tables["project"]:
            self._tables["project"] = {PROJECT_ID: Project(id=PROJECT_ID)}
        self.revision = 0
        self.is_protected = False
        self.new_id = ids
        self._subscribers: list[Subscriber] = []
        self._notifying = False
        self._snapshot: Snapshot | None = None
        self.links = LinkageIndex(self._tables["linkages"].values())

    def table(self, name: str) -> Mapping[str, Record]:
        """The records of a table by id, read-only."""
        return MappingProxyType(self._tables[name])

    def snapshot(self) -> Snapshot:
        """The present state, frozen; cheap, and shared until the next commit."""
        if self._snapshot is None:
            copied = {name: dict(records) for name, records in self._tables.items()}
            self._snapshot = Snapshot(copied, self.revision)
        return self._snapshot

    def content(self) -> Content:
        """A shallow copy of all tables, for saving."""
        return {name: dict(records) for name, records in self._tables.items()}

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call the subscriber after each commit; the result ends the subscription."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def apply(self, patch: Patch, origin: Origin = "edit") -> None:
        """Make the changes of a patch and tell the subscribers.

        Raises:
            Refusal: when the document is protected; what is recovered is taken over even then.
            RuntimeError: when a subscriber tries to edit, or the patch does not fit (a bug).
        """
        if self.is_protected and origin != "recover":
            raise protected()
        if self._notifying:
            message = "a subscriber may not edit the document"
            raise RuntimeError(message)
        for change in patch.changes:
            if self._tables[change.table].get(change.id) != change.before:
                message = f"the patch does not fit {change.table}/{change.id}"
                raise RuntimeError(message)
        for change in patch.changes:
            if change.after is None:
                del self._tables[change.table][change.id]
            else:
                self._tables[change.table][change.id] = change.after
        self.links.follow(patch)
        self.revision += 1
        self._snapshot = None
        self._notify(Commit(patch, origin, self.revision))

    def wipe(self) -> None:
        """Forget all records without a commit, because the project is locked.

        Whatever still holds the document afterwards holds nothing.
        """
        for records in self._tables.values():
            records.clear()
        self._snapshot = None
        self._subscribers.clear()
        self.links = LinkageIndex(())

    def _notify(self, commit: Commit) -> None:
        self._notifying = True
        try:
            for subscriber in tuple(self._subscribers):
                subscriber(commit)
        finally:
            self._notifying = False

    @contextmanager
    def edit(self, label: str, merge_key: str = "", origin: Origin = "edit") -> Iterator[Edit]:
        """Stage changes; they are checked and committed together when the block ends.

        An exception inside, or a refusal by `model.integrity`, leaves no trace. A block that
        changes nothing commits nothing.
        """
        staged = Edit(self)
        yield staged
        patch = staged.patch(label, merge_key)
        if patch.changes:
            self.apply(patch, origin)
