"""Operations that are interrupted, and what must hold afterwards.

They run the code that the window runs: its session, its draft keeper and its flows, with the
answers that a person would give. Each acknowledges what it has promised by calling `tell`:

- ``r3``: state 3 comes back after the program was killed (it is in the file or in a draft);
- ``d3``: it comes back after a power cut, too;
- ``f3``: it is in the file, as the status bar said.

Whatever was told before the fault must be there after it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from PySide6.QtCore import QCoreApplication

from desktop.autosave import autosave
from desktop.dialogs.files import save_project_question
from desktop.dialogs.merging import MergeAnswer
from desktop.drafts import DraftKeeper
from desktop.flows.keys import _take_new_key
from desktop.flows.saving import save
from desktop.save_state import SaveState
from desktop.session import Session
from desktop.tasks import InBackground
from model.commands.records import set_fields
from model.merge.copies import plan_merge
from model.merge.resolving import resolve
from model.patch import Patch
from model.records import Actor
from model.refusals import Refusal
from model.storage.drafts import find_drafts
from model.storage.filesystem import FileSystem
from model.storage.keys import KeyFile, Passphrase
from model.storage.lockedwork import Work, changes_between, keep_work, lock
from model.storage.store import Store
from tests.safety.clock import go_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.tasks import Flow
    from model.storage.codec import Content
    from model.storage.keys import Secret
    from model.storage.store import OpenedProject

Tell = Callable[[str], None]
OLD = Path(__file__).parents[1] / "model" / "storage" / "samples"
KEY: Final = KeyFile.generate()
OTHER_KEY: Final = KeyFile.generate()
NEW_PASSPHRASE: Final = "six words that nobody has said before"
OLD_KEY: Final = KeyFile.parse((OLD / "format-1-0.key").read_bytes())
THEIRS: Final = "theirs"
LOG_N: Final = 4
"""Deriving keys is not what fails here, and ten thousand of them cost minutes."""


def content_of(notes: str, interests: str = "") -> Content:
    """A small project whose state is told by one text, and a colleague's by another."""
    actors = [Actor(id=f"a{number}", name=f"Actor {number}") for number in range(6)]
    actors[0] = msgspec.structs.replace(actors[0], notes=notes, interests=interests)
    return {"actors": {actor.id: actor for actor in actors}}


def state_of(content: Content, actor: str = "a0") -> str:
    """The text that tells the state."""
    return str(getattr(content["actors"][actor], "notes", "?"))


def number_of(state: str) -> int:
    """The number in a state; 0 for none."""
    return int(state[1:]) if state else 0


@dataclass(frozen=True)
class Bench:
    """A folder with projects, put back before every trial.

    ``p.xtrk`` is in state ``s0``; ``old.xtrk`` was written by the first version of the program;
    ``theirs.xtrk`` is `p.xtrk` after a colleague has saved it; the folder of drafts holds what
    somebody had not saved when the machine died.
    """

    folder: Path
    master: Path

    @classmethod
    def make(cls, place: Path) -> Bench:
        """Write the projects once."""
        master, folder = place / "master", place / "trial"
        master.mkdir(parents=True)
        bench = cls(folder, master)
        store = Store("safety", generations=master / "generations", log_n=LOG_N)
        project = store.create(master / "p.xtrk", content_of("s0"), KEY).project
        shutil.copy(OLD / "format-1-0.xtrk", master / "old.xtrk")
        shutil.copy(master / "p.xtrk", master / "theirs.xtrk")
        colleague = Store("colleague", log_n=LOG_N)
        theirs = colleague.open(master / "theirs.xtrk", KEY)
        colleague.save(theirs, content_of("s0", THEIRS))
        desk = Desk(bench, store, project, master / "drafts")
        desk.edit(1)
        desk.leave_all()
        (master / "left").mkdir()
        (master / "drafts").rename(master / "left" / "drafts")
        return bench

    def reset(self) -> None:
        """Put everything back; where the clock can be set, it goes back as well."""
        go_back()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.master, self.folder)

    def store(self) -> Store:
        """A store of its own, as a process has one."""
        return Store("safety", generations=self.folder / "generations", log_n=LOG_N)

    @property
    def path(self) -> Path:
        """The project file."""
        return self.folder / "p.xtrk"

    @property
    def drafts(self) -> Path:
        """The folder of drafts."""
        return self.folder / "drafts"

    def opened(self, path: Path | None = None, secret: Secret = KEY) -> OpenedProject:
        """A project as it is on disk."""
        return self.store().open(path or self.path, secret)

    def desk(self, path: Path | None = None, secret: Secret = KEY) -> Desk:
        """A session with a project, as the window has it."""
        return Desk(self, self.store(), self.opened(path, secret), self.drafts)


