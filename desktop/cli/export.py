"""``crosstrack export``: any outputs of one redacted copy for an audience."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.cli.export_colouring import add_colouring_arguments, coloured
from desktop.cli.export_timeline import add_timeline_arguments, timeline_asked
from desktop.cli.redacted import add_redaction_arguments
from desktop.cli.secrets import add_secret_options, first_line
from exporters.recipes import RECIPES, recipe_of
from exporters.request import ExportRequest, Output, OutputKind, Recipe
from model.codes import tlp_text
from model.commands.recipes import recipes_in_order
from model.dates import day, exactly
from model.document import Document
from model.redaction import Aliases, check_audience
from model.refusals import Refusal
from resources.text import pack_languages, plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context
    from desktop.export_job import ExportReport

_OUTPUTS: Final[tuple[tuple[OutputKind, str, str], ...]] = (
    ("pdf", "PATH", "briefing as PDF"),
    ("xlsx", "PATH", "workbook with all tables"),
    ("csv", "DIR", "folder of CSV files"),
    ("document-json", "PATH", "the redacted copy as JSON"),
    ("svg", "PATH", "map as SVG"),
    ("png", "PATH", "map as PNG, sharp enough for print on A3"),
    ("timeline-svg", "PATH", "timeline as SVG"),
    ("timeline-png", "PATH", "timeline as PNG, sharp enough for print on A3"),
    ("graphml", "PATH", "actors and linkages as GraphML"),
    ("gexf", "PATH", "actors and linkages as GEXF"),
    ("ics", "PATH", "what is dated as a calendar"),
)

_TOLD: Final = 8
"""Texts to read that are named one by one; `--json` names all."""


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``export``."""
    add_redaction_arguments(parser)
    parser.add_argument(
        "--recipe",
        metavar="NAME",
        default="briefing",
        help=tr("kind of briefing: {names}", names=", ".join(RECIPES)),
    )
    parser.add_argument(
        "--language",
        metavar="CODE",
        default="en",
        help=tr("language of labels and sentences: {codes}", codes=", ".join(pack_languages())),
    )
    parser.add_argument(
        "--alias",
        metavar="NAME",
        action="append",
        default=[],
        help=tr("show the actor of this name under an alias; may be given several times"),
    )
    parser.add_argument(
        "--alias-holders",
        action="store_true",
        help=tr("show the holders of postings under aliases"),
    )
    for kind, metavar, text in _OUTPUTS:
        parser.add_argument(f"--{kind}", metavar=metavar, help=tr(text))
    add_timeline_arguments(parser)
    parser.add_argument(
        "--no-record",
        action="store_true",
        help=tr("do not note the export in the project file, which stays untouched"),
    )
    parser.add_argument(
        "--pdf-password-file",
        metavar="PATH",
        help=tr("encrypt the briefing (AES-256) with the password in the first line of this file"),
    )
    add_colouring_arguments(parser)
    add_secret_options(parser)


def run(options: Namespace, context: Context) -> None:
    """Make the outputs, and note in the project what went out.

    Raises:
        Refusal: nothing was written.
    """
    from desktop.export_job import run_export  # noqa: PLC0415 - spares the others its imports
    from exporters.progress import Silent  # noqa: PLC0415 - the same

    audience = check_audience(options.audience)
    outputs = _outputs(options)
    stated = day(options.as_of) if options.as_of else None
    if options.language not in pack_languages():
        known = ", ".join(pack_languages())
        message = tr("Packs are made in {codes} only.", codes=known)
        raise Refusal("language", message)
    if options.override and options.no_record:
        message = tr("A reason for an override must be kept: leave out --no-record.")
        raise Refusal("override", message)
    project = context.open(options)
    document = Document(project.content)
    recipe = coloured(_recipe(options.recipe, document), options, document)
    recipe, timeline = timeline_asked(recipe, options, document)
    request = ExportRequest(
        audience=audience,
        as_of=stated or own_day(document),
        outputs=outputs,
        recipe=recipe,
        language=options.language,
        keep_positions=options.keep_positions,
        force=options.force,
        timeline=timeline,
        pdf_password=first_line(options.pdf_password_file) if options.pdf_password_file else "",
    )
    aliases = Aliases(_aliased(options.alias, document), holders=options.alias_holders)
    report = run_export(document.snapshot(), request, Silent(), options.override, aliases)
    remarks = [remark for some in report.remarks for remark in some]
    if not options.no_record:
        _record(document, report, options)
        context.store.save(project, document.content())
    _tell(report, request, remarks, context)


