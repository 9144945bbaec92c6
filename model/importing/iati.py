"""Activities of the IATI standard as rows: activities, organisations as actors, money as lines.

IATI states the same money several times: as budgets, planned disbursements, commitments and what
was received. Only one of them becomes funding lines, because together they would count twice; the
others are counted in the report. Contact persons and exact places are never taken over.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final, Literal

from model.dates import parse_date
from model.fields import field
from model.importing.iati_statements import (
    MONEY_KINDS,
    Activity,
    Money,
    Organisation,
    money_words,
)
from model.importing.source import Source, SourceNote, SourceRow, SourceTable
from model.importing.values import Unreadable, read_value
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SOURCE_NAME: Final = "IATI"
"""Identifiers of the standard hold everywhere, so every file counts as the same source."""


_STATUSES: Final = {
    "1": "pipeline",
    "2": "implementation",
    "3": "finalisation",
    "4": "closed",
    "5": "cancelled",
    "6": "suspended",
}
_ORGANISATIONS: Final = {
    "10": "state",
    "11": "subnational_authority",
    "21": "ingo",
    "22": "national_ngo",
    "24": "national_ngo",
    "40": "other_igo",
    "60": "funding_body",
    "70": "private_sector",
    "71": "private_sector",
    "72": "private_sector",
    "73": "private_sector",
    "80": "research_body",
}
_FLOWS: Final = {
    "10": "oda",
    "20": "oof",
    "21": "oof",
    "22": "export_credit",
    "30": "private_development",
    "35": "private_market",
    "36": "private_market",
    "37": "private_market",
    "40": "non_flow",
    "50": "other",
}
_TIES: Final = {"3": "partially_tied", "4": "tied", "5": "untied"}
_EARMARKS: Final = {
    "1": "unearmarked",
    "2": "softly_earmarked",
    "3": "earmarked",
    "4": "tightly_earmarked",
}
_BUDGET_STATUSES: Final = {"": "indicative", "1": "indicative", "2": "committed"}
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT: Final = re.compile(r"-?\d{1,18}(\.\d+)?")

_COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "actors": ("id", "name", "other_names", "kind", "source_ref"),
    "activities": (
        *("id", "title", "status", "planned_start", "start", "planned_end", "end"),
        *("participant_ids", "source_ref", "notes"),
    ),
    "funding": (
        *("id", "donor_id", "recipient_id", "activity_ids", "amount", "currency", "start", "end"),
        *("status", "earmarking", "flow_type", "tied_status", "conditions", "source_ref", "notes"),
    ),
}


def iati_source(files: Iterable[tuple[str, Sequence[Activity]]], money: str = "") -> Source:
    """The rows of some files; rows count the activities of a file.

    Args:
        files: name and activities of each.
        money: which statement of money becomes funding lines; "" for the first of
            `MONEY_KINDS` that an activity makes.

    Raises:
        Refusal: there is no such statement of money.
    """
    if money and money not in MONEY_KINDS:
        known = ", ".join(MONEY_KINDS)
        raise Refusal("money", tr("The money to read is one of {names}.", names=known))
    rows = _Rows(money)
    names = []
    for place, activities in files:
        names.append(place.rpartition(".")[0] or place)
        rows.read(place, activities)
    return Source(SOURCE_NAME, rows.tables(), notes=tuple(rows.notes), title=", ".join(names))


class _Rows:
    """Collects rows and remarks; organisations are joined over all files."""

    def __init__(self, money: str) -> None:
        self.notes: list[SourceNote] = []
        self._money = money
        self._place = ""
        self._places: dict[str, str] = {}
        self._actors: dict[str, dict[str, str]] = {}
        self._first: dict[str, tuple[str, int]] = {}
        self._rows: dict[tuple[str, str], list[SourceRow]] = {}

    def read(self, place: str, activities: Sequence[Activity]) -> None:
        """Take the activities of one file."""
        self._place = place
        self._places = {
            "actors": tr("{file}, organisations", file=place),
            "activities": tr("{file}, activities", file=place),
            "funding": tr("{file}, money", file=place),
        }
        left: Counter[str] = Counter()
        for activity in activities:
            left.update(activity.left)
            self._take(activity)
        if left:
            names = ", ".join(f"{name} ({count})" for name, count in sorted(left.items()))
            reason = tr("these elements are not taken over: {names}", names=names)
            self.notes.append(SourceNote("warning", place, 0, reason))

    def tables(self) -> tuple[SourceTable, ...]:
        """What was collected, organisations first."""
        every: dict[tuple[str, str], list[SourceRow]] = {}
        for key, cells in self._actors.items():
            place, number = self._first[key]
            values = tuple(cells[column] for column in _COLUMNS["actors"])
            every.setdefault(("actors", place), []).append(SourceRow(number, values))
        every.update(self._rows)
        return tuple(
            SourceTable(table, place, _COLUMNS[table], tuple(rows))
            for (table, place), rows in every.items()
        )

    def _take(self, activity: Activity) -> None:
        if not activity.identifier:
            self._say("refused", "activities", activity, tr("it has no iati-identifier"))
            return
        taking_part = [
            self._actor(one, activity) for one in activity.organisations if one.role != "1"
        ]
        if not activity.title:
            reason = tr("it has no title and is called by its identifier")
            self._say("guessed", "activities", activity, reason)
        dates = {kind: self._date(activity, text) for kind, text in activity.dates.items()}
        cells = {
            "id": activity.identifier,
            "title": activity.title or activity.identifier,
            "status": self._code(_STATUSES, activity, activity.status, "activity-status"),
            "planned_start": dates.get("1", ""),
            "start": dates.get("2", ""),
            "planned_end": self._end(activity, dates.get("1", ""), dates.get("3", "")),
            "end": self._end(activity, dates.get("2", ""), dates.get("4", "")),
            "participant_ids": "; ".join(dict.fromkeys(filter(None, taking_part))),
            "source_ref": activity.identifier,
            "notes": activity.description,
        }
        self._row("activities", activity.number, cells)
        self._lines(activity, dates)

    def _lines(self, activity: Activity, dates: dict[str, str]) -> None:
        stated = {one.kind for one in activity.money}
        kind = self._money or next((one for one in MONEY_KINDS if one in stated), "")
        others = Counter(one.kind for one in activity.money if one.kind != kind)
        for other, count in sorted(others.items()):
            reason = tr(
                "{other} ({count}) are left out so that nothing counts twice; {kind} are read",
                other=money_words(other),
                count=count,
                kind=money_words(kind) if kind else "",
            )
            self._say("warning", "funding", activity, reason)
        chosen = [one for one in activity.money if one.kind == kind]
        for at, one in enumerate(_valid(chosen), 1):
            self._line(activity, one, f"{activity.identifier}/{kind}/{at}", dates)

    def _line(self, activity: Activity, money: Money, key: str, dates: dict[str, str]) -> None:
        amount = self._amount(activity, money.amount)
        if amount is not None and amount < 0:
            reason = tr("a negative amount takes money back and is no line of its own")
            self._say("warning", "funding", activity, reason, value=money.amount)
            return
        currency = self._currency(activity, money.currency) if amount is not None else ""
        start, end = self._window(activity, money, dates)
        end = self._end(activity, start, end)
        donor, recipient = self._ends(activity, money)
        terms = [f"{name} {code}" for name, code in _terms(money) if code]
        cells = {
            "id": key,
            "donor_id": donor,
            "recipient_id": recipient,
            "activity_ids": activity.identifier,
            "amount": "" if amount is None else f"{amount:f}",
            "currency": currency,
            "start": start,
            "end": end,
            "status": _status(money),
            "earmarking": self._code(_EARMARKS, activity, money.earmark, "earmarking"),
            "flow_type": self._code(_FLOWS, activity, money.flow, "flow-type"),
            "tied_status": self._code(_TIES, activity, money.tied, "tied-status"),
            "conditions": activity.conditions,
            "source_ref": activity.identifier,
            "notes": "; ".join(terms),
        }
        self._row("funding", activity.number, cells)

    def _ends(self, activity: Activity, money: Money) -> tuple[str, str]:
        """Donor and recipient: as the money says, else who alone can be meant."""
        by_role: dict[str, list[Organisation]] = {}
        for one in activity.organisations:
            by_role.setdefault(one.role, []).append(one)
        donors = list(by_role.get("1", ()))
        for one in donors:
            self._actor(one, activity)
        donor = money.provider or (donors[0] if len(donors) == 1 else None)
        if donor is None and len(donors) > 1:
            names = ", ".join(one.name or one.ref for one in donors)
            reason = tr("one of several funders gives it, so its donor is not known: {names}",
                        names=names)  # fmt: skip
            self._say("guessed", "funding", activity, reason)
        elif donor is None:
            self._say("guessed", "funding", activity, tr("no donor is named; it is not known"))
        candidates = next((by_role[role] for role in ("4", "3", "2") if role in by_role), [])
        only = candidates[0] if len(candidates) == 1 else activity.reporter
        recipient = money.receiver or only
        if money.receiver is None and recipient is not None:
            reason = tr("the recipient follows from the roles of the organisations")
            self._say("guessed", "funding", activity, reason)
        return (
            self._actor(donor, activity) if donor is not None else "",
            self._actor(recipient, activity) if recipient is not None else "",
        )

    def _window(self, activity: Activity, money: Money, dates: dict[str, str]) -> tuple[str, str]:
        if money.kind in {"budgets", "disbursements"}:
            return self._date(activity, money.start), self._date(activity, money.end)
        reason = tr("it states a day and no window, so its window is that of the activity")
        self._say("guessed", "funding", activity, reason)
        start = dates.get("2") or dates.get("1") or self._date(activity, money.start)
        return start, dates.get("4") or dates.get("3") or ""

    def _actor(self, found: Organisation, activity: Activity) -> str:
        """The key of an organisation's row; several names of one reference are kept."""
        if not found.key:
            reason = tr("an organisation has neither reference nor name and is left out")
            self._say("warning", "actors", activity, reason)
            return ""
        cells = self._actors.get(found.key)
        name = found.name or found.ref
        if cells is None:
            self._first[found.key] = self._places["actors"], activity.number
            kind = _ORGANISATIONS.get(found.kind, "other")
            self._actors[found.key] = {
                "id": found.key,
                "name": name,
                "other_names": "",
                "kind": kind,
                "source_ref": found.ref,
            }
            return found.key
        if cells["kind"] == "other":
            cells["kind"] = _ORGANISATIONS.get(found.kind, "other")
        names = [cells["name"], *filter(None, cells["other_names"].split("; "))]
        if found.name and found.name.replace(";", ",") not in names:
            if cells["name"] == found.ref:
                cells["name"] = found.name
            else:
                cells["other_names"] = "; ".join([*names[1:], found.name.replace(";", ",")])
        return found.key

    def _amount(self, activity: Activity, text: str) -> Decimal | None:
        plain = text.strip()
        if not plain:
            self._say("guessed", "funding", activity, tr("no amount is stated; it is not known"))
            return None
        try:
            amount = Decimal(plain) if _AMOUNT.fullmatch(plain) else None
        except InvalidOperation:  # pragma: no cover - the pattern lets only numbers through
            amount = None
        if amount is None:
            reason = tr("the amount cannot be read, so it is not known")
            self._say("guessed", "funding", activity, reason, value=plain)
            return None
        return amount if -amount.as_tuple().exponent <= 6 else round(amount, 6)  # type: ignore[operator]

    def _currency(self, activity: Activity, text: str) -> str:
        code = text.strip().upper()
        if not code:
            reason = tr("neither the amount nor its activity names a currency")
            self._say("guessed", "funding", activity, reason)
            return ""
        try:
            return str(read_value(field("funding", "currency"), code))
        except Unreadable as problem:
            self._say("guessed", "funding", activity, str(problem), value=code)
            return ""

    def _date(self, activity: Activity, text: str) -> str:
        """The day; what is no day of the calendar is not known, and said."""
        plain = text.strip()[:10]
        try:
            good = not plain or bool(_DATE.fullmatch(plain) and parse_date(plain))
        except Refusal:
            good = False
        if not good:
            reason = tr("it is not a day such as 2024-05-17, so the date is not known")
            self._say("guessed", "activities", activity, reason, value=text.strip())
        return plain if good else ""

    def _end(self, activity: Activity, start: str, end: str) -> str:
        """The end, unless it lies before the start."""
        if not start or not end or start <= end:
            return end
        reason = tr("the end lies before the start {date}, so it is not known", date=start)
        self._say("guessed", "activities", activity, reason, value=end)
        return ""

    def _code(self, codes: dict[str, str], activity: Activity, code: str, element: str) -> str:
        found = codes.get(code.strip(), "")
        if code.strip() and not found:
            reason = tr("the code of {element} is not known here", element=element)
            self._say("guessed", "activities", activity, reason, value=code.strip())
        return found

    def _row(self, table: str, number: int, cells: dict[str, str]) -> None:
        row = SourceRow(number, tuple(cells[column] for column in _COLUMNS[table]))
        self._rows.setdefault((table, self._places[table]), []).append(row)

    def _say(
        self,
        kind: Literal["refused", "guessed", "warning"],
        table: str,
        activity: Activity,
        reason: str,
        value: str = "",
    ) -> None:
        note = SourceNote(kind, self._places[table], activity.number, reason, value)
        self.notes.append(note)


def _valid(found: Iterable[Money]) -> list[Money]:
    """Without budgets that a revised one (type 2) for the same period takes the place of."""
    every = list(found)
    revised = {(one.start, one.end) for one in every if one.kind == "budgets" and one.code == "2"}
    return [
        one
        for one in every
        if one.kind != "budgets" or one.code == "2" or (one.start, one.end) not in revised
    ]


def _status(money: Money) -> str:
    if money.kind == "budgets":
        return _BUDGET_STATUSES.get(money.status, "")
    return "indicative" if money.kind == "disbursements" else "committed"


def _terms(money: Money) -> tuple[tuple[str, str], ...]:
    return (
        (tr("IATI finance type"), money.finance),
        (tr("IATI aid type"), money.aid),
    )
