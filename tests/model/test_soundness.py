"""Checking by columns and record by record come to the same verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model.dates import PartialDate
from model.integrity import MAX_TEXT, _are_fit, check_content, check_record
from model.records import TABLES, Actor, Linkage, Record
from model.refusals import Refusal
from model.soundness import Texts, are_sound
from model.storage import codec
from model.storage.errors import InvalidContent
from model.storage.schema import SaveStamp
from tests.examples import examples
from tests.packs import sample
from tests.secret_pairs import pairs

if TYPE_CHECKING:
    from model.document import Content

RULE = Texts(MAX_TEXT, _are_fit)
ODD: tuple[Any, ...] = (
    "", " ", "x", "T1", "T9", "GREEN", "unknown", "a\x07b", "\ud800", "x" * (MAX_TEXT + 1),
    ("T1",), ("T1", "T1"), ("v0", "nobody"), ("nobody",), (), (5,), 5, -1.5, float("nan"), None,
    PartialDate(year=2000), PartialDate(year=1990, raw="a\x00b"), PartialDate(open=True), True, {},
    {"a": ("b",)}, {"a": float("inf")}, "v0", "v1", "actors", "nowhere",
)  # fmt: skip


class _Lookup:
    def __init__(self, content: Content) -> None:
        self._content = content

    def get(self, table: str, record_id: str) -> Record | None:
        return self._content.get(table, {}).get(record_id)


def one_by_one(content: Content, table: str) -> bool:
    try:
        for record_id, record in content[table].items():
            check_record(table, record, _Lookup(content))
            assert record_id == record.id
    except (Refusal, AssertionError, TypeError, AttributeError):
        return False
    return True


def by_columns(content: Content, table: str) -> bool:
    try:
        return are_sound(table, content[table], content, RULE)
    except (TypeError, AttributeError):
        return False


@settings(max_examples=examples(60), deadline=None, phases=[Phase.generate, Phase.reuse])
@given(pairs(), st.data())
def test_what_columns_find_sound_is_sound(
    pair: tuple[Content, Content, str], data: st.DataObject
) -> None:
    content = pair[0]
    table = data.draw(st.sampled_from([name for name, some in content.items() if some]))
    record = data.draw(st.sampled_from(list(content[table].values())))
    names = [one for one in type(record).__struct_fields__ if one != "id"]
    field = data.draw(st.sampled_from(names))
    changed = msgspec.structs.replace(record, **{field: data.draw(st.sampled_from(ODD))})
    content[table] = {**content[table], record.id: changed}
    if by_columns(content, table):
        assert one_by_one(content, table), (table, field)


@pytest.mark.parametrize("name", ["mindanao", "mali"])
def test_samples_are_sound_by_columns(name: str) -> None:
    """Or else a large file would open slowly without anybody noticing."""
    content = sample(name)
    slow = [table for table, some in content.items() if some and not by_columns(content, table)]
    assert not slow


@pytest.mark.parametrize(
    ("text", "is_fit"), [("plain", True), ('"\\/\n\té လ', True), ("\x07", False), ("\r", False)]
)
def test_forbidden_characters_are_found_in_files(text: str, *, is_fit: bool) -> None:
    content: Content = {"actors": {"a": Actor(id="a", name="A", notes=text)}}
    json = codec.encode(content, SaveStamp("p", "s"), "test").json
    if is_fit:
        assert codec.decode(json).content["actors"] == content["actors"]
    else:
        with pytest.raises(InvalidContent):
            codec.decode(json)


def test_a_wrong_record_among_many_is_named() -> None:
    actors: dict[str, Record] = {f"a{n}": Actor(id=f"a{n}", name=f"Actor {n}") for n in range(600)}
    links: dict[str, Record] = {"l": Linkage(id="l", from_id="a1", to_id="a1")}
    content: Content = {table: {} for table in TABLES} | {"actors": actors, "linkages": links}
    with pytest.raises(Refusal, match="both ends are the same"):
        check_content(content)
    content["linkages"] = {"l": Linkage(id="l", from_id="a1", to_id="gone")}
    with pytest.raises(Refusal, match="gone"):
        check_content(content)
    content["linkages"] = {}
    actors["a555"] = Actor(id="a555", name="Actor", tracks=("T7",))
    with pytest.raises(Refusal, match="T7"):
        check_content(content)
