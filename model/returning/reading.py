"""The value that a row gives a field, where cells that belong together may disagree.

A code has a cell with its label and one with the code; a reference has one with names and one
with ids. Whichever of the two was edited counts; where both were, they must agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.dates import PartialDate
from model.importing.values import Unreadable, read_value
from model.returning.exported import digest, names_key
from model.returning.values import default_of, plain
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.fields import FieldSpec
    from model.returning.book import ReturnedCell, ReturnedRow
    from model.returning.names import Names


class Reading(msgspec.Struct, frozen=True):
    """What a row says about a field.

    Attributes:
        value: in exported ids; the field's default where the cell is empty.
        text: the value as it is compared.
        place: the cell that counted.
        shown: what stands there, for people.
        problem: why it cannot be used, as the end of a sentence; "" where it can.
        month: the month that may have been meant where a spreadsheet made its first day of it.
    """

    value: object
    text: str
    place: str
    shown: str
    problem: str = ""
    month: PartialDate | None = None


class RowReader:
    """Reads rows of one export."""

    def __init__(self, mark: str, names: Names) -> None:
        """Take the mark of the export, which its digests are keyed with."""
        self._mark = mark
        self._names = names

    def read(
        self, row: ReturnedRow, spec: FieldSpec, base: Mapping[str, str] | None
    ) -> Reading | None:
        """What a row says about a field; None where its columns are missing.

        Args:
            row, spec: which cell.
            base: digests of what was exported; None for a new row.
        """
        cells = row.cells.get(spec.name, {})
        if spec.target:
            return self._reference(row, spec, cells, base)
        value, code = cells.get("value"), cells.get("code")
        if value is None:
            return None if code is None else self._plain(spec, code)
        if code is None:
            return self._plain(spec, value)
        return self._coded(spec, value, code, base)

    def is_edited(self, spec: FieldSpec, text: str, base: Mapping[str, str] | None) -> bool:
        """Whether a text differs from what was exported."""
        if base is None:
            return bool(text)
        return digest(self._mark, spec.table, spec.name, text) != base.get(spec.name, "")

    def _coded(
        self,
        spec: FieldSpec,
        label: ReturnedCell,
        code: ReturnedCell,
        base: Mapping[str, str] | None,
    ) -> Reading:
        by_label, by_code = self._plain(spec, label), self._plain(spec, code)
        label_edited = bool(by_label.problem) or self.is_edited(spec, by_label.text, base)
        code_edited = bool(by_code.problem) or self.is_edited(spec, by_code.text, base)
        if label_edited and code_edited and by_label.text != by_code.text:
            if base is None and not (label.text.strip() and code.text.strip()):
                return by_label if label.text.strip() else by_code
            reason = tr("it says “{one}” and beside it in {place} “{other}”",
                        one=label.text, place=code.place, other=code.text)  # fmt: skip
            return msgspec.structs.replace(by_label, problem=reason)
        return by_code if code_edited and not label_edited else by_label

    def _plain(self, spec: FieldSpec, cell: ReturnedCell) -> Reading:
        if cell.problem:
            return Reading(None, "", cell.place, cell.text, cell.problem)
        if not cell.text.strip():
            value = default_of(spec.table, spec.name)
            if value is msgspec.NODEFAULT:
                return Reading("", "", cell.place, "")
            return Reading(value, plain(value), cell.place, "")
        try:
            value = read_value(spec, cell.text, by_label=True)
        except Unreadable as problem:
            return Reading(None, "", cell.place, cell.text, str(problem))
        month = _month_of(value) if cell.is_day else None
        return Reading(value, plain(value), cell.place, cell.text, month=month)

    def _reference(
        self,
        row: ReturnedRow,
        spec: FieldSpec,
        cells: Mapping[str, ReturnedCell],
        base: Mapping[str, str] | None,
    ) -> Reading | None:
        ids, names = cells.get("ids"), cells.get("names")
        if ids is None:
            return None
        by_ids = self._plain(spec, ids)
        words = plain(names.text) if names is not None else ""
        if names is None or by_ids.problem or not self._names_edited(spec, words, base):
            return by_ids
        listed = by_ids.value if isinstance(by_ids.value, tuple) else (str(by_ids.value or ""),)
        target = self._target(row, spec)
        if self._names.are(target, tuple(one for one in listed if one), words):
            return by_ids
        found, unclear = self._names.find(target, words)
        many = spec.kind == "references"
        text = plain(found if many else "".join(found))
        ids_edited = self.is_edited(spec, by_ids.text, base)
        if ids_edited and (base is not None or by_ids.text):
            if not unclear and text == by_ids.text:
                return by_ids
            reason = tr("it says “{one}” and beside it in {place} “{other}”",
                        one=names.text, place=ids.place, other=ids.text)  # fmt: skip
            return Reading(by_ids.value, by_ids.text, names.place, names.text, reason)
        reason = _unclear(unclear, found) or _too_many(found, many=many)
        value: object = found if many else "".join(found[:1])
        return Reading(value, text, names.place, names.text, reason)

    def _names_edited(self, spec: FieldSpec, words: str, base: Mapping[str, str] | None) -> bool:
        key = names_key(spec.name)
        known = "=" if base is None else base.get(key, "")
        return digest(self._mark, spec.table, key, words) != known

    def _target(self, row: ReturnedRow, spec: FieldSpec) -> str:
        if spec.target != "*":
            return spec.target
        name = "target_table" if spec.name == "target_id" else "other_table"
        cell = row.cells.get(name, {}).get("value")
        return cell.text.strip() if cell is not None else ""


def _month_of(value: object) -> PartialDate | None:
    if isinstance(value, PartialDate) and value.is_exact and value.day == 1:
        return PartialDate(year=value.year, month=value.month)
    return None


def _unclear(name: str, found: tuple[str, ...]) -> str:
    if not name:
        return ""
    if found:
        return tr("several records are called “{name}”: {ids}; put the id beside it",
                  name=name, ids=", ".join(found))  # fmt: skip
    return tr("no record of the export is called “{name}”", name=name)


def _too_many(found: tuple[str, ...], *, many: bool) -> str:
    return tr("only one record can stand here") if not many and len(found) > 1 else ""