def _outputs(options: Namespace) -> tuple[Output, ...]:
    found = []
    for kind, _metavar, _text in _OUTPUTS:
        path = getattr(options, kind.replace("-", "_"))
        if path:
            found.append(Output(kind, str(Path(path))))
    if not found:
        names = ", ".join(f"--{kind}" for kind, _metavar, _text in _OUTPUTS)
        raise Refusal("output", tr("Say what to make: one or more of {names}.", names=names))
    return tuple(found)


def _aliased(names: list[str], document: Document) -> frozenset[str]:
    """The ids of actors by name, short name or id."""
    found = set()
    for name in names:
        ids = [
            one.id
            for one in document.actors.values()
            if name in {one.id, one.name, one.short_name, *one.other_names}
        ]
        if len(ids) != 1:
            message = (
                tr("No actor is called “{name}”.", name=name[:60])
                if not ids
                else tr("Several actors are called “{name}”; use the id.", name=name[:60])
            )
            raise Refusal("alias", message)
        found.add(ids[0])
    return frozenset(found)


def _recipe(name: str, document: Document) -> Recipe:
    kept = next((one for one in recipes_in_order(document) if one.title == name), None)
    if kept is not None:
        return recipe_of(kept)
    if name not in RECIPES:
        known = ", ".join((*RECIPES, *(one.title for one in recipes_in_order(document))))
        message = tr("There is no recipe “{name}”; the recipes are {known}.", name=name[:40],
                     known=known)  # fmt: skip
        raise Refusal("recipe", message)
    return RECIPES[name]


def own_day(document: Document) -> date:
    """The day that the project names; today where it names none."""
    as_of = document.project.as_of
    if as_of is not None and not as_of.open:
        return as_of.stated_first()
    return datetime.now(tz=UTC).astimezone().date()


def _record(document: Document, report: ExportReport, options: Namespace) -> None:
    from model.commands.exports import record_export  # noqa: PLC0415 - only when it is kept

    today = exactly(datetime.now(tz=UTC).astimezone().date())
    record_export(document, report.copy, reason=options.override, flags=report.flags, day=today,
                  state=report.state)  # fmt: skip


def _tell(
    report: ExportReport, request: ExportRequest, remarks: list[str], context: Context
) -> None:
    from desktop.export_job import inspected_words  # noqa: PLC0415 - as above
    from desktop.unshown_letters import unshown_facts, unshown_words  # noqa: PLC0415 - as above

    withheld = report.copy.withheld_counts()
    count = sum(withheld.values())
    lines = [str(path) for path in report.paths]
    lines += remarks
    if report.unshown:
        lines.append(unshown_words(report.unshown))
    lines += [tr("Overridden: {flag}", flag=flag) for flag in report.flags]
    lines.append(
        plural(
            "Made for {audience} as of {day}; {count} record is withheld.",
            "Made for {audience} as of {day}; {count} records are withheld.",
            count,
            audience=tlp_text(request.audience),
            day=request.as_of.isoformat(),
        )
    )
    lines.append(inspected_words(report))
    mentions = report.copy.mentions
    if mentions:
        lines.append(
            plural(
                "{count} visible text holds a withheld name; read it before you send: {texts}",
                "{count} visible texts hold withheld names; read them before you send: {texts}",
                len(mentions),
                texts=", ".join(f"{one.table} {one.id} {one.field}" for one in mentions[:_TOLD])
                + ("…" if len(mentions) > _TOLD else ""),
            )
        )
    facts = {
        "audience": tlp_text(request.audience),
        "as_of": request.as_of.isoformat(),
        "outputs": [
            {"kind": output.kind, "path": str(path)}
            for output, path in zip(request.outputs, report.paths, strict=True)
        ],
        "withheld": withheld,
        "aliases": len(report.copy.aliases),
        "mentions": [{"table": one.table, "id": one.id, "field": one.field} for one in mentions],
        "overridden": list(report.flags),
        "remarks": remarks,
        "searched": report.searched,
        "unshown": unshown_facts(report.unshown),
    }
    context.console.say(lines, facts)
