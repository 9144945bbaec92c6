"""The process that makes export files: it gets a redacted copy and a request, and nothing else.

It is spawned by `desktop.export_job`, reads both from a pipe, shapes text with its own offscreen
engine and writes to the temporary paths that it is told. What it says goes back through the pipe.
An error report names places in the program, never content of the document.
"""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from exporters.inspection import findings_in
from exporters.progress import Stretch
from exporters.registry import writer
from exporters.request import ExportRequest, Pack
from exporters.unshown import PRINTED, Unshown, unshown_texts
from model.document import Snapshot
from model.refusals import Refusal, Trouble
from model.storage import codec
from resources.text import tr, use_pack_language

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from exporters.progress import Progress
    from model.document import Content


class Job(msgspec.Struct, frozen=True):
    """What to write and where: for each output of the request a temporary path."""

    request: ExportRequest
    paths: tuple[str, ...]


class Step(msgspec.Struct, frozen=True, tag="step"):
    """How far the worker is."""

    fraction: float
    text: str


class Done(msgspec.Struct, frozen=True, tag="done"):
    """All outputs are written; remarks for each, and texts that print cannot show."""

    remarks: tuple[tuple[str, ...], ...]
    unshown: tuple[Unshown, ...] = ()


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """Nothing usable was written. `code` is that of a refusal, "" for a bug."""

    code: str
    message: str
    trouble: bool = False


Said = Step | Done | Failed


class _Pipe:
    """Progress that goes to the parent process."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def report(self, fraction: float, text: str) -> None:
        """Send it on."""
        self._connection.send_bytes(msgspec.msgpack.encode(Step(fraction, text)))


def main(connection: Connection) -> None:
    """Do one job: the entry point of the spawned process."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.umask(0o077)
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - after the platform is chosen

    application = QGuiApplication([])
    try:
        job = msgspec.msgpack.decode(connection.recv_bytes(), type=Job)
        content = codec.parse(connection.recv_bytes()).content
        said: Said = work(content, job, _Pipe(connection))
    except Trouble as trouble:
        said = Failed(trouble.code, trouble.message, trouble=True)
    except Refusal as refusal:
        said = Failed(refusal.code, refusal.message)
    except OSError as error:
        said = Failed("disk", os.strerror(error.errno or 0), trouble=True)
    except Exception as error:  # noqa: BLE001 - the parent reports bugs; content must not leak
        said = Failed("", _place_of(error))
    connection.send_bytes(msgspec.msgpack.encode(said))
    connection.close()
    del application


def work(content: Content, job: Job, progress: Progress) -> Done:
    """Write all outputs of a job, and say what the sender should know about them."""
    request = job.request
    use_pack_language(request.language)
    progress.report(0.0, tr("Preparing"))
    pack = make_pack(content, request)
    share = 1.0 / max(1, len(request.outputs))
    remarks = []
    for number, (output, path) in enumerate(zip(request.outputs, job.paths, strict=True)):
        part = Stretch(progress, number * share, (number + 1) * share)
        remarks.append(writer(output.kind)(pack, Path(path), part))
        _inspect(output.kind, Path(path), request.pdf_password)
    progress.report(1.0, tr("Finishing"))
    printed = any(output.kind in PRINTED for output in request.outputs)
    return Done(tuple(remarks), unshown_texts(pack) if printed else ())


def _inspect(kind: str, path: Path, password: str) -> None:
    """Open an output again, by other means than it was written with, before it is handed over.

    Raises:
        Trouble: it holds something that is not on the list of what may be in it.
    """
    problems = findings_in(kind, path, password)
    if problems:
        raise Trouble("inspection", tr("the inspection of {kind} found that {problem}",
                                       kind=kind, problem=problems[0]))  # fmt: skip


def make_pack(content: Content, request: ExportRequest) -> Pack:
    """The pack that exporters work with; needs a QGuiApplication that stays alive meanwhile."""
    from model.drawing.style import style_sheet  # noqa: PLC0415 - after the platform is chosen
    from widgets.common.painter import pixels  # noqa: PLC0415
    from widgets.text_engine import QtTextEngine  # noqa: PLC0415

    return Pack(
        tables=Snapshot(content, 0),
        request=request,
        style=style_sheet("mono" if request.recipe.colours == "grey" else "paper"),
        text_engine=QtTextEngine(),
        rasterise=pixels,
    )


def _place_of(error: BaseException) -> str:
    """Type and place of an error; its own text may hold content and stays out."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    places = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames))
    return f"{type(error).__name__} at {places}"
