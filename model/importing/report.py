"""What an import would do or did: read, refused, guessed, already there; in words and as data."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from model.fields import TABLE_SPECS
from model.refusals import Refusal
from resources.text import plural, tr

LineKind = Literal["refused", "guessed", "warning", "differs"]

SHOWN_VALUE: Final = 60
"""Characters of a value that a sentence repeats."""
_SHOWN_ROWS: Final = 8


class ReportLine(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to know, with its place.

    Attributes:
        kind: refused (nothing is imported), guessed (assumed), warning (imported as it stands),
            differs (already in the project with another value, which was kept).
        file: the file or sheet.
        rows: numbers of the rows, as in the file; empty where the whole file is meant.
        column: header of the column, empty where the whole row is meant.
        value: the text that stood there.
        reason: what is wrong or was assumed, as the end of a sentence.
    """

    kind: LineKind
    file: str
    rows: tuple[int, ...] = ()
    column: str = ""
    value: str = ""
    reason: str

    @property
    def place(self) -> str:
        """File, row, column and value, as far as they are known."""
        parts = [self.file]
        if len(self.rows) == 1:
            parts.append(tr("row {number}", number=self.rows[0]))
        elif self.rows:
            parts.append(tr("rows {numbers}", numbers=_ranges(self.rows)))
        if self.column:
            parts.append(tr("column {name}", name=self.column))
        if self.value:
            parts.append(f"“{_short(self.value)}”")
        return ", ".join(parts)

    @property
    def text(self) -> str:
        """The place and the reason, without a full stop."""
        return tr("{place}: {reason}", place=self.place, reason=self.reason)


class FileCount(msgspec.Struct, frozen=True, kw_only=True):
    """What one file or sheet held.

    Attributes:
        file: the file or sheet.
        rows: rows that hold something.
        records: new records by table (a phases file also gives milestones, an actors file roles).
        already_there: records that the project has from an earlier import.
    """

    file: str
    rows: int
    records: dict[str, int]
    already_there: int = 0


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """The whole report; `refused` decides whether anything happens at all.

    `offers` says which new actors the project may know already and nobody has joined.
    """

    source: str
    read: tuple[FileCount, ...] = ()
    refused: tuple[ReportLine, ...] = ()
    guessed: tuple[ReportLine, ...] = ()
    warnings: tuple[ReportLine, ...] = ()
    differs: tuple[ReportLine, ...] = ()
    offers: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows read in all files."""
        return sum(count.rows for count in self.read)

    @property
    def added(self) -> int:
        """Records that are new."""
        return sum(sum(count.records.values()) for count in self.read)

    @property
    def already_there(self) -> int:
        """Records that were there before."""
        return sum(count.already_there for count in self.read)

    def refusal(self) -> Refusal | None:
        """One sentence that names the first place; None where nothing is refused."""
        if not self.refused:
            return None
        first, others = self.refused[0], len(self.refused) - 1
        if others:
            message = plural(
                "{text}; nothing was imported ({count} more place is refused).",
                "{text}; nothing was imported ({count} more places are refused).",
                others,
                text=first.text,
            )
        else:
            message = tr("{text}; nothing was imported.", text=first.text)
        facts = {"file": first.file, "column": first.column, "value": first.value}
        return Refusal("import", message, row=first.rows[0] if first.rows else None, **facts)

    def sentences(self) -> tuple[str, ...]:
        """The report for people, one sentence per line, the most important first."""
        lines = [tr("Refused: {text}.", text=line.text) for line in self.refused]
        lines += [_count_sentence(count) for count in self.read]
        lines += [
            tr("Already there, kept as it is: {text}.", text=one.text) for one in self.differs
        ]
        lines += [tr("Perhaps the same: {text}.", text=text) for text in self.offers]
        lines += [tr("Look at: {text}.", text=line.text) for line in self.warnings]
        lines += [tr("Assumed: {text}.", text=line.text) for line in self.guessed]
        return tuple(lines)


def _count_sentence(count: FileCount) -> str:
    made = ", ".join(
        f"{number} {_table_word(table, number)}" for table, number in count.records.items()
    )
    there = ""
    if count.already_there:
        there = plural(
            "; {count} record is already there",
            "; {count} records are already there",
            count.already_there,
        )
    return plural(
        "{file}: {count} row read, {made}{there}.",
        "{file}: {count} rows read, {made}{there}.",
        count.rows,
        file=count.file,
        made=made or tr("nothing new"),
        there=there,
    )


def _table_word(table: str, number: int) -> str:
    spec = TABLE_SPECS[table]
    return (spec.singular if number == 1 else spec.title).lower()


def _short(value: str) -> str:
    plain = " ".join(value.encode("utf-8", "replace").decode("utf-8").split())
    return plain if len(plain) <= SHOWN_VALUE else plain[: SHOWN_VALUE - 1] + "…"


def _ranges(numbers: tuple[int, ...]) -> str:
    """Row numbers as 2-9, 12: at most eight stretches."""
    stretches: list[list[int]] = []
    for number in sorted(numbers):
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1][1] = number
        else:
            stretches.append([number, number])
    shown = [f"{a}–{b}" if b > a else str(a) for a, b in stretches[:_SHOWN_ROWS]]
    return ", ".join(shown) + (" …" if len(stretches) > _SHOWN_ROWS else "")
