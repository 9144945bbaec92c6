"""``crosstrack info`` and ``crosstrack verify``: what can be said without and with the key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.secrets import add_secret_options, existing_secret, has_secret
from model.codes import TLP_LABELS, tlp_rank, tlp_text
from model.fields import TABLE_SPECS
from model.records import PROJECT_ID, Project
from model.refusals import Refusal
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from desktop.cli.context import Context
    from model.document import Content
    from model.storage.inspection import PartCheck, ProjectInfo
    from model.storage.store import OpenedProject


def add_arguments(parser: ArgumentParser) -> None:
    """Arguments of ``info`` and of ``verify``."""
    parser.add_argument("file", metavar="FILE", help=tr("the project file"))
    parser.add_argument("--ask", action="store_true", help=tr("ask for the passphrase"))
    parser.add_argument("--json", action="store_true", help=tr("say the result as JSON"))
    add_secret_options(parser)


def run_info(options: Namespace, context: Context) -> None:
    """Tell what a file is; with a secret also what is inside.

    Raises:
        Refusal: it is no project, or the secret does not open it.
    """
    path = Path(options.file)
    info = context.store.info(path)
    lines, facts = _outside(info)
    if options.ask or has_secret(options):
        project = context.store.open(path, existing_secret(options, path))
        more_lines, more_facts = _inside(project)
        lines, facts = [*lines, *more_lines], facts | {"inside": more_facts}
    else:
        lines.append(tr("What is inside is sealed; give --passphrase-file, --key-file or --ask."))
    context.console.say(lines, facts)


def run_verify(options: Namespace, context: Context) -> None:
    """Check every part of a file; with a secret also every record.

    Raises:
        Refusal: the first part that is not sound, or the file is no project at all.
    """
    path = Path(options.file)
    with_key = options.ask or has_secret(options)
    secret = existing_secret(options, path) if with_key else None
    checks = context.store.verify(path, secret)
    broken = [check for check in checks if not check.ok]
    lines = [_check_line(check) for check in checks]
    if not broken:
        lines.append(
            tr("{file} is whole.", file=path)
            if with_key
            else tr("{file} is whole from outside; its records need the key.", file=path)
        )
    if context.console.json or not broken:
        parts = [{"part": one.part, "ok": one.ok, "detail": one.detail} for one in checks]
        context.console.say(
            lines, {"file": str(path), "ok": not broken, "with_key": with_key, "parts": parts}
        )
    if broken:
        first = broken[0]
        sentence = tr(
            "{file}: {part}: {detail}", file=path.name, part=first.part, detail=first.detail
        )
        raise Refusal("damaged", sentence, part=first.part)


def _outside(info: ProjectInfo) -> tuple[list[str], dict[str, object]]:
    lines = [
        tr("{file}: a Crosstrack project of {size} bytes.", file=info.path, size=info.size),
        plural("Sealed to {count} key.", "Sealed to {count} keys.", info.recipients),
    ]
    for slot in info.slots:
        if slot.log_n is None:
            lines.append(tr("{slot}: opens with a key file.", slot=slot.name))
        else:
            lines.append(
                tr(
                    "{slot}: opens with a passphrase (scrypt 2^{log_n}).",
                    slot=slot.name,
                    log_n=slot.log_n,
                )
            )
    slots = [{"name": one.name, "kind": one.kind, "log_n": one.log_n} for one in info.slots]
    facts: dict[str, object] = {
        "file": str(info.path),
        "size": info.size,
        "body_size": info.body_size,
        "recipients": info.recipients,
        "slots": slots,
    }
    return lines, facts


def _inside(project: OpenedProject) -> tuple[list[str], dict[str, object]]:
    found = project.content.get("project", {}).get(PROJECT_ID)
    settings = found if isinstance(found, Project) else Project(id=PROJECT_ID)
    counts = {
        table: len(records)
        for table, records in project.content.items()
        if records and table != "project"
    }
    as_of = settings.as_of.iso() if settings.as_of else ""
    label = _strictest(project.content)
    lines = [
        tr("Title: {title}", title=settings.title or tr("none")),
        tr("As of: {day}", day=as_of or tr("not set")),
        tr("Strictest label: {label}", label=tlp_text(label)),
        tr("Save {number}, written by {app}.", number=project.stamp.number, app=project.app),
    ]
    lines += [f"{TABLE_SPECS[table].title}: {count}" for table, count in counts.items()]
    facts: dict[str, object] = {
        "title": settings.title,
        "as_of": as_of,
        "strictest_label": tlp_text(label),
        "save": project.stamp.number,
        "app": project.app,
        "records": counts,
    }
    return lines, facts


def _strictest(content: Content) -> str:
    ranks = (tlp_rank(one.tlp) for records in content.values() for one in records.values())
    return TLP_LABELS.codes[max(ranks, default=0)]


def _check_line(check: PartCheck) -> str:
    verdict = tr("sound") if check.ok else tr("NOT SOUND")
    return f"{check.part}: {verdict} ({check.detail.rstrip('.')})"
