"""From what the user points at (folder, workbook, CSV or IATI file) to a source of plain tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.csv_tables import MARK_FILE
from exporters.readers.csv_folder import read_csv
from exporters.readers.iati import read_iati
from exporters.readers.limits import Limits, UnreadableSource, other_kind
from exporters.readers.returned_folder import mark_of_folder
from exporters.readers.workbook import read_workbook
from model.importing.iati import iati_source
from model.importing.source import Source
from model.refusals import Trouble
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from model.importing.iati_statements import Activity

_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})


def read_sources(
    paths: Sequence[Path], limits: Limits | None = None, *, money: str = "", language: str = "en"
) -> list[Source]:
    """Read everything that was pointed at; CSV files of one folder make one source.

    Args:
        paths: folders, workbooks, CSV files and files of IATI activities.
        limits: bounds that are held before any work.
        money, language: which statement of money and which wording IATI files are read for.

    Raises:
        UnreadableSource: naming the file and, where there is one, the line or cell.
        Refusal: there is no such statement of money.
        Trouble: a file is not there or may not be read.
    """
    bounds = limits or Limits()
    sources: dict[str, Source] = {}
    activities: list[tuple[str, Sequence[Activity]]] = []
    for path in paths:
        if path.suffix.lower() == ".xml":
            activities.append((path.name, read_iati(path, bounds, language)))
            continue
        source = _read(path, bounds)
        before = sources.get(source.name)
        if before is not None:
            tables = (*before.tables, *source.tables)
            source = Source(source.name, tables, (*before.skipped, *source.skipped))
        sources[source.name] = source
    found = list(sources.values())
    return [*found, iati_source(activities, money)] if activities else found


def _read(path: Path, limits: Limits) -> Source:
    if path.is_dir():
        return _read_folder(path, limits)
    if not path.exists():
        message = tr("{name} cannot be read: there is no such file or folder.", name=path)
        raise Trouble("unreadable", message, file=str(path))
    if path.suffix.lower() in _WORKBOOKS:
        tables = read_workbook(path, limits)
        if not tables:
            raise UnreadableSource(path.name, tr("the workbook is empty"))
        return Source(path.stem, tuple(tables))
    if path.suffix.lower() == ".csv":
        return Source(_folder_name(path.parent), (read_csv(path, path.name, limits),))
    raise other_kind(path)


def _read_folder(folder: Path, limits: Limits) -> Source:
    try:
        names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        message = tr("{name} cannot be read ({reason}).", name=folder, reason=reason)
        raise Trouble("unreadable", message, file=str(folder)) from error
    names = [name for name in names if name.lower() != MARK_FILE]
    wanted = [name for name in names if name.lower().endswith(".csv")]
    place = _folder_name(folder)
    if not wanted:
        raise UnreadableSource(place, tr("the folder holds no CSV file"))
    if len(wanted) > limits.files:
        reason = tr("the folder holds more than {limit} CSV files", limit=limits.files)
        raise UnreadableSource(place, reason)
    mark = mark_of_folder(folder, limits)
    tables = tuple(
        msgspec.structs.replace(read_csv(folder / name, f"{place}/{name}", limits), mark=mark)
        for name in wanted
    )
    skipped = tuple(f"{place}/{name}" for name in names if name not in wanted)
    return Source(place, tables, skipped)


def _folder_name(folder: Path) -> str:
    return folder.resolve().name or str(folder)
