"""Importing tables: read, plan, show the plan, then one undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import folder_question, workbook_question
from desktop.dialogs.importing import ImportPlanDialog
from desktop.tasks import Flow, ask, in_background
from exporters.readers.sources import read_sources
from model.importing.plan import plan_import
from resources.text import plural, tr

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.session import Session


def import_folder(session: Session) -> Flow[str]:
    """Ask for a folder of CSV files and import it."""
    path = yield from ask(lambda window: folder_question(window, tr("Import a folder of tables")))
    return (yield from import_path(session, path))


def import_workbook(session: Session) -> Flow[str]:
    """Ask for a workbook and import it."""
    path = yield from ask(workbook_question)
    return (yield from import_path(session, path))


def import_path(session: Session, path: Path) -> Flow[str]:
    """Import a folder or workbook, after showing what that would do.

    Raises:
        Refusal: a file cannot be read; nothing was changed.
    """
    sources = yield from in_background(
        lambda _: read_sources([path]), tr("Reading {name}", name=path.name)
    )
    plan = plan_import(session.document, sources)
    yield from ask(lambda window: ImportPlanDialog(window, plan.report))
    plan.apply(session.document)
    return plural("{count} record imported.", "{count} records imported.", plan.report.added)
