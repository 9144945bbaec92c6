"""Dates and lengths of time in words, short and unmistakable, never sharper than they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from model.dates import PartialDate

DAYS_PER_MONTH = 365.2425 / 12


_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def month_name(month: int) -> str:
    """The short name of a month, 1 to 12."""
    return tr(_MONTHS[month - 1])


def month_text(year: int, month: int) -> str:
    """A month: Feb 2013."""
    return f"{month_name(month)} {year:04d}"


def day_text(day: date) -> str:
    """A full day: 15 Feb 2013."""
    return _on_day(day.day, month_text(day.year, day.month))


def _on_day(day: int, month: str) -> str:
    """A day of a month; some languages write the first one in a way of its own."""
    return tr("1 {month}", month=month) if day == 1 else f"{day} {month}"


def decimal_text(value: float, places: int = 1) -> str:
    """A number with the decimal sign of the language."""
    whole, _sign, part = f"{value:.{places}f}".partition(".")
    return tr("{whole}.{part}", whole=whole, part=part)


def date_text(found: PartialDate | None) -> str:
    """A partial date as exact as it is: "about 2013", "Feb 2013", "open", "not known"."""
    if found is None:
        return tr("not known")
    if found.open:
        return tr("open")
    text = f"{found.year:04d}"
    if found.quarter:
        text = tr("Q{quarter} {year}", quarter=found.quarter, year=text)
    elif found.month:
        text = f"{month_name(found.month)} {text}"
        if found.day:
            text = _on_day(found.day, text)
    if not found.qualifier:
        return text
    words = {"about": "about {date}", "before": "before {date}", "after": "after {date}"}
    return tr(words[found.qualifier], date=text)


def period_text(start: PartialDate | None, end: PartialDate | None) -> str:
    """From when to when; one date where both are the same."""
    if start is not None and start == end:
        return date_text(start)
    return tr("{start} to {end}", start=date_text(start), end=date_text(end))


def length_text(days: int) -> str:
    """A length: in days up to two months, then in whole months."""
    if days < 60:
        return plural("{count} day", "{count} days", days)
    months = round(days / DAYS_PER_MONTH)
    return plural("{count} month", "{count} months", months)
