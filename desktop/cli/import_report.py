"""The full report of an import on the command line: on standard output as JSON, or as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.cli.context import check_target
from desktop.targets import check_no_project
from model.refusals import Trouble
from resources.text import tr

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable

    from desktop.cli.console import Console
    from model.importing.report import ImportReport


def add_report_option(parser: ArgumentParser) -> None:
    """Let a command put its import report into a file."""
    parser.add_argument(
        "--report",
        metavar="PATH",
        help=tr("write the full report to this file, as JSON where it ends in .json"),
    )


def check_report_target(target: str | None, *, force: bool) -> None:
    """Refuse before any work a report file that could not be written in the end."""
    if target:
        check_target(Path(target), force=force)
        check_no_project(Path(target))


def refuse_with_report(
    report: ImportReport, target: str | None, console: Console, *, force: bool
) -> None:
    """Give out the whole report where something is refused, then refuse with its first place.

    Raises:
        Refusal: the first place, where there is one.
    """
    refusal = report.refusal()
    if refusal is None:
        return
    if console.json:
        console.say((), {"import": report})
    write_report(report, target, force=force)
    raise refusal


def write_report(report: ImportReport, target: str | None, *, force: bool) -> None:
    """Write the report to a file, where one was named.

    Raises:
        Trouble: the file cannot be written.
    """
    as_json = msgspec.json.format(msgspec.json.encode(report), indent=2)
    write_report_text(target, report.sentences(), as_json, force=force)


def write_report_text(
    target: str | None, lines: Iterable[str], as_json: bytes, *, force: bool
) -> None:
    """Write lines, or the JSON where the name of the file says so; nothing without a name.

    Raises:
        Trouble: the file cannot be written.
    """
    if not target:
        return
    if target.lower().endswith(".json"):
        data = as_json + b"\n"
    else:
        data = "".join(f"{line}\n" for line in lines).encode("utf-8")
    try:
        with Path(target).open("wb" if force else "xb") as stream:
            stream.write(data)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        message = tr("{name} cannot be written ({reason}).", name=target, reason=reason)
        raise Trouble("report", message) from error
