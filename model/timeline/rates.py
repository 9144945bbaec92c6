"""Money of several currencies in one: only with a rate that somebody has stated, and its date."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import TYPE_CHECKING

from model.commands.records import new_record
from model.naming import rate_text
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from model.dates import PartialDate
    from model.document import Document
    from model.records import ExchangeRate

_CENTS = Decimal("0.01")


def state_rate(
    document: Document, currency: str, into: str, rate: Decimal, on: PartialDate
) -> ExchangeRate:
    """Keep what one unit of a currency is worth in another on a day.

    Raises:
        Refusal: it is worth nothing, or the two are the same.
    """
    if rate <= 0:
        raise Refusal("rate", tr("A rate is more than zero: what one {currency} is worth.",
                                 currency=currency))  # fmt: skip
    if currency == into:
        raise Refusal("rate", tr("A rate needs two different currencies."))
    record: ExchangeRate = new_record(  # type: ignore[assignment]
        document, "rates", currency=currency, into=into, rate=rate, date=on
    )
    with document.edit(tr("State {rate}", rate=rate_text(record))) as edit:
        edit.put("rates", record)
    return record


def rate_between(
    rates: Iterable[ExchangeRate], currency: str, into: str, as_of: date
) -> ExchangeRate | None:
    """The latest rate between two currencies up to the day, else the first one after it.

    A rate counts both ways round: what one euro is in francs also says what a franc is in euro.
    """
    pair = {currency, into}
    dated = [
        (one.date.last(), one)
        for one in rates
        if {one.currency, one.into} == pair
        and one.rate is not None
        and one.rate > 0
        and one.date is not None
        and not one.date.open
    ]
    before = [found for found in dated if found[0] <= as_of]
    if before:
        return max(before, key=lambda found: (found[0], found[1].id))[1]
    return min(dated, key=lambda found: (found[0], found[1].id))[1] if dated else None


def in_one_currency(
    sums: Mapping[str, Decimal], into: str, rates: Iterable[ExchangeRate], as_of: date
) -> tuple[Decimal, str]:
    """The sum in one currency, and the sentence that must stand beside it.

    Raises:
        Refusal: when a currency has no stated rate.
    """
    known = tuple(rates)
    total, used = Decimal(0), []
    for currency, amount in sorted(sums.items()):
        if currency == into:
            total += amount
            continue
        rate = rate_between(known, currency, into, as_of)
        if rate is None or rate.rate is None:
            raise Refusal(
                "rate",
                tr(
                    "{currency} cannot be added to {into}: state a rate and its date.",
                    currency=currency,
                    into=into,
                ),
            )
        with localcontext() as context:
            context.prec = 40
            worth = amount * rate.rate if rate.currency == currency else amount / rate.rate
            total += worth.quantize(_CENTS)
        used.append(rate_text(rate))
    return total, "; ".join(used)
