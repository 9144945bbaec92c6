"""What a file of IATI activities states, in its own words and codes."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from resources.text import tr

MoneyKind = Literal["budgets", "disbursements", "commitments", "received"]
MONEY_KINDS: Final[tuple[MoneyKind, ...]] = (
    *("budgets", "disbursements", "commitments", "received"),
)
"""In the order in which they are preferred: those with a window of their own come first."""
_ROLES: Final = {"funding": "1", "accountable": "2", "extending": "3", "implementing": "4"}


class Organisation(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation as an activity names it; `role` and `kind` are codes of the standard."""

    ref: str = ""
    name: str = ""
    kind: str = ""
    role: str = ""

    @property
    def key(self) -> str:
        """What tells it apart: its reference, else its name."""
        return (self.ref or self.name.casefold()).replace(";", ",")


class Money(msgspec.Struct, frozen=True, kw_only=True):
    """One statement of money, in the words of the file.

    Attributes:
        kind: which element says it.
        amount, currency: as written; empty where nothing is.
        start, end: the period, or the day of a transaction in `start`.
        code: status of a budget, type of a budget or transaction.
    """

    kind: MoneyKind
    amount: str = ""
    currency: str = ""
    start: str = ""
    end: str = ""
    status: str = ""
    code: str = ""
    provider: Organisation | None = None
    receiver: Organisation | None = None
    flow: str = ""
    tied: str = ""
    earmark: str = ""
    finance: str = ""
    aid: str = ""


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """One `iati-activity`, as far as it matters here; dates by type code 1 to 4."""

    number: int
    identifier: str = ""
    title: str = ""
    description: str = ""
    status: str = ""
    dates: dict[str, str] = msgspec.field(default_factory=dict)
    reporter: Organisation | None = None
    organisations: tuple[Organisation, ...] = ()
    money: tuple[Money, ...] = ()
    conditions: str = ""
    left: tuple[str, ...] = ()


def role_code(text: str) -> str:
    """The code of a role; versions before 2 of the standard wrote words."""
    return _ROLES.get(text.strip().casefold(), text.strip())


def money_words(kind: str) -> str:
    """What a statement of money is called."""
    words = {
        "budgets": tr("budgets"),
        "disbursements": tr("planned disbursements"),
        "commitments": tr("commitments"),
        "received": tr("money received"),
    }
    return words.get(kind, kind)
