"""The law of redaction has teeth: each of these leaks is found by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import Phase, find, settings

from model.redaction import copy as copying
from model.redaction import labels, redact, visibility
from tests.packs import document
from tests.secret_pairs import pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.document import Content
    from model.records import Record

Leak = Any


def _old_ids(patch: pytest.MonkeyPatch) -> None:
    def kept(self: Any, table: str, records: Any, _mark: str) -> None:
        for record in records:
            self._new[table, record.id] = f"{len(self._visible.withheld)}{record.id}"

    patch.setattr(copying._Builder, "_number", kept)


def _order_of_making(patch: pytest.MonkeyPatch) -> None:
    def as_made(tables: Mapping[str, Mapping[str, Record]]) -> dict[str, list[Record]]:
        return {table: list(records.values()) for table, records in tables.items()}

    patch.setattr(copying, "order", as_made)


def _bends(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copying._Builder, "_layout_changes", lambda _self, _record: {})


def _imported_ids(patch: pytest.MonkeyPatch) -> None:
    stripped = copying._Builder._stripped

    def leaking(self: Any, table: str, record: Record) -> Record:
        return msgspec.structs.replace(stripped(self, table, record), external=record.external)

    patch.setattr(copying._Builder, "_stripped", leaking)


def _project_settings(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copying, "_project", lambda project, _audience, _as_of: project)


def _security_reviews(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(copying, "without_guarded_fields", lambda _table, record, _audience: record)


def _records_that_hang_on_withheld_ones(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(visibility.Visible, "_drop_dependents", lambda _self: None)


def _amber_for_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(visibility, "is_visible", lambda record, _audience: record.tlp != "RED")


def _differs(pair: tuple[Content, Content, str]) -> bool:
    one, other, audience = pair
    try:
        first = redact(document(one), audience).content
        second = redact(document(other), audience).content
    except KeyError:  # an id that the copy does not know was named: seen, too
        return True
    return msgspec.json.encode([list(table.items()) for table in first.values()]) != (
        msgspec.json.encode([list(table.items()) for table in second.values()])
    )


@pytest.mark.parametrize(
    "leak",
    [
        _old_ids,
        _order_of_making,
        _bends,
        _imported_ids,
        _project_settings,
        _security_reviews,
        _records_that_hang_on_withheld_ones,
        _amber_for_all,
    ],
    ids=lambda leak: leak.__name__.strip("_"),
)
def test_a_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    without_shrinking = settings(
        max_examples=400, deadline=None, phases=(Phase.generate,), database=None
    )
    assert find(pairs(), _differs, settings=without_shrinking)


def test_floors_are_part_of_the_law() -> None:
    assert labels.FIELD_FLOORS["activities"].keys() == {
        "security_review",
        "security_review_date",
        "security_reviewer",
    }
