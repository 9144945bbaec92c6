"""What must hold after an operation was interrupted: whatever was promised is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from model.merge.strays import plan_stray
from model.refusals import Refusal
from model.storage.drafts import Drafts, drafts_after, find_drafts
from model.storage.filesystem import FileSystem
from model.storage.generations import find_generations
from model.storage.lockedwork import found_work
from tests.safety.operations import OPERATIONS, THEIRS, Bench, Operation, number_of, state_of

if TYPE_CHECKING:
    from model.patch import Patch
    from model.storage.codec import Content
    from model.storage.store import OpenedProject


def broken_promise(
    bench: Bench, told: list[str], name: str = "save", *, power: bool = False
) -> str:
    """What is wrong after a trial; "" for nothing.

    Args:
        bench: the folder as the fault left it.
        told: what the operation had promised.
        name: of the operation.
        power: whether the power was cut: then a draft may lag.
    """
    operation = OPERATIONS[name]
    try:
        project = _open_somehow(bench, operation)
        in_file = state_of(project.content, operation.actor)
        content = _recovered(bench, project)
    except (Refusal, OSError) as error:
        return f"cannot be opened: {error}"
    found = state_of(content, operation.actor)
    for state in (in_file, found):
        if state != operation.first and not (state[:1] == "s" and state[1:].isdigit()):
            return f"strange state {state!r}"
    if number_of(in_file) < _promised(told, "f"):
        return f"the file holds {in_file!r}, f{_promised(told, 'f')} was said to be in it"
    promised = _promised(told, "d" if power else "rdf")
    if number_of(found) < promised:
        return f"{found!r} comes back, {promised} was promised"
    interests = str(getattr(content["actors"][operation.actor], "interests", ""))
    if THEIRS in told and interests != THEIRS:
        return "the colleague's change is gone"
    return _lost_versions(bench, project, told, operation)


def _lost_versions(
    bench: Bench, project: OpenedProject, told: list[str], operation: Operation
) -> str:
    """An old format is among the earlier versions once a new one has replaced it."""
    if operation.file == "old.xtrk" and _promised(told, "f"):
        old = (bench.master / "old.xtrk").read_bytes()
        folder = bench.folder / "generations" / project.stamp.project
        kept = [one.path.read_bytes() for one in find_generations(FileSystem(), folder)]
        if old not in kept:
            return "the file as it was before the migration is gone"
    return ""


def _promised(told: list[str], kinds: str) -> int:
    return max((int(one[1:]) for one in told if one[0] in kinds and one[1:].isdigit()), default=0)


def _open_somehow(bench: Bench, operation: Operation) -> OpenedProject:
    last: Refusal | None = None
    for secret in operation.secrets:
        try:
            return bench.opened(bench.folder / operation.file, secret)
        except Refusal as refusal:
            last = refusal
    raise last or ValueError(operation.file)


def _recovered(bench: Bench, project: OpenedProject) -> Content:
    """The state that a person finds after the next start: file, sealed work, drafts, strays."""
    content = {table: dict(records) for table, records in project.content.items()}
    work = found_work(FileSystem(), bench.drafts, project)
    found = Drafts()
    if work is not None:
        found = drafts_after(bench.drafts, project, work.unsaved)
        _apply(content, work.unsaved)
    else:
        found = find_drafts(bench.drafts, project)
    for patch in found.patches:
        _apply(content, patch)
    for stray in found.strays:
        plan, _ = plan_stray(content, stray.patches)
        content = plan.applied_to(content)
    return content


def _apply(content: dict[str, dict[str, Any]], patch: Patch) -> None:
    for change in patch.changes:
        if change.after is None:
            content[change.table].pop(change.id, None)
        else:
            content.setdefault(change.table, {})[change.id] = change.after


def left_overs(bench: Bench) -> list[str]:
    """Temporary files that nobody will ever need."""
    return [path.name for path in bench.folder.rglob(".crosstrack-*.tmp")]
