from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.patch import Patch, RecordChange
from model.records import TABLES, Actor
from model.storage.errors import InvalidContent
from model.storage.patchcodec import decode_patch, encode_patch
from tests.strategies import IDS, TEXTS, records


@st.composite
def changes(draw: st.DrawFn) -> RecordChange:
    table = draw(st.sampled_from(list(TABLES)))
    name = draw(IDS)
    sides = draw(st.sampled_from(["before", "after", "both"]))
    before, after = (
        msgspec.structs.replace(draw(records(table)), id=name) if sides in {side, "both"} else None
        for side in ("before", "after")
    )
    return RecordChange(table, name, before, after)


@given(st.builds(Patch, TEXTS, st.lists(changes(), max_size=3).map(tuple), TEXTS))
def test_patches_come_back_equal(patch: Patch) -> None:
    assert decode_patch(encode_patch(patch)) == patch


GOOD = encode_patch(Patch("x", (RecordChange("actors", "a", None, Actor(id="a", name="n")),)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        GOOD[:-1],
        GOOD.replace(b'"actors"', b'"dreams"'),
        GOOD.replace(b'"name":"n"', b'"name":3'),
        GOOD.replace(b'"id":"a"', b'"id":"b"', 1),
        b"[" * 100_000,
    ],
)
def test_others_are_refused(data: bytes) -> None:
    with pytest.raises(InvalidContent):
        decode_patch(data)
