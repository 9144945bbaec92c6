"""A draft as one side of a merge: what it changed arrives or is asked, and the result is whole."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from model.integrity import check_content
from model.merge.strays import plan_stray
from model.merge.threeway import merge
from model.patch import Patch
from model.storage.lockedwork import changes_between
from tests.model.merge.edits import base_content, operations, replica

BASE = base_content()
steps = st.lists(operations(), max_size=6)


@given(steps, steps)
def test_a_draft_merges_as_the_copy_that_it_would_have_become(first: list, second: list) -> None:  # type: ignore[type-arg]
    now, drafted = replica(BASE, first, "x"), replica(BASE, second, "y")
    patches = [Patch("Edit", (one,)) for one in changes_between(BASE, drafted)]
    plan, left_out = plan_stray(now, patches)
    check_content(plan.applied_to(now))
    if not left_out:
        full = merge(BASE, now, drafted)
        told = {one.key for one in full.conflicts}
        ours, whole = plan.applied_to(now), full.applied_to(now)
        for change in changes_between(BASE, drafted):
            key = (change.table, change.id)
            same = ours[change.table].get(change.id) == whole[change.table].get(change.id)
            assert same or key in {one[:2] for one in told} or key in full.kept


def test_what_nothing_can_hold_any_more_is_left_out_and_counted() -> None:
    drafted = dict(BASE["actors"])
    link = msgspec.structs.replace(BASE["linkages"]["l1"], id="l9")
    patch = Patch(
        "Edit", changes_between(BASE, {**BASE, "linkages": {**BASE["linkages"], "l9": link}})
    )
    del drafted["osce"]
    now = {
        **BASE,
        "actors": drafted,
        "linkages": {"l2": BASE["linkages"]["l2"]},
        "activities": {},
        "answers": {},
        "funding": {},
        "placements": {},
    }
    check_content(now)
    plan, left_out = plan_stray(now, [patch])
    assert left_out == 1
    assert plan.is_empty
