"""The law of redaction has teeth: each of these leaks is found by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from model.records import Linkage
from model.redaction import aliases, labels, visibility
from model.redaction import copy as copying
from tests.twins.pairs import make_twins

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    changes = copying._Builder._layout_changes

    def keeping(self: Any, record: Record) -> dict[str, object]:
        return {} if isinstance(record, Linkage) else changes(self, record)

    patch.setattr(copying._Builder, "_layout_changes", keeping)


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


def _further_views_of_guarded_fields(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(labels, "_floor", lambda record: record.tlp)


def _further_views_of_aliased_actors(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(aliases.Renaming, "tells", lambda _self, _record: False)


def _aliases_by_name(patch: pytest.MonkeyPatch) -> None:
    began = aliases.Renaming.__init__

    def by_name(self: Any, chosen: Any, visible: Any) -> None:
        began(self, chosen, visible)
        named = sorted(self.actors, key=lambda one: visible["actors"][one].name)
        self.actors = dict(zip(named, sorted(self.actors.values()), strict=True))

    patch.setattr(aliases.Renaming, "__init__", by_name)


def _names_in_other_texts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(aliases.Renaming, "text", lambda _self, text: text)


def _words_typed_into_views(patch: pytest.MonkeyPatch) -> None:
    def kept(filters: Any, visible: Any) -> Any:
        return {"text": filters["text"]} if "text" in filters else {}

    patch.setattr(copying, "_kept_filters", kept)
    patch.setattr(copying._Builder, "_new_values", lambda _self, values: values)


def _fingerprints_of_answers(patch: pytest.MonkeyPatch) -> None:
    stripped = copying._Builder._stripped

    def leaking(self: Any, table: str, record: Any) -> Record:
        kept = stripped(self, table, record)
        same = {"target_state": record.target_state} if table == "answers" else {}
        return msgspec.structs.replace(kept, **same)

    patch.setattr(copying._Builder, "_stripped", leaking)


def _places(patch: pytest.MonkeyPatch) -> None:
    began = visibility.Visible.__init__

    def keeping(self: Any, tables: Any, audience: str, **more: Any) -> None:
        began(self, tables, audience, **{**more, "keep_positions": True})

    patch.setattr(visibility.Visible, "__init__", keeping)


def _baselines(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(visibility, "NEVER_LEAVES", visibility.NEVER_LEAVES - {"baselines"})


def _first_seen(most: int) -> int | None:
    """The first seed whose twins can be told apart; None where there is none so far."""
    for seed in range(most):
        try:
            first, second = (copy.content for copy in make_twins(seed).copies)
        except KeyError:  # an id that the copy does not know was named: seen, too
            return seed
        listed = ([list(table.items()) for table in one.values()] for one in (first, second))
        if len({msgspec.json.encode(one) for one in listed}) > 1:
            return seed
    return None


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
        _further_views_of_guarded_fields,
        _further_views_of_aliased_actors,
        _aliases_by_name,
        _names_in_other_texts,
        _words_typed_into_views,
        _fingerprints_of_answers,
        _places,
        _baselines,
    ],
    ids=lambda leak: leak.__name__.strip("_"),
)
def test_a_leak_is_found(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    leak(monkeypatch)
    assert _first_seen(200) is not None


def test_floors_are_part_of_the_law() -> None:
    assert labels.FIELD_FLOORS["activities"].keys() == {
        "security_review",
        "security_review_date",
        "security_reviewer",
    }
