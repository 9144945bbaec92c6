"""One export from start to end: redact here, write in a worker process, put the files in place.

The worker never sees what the audience may not see. Files appear under their names only when all
of them are whole; giving up kills the worker and leaves nothing behind.
"""

from __future__ import annotations

import errno
import multiprocessing
import os
import secrets
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from desktop import export_worker
from desktop.export_worker import Done, Failed, Job, Said, Step
from desktop.targets import check_no_project, check_only_tables
from desktop.timeline_in_view import for_copy
from desktop.unshown_letters import by_own_ids
from exporters.inspection import secrets_in, secrets_of
from exporters.registry import FOLDER_KINDS, OUTPUT_KINDS
from model.dates import PartialDate
from model.redaction import Aliases, RedactedCopy, check_audience, open_red_flags, redact
from model.refusals import Refusal, Trouble
from model.returning.exported import ExportedState, exported_state
from model.storage import codec
from model.storage.schema import SaveStamp
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from exporters.progress import Progress
    from exporters.request import ExportRequest, Output
    from exporters.unshown import Unshown
    from model.tables import Tables

_POLL: Final = 0.1
"""Seconds between looks at whether the user has given up."""
_STAMP: Final = SaveStamp(project="export", id="export")


@dataclass(frozen=True)
class ExportReport:
    """What an export has done.

    Attributes:
        paths: files and folders that are there now, in the order of the request.
        remarks: what the sender should know about each.
        copy: what was withheld, emptied and mentioned; for the sender only.
        flags: open red flags that were overridden.
        unshown: texts of the project that print shows with replacement marks.
        searched: how many texts of withheld records were looked for in the finished files, in vain.
        state: by what a workbook that comes back is known and compared.
    """

    paths: tuple[Path, ...]
    remarks: tuple[tuple[str, ...], ...]
    copy: RedactedCopy
    flags: tuple[str, ...]
    state: ExportedState
    unshown: tuple[Unshown, ...] = ()
    searched: int = 0


def run_export(
    tables: Tables,
    request: ExportRequest,
    progress: Progress,
    override: str = "",
    aliases: Aliases | None = None,
) -> ExportReport:
    """Make all outputs of a request; blocks, so call it from a worker thread or a script.

    Args:
        tables: the project, a snapshot if another thread may edit it.
        request: what to make.
        progress: told how far it is; may raise to give up, which leaves nothing behind.
        override: reason for going on in spite of open red flags.
        aliases: who is shown under an alias; a seed is drawn where there is none.

    Raises:
        Refusal: red flags are open, a file is already there, the request makes no sense.
        Trouble: the disk or the worker failed; nothing was written.
    """
    audience = check_audience(request.audience)
    request = msgspec.structs.replace(request, audience=audience)
    flags = check_gate(tables, audience, request.as_of, override)
    _check_outputs(request)
    progress.report(0.0, tr("Redacting"))
    day = request.as_of
    copy = redact(
        tables,
        audience,
        as_of=PartialDate(year=day.year, month=day.month, day=day.day),
        keep_positions=request.keep_positions,
        id_mark=request.id_mark,
        aliases=seeded(aliases),
    )
    request = for_copy(request, copy)
    written = _Written(request.outputs)
    try:
        done = _in_worker(copy, Job(request, written.paths()), progress)
        progress.report(1.0, tr("Looking through what was made"))
        wanted = secrets_of(tables, copy)
        _look_for_secrets(wanted, written.paths(), request.pdf_password)
        written.put_in_place(force=request.force)
    finally:
        written.clean_up()
    paths = tuple(output.target for output in request.outputs)
    state = exported_state(copy.content, copy.audience)
    unshown = by_own_ids(done.unshown, copy)
    return ExportReport(paths, done.remarks, copy, tuple(flags), state, unshown, len(wanted))


def inspected_words(report: ExportReport) -> str:
    """What the sender is told of the last look at the files."""
    opened = tr("Each file was opened again, and holds only what it may.")
    if not report.searched:
        return opened
    return f"{opened} " + plural(
        "{count} withheld text was looked for and not found.",
        "{count} withheld texts were looked for and not found.",
        report.searched,
    )


def seeded(aliases: Aliases | None) -> Aliases | None:
    """The aliases with a seed of their own, so that those of two packs differ."""
    if aliases and not aliases.seed:
        return msgspec.structs.replace(aliases, seed=secrets.token_hex(16))
    return aliases


def _look_for_secrets(wanted: frozenset[str], paths: Sequence[str], password: str) -> None:
    """The last look: nothing that is withheld may be in the finished files.

    Raises:
        Trouble: something is; the files are thrown away.
    """
    for path in paths:
        count = secrets_in(Path(path), wanted, password)
        if count:
            raise Trouble(
                "inspection",
                plural(
                    "Nothing was exported: {count} withheld text was found in a finished file.",
                    "Nothing was exported: {count} withheld texts were found in a finished file.",
                    count,
                ),
            )


def check_gate(tables: Tables, audience: str, as_of: date, override: str) -> list[str]:
    """The open red flags of an export beyond the team, once there is a reason to go on.

    Raises:
        Refusal: code ``red_flags`` when flags are open and no reason was given.
    """
    flags = open_red_flags(tables, audience, as_of)
    if flags and not override.strip():
        raise Refusal(
            "red_flags",
            tr(
                "Red flags are open, so nothing may leave the team without a reason "
                "(--override REASON): {flags}",
                flags=" ".join(flags[:5]),
            ),
            flags=flags,
        )
    return flags


