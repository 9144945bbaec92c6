"""Values that a spreadsheet has written in its own way into a CSV file, read as they were meant.

Spreadsheets save dates as their country has them, months as "May-13" and numbers with a comma. What
was exported is known by its digest: a cell that can be read as that was not edited, and it proves
how the program writes. Where a cell can mean two things and nothing proves which, it is said, and
never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from model.dates import PartialDate, parse_date, typed_text
from model.fields import FIELDS
from model.foreign.dates import ORDERS, read_date
from model.importing.values import Unreadable, read_value
from model.returning.exported import digest, digests_by_field
from model.returning.values import plain
from resources.text import in_pack_languages, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from model.fields import FieldSpec
    from model.records import ExportRun
    from model.returning.book import ReturnedBook, ReturnedCell, ReturnedRow

_SPELT: Final = frozenset({"date", "number", "integer", "money"})
_BLANKS: Final = re.compile(r"[\s\u00a0\u202f']")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:[.,]\d+)?")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_MONTH: Final = re.compile(r"([^\W\d]+)\.?[-\s/](\d{2}|\d{4})")
_MIDNIGHT: Final = re.compile(r"[T ]0{1,2}:00(:00)?(\.0+)?$")
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_CENTURY: Final = 69
_SMALL_SETS: Final = ("ascii", "cp1252", "cp1251", "cp1256")
"""Encodings in which programs save what they cannot, with question marks."""


def settled(book: ReturnedBook, run: ExportRun) -> ReturnedBook:
    """The book with dates and numbers as our own files have them, wherever that is certain."""
    rows = [_Row(row, run) for row in book.rows]
    proofs = Counter(order for row in rows for order in row.orders())
    order = next((one for one in ORDERS if proofs[one] and len(proofs) == 1), "")
    return msgspec.structs.replace(book, rows=tuple(row.settled(order) for row in rows))


def is_mangled(text: str, now: str) -> bool:
    """Whether a text is what is left of the project's where an encoding has no such letters."""
    if "?" not in text or now.isascii():
        return False
    return any(now.encode(one, "replace").decode(one) == text for one in _SMALL_SETS)


class _Row:
    """A row, and which of its cells can only be read as a spreadsheet writes."""

    def __init__(self, row: ReturnedRow, run: ExportRun) -> None:
        self._row = row
        self._base = digests_by_field(run.digests, row.table, row.id)
        self._mark = run.mark
        self._found = {
            spec.name: (spec, dict(_candidates(spec, cell.text)))
            for spec in FIELDS[row.table].values()
            if spec.kind in _SPELT and (cell := row.cells.get(spec.name, {}).get("value"))
            if cell.text.strip() and not _is_ours(spec, cell.text)
        }

    def orders(self) -> Iterator[str]:
        """The orders of day and month that cells prove: by what was exported, or by themselves."""
        for spec, candidates in self._found.values():
            if spec.kind == "date":
                fitting = self._unchanged(spec, candidates) or set(candidates)
                if len(fitting) == 1 and fitting <= {*ORDERS}:
                    yield from fitting

    def settled(self, order: str) -> ReturnedRow:
        """The row with those cells as our own files have them."""
        if not self._found:
            return self._row
        cells = dict(self._row.cells)
        for name, (spec, candidates) in self._found.items():
            cell = cells[name]["value"]
            cells[name] = {**cells[name], "value": self._cell(spec, cell, candidates, order)}
        return msgspec.structs.replace(self._row, cells=cells)

    def _cell(
        self, spec: FieldSpec, cell: ReturnedCell, candidates: Mapping[str, str], order: str
    ) -> ReturnedCell:
        unchanged = self._unchanged(spec, candidates)
        meant = {candidates[one] for one in unchanged} or {*candidates.values()}
        if not unchanged and order in candidates:
            meant = {candidates[order]}
        if len(meant) == 1 and (unchanged or not _SHORT_YEAR.fullmatch(cell.text.strip())):
            return msgspec.structs.replace(cell, text=meant.pop())
        if len(meant) > 1:
            one, other, *_ = sorted(meant)
            reason = tr("it can be read as {one} or as {other}; write one of them",
                        one=one, other=other)  # fmt: skip
            return msgspec.structs.replace(cell, problem=reason)
        return cell

    def _unchanged(self, spec: FieldSpec, candidates: Mapping[str, str]) -> set[str]:
        """Which of the readings are what was exported."""
        exported = self._base.get(spec.name, "")
        return {
            how
            for how, text in candidates.items()
            if exported == digest(self._mark, spec.table, spec.name, plain(read_value(spec, text)))
        }


def _is_ours(spec: FieldSpec, text: str) -> bool:
    try:
        read_value(spec, text)
    except Unreadable:
        return False
    return True


def _candidates(spec: FieldSpec, text: str) -> Iterator[tuple[str, str]]:
    """What a text may mean, by how it is read, each as our own files have it."""
    found = _dates(text.strip()) if spec.kind == "date" else _numbers(_BLANKS.sub("", text))
    for how, meant in found:
        if meant and _is_ours(spec, meant):
            yield how, meant


def _dates(text: str) -> Iterator[tuple[str, str]]:
    plain_day = _MIDNIGHT.sub("", text)
    either = read_date(plain_day, "")
    if either:
        yield "", typed_text(parse_date(either))
        return
    for order in ORDERS:
        yield order, read_date(plain_day, order)
    month = _MONTH.fullmatch(plain_day)
    number = _month_number(month[1]) if month is not None else 0
    if month is not None and number:
        year = int(month[2])
        if len(month[2]) == 2:
            year += 1900 if year >= _CENTURY else 2000
        yield "month", PartialDate(year=year, month=number).iso()


def _month_number(word: str) -> int:
    """The month that a word means in a language of packs; 0 for none."""
    said = word.casefold()
    for number, month in enumerate(_MONTHS, 1):
        names = {name.rstrip(".").casefold() for name in in_pack_languages(month)}
        if said in names or said[:3] == month.casefold():
            return number
    return 0


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """With a comma for the point, or with signs between thousands."""
    grouped = _THOUSANDS.fullmatch(text)
    if grouped is not None:
        yield "grouped", text.replace(grouped[1], "").replace(",", ".")
    if text.count(",") == 1 and "." not in text:
        yield "comma", text.replace(",", ".")
    elif "," not in text and "." not in text:
        yield "plain", text
