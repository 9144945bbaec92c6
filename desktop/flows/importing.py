"""Importing tables: read, plan, show the plan, then one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import folder_question, workbook_question
from desktop.dialogs.importing import ImportPlanDialog
from desktop.dialogs.matching import MatchDialog, OtherEncoding
from desktop.dialogs.same_actors import SameActorsDialog
from desktop.tasks import Flow, ask, in_background
from exporters.readers.foreign import FOREIGN_ENDINGS, is_native, read_foreign
from exporters.readers.limits import UnreadableSource
from exporters.readers.sources import read_sources
from model.foreign.convert import convert
from model.foreign.table import ForeignFile
from model.importing.matching import offers
from model.importing.plan import plan_import
from resources.text import plural, tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from desktop.session import Session
    from desktop.tasks import Progress
    from model.foreign.matching import Match
    from model.importing.source import Source


def import_folder(session: Session) -> Flow[str]:
    """Ask for a folder of CSV files and import it."""
    path = yield from ask(lambda window: folder_question(window, tr("Import a folder of tables")))
    return (yield from import_path(session, path))


def import_workbook(session: Session) -> Flow[str]:
    """Ask for a workbook and import it."""
    path = yield from ask(workbook_question)
    return (yield from import_path(session, path))


def _sources(session: Session, path: Path) -> Flow[list[Source]]:
    """Read a source; one of another program after asking what its columns are."""
    language = session.document.project.language

    def read(_progress: Progress) -> list[Source] | ForeignFile:
        if path.suffix.lower() in FOREIGN_ENDINGS and not is_native(path):
            return read_foreign(path)
        return read_sources([path], language=language)

    found = yield from in_background(read, tr("Reading {name}", name=path.name))
    if not isinstance(found, ForeignFile):
        return found
    file, match = yield from _matched(path, found)
    snapshot = session.document.snapshot()
    return [
        (yield from in_background(lambda _: convert(file, match, snapshot), tr("Sorting the rows")))
    ]


def _matched(path: Path, file: ForeignFile) -> Flow[tuple[ForeignFile, Match]]:
    """Ask what the columns are; where the letters look wrong, read the file anew and ask again."""
    problem = ""
    while True:

        def dialog(
            window: QWidget, file: ForeignFile = file, problem: str = problem
        ) -> MatchDialog:
            question = MatchDialog(window, file)
            question.complain(problem)
            return question

        answer: Match | OtherEncoding = yield from ask(dialog)
        if not isinstance(answer, OtherEncoding):
            return file, answer
        try:
            file = yield from _read_as(path, answer.encoding)
            problem = ""
        except UnreadableSource as refusal:
            problem = refusal.message


def _read_as(path: Path, encoding: str) -> Flow[ForeignFile]:
    found: ForeignFile = yield from in_background(
        lambda _: read_foreign(path, encoding=encoding), tr("Reading {name}", name=path.name)
    )
    return found


def import_path(session: Session, path: Path) -> Flow[str]:
    """Import a folder or file, after showing what that would do and who may be known already.

    Raises:
        Refusal: a file cannot be read; nothing was changed.
    """
    sources = yield from _sources(session, path)
    offered = offers(session.document, sources)
    same = {}
    if offered:
        same = yield from ask(lambda window: SameActorsDialog(window, offered))
    plan = plan_import(session.document, sources, same)
    yield from ask(lambda window: ImportPlanDialog(window, plan.report))
    plan.apply(session.document)
    return plural("{count} record imported.", "{count} records imported.", plan.report.added)
