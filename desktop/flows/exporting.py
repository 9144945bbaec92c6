"""Making a briefing pack: choose, redact and write in a worker process, note what went out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop.dialogs.export import ExportChoice, ExportDialog
from desktop.export_job import ExportReport, inspected_words, run_export
from desktop.tasks import Flow, Progress, ask, in_background
from desktop.unshown_letters import unshown_words
from exporters.request import ExportRequest, Output, TimelineWindow
from model.codes import tlp_text
from model.commands.exports import record_export
from model.commands.recipes import forget_recipe, keep_recipe
from model.dates import exactly
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from desktop.session import Session
    from desktop.tasks import FlowRunner
    from model.document import Snapshot
    from model.records import PackRecipe


def export(
    runner: FlowRunner,
    session: Session,
    as_of: date,
    timeline: TimelineWindow,
    styling: tuple[str, str] = ("", ""),
) -> Flow[str]:
    """Ask what to make, make it, and say where it is.

    Args:
        runner: reckons for the pack builder off the GUI thread.
        session: the open project.
        as_of: the day for which everything is shown, unless another is chosen.
        timeline: what the timeline in the window shows.
        styling: what colour and size of the cards follow on the map in the window.

    Raises:
        Refusal: nothing was written.
    """
    snapshot = session.document.snapshot()
    choice: ExportChoice = yield from ask(
        lambda window: _dialog(window, runner, session, snapshot, as_of, (timeline, styling))
    )
    request = ExportRequest(
        audience=choice.audience,
        as_of=choice.as_of,
        outputs=tuple(Output(kind, str(path)) for kind, path in choice.outputs),
        recipe=choice.recipe,
        language=choice.language,
        keep_positions=choice.keep_positions,
        pdf_password=choice.pdf_password,
        timeline=timeline,
    )

    def work(progress: Progress) -> ExportReport:
        return run_export(snapshot, request, progress, choice.override, choice.aliases)

    report = yield from in_background(
        work, tr("Making the pack for {audience}", audience=tlp_text(choice.audience))
    )
    today = exactly(datetime.now(tz=UTC).astimezone().date())
    record_export(
        session.document,
        report.copy,
        reason=choice.override,
        flags=report.flags,
        day=today,
        state=report.state,
    )
    names = ", ".join(path.name for path in report.paths)
    made = tr("Made for {audience}: {names}.", audience=tlp_text(choice.audience), names=names)
    told = (made, inspected_words(report), unshown_words(report.unshown, snapshot))
    return " ".join(filter(None, told))


def _dialog(
    window: QWidget,
    runner: FlowRunner,
    session: Session,
    snapshot: Snapshot,
    as_of: date,
    shown: tuple[TimelineWindow, tuple[str, str]],
) -> ExportDialog:
    """The pack builder; recipes that it keeps or forgets change the project at once."""
    timeline, styling = shown
    stem = _file_stem(session)
    dialog = ExportDialog(window, snapshot, as_of, stem, styling, runner, timeline)

    def keep(title: str, fields: dict[str, object]) -> None:
        try:
            dialog.recipe.show_kept(keep_recipe(session.document, title, fields))
        except Refusal as refusal:
            dialog.complain(refusal.message)

    def forget(recipe: PackRecipe) -> None:
        forget_recipe(session.document, recipe.id)
        dialog.recipe.drop(recipe)

    dialog.keep_recipe.connect(keep)
    dialog.recipe.forget_wanted.connect(forget)
    return dialog


def _file_stem(session: Session) -> str:
    """Name of the pack's files: neutral where the project is in no file yet."""
    return session.project.path.stem if session.project is not None else "briefing"
