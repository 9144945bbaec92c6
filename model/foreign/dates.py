"""Dates of other programs: which part is the day is judged by the whole column, or asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from model.dates import PartialDate, parse_date
from model.refusals import Refusal
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

Order = Literal["", "dmy", "mdy"]
ORDERS: Final[tuple[Order, ...]] = ("dmy", "mdy")

_NUMERIC: Final = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})")
_YEAR_FIRST: Final = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})")
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[./-](\d{4})")
_TIME: Final = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_NOTHING: Final = frozenset(
    {"", "-", "--", "n/a", "na", "none", "null", "unknown", "?", "tbd", "tbc"}
)
_ENOUGH: Final = 0.9
"""Share of a column's cells that must read as dates for it to be one."""
_CENTURY: Final = 69
"""Two-digit years from here on are of the last century, as spreadsheets have it."""


class DateColumn(msgspec.Struct, frozen=True):
    """What a column says about how its dates are written.

    Attributes:
        is_date: whether it holds dates at all.
        day_first, month_first: rows that can only be read that way.
        unclear: rows that can be read both ways, with their text.
        unread: rows that are no date.
    """

    is_date: bool
    day_first: tuple[int, ...] = ()
    month_first: tuple[int, ...] = ()
    unclear: tuple[tuple[int, str], ...] = ()
    unread: tuple[int, ...] = ()

    @property
    def order(self) -> Order:
        """The order that the column proves; "" where it proves none."""
        if self.day_first and not self.month_first:
            return "dmy"
        return "mdy" if self.month_first and not self.day_first else ""

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to say which part is the day."""
        mixed = bool(self.day_first and self.month_first)
        return mixed or (bool(self.unclear) and not self.order)

    @property
    def is_mixed(self) -> bool:
        """Whether day and month are swapped in some rows."""
        return bool(self.day_first and self.month_first)

    @property
    def evidence(self) -> str:
        """Why the order is what it is, or why it is asked, as sentences."""
        if self.is_mixed:
            return tr(
                "Day and month are swapped in some rows: {first} can only be day first, {second} "
                "only month first.",
                first=_rows(self.day_first),
                second=_rows(self.month_first),
            )
        if self.order == "dmy":
            return tr("Day first: {rows} can only be read that way.", rows=_rows(self.day_first))
        if self.order == "mdy":
            return tr("Month first: {rows} can only be read so.", rows=_rows(self.month_first))
        if self.unclear:
            number, text = self.unclear[0]
            return tr(
                "All days are 12 or less, so both orders are possible: “{text}” in row {row} is "
                "{day_first} or {month_first}.",
                text=text,
                row=number,
                day_first=read_date(text, "dmy"),
                month_first=read_date(text, "mdy"),
            )
        return ""


def judge(cells: Sequence[tuple[int, str]]) -> DateColumn:
    """What a column says about its dates."""
    day_first, month_first, unread = [], [], []
    unclear: list[tuple[int, str]] = []
    read = 0
    for number, whole in cells:
        text = _TIME.sub("", whole.strip())
        if text.lower() in _NOTHING:
            continue
        found = _NUMERIC.fullmatch(text)
        if found is None:
            if read_date(text, ""):
                read += 1
            else:
                unread.append(number)
            continue
        first, second = int(found[1]), int(found[2])
        if max(first, second) > 31 or min(first, second) > 12 or not min(first, second):
            unread.append(number)
            continue
        read += 1
        if first > 12:
            day_first.append(number)
        elif second > 12:
            month_first.append(number)
        elif first != second:
            unclear.append((number, text))
    total = read + len(unread)
    is_date = bool(read) and read >= _ENOUGH * total
    return DateColumn(is_date, tuple(day_first), tuple(month_first), tuple(unclear), tuple(unread))


def read_date(text: str, order: Order, *, swap: bool = False) -> str:
    """A date as our own tables write it; "" for none that can be read.

    Args:
        text: what stands in the cell.
        order: which of two numbers is the day.
        swap: read those that do not fit the order the other way round.
    """
    plain = _TIME.sub("", " ".join(text.split()))
    if plain.lower() in _NOTHING:
        return ""
    found = _NUMERIC.fullmatch(plain)
    if found is not None:
        return _numeric(int(found[1]), int(found[2]), _year(found[3]), order, swap=swap)
    if year_first := _YEAR_FIRST.fullmatch(plain):
        return _iso(int(year_first[1]), int(year_first[2]), int(year_first[3]))
    if month := _MONTH_YEAR.fullmatch(plain):
        return _iso(int(month[2]), int(month[1]), 0)
    plain = plain.removesuffix(".0")
    try:
        parse_date(plain)
    except Refusal:
        return ""
    return plain


def is_nothing(text: str) -> bool:
    """Whether a cell only says that nothing is known."""
    return text.strip().lower() in _NOTHING


def _numeric(first: int, second: int, year: int, order: Order, *, swap: bool) -> str:
    if not order and first == second:
        return _iso(year, first, second)
    if order == "dmy":
        first, second = second, first
    elif order != "mdy":
        return ""
    found = _iso(year, first, second)
    return found or (_iso(year, second, first) if swap else "")


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= _CENTURY else 2000)


def _iso(year: int, month: int, day: int) -> str:
    try:
        return PartialDate(year=year, month=month, day=day).iso()
    except ValueError:
        return ""


def _rows(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:3])
    more = len(numbers) - 3
    if more > 0:
        return plural("rows {rows} and {count} more", "rows {rows} and {count} more", more,
                      rows=shown)  # fmt: skip
    return tr("row {rows}", rows=shown) if len(numbers) == 1 else tr("rows {rows}", rows=shown)
