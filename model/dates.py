"""Dates that know how exact they are: day, month, quarter, year, about, before, after, open.

A date is never silently sharpened: ``2013`` stays a year. For reckoning, a start counts from
the first and an end to the last day that it may mean (domain.md, "How the warnings behave").
Calendar dates have no time zone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

import msgspec

from model.refusals import Refusal
from resources.text import tr

Unit = Literal["day", "month", "quarter", "year", "open"]
Qualifier = Literal["", "about", "before", "after"]

FIRST_DAY = date(1, 1, 1)
LAST_DAY = date(9999, 12, 31)
_PREFIXES: dict[str, Qualifier] = {"~": "about", "<": "before", ">": "after"}
_WORDS: dict[str, Qualifier] = {
    "about": "about",
    "around": "about",
    "circa": "about",
    "c.": "about",
    "before": "before",
    "after": "after",
}
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_QUARTER_FIRST = re.compile(r"[Qq]([1-4])[ -/]?(\d{4})")
_PARTS_OF_YEAR = frozenset({"early", "beginning", "mid", "middle", "late", "end"})
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class PartialDate(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A date with its precision.

    Attributes:
        year: 1..9999; 0 only for the open date.
        quarter, month, day: 0 where not known; a day needs its month.
        qualifier: "about", "before" or "after" the stated day, month, quarter or year.
        open: True for an end that is deliberately open ("until further notice").
        raw: the text as found in a source, where it says more or something else.
    """

    year: int = 0
    quarter: int = 0
    month: int = 0
    day: int = 0
    qualifier: Qualifier = ""
    open: bool = False
    raw: str = ""

    def __post_init__(self) -> None:
        """Refuse impossible dates; msgspec turns this into an error that names the place."""
        if (
            0 < self.year <= 9999
            and 0 <= self.month <= 12
            and not self.quarter
            and not self.open
            and (not self.day or (self.month and 0 < self.day <= 28))
        ):
            return  # nearly all, and there may be ten thousands of them
        if self.open:
            if self.year or self.quarter or self.month or self.day or self.qualifier:
                message = "an open date has no year, month or day"
                raise ValueError(message)
            return
        if not 1 <= self.year <= 9999:
            message = f"year {self.year} is outside 1 to 9999"
            raise ValueError(message)
        if self.quarter and (self.month or not 1 <= self.quarter <= 4):
            message = f"quarter {self.quarter} is not 1 to 4 without a month"
            raise ValueError(message)
        if not 0 <= self.month <= 12:
            message = f"month {self.month} is outside 1 to 12"
            raise ValueError(message)
        if self.day and not self.month:
            message = "a day needs its month"
            raise ValueError(message)
        if self.day and not 1 <= self.day <= monthrange(self.year, self.month)[1]:
            message = f"day {self.day} does not exist in {self.year:04d}-{self.month:02d}"
            raise ValueError(message)

    @property
    def unit(self) -> Unit:
        """The exactness of the stated part."""
        if self.open:
            return "open"
        if self.day:
            return "day"
        if self.month:
            return "month"
        return "quarter" if self.quarter else "year"

    @property
    def precision(self) -> str:
        """The code of the precision list: the qualifier if there is one, else the unit."""
        return self.qualifier or self.unit

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.unit == "day" and not self.qualifier

    def stated_first(self) -> date:
        """First day of the stated day, month, quarter or year, the qualifier aside."""
        if self.open:
            return LAST_DAY
        month = self.month or (3 * self.quarter - 2 if self.quarter else 1)
        return date(self.year, month, self.day or 1)

    def stated_last(self) -> date:
        """Last day of the stated day, month, quarter or year, the qualifier aside."""
        if self.open:
            return LAST_DAY
        month = self.month or (3 * self.quarter if self.quarter else 12)
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def first(self) -> date:
        """First day that the date may mean; "before" reaches back without limit."""
        return FIRST_DAY if self.qualifier == "before" else self.stated_first()

    def last(self) -> date:
        """Last day that the date may mean; "after" and open reach on without limit."""
        return LAST_DAY if self.qualifier == "after" else self.stated_last()

    def iso(self) -> str:
        """The shortest exact text: 2013, 2013-Q2, 2013-05, 2013-05-17, ~2013, <2013, open."""
        if self.open:
            return "open"
        text = f"{self.year:04d}"
        if self.quarter:
            text += f"-Q{self.quarter}"
        elif self.month:
            text += f"-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")
        sign = next((sign for sign, word in _PREFIXES.items() if word == self.qualifier), "")
        return sign + text


OPEN = PartialDate(open=True)


