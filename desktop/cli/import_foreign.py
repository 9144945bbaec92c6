"""``crosstrack import`` of files of other programs: matched alone, or refused with options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from exporters.readers.foreign import FOREIGN_ENDINGS, is_native, read_foreign
from model.codes import TLP_LABELS
from model.fields import FIELDS
from model.foreign.convert import convert
from model.foreign.matching import (
    IN_NOTES,
    Match,
    propose,
    questions,
    with_column,
    with_date_order,
    with_table,
)
from model.foreign.names import actor_names, alike
from model.foreign.words import TARGETS
from model.importing.source import Source, SourceNote
from model.refusals import Refusal
from resources.text import plural, tr

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from model.foreign.table import ForeignFile
    from model.tables import Tables

_SHOWN: Final = 12
_LEAVE: Final = "out"
_NOTES: Final = "notes"


def add_foreign_arguments(parser: ArgumentParser) -> None:
    """Arguments for files of other programs."""
    group = parser.add_argument_group(
        tr("files of other programs (CSV of any kind, workbooks, GraphML, GEXF, JSON)")
    )
    group.add_argument(
        "--table",
        metavar="[PART=]TABLE",
        action="append",
        default=[],
        help=tr("what rows become: {names}; or “out”", names=", ".join(TARGETS)),
    )
    group.add_argument(
        "--column",
        metavar="HEADER=FIELD",
        action="append",
        default=[],
        help=tr("what a column becomes: the name of a field, “notes” or “out”"),
    )
    group.add_argument(
        "--dates", choices=("dmy", "mdy"), help=tr("which comes first in dates such as 03/04/2020")
    )
    group.add_argument(
        "--swap-dates",
        action="store_true",
        help=tr("read dates that do not fit this order the other way round"),
    )
    group.add_argument("--encoding", metavar="NAME", default="", help=tr("of text files"))
    group.add_argument("--tlp", choices=TLP_LABELS.codes, help=tr("label of all new records"))
    group.add_argument(
        "--merge-names",
        action="store_true",
        help=tr("join names that differ in accents, capitals and punctuation only"),
    )


def is_foreign(source: str) -> bool:
    """Whether a source is a file of another program."""
    path = Path(source)
    return path.suffix.lower() in FOREIGN_ENDINGS and not is_native(path)


def foreign_source(source: str, options: Namespace, tables: Tables) -> Source:
    """Read and match a file.

    Raises:
        Refusal: it cannot be read, or it does not say something that nobody may guess.
    """
    file = read_foreign(Path(source), encoding=options.encoding)
    match = _chosen(file, propose(file), options)
    asked = questions(file, match)
    if asked:
        first, others = asked[0], len(asked) - 1
        more = plural(" ({count} more question)", " ({count} more questions)", others)
        message = tr(
            "{place}: {text} Say {options}; nothing was imported{more}.",
            place=first.place,
            text=first.text,
            options=first.options,
            more=more if others else "",
        )
        raise Refusal("unclear", message)
    pairs = alike(actor_names(file, match))
    if options.merge_names:
        merged = {pair.other: pair.kept for pair in pairs if pair.same}
        match = msgspec.structs.replace(match, merged=merged)
    made = convert(file, match, tables)
    left = [pair.text for pair in pairs if pair.other not in match.merged]
    if not left:
        return made
    text = plural(
        "{count} pair of names may be one thing: {pairs}",
        "{count} pairs of names may be one thing: {pairs}",
        len(left),
        pairs="; ".join(left[:_SHOWN]) + (" …" if len(left) > _SHOWN else ""),
    )
    return msgspec.structs.replace(
        made, notes=(*made.notes, SourceNote("warning", file.name, 0, text))
    )


def _chosen(file: ForeignFile, match: Match, options: Namespace) -> Match:
    """The proposed match with what the options say."""
    for at, target in _targets(file, options.table):
        match = with_table(file, match, at, target)
    for text in options.column:
        header, separator, field = text.rpartition("=")
        if not separator:
            raise Refusal("column", tr("“{text}” is not HEADER=FIELD.", text=text[:60]))
        match = _with_field(file, match, header, field)
    if options.dates:
        match = with_date_order(file, match, options.dates, swap=options.swap_dates)
    return msgspec.structs.replace(match, tlp=options.tlp or "")


def _targets(file: ForeignFile, texts: Iterable[str]) -> Iterable[tuple[int, str]]:
    for text in texts:
        part, _, target = text.rpartition("=")
        if target not in {*TARGETS, _LEAVE}:
            known = ", ".join((*TARGETS, _LEAVE))
            raise Refusal("table", tr("“{name}” is no table; use one of {known}.",
                                      name=target[:40], known=known))  # fmt: skip
        found = [at for at, one in enumerate(file.tables) if not part or one.name == part]
        if not found:
            parts = ", ".join(one.name for one in file.tables)
            raise Refusal("table", tr("{name} has no part “{part}”; its parts are {parts}.",
                                      name=file.name, part=part[:40], parts=parts))  # fmt: skip
        for at in found:
            yield at, "" if target == _LEAVE else target


def _with_field(file: ForeignFile, match: Match, header: str, field: str) -> Match:
    wanted = {_NOTES: IN_NOTES, _LEAVE: ""}.get(field, field)
    at = next((at for at, one in enumerate(file.tables) if header in one.columns), -1)
    if at < 0:
        columns = ", ".join(column for one in file.tables for column in one.columns)
        raise Refusal("column", tr("{name} has no column “{header}”; its columns are {columns}.",
                                   name=file.name, header=header[:40],
                                   columns=columns[:300]))  # fmt: skip
    for at, one in enumerate(file.tables):
        table = match.tables[at].table
        if header not in one.columns or not table:
            continue
        if wanted not in {"", IN_NOTES} and wanted not in FIELDS[table]:
            known = ", ".join(spec.name for spec in FIELDS[table].values() if spec.in_sheets)
            raise Refusal("column", tr("“{field}” is no field of {table}; use one of {known}.",
                                       field=field[:40], table=table, known=known))  # fmt: skip
        match = with_column(file, match, at, header, wanted)
    return match
