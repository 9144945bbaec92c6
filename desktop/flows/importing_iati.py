"""Importing IATI activities: read, offer known actors, show the plan for one statement of money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import iati_question
from desktop.dialogs.iati_plan import IatiPlanDialog
from desktop.dialogs.same_actors import SameActorsDialog
from desktop.tasks import Flow, ask, in_background
from exporters.readers.sources import read_sources
from model.importing.matching import offers
from model.importing.plan import plan_import
from resources.text import plural, tr

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.session import Session
    from model.importing.report import ImportReport
    from model.importing.rows import Key
    from model.importing.source import Source


def import_iati(session: Session) -> Flow[str]:
    """Ask for a file of IATI activities and import it.

    Raises:
        Refusal: the file cannot be read; nothing was changed.
    """
    path = yield from ask(iati_question)
    same: dict[Key, str] = {}
    sources = yield from _read(session, path, "")
    offered = offers(session.document, sources)
    if offered:
        same = yield from ask(lambda window: SameActorsDialog(window, offered))
    money = ""
    while True:
        plan = plan_import(session.document, sources, same)
        answer = yield from _asked(plan.report, money)
        if answer is True:
            plan.apply(session.document)
            break
        money = str(answer)
        sources = yield from _read(session, path, money)
    return plural("{count} record imported.", "{count} records imported.", plan.report.added)


def _asked(report: ImportReport, money: str) -> Flow[bool | str]:
    answer: bool | str = yield from ask(lambda window: IatiPlanDialog(window, report, money))
    return answer


def _read(session: Session, path: Path, money: str) -> Flow[list[Source]]:
    language = session.document.project.language
    found: list[Source] = yield from in_background(
        lambda _: read_sources([path], money=money, language=language),
        tr("Reading {name}", name=path.name),
    )
    return found
