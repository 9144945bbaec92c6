"""The rules that every commit and every opened file must satisfy.

What the software accepts it can save and export: text that cannot be encoded, numbers that are
not numbers, unknown codes and references into nothing are refused here, with the place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import compress
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from model.codes import CODE_LISTS
from model.dates import PartialDate
from model.fields import FIELDS, REFERENCE_FIELDS, TABLE_SPECS, FieldSpec
from model.records import TABLES, Impartiality, Linkage, Record, Trust
from model.refusals import Refusal
from model.soundness import Texts, are_sound
from resources.text import tr

if TYPE_CHECKING:
    from model.patch import RecordChange

MAX_TEXT = 100_000
"""Longest text of a field, in characters: about forty pages, and far from any memory limit."""
MAX_ID = 64
APPEND_ONLY = frozenset({"decisions"})
"""Tables whose records can be added and never changed or removed, except by undo."""
_LOG_MAY_CHANGE = frozenset({"tlp", "target_table", "target_id", "source_ids"})
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff]")
_CODES = {name: frozenset(codes.codes) for name, codes in CODE_LISTS.items()}


class Lookup(Protocol):
    """Anything that can say which record stands under an id."""

    def get(self, table: str, record_id: str) -> Record | None:
        """The record, or None."""


def check_changes(after: Lookup, changes: Iterable[RecordChange]) -> None:
    """Check the records that a patch writes, and that nothing points at what it removes.

    Args:
        after: the tables as they will be; must also offer ``document`` when records go.
        changes: the changes about to be committed.

    Raises:
        Refusal: with the table, record and field that break a rule.
    """
    removed: set[tuple[str, str]] = set()
    for change in changes:
        if change.table in APPEND_ONLY and change.before is not None:
            _check_only_added(change, change.before)
        if change.after is None:
            removed.add((change.table, change.id))
        else:
            check_record(change.table, change.after, after)
    if removed:
        _check_nothing_points_at(removed, after)


def _check_only_added(change: RecordChange, before: Record) -> None:
    """Entries of a log stay as they were written; only label and pointers may follow the rest."""
    if change.after is None or set(change.touched()) - _LOG_MAY_CHANGE:
        reason = tr("the log is only added to; write a new entry instead")
        raise _refusal("append_only", change.table, before, reason)


def check_content(
    content: Mapping[str, Mapping[str, Record]], *, texts_are_plain: bool = False
) -> None:
    """Check a whole document, for instance one just read from a file.

    Args:
        content: all tables.
        texts_are_plain: whether it is known that no text holds a forbidden character.

    Raises:
        Refusal: for the first record that breaks a rule.
    """
    lookup = _ContentLookup(content)
    texts = Texts(MAX_TEXT, _takes_any if texts_are_plain else _are_fit)
    for table, records in content.items():
        if are_sound(table, records, content, texts):
            continue
        for record_id, record in records.items():
            if record_id != record.id:
                raise _refusal("id", table, record, tr("it is filed under another id"))
            check_record(table, record, lookup)


def _takes_any(_texts: Iterable[str]) -> bool:
    return True


def _are_fit(texts: Iterable[str]) -> bool:
    return _FORBIDDEN.search("\n".join(texts)) is None


class _ContentLookup:
    def __init__(self, content: Mapping[str, Mapping[str, Record]]) -> None:
        self._content = content

    def get(self, table: str, record_id: str) -> Record | None:
        return self._content.get(table, {}).get(record_id)


def check_record(table: str, record: Record, lookup: Lookup) -> None:
    """Check one record against the catalogue and the rest of the tables.

    Raises:
        Refusal: naming the record, the field and what would be accepted.
    """
    if not isinstance(record, TABLES[table]):
        raise _refusal("type", table, record, tr("it belongs into another table"))
    if not record.id or len(record.id) > MAX_ID:
        raise _refusal("id", table, record, tr("its id is empty or too long"))
    plan = _PLANS[table]
    values = msgspec.structs.astuple(record)
    changed = map(is_not, values, plan.defaults)
    for spec, value in compress(zip(plan.specs, values, strict=True), changed):
        if spec is not None and (value or spec.required):
            _check_field(table, record, spec, value)
    _check_references(table, record, lookup)
    _check_order(table, record)
    _check_ends(table, record)


class _Plan(NamedTuple):
    """The fields of a record type in order: their declarations (None: not checked), defaults."""

    specs: tuple[FieldSpec | None, ...]
    defaults: tuple[object, ...]


def _plan(table: str) -> _Plan:
    """Prepare the checking of a table: a value left at its default is sound and is passed over.

    Most fields of most records are, so that a large file opens several times faster this way.
    """
    fields = msgspec.structs.fields(TABLES[table])
    specs = tuple(FIELDS[table].get(field.name) for field in fields)
    defaults = tuple(
        msgspec.NODEFAULT if spec is None or spec.required else field.default
        for field, spec in zip(fields, specs, strict=True)
    )
    return _Plan(specs, defaults)


_PLANS = {table: _plan(table) for table in TABLES}


def _check_field(table: str, record: Record, spec: FieldSpec, value: object) -> None:
    if spec.required and (value == "" or (isinstance(value, str) and not value.strip())):
        raise _refusal("required", table, record, tr("it needs a value"), spec)
    if isinstance(value, str):
        _check_text(table, record, spec, value)
    elif isinstance(value, PartialDate):
        _check_text(table, record, spec, value.raw)
        return
    else:
        for text in _texts(value):
            _check_text(table, record, spec, text)
    if spec.list_name:
        _check_codes(table, record, spec, value)
    if isinstance(value, str):
        return
    if isinstance(value, float) and not math.isfinite(value):
        raise _refusal("number", table, record, tr("the number is not finite"), spec)
    if isinstance(value, Decimal) and not value.is_finite():
        raise _refusal("number", table, record, tr("the amount is not a number"), spec)
    if spec.name in {"bends", "label_at", "camera", "thresholds"}:
        _check_numbers(table, record, spec, value)


def _texts(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(key)
            yield from _texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts(inner)


def _check_text(table: str, record: Record, spec: FieldSpec, text: str) -> None:
    if len(text) > MAX_TEXT:
        reason = tr("the text is longer than {limit} characters", limit=MAX_TEXT)
        raise _refusal("too_long", table, record, reason, spec)
    if not (text.isascii() and text.isprintable()) and _FORBIDDEN.search(text):
        reason = tr("it holds a character that no file can carry; type the text again")
        raise _refusal("character", table, record, reason, spec)


def _check_codes(table: str, record: Record, spec: FieldSpec, value: object) -> None:
    codes = CODE_LISTS[spec.list_name]
    values = value if isinstance(value, tuple) else (value,)
    for code in values:
        if code and code not in _CODES[spec.list_name]:
            reason = tr(
                "“{code}” is not one of {codes}", code=str(code)[:40], codes=", ".join(codes.codes)
            )
            raise _refusal("code", table, record, reason, spec)
    if isinstance(value, tuple) and len(set(value)) != len(value):
        raise _refusal("code", table, record, tr("the same code stands twice"), spec)


def _check_numbers(table: str, record: Record, spec: FieldSpec, value: object) -> None:
    for number in _numbers(value):
        if not math.isfinite(number):
            raise _refusal("number", table, record, tr("the number is not finite"), spec)


def _numbers(value: object) -> Iterable[float]:
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _numbers(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _numbers(inner)


def _check_references(table: str, record: Record, lookup: Lookup) -> None:
    for spec in REFERENCE_FIELDS[table]:
        value = getattr(record, spec.name)
        if not value:
            continue
        target = spec.target_in(record)
        if target not in TABLES:
            raise _refusal("reference", table, record, tr("it does not say what it is about"))
        for wanted in value if isinstance(value, tuple) else (value,):
            if lookup.get(target, wanted) is None:
                reason = tr(
                    "there is no record “{id}” in {table}",
                    id=wanted[:40],
                    table=TABLE_SPECS[target].title,
                )
                raise _refusal("reference", table, record, reason, spec)


def _check_order(table: str, record: Record) -> None:
    for first, second in (("start", "end"), ("planned_start", "planned_end")):
        start, end = getattr(record, first, None), getattr(record, second, None)
        if start is not None and end is not None and start.first() > end.last():
            reason = tr(
                "it ends ({end}) before it starts ({start})", end=end.iso(), start=start.iso()
            )
            raise _refusal("order", table, record, reason, FIELDS[table][second])


def _check_ends(table: str, record: Record) -> None:
    if isinstance(record, Linkage | Trust) and record.from_id == record.to_id:
        raise _refusal("self_link", table, record, tr("both ends are the same actor"))
    if isinstance(record, Impartiality) and record.party_id == record.third_party_id:
        raise _refusal("self_link", table, record, tr("both ends are the same actor"))


def _check_nothing_points_at(removed: set[tuple[str, str]], after: Lookup) -> None:
    document = getattr(after, "document", None)
    if document is None:
        return
    for table, specs in REFERENCE_FIELDS.items():
        for record_id in document.table(table) if specs else ():
            record = after.get(table, record_id)
            if record is not None:
                _check_not_dangling(table, record, specs, removed)


def _check_not_dangling(
    table: str, record: Record, specs: tuple[FieldSpec, ...], removed: set[tuple[str, str]]
) -> None:
    for spec in specs:
        value = getattr(record, spec.name)
        target = spec.target_in(record)
        for wanted in value if isinstance(value, tuple) else (value,):
            if wanted and (target, wanted) in removed:
                reason = tr("it still refers to what would be removed")
                raise _refusal("reference", table, record, reason, spec)


def _refusal(
    code: str, table: str, record: Record, reason: str, spec: FieldSpec | None = None
) -> Refusal:
    place = tr(TABLE_SPECS[table].many)
    name = getattr(record, TABLE_SPECS[table].title_field or "id", "") or record.id
    field_name = f", {spec.title}" if spec else ""
    message = tr(
        "{place}, “{name}”{field}: {reason}.",
        place=place,
        name=_printable(str(name))[:60],
        field=field_name,
        reason=reason,
    )
    facts = {"table": table, "id": record.id, "field": spec.name if spec else ""}
    return Refusal(code, message, **facts)


def _printable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