def typed_text(found: PartialDate) -> str:
    """The date as somebody typed it, where those words still say the same; else its exact form.

    What stood in a source and says more or something else is no date text and is left out.
    """
    if found.raw:
        try:
            again = parse_date(found.raw)
        except Refusal:
            return found.iso()
        if again == found:
            return found.raw
    return found.iso()


def parse_date(text: str) -> PartialDate:
    """Read a date as people and files write it; see `PartialDate.iso` for the exact forms.

    Also reads "May 2013", "17 May 2013", "mid 2013", "early 2013", "late 2013" and the words
    about, before and after.

    Raises:
        Refusal: code ``date``; the message names the text and shows forms that work.
    """
    stripped = " ".join(text.split())
    try:
        found = _read(stripped)
    except ValueError as error:
        raise _refused(stripped, str(error)) from None
    if found is None:
        raise _refused(stripped, tr("it is not a date that can be understood"))
    return found


def _refused(text: str, reason: str) -> Refusal:
    return Refusal(
        "date",
        tr(
            "The date “{text}” cannot be used: {reason}. Write it like 2013, 2013-05, "
            "2013-05-17, 2013-Q2, about 2013, before 2013-05 or open.",
            text=text[:60],
            reason=reason,
        ),
        text=text[:60],
    )


def _read(text: str) -> PartialDate | None:
    if text.lower() in {"open", "..", "ongoing", "present"}:
        return OPEN
    qualifier: Qualifier = ""
    rest = text
    if rest[:1] in _PREFIXES:
        qualifier, rest = _PREFIXES[rest[0]], rest[1:].strip()
    else:
        first, _, remainder = rest.partition(" ")
        if remainder and first.lower() in _WORDS:
            qualifier, rest = _WORDS[first.lower()], remainder
    if match := _ISO.fullmatch(rest):
        year, month, day = (int(part or 0) for part in match.groups())
        if match[2] and not month:
            message = f"month {match[2]} is outside 01 to 12"
            raise ValueError(message)
        if match[3] and not day:
            message = f"day {match[3]} is outside 01 to 31"
            raise ValueError(message)
        return PartialDate(year=year, month=month, day=day, qualifier=qualifier)
    if match := _QUARTER.fullmatch(rest):
        return PartialDate(year=int(match[1]), quarter=int(match[2]), qualifier=qualifier)
    if match := _QUARTER_FIRST.fullmatch(rest):
        return PartialDate(year=int(match[2]), quarter=int(match[1]), qualifier=qualifier)
    return _read_words(rest, qualifier, text)


def _read_words(rest: str, qualifier: Qualifier, whole: str) -> PartialDate | None:
    words = rest.replace(",", " ").replace("-", " ").split()
    if len(words) == 3 and words[1].lower() == "of":
        del words[1]
    if not words or not re.fullmatch(r"\d{4}", words[-1]):
        return None
    year = int(words[-1])
    if len(words) == 2 and words[0].lower() in _PARTS_OF_YEAR:
        return PartialDate(year=year, qualifier="about", raw=whole)
    months = [i + 1 for i, name in enumerate(_MONTHS) if _names_month(words[:-1], name)]
    if len(months) != 1 or len(words) > 3:
        return None
    days = [int(word) for word in words[:-1] if re.fullmatch(r"\d{1,2}", word)]
    if len(words) == 3 and len(days) != 1:
        return None
    return PartialDate(year=year, month=months[0], day=sum(days), qualifier=qualifier)


def _names_month(words: list[str], month: str) -> bool:
    return any(len(word) >= 3 and month.startswith(word.lower().rstrip(".")) for word in words)


def in_force(start: PartialDate | None, end: PartialDate | None, as_of: date) -> bool:
    """Whether something that runs from start to end is in force on a day.

    An unknown start counts as long ago, an unknown or open end as not yet reached.
    """
    return first_day(start) <= as_of <= last_day(end)


def first_day(start: PartialDate | None) -> date:
    """First day of a start, long ago when unknown."""
    return FIRST_DAY if start is None else start.first()


def last_day(end: PartialDate | None) -> date:
    """Last day of an end, far ahead when unknown or open."""
    return LAST_DAY if end is None else end.last()


def exactly(day: date) -> PartialDate:
    """A day as a date of a record."""
    return PartialDate(year=day.year, month=day.month, day=day.day)


def day(text: str) -> date:
    """Read an as-of date: a full ISO day.

    Raises:
        Refusal: code ``date`` when it is not a day that exists.
    """
    found = parse_date(text)
    if not found.is_exact:
        message = tr(
            "The date “{text}” is not a full day. Write it like 2013-05-17.", text=text[:60]
        )
        raise Refusal("date", message)
    return found.stated_first()