class Desk:
    """The parts behind a window that keep a project: session, draft keeper, flows."""

    def __init__(self, bench: Bench, store: Store, project: OpenedProject, drafts: Path) -> None:
        """Open a project without a window."""
        _application()
        self.bench, self.store, self.folder = bench, store, drafts
        self.actor = "a0" if "a0" in project.content["actors"] else "a1"
        self.session = Session(project.content, project, "p", date(2013, 2, 15))
        self.keeper = DraftKeeper(self.session, drafts, lambda work: work())
        self.troubles: list[object] = []
        self.keeper.failed.connect(self.troubles.append)
        _DESKS.append(self)

    def recover(self) -> None:
        """Go on with the draft that was left, as opening does."""
        project = self.session.project
        if project is None:
            return
        found = find_drafts(self.folder, project)
        for patch in found.patches:
            self.session.document.apply(patch, "recover")
        if found.path is not None:
            self.keeper.take_over(found.path)

    def edit(self, number: int, tell: Tell | None = None) -> None:
        """Make an edit; it may be counted on unless the keeper said that it is not drafted."""
        set_fields(self.session.document, "actors", [self.actor], {"notes": f"s{number}"})
        self.session.history.close_step()
        if tell is not None and not self.keeper.is_behind:
            tell(f"r{number}")

    def state(self) -> str:
        """What is before the eyes."""
        return state_of(self.session.document.content(), self.actor)

    def flush(self, number: int, tell: Tell) -> None:
        """Wait for the medium, as the timer does within seconds."""
        if self.keeper.flush():
            tell(f"d{number}")

    def save(self, number: int, tell: Tell, flow: Flow[Any], answers: Sequence[Any] = ()) -> None:
        """Run a flow that saves, and tell what the status bar then says."""
        drive(flow, answers)
        if self.session.state in {SaveState.SAVED, SaveState.UNSAVED} and self._in_file(number):
            tell(f"f{number}")
            if not self.session._not_durable:
                tell(f"d{number}")

    def _in_file(self, number: int) -> bool:
        """Whether the session believes that a state is in the file."""
        project = self.session.project
        return project is not None and number_of(state_of(project.content, self.actor)) >= number

    def leave_all(self) -> None:
        """As the end of a process: handles and locks go."""
        self.keeper.close(keep=True)
        self.session.close()


def _application() -> None:
    """Timers need one; none of them ever fires here."""
    if QCoreApplication.instance() is None:
        _KEPT.append(QCoreApplication([]))


_KEPT: list[QCoreApplication] = []
_DESKS: list[Desk] = []


def end_desks() -> None:
    """No timer of an operation that ran in this very process fires later."""
    for desk in _DESKS:
        desk.keeper._timer.stop()
        desk.keeper._journal = None
    _DESKS.clear()


def let_go_of(folder: Path) -> None:
    """Close what an operation still holds open, as the end of its process would."""
    inside = f"{folder}/"
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - ten thousand times
        with contextlib.suppress(OSError):
            if os.readlink(f"/proc/self/fd/{name}").startswith(inside):  # noqa: PTH115
                os.close(int(name))


def drive(flow: Flow[Any], answers: Sequence[Any] = ()) -> Any:
    """Carry a flow out on this thread; `answers` are given, or made, one after the other.

    Asked where to save, the person gives up.
    """
    left = list(answers)
    send: Any = flow.send
    value: Any = None
    while True:
        try:
            step = send(value)
        except StopIteration as end:
            return end.value
        send, value = flow.send, None
        if isinstance(step, InBackground):
            try:
                value = step.work(None)  # type: ignore[arg-type]
            except (Refusal, OSError) as error:
                send, value = flow.throw, error
            continue
        if step.make is save_project_question:
            flow.close()
            return None
        answer = left.pop(0)
        value = answer() if callable(answer) else answer


# Operations -------------------------------------------------------------------------------------


def save_plainly(bench: Bench, tell: Tell) -> None:
    """Open and save; told once the save is reported as durable."""
    saved = bench.store().save(bench.opened(), content_of("s1"))
    tell("f1")
    if saved.durable:
        tell("d1")


def work_and_autosave(bench: Bench, tell: Tell) -> None:
    """Edits with a draft, an automatic save during which more is edited, and edits after it."""
    desk = bench.desk()
    desk.edit(1, tell)
    desk.edit(2, tell)
    desk.flush(2, tell)
    flow = autosave(desk.store, desk.session)
    step = next(flow)
    desk.edit(3, tell)  # while the worker seals
    saved = step.work(None)
    desk.edit(4, tell)  # before the window hears of it
    try:
        flow.send(saved)
    except StopIteration:
        tell("f2")
    desk.edit(5, tell)
    desk.flush(5, tell)
    desk.save(5, tell, autosave(desk.store, desk.session))
    desk.edit(6, tell)


