"""How much a file may hold before any work is done on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.refusals import Refusal, Trouble
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path


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
        raise UnreadableSource(place, tr("it has more than {limit} rows", limit=limits.rows))
    if columns > limits.columns:
        reason = tr("it has more than {limit} columns", limit=limits.columns)
        raise UnreadableSource(place, reason)
    if rows * columns > limits.cells:
        raise UnreadableSource(place, tr("it has more than {limit} cells", limit=limits.cells))
