"""Operations that are interrupted, and what must hold afterwards.

Each operation acknowledges what it has promised by calling `tell`; whatever was told before the
fault must be there after it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from model.history import HistoryState
from model.patch import Patch, RecordChange
from model.records import Actor
from model.refusals import Refusal
from model.storage.drafts import found_draft, new_draft_path
from model.storage.filesystem import FileSystem
from model.storage.journal import Journal
from model.storage.keys import KeyFile
from model.storage.lockedwork import Work, found_work, keep_work, lock
from model.storage.patchcodec import encode_patch
from model.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.storage.codec import Content
    from model.storage.store import OpenedProject

OLD_SAMPLE = Path(__file__).parents[1] / "model" / "storage" / "samples"
KEY = KeyFile.generate()
OTHER_KEY = KeyFile.generate()


def content_of(notes: str) -> Content:
    """A small project whose state is told by one text."""
    actors = [Actor(id=f"a{number}", name=f"Actor {number}") for number in range(6)]
    actors[0] = msgspec.structs.replace(actors[0], notes=notes)
    return {"actors": {actor.id: actor for actor in actors}}


def state_of(content: Content) -> str:
    """The text that tells the state."""
    return str(getattr(content["actors"]["a0"], "notes", "?"))


def step(number: int) -> Patch:
    """The change from one state to the next."""
    before, after = content_of(f"s{number}"), content_of(f"s{number + 1}")
    change = RecordChange("actors", "a0", before["actors"]["a0"], after["actors"]["a0"])
    return Patch("Edit", (change,))


@dataclass(frozen=True)
class Bench:
    """A folder with one project in state ``s0``, put back before every trial."""

    folder: Path
    master: Path

    @classmethod
    def make(cls, place: Path) -> Bench:
        """Write the project once."""
        master, folder = place / "master", place / "trial"
        master.mkdir(parents=True)
        store = Store("safety", generations=master / "generations", log_n=10)
        store.create(master / "p.xtrk", content_of("s0"), KEY)
        return cls(folder, master)

    def reset(self) -> None:
        """Put everything back."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.master, self.folder)

    def store(self) -> Store:
        """A store of its own, as a process has one."""
        return Store("safety", generations=self.folder / "generations", log_n=10)

    @property
    def path(self) -> Path:
        """The project file."""
        return self.folder / "p.xtrk"

    @property
    def drafts(self) -> Path:
        """The folder of drafts."""
        return self.folder / "drafts"

    def opened(self) -> OpenedProject:
        """The project as it is on disk."""
        return self.store().open(self.path, KEY)

    def recovered(self) -> str:
        """The state that a person finds after the next start: file, sealed work and draft."""
        project = self.opened()
        content = {table: dict(records) for table, records in project.content.items()}
        work = found_work(FileSystem(), self.drafts, project)
        patches = found_draft(self.drafts, project)
        for patch in (*((work.unsaved,) if work is not None else ()), *patches):
            for change in patch.changes:
                if change.after is not None:
                    content[change.table][change.id] = change.after
        return state_of(content)


Tell = "Callable[[str], None]"


def save(bench: Bench, tell: Callable[[str], None]) -> None:
    """Open and save; told once the save is reported as durable."""
    project = bench.opened()
    saved = bench.store().save(project, content_of("s1"))
    if saved.durable:
        tell("s1")


def edit_and_save(bench: Bench, tell: Callable[[str], None]) -> None:
    """Edits with a draft, a save that runs meanwhile, and an edit after it."""
    project = bench.opened()
    files = FileSystem()
    path = new_draft_path(bench.drafts, project)
    recipient = project.key.identity.recipient()
    base = project.fingerprint.sha256
    journal = Journal.start(files, path, recipient, project.stamp.project, base)
    for number in range(2):
        journal.append(encode_patch(step(number)))
        tell(f"s{number + 1}")
    journal.sync()
    journal.append(encode_patch(step(2)))
    tell("s3")
    saved = bench.store().save(project, content_of("s2")).project
    journal.close()
    base = saved.fingerprint.sha256
    later = [encode_patch(step(2))]
    journal = Journal.start(files, path, recipient, saved.stamp.project, base, later)
    journal.append(encode_patch(step(3)))
    tell("s4")


def rekey(bench: Bench, tell: Callable[[str], None]) -> None:
    """A second way in, then the first way replaced and the second taken away."""
    store, project = bench.store(), bench.opened()
    project = store.add_secret(project, OTHER_KEY)
    store.remove_secret(project, "keys/keyfile-2.age")
    tell("s0")


def lock_away(bench: Bench, tell: Callable[[str], None]) -> None:
    """Lock with an unsaved change; told once the sealed work is on the medium."""
    project = bench.opened()
    work = Work(step(0), HistoryState((), (), 1, 1, 0))
    keep_work(FileSystem(), bench.drafts, lock(project, work))
    tell("s1")


OPERATIONS = {
    "save": save,
    "edit, draft, save, edit": edit_and_save,
    "re-key": rekey,
    "lock": lock_away,
}
FIRST_LOSABLE = 0


def broken_promise(bench: Bench, told: list[str]) -> str:
    """What is wrong after a trial; "" for nothing."""
    try:
        found = bench.recovered()
    except (Refusal, OSError) as error:
        return f"cannot be opened: {error}"
    if not found.startswith("s"):
        return f"strange state {found}"
    promised = max((int(one[1:]) for one in told if one.startswith("s")), default=0)
    if int(found[1:]) < promised:
        return f"state {found} found, s{promised} was promised"
    return ""
