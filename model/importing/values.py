"""Texts of a source become values of fields; what does not fit is said, never bent into shape."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from model.dates import PartialDate, parse_date
from model.refusals import Refusal
from resources.text import in_pack_languages, tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.code_list import CodeList
    from model.fields import FieldSpec

SEPARATOR: Final = ";"
"""Between the values of a cell that holds several."""

_UNITS: Final = ("day", "month", "quarter", "year")
_QUALIFIERS: Final = ("about", "before", "after")
PRECISIONS: Final = (*_UNITS, *_QUALIFIERS, "open", "unknown")
_TRUTHS: Final = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_AMOUNT: Final = re.compile(r"\d{1,20}(?:\.\d{1,6})?")
_CODE: Final = re.compile(r"[A-Z]{3}")
_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,12})?")
_PRIVATE_COUNTRY: Final = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z][A-Z]|ZZ[A-Z]")
"""Codes that ISO 3166 leaves to its users, such as XKX for Kosovo."""


class Unreadable(Exception):
    """A text that cannot be a value of its field; the message ends a sentence."""


def read_value(spec: FieldSpec, text: str, *, by_label: bool = False) -> object:
    """The value that a text stands for; references stay texts until they are resolved.

    Args:
        spec: the field.
        text: what stood in the cell, not blank.
        by_label: whether labels of codes may stand for the codes.

    Raises:
        Unreadable: saying what would be accepted.
    """
    if spec.codes is not None:
        if spec.kind == "codes":
            return read_codes(spec.codes, text, by_label=by_label)
        return read_code(spec.codes, text, by_label=by_label)
    reader = _READERS.get(spec.kind)
    if reader is None:
        raise Unreadable(tr("this field is not read from tables"))
    return reader(text)


def read_code(codes: CodeList, text: str, *, by_label: bool = False) -> str:
    """The code, exactly as the list has it.

    Raises:
        Unreadable: naming the codes that are accepted.
    """
    code = text.strip()
    if by_label:
        code = codes.code_of(code) or code
    if code not in codes:
        allowed = ", ".join(codes.codes)
        raise Unreadable(tr("the code is not one of {codes}", codes=allowed))
    return code


def split(text: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values."""
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def read_codes(codes: CodeList, text: str, *, by_label: bool = False) -> tuple[str, ...]:
    """Several codes, each once.

    Raises:
        Unreadable: for the first code that the list does not have or that stands twice.
    """
    found = tuple(read_code(codes, part, by_label=by_label) for part in split(text))
    if len(set(found)) != len(found):
        raise Unreadable(tr("the same code stands twice"))
    return found


def coarser(date: PartialDate, precision: str, text: str) -> PartialDate:
    """The date at the coarser of its own exactness and the stated one, keeping the text.

    The same date comes back where the two agree.

    Raises:
        Unreadable: when the stated precision is not one that exists.
    """
    if precision not in PRECISIONS:
        raise Unreadable(tr("the precision is not one of {codes}", codes=", ".join(PRECISIONS)))
    if date.open or precision in {date.precision, "unknown"}:
        return date
    if precision == "open":
        raise Unreadable(tr("a date that is open cannot be “{text}”", text=text))
    raw = date.raw or text
    if precision in _QUALIFIERS:
        if date.qualifier:
            return msgspec.structs.replace(date, raw=raw)
        return msgspec.structs.replace(date, qualifier=precision, raw=raw)
    if _UNITS.index(precision) <= _UNITS.index(date.unit):
        return msgspec.structs.replace(date, raw=raw)
    return msgspec.structs.replace(
        date,
        day=0,
        month=date.month if precision == "month" else 0,
        quarter=(date.month + 2) // 3 if precision == "quarter" else 0,
        raw=raw,
    )


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _date(text: str) -> PartialDate:
    try:
        return parse_date(text)
    except Refusal as refusal:
        raise Unreadable(refusal.message.rstrip(".")) from None


def _truth(text: str) -> bool:
    said = text.strip().lower()
    found = _TRUTHS.get(said)
    if found is None:
        for word, meaning in (("Yes", True), ("No", False)):
            if said in {one.lower() for one in in_pack_languages(word)}:
                return meaning
        raise Unreadable(tr("write yes or no"))
    return found


def _whole(text: str) -> int:
    if not _NUMBER.fullmatch(text.strip()) or "." in text:
        raise Unreadable(tr("write a whole number"))
    return int(text)


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text.strip()):
        raise Unreadable(tr("write a number with a point, such as 2.5"))
    return float(text)


def _money(text: str) -> Decimal:
    if not _AMOUNT.fullmatch(text.strip()):
        raise Unreadable(tr("write the amount as digits with a point, such as 3000000 or 1500.50"))
    try:
        return Decimal(text.strip())
    except InvalidOperation:  # pragma: no cover - the pattern above lets only numbers through
        raise Unreadable(tr("it is not an amount")) from None


def _country(text: str) -> str:
    code = text.strip()
    known = _CODE.fullmatch(code) and (code in _country_codes() or _PRIVATE_COUNTRY.match(code))
    if not known:
        raise Unreadable(tr("it is not a three-letter country code of ISO 3166, such as PHL"))
    return code


def _currency(text: str) -> str:
    code = text.strip()
    if not _CODE.fullmatch(code) or code not in _currency_codes():
        raise Unreadable(tr("it is not a currency code of ISO 4217, such as USD"))
    return code


@cache
def _country_codes() -> frozenset[str]:
    import pycountry  # noqa: PLC0415 - its lists take a moment to read

    return frozenset(country.alpha_3 for country in pycountry.countries)


@cache
def _currency_codes() -> frozenset[str]:
    import pycountry  # noqa: PLC0415 - its lists take a moment to read

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "text": _text,
    "long_text": _text,
    "texts": split,
    "date": _date,
    "number": _number,
    "integer": _whole,
    "money": _money,
    "truth": _truth,
    "currency": _currency,
    "country": _country,
    "reference": lambda text: text.strip(),
    "references": split,
}