def _left_behind(bench: Bench) -> None:
    (bench.folder / "left" / "drafts").rename(bench.drafts)


def go_on_after_a_crash(bench: Bench, tell: Tell) -> None:
    """Open a project with a draft that was left, go on in it, save."""
    tell("r1")
    tell("d1")
    desk = bench.desk()
    desk.recover()
    desk.edit(2, tell)
    desk.flush(2, tell)
    desk.save(2, tell, autosave(desk.store, desk.session))
    desk.edit(3, tell)


def migrate(bench: Bench, tell: Tell) -> None:
    """Open a file of the first version, edit and save it as the present one writes."""
    desk = bench.desk(bench.folder / "old.xtrk", OLD_KEY)
    desk.edit(1, tell)
    desk.flush(1, tell)
    desk.save(1, tell, autosave(desk.store, desk.session))
    desk.edit(2, tell)


def merge(bench: Bench, tell: Tell) -> None:
    """Save over a file that a colleague has changed: ask, merge, save."""
    desk = bench.desk()
    desk.edit(1, tell)
    (bench.folder / "theirs.xtrk").rename(bench.path)  # as a synchronised folder does
    FileSystem().sync_folder(bench.folder)
    tell(THEIRS)

    def plan() -> MergeAnswer:
        session = desk.session
        theirs = bench.store().open_copy(bench.path, _project(session).key)
        document = session.document
        found = plan_merge(desk.store, session.project, document.content(), theirs)  # type: ignore[arg-type]
        return MergeAnswer(resolve(document, found, {}, "Merge"))

    desk.save(1, tell, save(desk.store, desk.session), ("merge", plan))
    desk.edit(2, tell)
    desk.save(2, tell, autosave(desk.store, desk.session))


def rekey(bench: Bench, tell: Tell) -> None:
    """A second way in, the first taken away, and at last a new key for everything."""
    desk = bench.desk()
    session, store = desk.session, desk.store
    desk.edit(1, tell)
    session.project = store.add_secret(_project(session), OTHER_KEY)
    session.project = store.remove_secret(_project(session), "keys/keyfile-2.age")
    session.project = store.change_secret(_project(session), OTHER_KEY)
    desk.edit(2, tell)
    flow = _take_new_key(store, session, _project(session))
    desk.save(2, tell, flow, (NEW_PASSPHRASE,))
    desk.edit(3, tell)


def _project(session: Session) -> OpenedProject:
    assert session.project is not None
    return session.project


def lock_away(bench: Bench, tell: Tell) -> None:
    """Lock with an unsaved change in the order of the window, then open and unlock it."""
    desk = bench.desk()
    desk.edit(1, tell)
    session, project = desk.session, _project(desk.session)
    changes = changes_between(project.content, session.document.content())
    work = Work(Patch("Recovered", changes), session.history.state())
    locked = lock(project, work)
    desk.keeper.flush()
    keep_work(FileSystem(), bench.drafts, locked)
    tell("d1")
    desk.leave_all()


def save_a_copy(bench: Bench, tell: Tell) -> None:
    """Save under another name: the source is never touched, the copy is whole or not there."""
    desk = bench.desk()
    desk.edit(1, tell)
    target = bench.folder / "copy.xtrk"
    desk.store.save_copy(_project(desk.session), target, desk.session.document.content())
    found = state_of(bench.opened(target).content)
    if found != "s1":
        raise ValueError(found)
    tell("copied")


@dataclass(frozen=True)
class Operation:
    """What is interrupted, and which file and secrets to look at afterwards."""

    work: Callable[[Bench, Tell], None]
    file: str = "p.xtrk"
    secrets: tuple[Secret, ...] = field(default=(KEY,), repr=False)
    first: str = "s0"
    actor: str = "a0"
    prepare: Callable[[Bench], None] = lambda _: None


OPERATIONS: Final = {
    "save": Operation(save_plainly),
    "autosave": Operation(work_and_autosave),
    "recover": Operation(go_on_after_a_crash, prepare=_left_behind),
    "migrate": Operation(migrate, "old.xtrk", (OLD_KEY,), "", "a1"),
    "merge": Operation(merge),
    "re-key": Operation(rekey, secrets=(KEY, OTHER_KEY, Passphrase(NEW_PASSPHRASE))),
    "lock": Operation(lock_away),
    "copy": Operation(save_a_copy),
}
