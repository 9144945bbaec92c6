"""The door to project files: create, open, save, copy, change secrets, tell and verify.

Everything that is refused is refused before anything is written. Key derivations happen only in
`Store.create`, `Store.open` and where secrets change; call those from a worker thread.
"""

from __future__ import annotations

import errno
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from model.identifiers import IdSource, random_id
from model.refusals import Refusal
from model.storage import atomic, codec, container, keys
from model.storage.atomic import Fingerprint
from model.storage.bodies import body, body_json, not_read_back, unreadable, verify_written
from model.storage.errors import (
    ChangedOnDisk,
    NotAProject,
    TooLarge,
    located,
)
from model.storage.filesystem import FileSystem
from model.storage.generations import (
    NEWEST_KEPT,
    Generation,
    find_generations,
    keep_generation,
    last_save,
    remember_last_save,
)
from model.storage.inspection import PartCheck, ProjectInfo, check_parts, describe
from model.storage.opened import OpenedProject, Saved
from model.storage.schema import Extras, SaveStamp
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from model.records import Record
    from model.storage.codec import Content
    from model.storage.container import Container, SlotKind
    from model.storage.keys import ProjectKey, Secret

__all__ = ["OpenedProject", "Saved", "Store"]


@dataclass(frozen=True, slots=True)
class Store:
    """Opens and saves project files.

    Attributes:
        app: name and version that is written into files, for support.
        files: the operating system.
        generations: folder for earlier versions, one folder per project inside; None keeps none.
        versions_kept: how many of the newest earlier versions stay, besides one a day.
        log_n: scrypt work factor of new passphrase slots; only tests lower it.
        new_id: source of random ids for projects and saves.
    """

    app: str
    files: FileSystem = field(default_factory=FileSystem)
    generations: Path | None = None
    versions_kept: int = NEWEST_KEPT
    log_n: int = keys.DEFAULT_LOG_N
    new_id: IdSource = random_id

    def create(
        self,
        path: Path,
        content: Mapping[str, Mapping[str, Record]],
        secret: Secret,
        *,
        overwrite: bool = False,
    ) -> Saved:
        """Write a new project under a new key.

        Raises:
            AlreadyThere: there is a file and it may not be replaced.
            BadSecret, SaveTrouble: nothing was written.
        """
        with located(path.name):
            project = OpenedProject(
                path=path,
                content=codec.canonical(content),
                key=keys.new_key(secret, self.log_n),
                fingerprint=Fingerprint(""),
                stamp=SaveStamp(self.new_id(), self.new_id()),
                extras=Extras(),
                app=self.app,
            )
            return self._write(project, self._replaceable(path, overwrite))

    def open(self, path: Path, secret: Secret) -> OpenedProject:
        """Read a project; one key derivation for each passphrase slot that is tried.

        Raises:
            NotAProject, Damaged, TooLarge, TooCostly: before any key derivation.
            WrongPassphrase, WrongKey, BadSecret: the file is whole, the secret does not fit.
            TooNew, InvalidContent: opened, but not to be used by this version.
            Trouble: the file cannot be read.
        """
        return self._open(path, lambda parts: keys.unlock(parts.slots, secret))

    def open_copy(self, path: Path, key: ProjectKey) -> OpenedProject:
        """Read a copy of a project that is open already, under the same key; derives nothing.

        Raises:
            Damaged: the file is damaged, or its key is another one.
            Refusal: as `open`.
        """
        return self._open(path, lambda parts: replace(key, slots=parts.slots))

    def earlier_state(self, project: OpenedProject, save_id: str) -> Content | None:
        """The tables of an earlier save, if they are among the earlier versions kept here."""
        for generation in self.earlier_versions(project):
            with suppress(Refusal):
                found = self.open_copy(generation.path, project.key)
                if found.stamp.id == save_id:
                    return found.content
        return None

    def save(self, project: OpenedProject, content: Mapping[str, Mapping[str, Record]]) -> Saved:
        """Put new content in the place of what was read or saved last; no key derivation.

        Raises:
            ChangedOnDisk: the file is not what was read last; it was not overwritten.
            SaveTrouble: the world failed; the old file is in place.
        """
        with located(project.path.name):
            stamp = project.stamp.next(self.new_id())
            known = project
            if not self._is_last_here(project):
                lineage = project.lineage.with_checkpoint(project.stamp.id)
                known = replace(project, lineage=lineage)
            return self._write(_with(known, content, stamp), project.fingerprint)

    def save_copy(
        self,
        project: OpenedProject,
        path: Path,
        content: Mapping[str, Mapping[str, Record]],
        *,
        secret: Secret | None = None,
        overwrite: bool = False,
    ) -> Saved:
        """Write the content to another file; the file that the project came from is not touched.

        Checkpoints stay behind where the copy gets a key of its own: it goes to others.

        Args:
            project: where key and lineage come from.
            path: the new file.
            content: the tables to write.
            secret: if given, the copy gets a new key that only this secret opens.
            overwrite: whether a file at the path may be replaced.
        """
        with located(path.name):
            expected = self._replaceable(path, overwrite)
            key = keys.new_key(secret, self.log_n) if secret is not None else project.key
            stamp = project.stamp.next(self.new_id())
            copy = replace(_with(project, codec.canonical(content), stamp), path=path, key=key)
            if secret is not None:
                copy = replace(copy, lineage=copy.lineage.without_checkpoints())
            return self._write(copy, expected)

    def change_secret(
        self, project: OpenedProject, secret: Secret, slot: str | None = None
    ) -> OpenedProject:
        """Replace the passphrase or key file of one slot, by default the one that was used.

        Works on the file as last saved; unsaved work is neither written nor lost. Copies made
        before still open with the old secret.

        Raises:
            ChangedOnDisk, BadSecret, SaveTrouble: nothing was changed.
        """
        with located(project.path.name):
            name = slot or project.key.opened_by
            key = keys.with_new_secret(project.key, name, secret, self.log_n)
            return self._rewrite_slots(project, key)

    def rekey(
        self,
        project: OpenedProject,
        content: Mapping[str, Mapping[str, Record]],
        secret: Secret,
    ) -> Saved:
        """Seal everything anew under a new project key that this secret and the members open.

        Copies and earlier versions stay sealed under the old key.

        Raises:
            ChangedOnDisk, BadSecret, SaveTrouble: the file is as it was.
        """
        with located(project.path.name):
            key = keys.new_key(secret, self.log_n, project.key.members)
            stamp = project.stamp.next(self.new_id())
            renewed = replace(_with(project, content, stamp), key=key)
            return self._write(renewed, project.fingerprint)

    def add_secret(
        self, project: OpenedProject, secret: Secret, kind: SlotKind | None = None
    ) -> OpenedProject:
        """Add a further way to open the file, such as a key file or a recovery sheet."""
        with located(project.path.name):
            key = keys.with_slot(project.key, secret, kind, self.log_n)
            return self._rewrite_slots(project, key)

    def remove_secret(self, project: OpenedProject, slot: str) -> OpenedProject:
        """Take away a way to open the file; earlier copies keep it."""
        with located(project.path.name):
            key = keys.without_slot(project.key, slot)
            if key.members != project.key.members:
                return self._reseal(project, key)
            return self._rewrite_slots(project, key)

    def add_member(self, project: OpenedProject, name: str, public: str) -> OpenedProject:
        """Let somebody open the file with their own key, of which this is the public half.

        Works on the file as last saved; unsaved work is neither written nor lost.

        Raises:
            BadSecret, ChangedOnDisk, SaveTrouble: the file is as it was.
        """
        with located(project.path.name):
            return self._reseal(project, keys.with_member(project.key, name, public))

    def info(self, path: Path) -> ProjectInfo:
        """Tell what can be told about a file without any key."""
        with located(path.name, unreadable(path)):
            data = self._read(path)
            return describe(path, data, container.read(data))

    def verify(self, path: Path, secret: Secret | None = None) -> tuple[PartCheck, ...]:
        """Check every part of a file, with a secret also what is inside; see `check_parts`.

        Raises:
            NotAProject, Trouble: there is nothing to check.
            WrongPassphrase, WrongKey, BadSecret, TooCostly: the inside cannot be reached.
        """
        with located(path.name, unreadable(path)):
            return check_parts(self._read(path), secret)

    def earlier_versions(self, project: OpenedProject) -> list[Generation]:
        """List the earlier versions kept of a project, newest first."""
        folder = self._generation_folder(project.stamp)
        return find_generations(self.files, folder) if folder is not None else []

    def _read(self, path: Path) -> bytes:
        facts = self.files.facts(path)
        if facts is None:
            raise FileNotFoundError(errno.ENOENT, "no such file")
        if not facts.is_file:
            raise NotAProject(tr("this is a folder or a device, not a Crosstrack project file."))
        if facts.size > container.MAX_FILE:
            raise TooLarge(tr("it is larger than any Crosstrack project file can be."))
        return self.files.read(path, container.MAX_FILE)

    def _replaceable(self, path: Path, overwrite: bool) -> Fingerprint | None:
        """Return the fingerprint of the file that may be replaced; None: there must be none."""
        if not overwrite:
            return None
        with located(path.name, unreadable(path)):
            return atomic.current_fingerprint(self.files, path)

    def _generation_folder(self, stamp: SaveStamp) -> Path | None:
        return self.generations / stamp.project if self.generations is not None else None

    def _write(self, project: OpenedProject, expected: Fingerprint | None) -> Saved:
        encoded = codec.encode(
            project.content,
            project.stamp,
            self.app,
            project.extras,
            project.encoded,
            lineage=project.lineage,
            members=project.key.members,
        )
        parts = container.Container(project.key.slots, body(project, encoded))

        def verify(data: bytes) -> None:
            verify_written(project, parts, encoded, data)

        old_number = project.stamp.number - 1
        written = self._replace(project, parts, expected, verify, old_number)
        saved = replace(
            project,
            fingerprint=written.fingerprint,
            app=self.app,
            encoded=encoded,
            was_written=True,
        )
        self._remember_last(project.stamp)
        return Saved(saved, written.durable)

    def _open(self, path: Path, unlock: Callable[[Container], ProjectKey]) -> OpenedProject:
        with located(path.name, unreadable(path)):
            data = self._read(path)
            parts = container.read(data)
            key = unlock(parts)
            decoded = codec.decode(body_json(parts, key))
        return OpenedProject(
            path=path,
            content=decoded.content,
            key=replace(key, members=decoded.members),
            fingerprint=Fingerprint.of(data),
            stamp=decoded.stamp,
            extras=decoded.extras,
            app=decoded.app,
            encoded=decoded.encoded,
            lineage=decoded.lineage,
        )

    def _is_last_here(self, project: OpenedProject) -> bool:
        """Whether this machine wrote the project last, so that nobody can have parted since.

        The answer only decides about a checkpoint more or less; without it there is one.
        """
        folder = self._generation_folder(project.stamp)
        if folder is None:
            return project.was_written
        try:
            return project.stamp.id == last_save(self.files, folder)
        except OSError:
            return False

    def _remember_last(self, stamp: SaveStamp) -> None:
        folder = self._generation_folder(stamp)
        if folder is not None:
            with suppress(OSError):
                remember_last_save(self.files, folder, stamp.id)

    def _reseal(self, project: OpenedProject, key: ProjectKey) -> OpenedProject:
        """Write the content as last saved under a key with other members."""
        stamp = project.stamp.next(self.new_id())
        resealed = _with(replace(project, key=key), project.content, stamp)
        return self._write(resealed, project.fingerprint).project

    def _rewrite_slots(self, project: OpenedProject, key: ProjectKey) -> OpenedProject:
        with located(project.path.name, unreadable(project.path)):
            data = self._read(project.path)
        if Fingerprint.of(data) != project.fingerprint:
            raise ChangedOnDisk(
                tr("someone else has changed the file since it was opened; open it again first.")
            )
        parts = container.Container(key.slots, container.read(data).body)

        def verify(read_back: bytes) -> None:
            if container.read(read_back) != parts:
                raise not_read_back(project.path, tr("the key slots differ"))
            key.unseal(parts.body)

        old_number = project.stamp.number
        written = self._replace(project, parts, project.fingerprint, verify, old_number)
        return replace(project, key=key, fingerprint=written.fingerprint)

    def _replace(
        self,
        project: OpenedProject,
        parts: Container,
        expected: Fingerprint | None,
        verify: atomic.Verify,
        old_number: int,
    ) -> atomic.Written:
        folder = self._generation_folder(project.stamp)

        def keep(old: bytes) -> None:
            if folder is not None:
                keep_generation(self.files, folder, old_number, old, self.versions_kept)

        data = container.write(parts)
        return atomic.replace_file(self.files, project.path, data, expected, verify, keep)


def _with(
    project: OpenedProject, content: Mapping[str, Mapping[str, Record]], stamp: SaveStamp
) -> OpenedProject:
    tables = {table: dict(records) for table, records in content.items()}
    lineage = project.lineage.after(project.content, tables, project.stamp.id, stamp.id)
    return replace(project, content=tables, stamp=stamp, lineage=lineage)
