"""How much a file may hold before any work is done on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from model.refusals import Refusal, Trouble
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path


TABLE_ENDINGS: Final = (
    ".csv",
    ".tsv",
    ".txt",
    ".xlsx",
    ".xlsm",
    ".graphml",
    ".gexf",
    ".json",
)
"""Files of other programs that can be read as tables."""
_SPREADSHEETS: Final = frozenset({".xls", ".xlsb", ".ods", ".fods", ".numbers", ".sxc"})


class Limits(msgspec.Struct, frozen=True):
    """Bounds far above any real case, and far below what would hang the program.

    Attributes:
        file_bytes: of one file as it is on disk.
        unpacked_bytes: of all parts of a workbook together.
        files: tables of one source.
        rows: of one table, the header included.
        columns: of one table.
        cells: of one table.
    """

    file_bytes: int = 50_000_000
    unpacked_bytes: int = 400_000_000
    files: int = 100
    rows: int = 100_000
    columns: int = 200
    cells: int = 3_000_000


class UnreadableSource(Refusal):
    """A file that cannot be read as tables; the message names it."""

    def __init__(self, place: str, reason: str) -> None:
        """Say where and why."""
        super().__init__("source", tr("{place}: {reason}.", place=place, reason=reason), file=place)


def other_kind(path: Path) -> UnreadableSource:
    """The refusal of a file that cannot be read whatever it holds, with what to do."""
    if path.suffix.lower() in _SPREADSHEETS:
        reason = tr("spreadsheets of this kind are not read; open it where it comes from and save "
                    "it as an Excel workbook (.xlsx)")  # fmt: skip
    else:
        reason = tr(
            "what can be read is a folder of CSV files, IATI activities (.xml), and tables and "
            "graphs that end in {endings}",
            endings=", ".join(TABLE_ENDINGS),
        )
    return UnreadableSource(path.name, reason)


def entities_in(place: str) -> UnreadableSource:
    """The refusal of a workbook that declares what its text is to be replaced by."""
    return UnreadableSource(place, tr("it holds XML entities, which no honest workbook does"))


def read_bytes(path: Path, place: str, limits: Limits) -> bytes:
    """The content of a file, refused by size before it is read.

    Raises:
        UnreadableSource: it is too large.
        Trouble: the file is not there or may not be read.
    """
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            reason = tr("the file is larger than {limit} MB", limit=limits.file_bytes // 1_000_000)
            raise UnreadableSource(place, reason)
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        message = tr("{place} cannot be read ({reason}).", place=place, reason=reason)
        raise Trouble("unreadable", message, file=place) from error


def check_shape(place: str, rows: int, columns: int, limits: Limits) -> None:
    """Refuse tables beyond the limits.

    Raises:
        UnreadableSource: naming the limit.
    """
    if rows > limits.rows:
        raise UnreadableSource(place, _beyond(tr("{count} rows", count=f"{limits.rows:,}")))
    if columns > limits.columns:
        raise UnreadableSource(place, _beyond(tr("{count} columns", count=f"{limits.columns:,}")))
    if rows * columns > limits.cells:
        raise UnreadableSource(place, _beyond(tr("{count} cells", count=f"{limits.cells:,}")))


def _beyond(limit: str) -> str:
    return tr("it has more than {limit}; keep what the project needs, or split it", limit=limit)
