"""What a workbook that came back would change, one item for each thing a person may decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from resources.text import tr

if TYPE_CHECKING:
    from model.dates import PartialDate

Kind = Literal["decide", "added", "changed", "removed", "refused", "remark"]
KINDS: tuple[Kind, ...] = ("decide", "changed", "added", "removed", "refused", "remark")
KEEP, TAKE, MONTH, ADD = "keep", "take", "month", "add"


class SetField(msgspec.Struct, frozen=True):
    """A field of a record gets a value; references are in exported ids."""

    table: str
    id: str
    field: str
    value: object


class AddRecord(msgspec.Struct, frozen=True):
    """A new record; the key is how other rows refer to it."""

    table: str
    key: str
    values: dict[str, object]


class RemoveRecord(msgspec.Struct, frozen=True):
    """A record goes, with what cannot be without it."""

    table: str
    id: str


Operation = SetField | AddRecord | RemoveRecord


class ReturnItem(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between the workbook and the project, or something that has no place in it.

    Attributes:
        key: unlike that of any other item.
        kind: decide (more than one answer is right), added, changed, removed, refused (cannot be
            taken as it stands), remark (stands in the workbook and is not read).
        table, record_id: the record; empty for new ones and remarks.
        name: what people call the record.
        field: title of the field; empty where the whole record is meant.
        sheet, place: where in the workbook.
        now, then: the value in the project and in the workbook.
        reason: why it is to be decided or refused, or what should be known, as a sentence.
        options: answers that are possible, and what each would do.
        default: the answer that counts when nobody says otherwise; "" where somebody must.
    """

    key: str
    kind: Kind
    table: str = ""
    record_id: str = ""
    name: str = ""
    field: str = ""
    sheet: str = ""
    place: str = ""
    now: str = ""
    then: str = ""
    reason: str = ""
    options: Mapping[str, Sequence[Operation]] = msgspec.field(default_factory=dict)
    default: str = ""

    @property
    def cell(self) -> str:
        """Sheet and cell, as a person finds it."""
        if not self.place:
            return self.sheet
        if " " in self.place:  # a line of a file, with its column
            return tr("{file}, {place}", file=self.sheet, place=self.place)
        return tr("{sheet}, cell {cell}", sheet=self.sheet, cell=self.place)


def option_words(item: ReturnItem, option: str) -> str:
    """An answer in words."""
    if option == KEEP:
        return tr("As in the project")
    if option == TAKE:
        words = {
            "removed": tr("Remove it here too"),
            "added": tr("Add it"),
        }
        return words.get(item.kind, tr("As it came back"))
    if option == MONTH:
        return tr("The whole month")
    if option == ADD:
        return tr("Add it as a new record")
    row, _, rest = option.removeprefix("row ").partition("+")
    if rest:
        return tr("Row {row} is the record, the others are new", row=row)
    return tr("Row {row} counts", row=row)


def month_words(month: PartialDate) -> str:
    """Why a first day of a month is asked about."""
    return tr(
        "Spreadsheets make the first day of a month that is typed. Is this day meant, or {month}?",
        month=month.iso(),
    )
