"""How single fields come together: sets by what was added and removed, groups as a whole."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from model.merge.values import Merged, field_names, merge_fields, union
from model.records import TABLES


def test_a_new_order_of_ours_does_not_undo_what_they_changed() -> None:
    base = ("a", "b")
    assert union(base, ("b", "a"), ("a", "b", "c")) == ("a", "b", "c")
    assert union(base, ("a", "b", "c"), ("b", "a")) == ("a", "b", "c")


def test_two_new_orders_give_the_same_whichever_side_is_ours() -> None:
    base, one, other = ("a", "b", "c"), ("b", "a", "c"), ("c", "b", "a")
    assert union(base, one, other) == union(base, other, one)


def test_additions_come_behind_in_an_order_that_does_not_depend_on_the_side() -> None:
    added = tuple(f"x{number}" for number in range(9))
    merged = union(("m", "k"), ("m", "k", *added[::2]), ("k", "m", *reversed(added[1::2])))
    assert merged == ("m", "k", *added)


def test_what_either_side_removed_goes_though_the_other_added_something() -> None:
    assert union(("a", "b", "c"), ("a", "b", "d"), ("b", "c")) == ("b", "d")


def _merged(table: str, start: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> Any:
    base = msgspec.convert({"id": "r", **start}, TABLES[table])
    values = {name: getattr(base, name) for name in field_names(table)}
    replaced = (msgspec.structs.replace(base, **changes) for changes in (ours, theirs))
    return merge_fields(table, values, *replaced)


ABOUT = {"target_table": "actors", "target_id": "a"}
TOGETHER = [
    ("linkages", {"from_id": "a", "to_id": "b"}, {"from_id": "c"}, {"to_id": "d"}),
    (
        "linkages",
        {"from_id": "a", "to_id": "b"},
        {"decision": "keep_apart"},
        {"rationale": "They agreed to meet"},
    ),
    ("funding", {}, {"amount": 5.0}, {"currency": "CHF"}),
    (
        "rates",
        {"currency": "EUR", "into": "USD", "rate": 1.1},
        {"rate": 1.2},
        {"into": "CHF"},
    ),
    ("answers", {"item_id": "DNH-01"}, {"item_id": "DNH-02"}, {"scope": "actor"}),
    ("answers", {"item_id": "DNH-01"}, {"answer": "no"}, {"reasoning": "All were asked"}),
    ("answers", {"item_id": "DNH-01", **ABOUT}, {"target_table": "notes"}, {"target_id": "b"}),
    ("placements", {"x": 0.0, "y": 0.0}, {"x": 1.0}, {"y": 2.0}),
    ("notes", {"text": "n", **ABOUT}, {"target_table": "notes"}, {"target_id": "b"}),
    ("claims", {"field": "name", **ABOUT}, {"target_table": "notes"}, {"target_id": "b"}),
    ("decisions", {"title": "d", **ABOUT}, {"target_table": "notes"}, {"target_id": "b"}),
    ("mutes", {"rule_id": "W06", **ABOUT}, {"target_id": "c"}, {"other_id": "d"}),
]


@pytest.mark.parametrize(("table", "start", "ours", "theirs"), TOGETHER)
def test_fields_that_say_something_only_together_never_mix(
    table: str, start: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    merged: Merged = _merged(table, start, ours, theirs)
    assert {*ours, *theirs} <= set(merged.conflicts)
    kept = {**start, **ours}
    assert {name: merged.values[name] for name in kept} == kept
    (name,) = theirs
    assert merged.values[name] != theirs[name]


def test_fields_that_say_something_by_themselves_come_together() -> None:
    merged = _merged("actors", {"name": "A"}, {"notes": "ours"}, {"interests": "theirs"})
    assert merged.conflicts == ()
    assert (merged.values["notes"], merged.values["interests"]) == ("ours", "theirs")
