"""Laws of merging, held against random edits of up to three copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from model.integrity import check_content
from model.merge.repair import references
from model.merge.threeway import Base, MergePlan, merge
from model.records import TABLES, Record
from tests.examples import examples
from tests.model.merge.edits import base_content, operations, replica

if TYPE_CHECKING:
    from model.document import Content

steps = st.lists(operations(), max_size=6)
BASE = base_content()


def both(first: list, second: list) -> tuple[Content, Content]:  # type: ignore[type-arg]
    return replica(BASE, first, "x"), replica(BASE, second, "y")


def fields_of(record: Record | None) -> dict[str, object]:
    if record is None:
        return {}
    return {name: getattr(record, name) for name in record.__struct_fields__}


@given(steps)
def test_merging_with_what_did_not_change_changes_nothing(first: list) -> None:  # type: ignore[type-arg]
    changed = replica(BASE, first, "x")
    for plan, ours in (
        (merge(BASE, changed, BASE), changed),
        (merge(BASE, changed, changed), changed),
        (merge(BASE, BASE, changed), BASE),
    ):
        assert plan.applied_to(ours) == changed
        assert not plan.conflicts
        assert not plan.kept


@given(steps, steps)
def test_every_result_is_whole(first: list, second: list) -> None:  # type: ignore[type-arg]
    ours, theirs = both(first, second)
    for base in (BASE, Base(None)):
        check_content(merge(base, ours, theirs).applied_to(ours))


@given(steps, steps)
def test_sides_may_be_swapped(first: list, second: list) -> None:  # type: ignore[type-arg]
    ours, theirs = both(first, second)
    one, other = merge(BASE, ours, theirs), merge(BASE, theirs, ours)
    assert {c.key: c for c in one.conflicts} == {c.key: c.swapped for c in other.conflicts}
    left, right = one.applied_to(ours), other.applied_to(theirs)
    open_fields = {c.key for c in one.conflicts}
    for table in TABLES:
        assert left[table].keys() == right[table].keys()
        for record_id, record in left[table].items():
            mine, others = fields_of(record), fields_of(right[table][record_id])
            differ = {(table, record_id, name) for name in mine if mine[name] != others[name]}
            assert differ <= open_fields


@given(steps, steps)
def test_merging_again_changes_nothing(first: list, second: list) -> None:  # type: ignore[type-arg]
    ours, theirs = both(first, second)
    merged = merge(BASE, ours, theirs).applied_to(ours)
    assert merge(BASE, merged, theirs).applied_to(merged) == merged
    back = merge(BASE, merged, ours).applied_to(merged)
    check_content(back)
    assert merge(BASE, merged, merged).applied_to(merged) == merged


@settings(max_examples=examples(80))
@given(steps, steps, steps)
def test_order_does_not_matter_where_nothing_conflicts(
    first: list,  # type: ignore[type-arg]
    second: list,  # type: ignore[type-arg]
    third: list,  # type: ignore[type-arg]
) -> None:
    x, y = both(first, second)
    z = replica(BASE, third, "z")
    plans: list[MergePlan] = []

    def merged(ours: Content, theirs: Content) -> Content:
        plan = merge(BASE, ours, theirs)
        plans.append(plan)
        return plan.applied_to(ours)

    results = [
        merged(merged(x, y), z),
        merged(merged(z, x), y),
        merged(y, merged(z, x)),
        merged(merged(y, z), x),
    ]
    if not any(plan.conflicts or plan.kept for plan in plans):
        assert all(result == results[0] for result in results)


@given(steps, steps)
def test_nothing_is_lost_silently(first: list, second: list) -> None:  # type: ignore[type-arg]
    ours, theirs = both(first, second)
    plan = merge(BASE, ours, theirs)
    result = plan.applied_to(ours)
    told = {c.key for c in plan.conflicts}
    whole = {key[:2] for key in told if not key[2]} | set(plan.kept)
    for side in (ours, theirs):
        for table in TABLES:
            for record_id in BASE[table].keys() | side[table].keys():
                _is_kept_or_told(table, record_id, side, result, told, whole)


def _is_kept_or_told(
    table: str,
    record_id: str,
    side: Content,
    result: Content,
    told: set[tuple[str, str, str]],
    whole: set[tuple[str, str]],
) -> None:
    before, after = BASE[table].get(record_id), side[table].get(record_id)
    now = result[table].get(record_id)
    if after in (before, now) or (table, record_id) in whole:
        return
    if table == "placements":
        assert now is None or after is None or told
        return
    assert after is not None, "a removal was undone without a word"
    assert now is not None, "a record was dropped without a word"
    base = fields_of(before)
    for name, value in fields_of(after).items():
        if value == base.get(name) or getattr(now, name) == value:
            continue
        if (table, record_id, name) not in told:
            _is_a_union(base.get(name), value, getattr(now, name), whole, table, now, name)


def _is_a_union(
    base: object,
    wanted: object,
    now: object,
    whole: set[tuple[str, str]],
    table: str,
    record: Record,
    name: str,
) -> None:
    """What this side added to a set is in it; what it took out is not, unless it came back."""
    back = {key[1] for spec, key in references(table, record) if spec.name == name and key in whole}
    if not isinstance(now, tuple):
        assert now in back, (name, base, wanted, now)
        return
    before, after = set(base or ()), set(wanted or ())  # type: ignore[call-overload]
    assert after - before <= set(now), (name, base, wanted, now)
    assert not (before - after) & set(now) - back, (name, base, wanted, now)


@given(steps, steps)
def test_without_a_common_state_everything_is_asked(first: list, second: list) -> None:  # type: ignore[type-arg]
    ours, theirs = both(first, second)
    plan = merge(Base(None), ours, theirs)
    told = {c.key for c in plan.conflicts}
    for table in TABLES:
        for record_id in ours[table].keys() | theirs[table].keys():
            mine, others = ours[table].get(record_id), theirs[table].get(record_id)
            if mine is None or others is None:
                assert (table, record_id, "") in told or table in {"placements", "conflicts"}
                continue
            names = {n for n in fields_of(mine) if getattr(mine, n) != getattr(others, n)}
            assert {(table, record_id, name) for name in names} <= told