def _check_outputs(request: ExportRequest) -> None:
    if not request.outputs:
        raise Refusal("output", tr("Nothing was asked for; choose at least one output."))
    seen: set[Path] = set()
    for output in request.outputs:
        if output.kind not in OUTPUT_KINDS:
            raise Refusal("output", tr("“{kind}” cannot be exported.", kind=output.kind))
        target = output.target
        if target in seen:
            raise Refusal("output", tr("Two outputs have the same name: {path}.", path=target))
        seen.add(target)
        _check_target(target, is_folder=output.kind in FOLDER_KINDS, force=request.force)


def _check_target(target: Path, *, is_folder: bool, force: bool) -> None:
    if not target.parent.is_dir():
        raise Refusal("folder", tr("There is no folder {path}.", path=target.parent))
    if not (target.exists() or target.is_symlink()):
        return
    if not force:
        raise Refusal(
            "exists",
            tr("{path} is already there; choose another name or say --force.", path=target),
            path=str(target),
        )
    if target.is_dir() != is_folder:
        raise Refusal("exists", tr("{path} is of another kind; remove it first.", path=target))
    if is_folder:
        check_only_tables(target)
    else:
        check_no_project(target)


class _Written:
    """The temporary files of an export, in the folders where the results will be."""

    def __init__(self, outputs: Sequence[Output]) -> None:
        self._pairs: list[tuple[Path, Path, bool]] = []
        try:
            for output in outputs:
                is_folder = output.kind in FOLDER_KINDS
                self._pairs.append((_temporary(output.target, is_folder), output.target, is_folder))
        except BaseException:
            self.clean_up()
            raise

    def paths(self) -> tuple[str, ...]:
        """Where the worker is to write."""
        return tuple(str(temporary) for temporary, _target, _is_folder in self._pairs)

    def put_in_place(self, *, force: bool) -> None:
        """Give all results their names; undo that if one of them cannot have its own."""
        done: list[Path] = []
        for temporary, target, is_folder in self._pairs:
            try:
                if is_folder and force and target.is_dir():
                    _remove_tables(target)
                _rename(temporary, target, force=force)
            except OSError as error:
                for path in () if force else done:
                    _remove(path)
                raise _trouble(target, error) from None
            done.append(target)

    def clean_up(self) -> None:
        """Remove what was not put in place."""
        for temporary, _target, _is_folder in self._pairs:
            _remove(temporary)


def _temporary(target: Path, is_folder: bool) -> Path:
    """An empty file (0600) or folder (0700) beside the target, under a name that tells nothing."""
    try:
        if is_folder:
            return Path(tempfile.mkdtemp(prefix=".crosstrack-", suffix=".tmp", dir=target.parent))
        handle, name = tempfile.mkstemp(prefix=".crosstrack-", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise _trouble(target, error) from None
    os.close(handle)
    return Path(name)


def _rename(temporary: Path, target: Path, *, force: bool) -> None:
    """Rename without ever replacing what is there, unless that is wanted."""
    if force:
        temporary.replace(target)
        return
    if temporary.is_file():
        with suppress(OSError):
            os.link(temporary, target)  # fails where something has appeared meanwhile
            temporary.unlink()
            return
    if target.exists() or target.is_symlink():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    temporary.rename(target)


def _remove_tables(folder: Path) -> None:
    """Remove an earlier folder of tables, and nothing else that may be in it by now."""
    check_only_tables(folder)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink()


def _trouble(target: Path, error: OSError) -> Trouble:
    reason = error.strerror or type(error).__name__
    return Trouble(
        "export",
        tr("{path} could not be written ({reason}); nothing was exported.",
           path=target, reason=reason),
        path=str(target),
    )  # fmt: skip


def _in_worker(copy: RedactedCopy, job: Job, progress: Progress) -> Done:
    """Have a spawned process do the job; it is killed when the user gives up."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=export_worker.main, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        with suppress(BrokenPipeError):
            ours.send_bytes(msgspec.msgpack.encode(job))
            ours.send_bytes(codec.encode(copy.content, _STAMP, "crosstrack").json)
        return _follow(ours, progress)
    finally:
        ours.close()
        _end(process)


def _follow(connection: Connection, progress: Progress) -> Done:
    step = Step(0.0, tr("Starting"))
    while True:
        progress.report(step.fraction, step.text)
        if not connection.poll(_POLL):
            continue
        try:
            said: Said = msgspec.msgpack.decode(connection.recv_bytes(), type=Said)
        except (EOFError, OSError):
            said = Failed("worker", tr("the exporting process ended early"), trouble=True)
        match said:
            case Step():
                step = said
            case Done():
                return said
            case Failed():
                raise _failure(said)


def _failure(failed: Failed) -> Exception:
    if not failed.code:
        return RuntimeError(f"the export worker failed: {failed.message}")
    if failed.trouble:
        sentence = tr("Nothing was exported: {reason}.", reason=failed.message.rstrip("."))
        return Trouble(failed.code, sentence)
    return Refusal(failed.code, failed.message)


def _end(process: BaseProcess) -> None:
    """See the worker off: what it had to say has been said, or nobody waits for it any more."""
    process.kill()
    process.join()
    process.close()
