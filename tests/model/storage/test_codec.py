from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.dates import PartialDate
from model.records import Actor, FundingLine, Placement, Project, Record
from model.storage import codec, encoding
from model.storage.errors import InvalidContent, TooLarge, TooNew
from model.storage.schema import Format, SaveStamp
from tests.model.storage.helpers import filled
from tests.strategies import contents

if TYPE_CHECKING:
    import random

    from model.storage.codec import Content

STAMP = SaveStamp("project1", "save1")


def tree(content: Content) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.json.decode(codec.encode(content, STAMP, "test").json)
    return made


def text(tree: dict[str, Any]) -> bytes:
    return msgspec.json.encode(tree)


@given(contents())
def test_any_content_comes_back_equal(content: Content) -> None:
    encoded = codec.encode(content, STAMP, "test")
    decoded = codec.parse(encoded.json)
    assert decoded.content == content
    assert (decoded.stamp, decoded.app) == (STAMP, "test")
    assert not decoded.extras
    assert codec.difference(encoded) == ""
    assert codec.encode(decoded.content, STAMP, "test").json == encoded.json


@given(contents())
def test_the_slow_way_reads_the_same(content: Content) -> None:
    encoded = codec.encode(content, STAMP, "test")
    decoded = codec._parse_foreign(encoded.json, Format(1, 0, 1))
    assert decoded.content == content
    assert not decoded.extras.fields


@given(contents(), contents(), st.randoms())
def test_next_save_takes_over_what_is_unchanged(
    first: Content, other: Content, source: random.Random
) -> None:
    replaced = {table for table in first if source.random() < 0.3}
    second = {
        table: other[table] if table in replaced else dict(records)
        for table, records in first.items()
    }
    previous = codec.encode(first, STAMP, "test")
    assert codec.difference(previous) == ""
    following = codec.encode(second, STAMP.next("s2"), "test", None, previous)
    assert following.json == codec.encode(second, STAMP.next("s2"), "test").json
    assert codec.difference(following) == ""
    for chunk in following.chunks:
        known = {id(record) for record in first[chunk.table].values()}
        if second[chunk.table] == first[chunk.table] and chunk.table not in replaced:
            assert chunk.compared
        assert not chunk.compared or {id(record) for record in chunk.records} == known


def test_only_changed_batches_are_encoded_again() -> None:
    places = {f"p{number:04d}": Placement(id=f"p{number:04d}") for number in range(2000)}
    previous = codec.encode({"placements": places}, STAMP, "test")
    changed = {**places, "p0700": Placement(id="p0700", x=2.0), "p2000": Placement(id="p2000")}
    following = codec.encode({"placements": changed}, STAMP, "test", None, previous)
    assert [chunk.compared for chunk in following.chunks] == [True, False, True, True, False]
    assert codec.parse(following.json).content["placements"] == changed


@given(contents())
def test_canonical_json_depends_on_values_alone(content: Content) -> None:
    def copied(record: Record) -> Record:
        values = {name: getattr(record, name) for name in record.__struct_fields__}
        fresh = {
            name: str(value.encode(), "utf-8")
            for name, value in values.items()
            if isinstance(value, str)
        }
        return msgspec.structs.replace(record, **fresh)

    copy = {
        table: {name: copied(record) for name, record in records.items()}
        for table, records in content.items()
    }
    canonical = codec.canonical(content)
    assert canonical == content
    json = codec.encode(canonical, STAMP, "test").json
    assert codec.encode(codec.canonical(copy), STAMP, "test").json == json


def test_default_from_elsewhere_is_left_out() -> None:
    actor = Actor(id="a", name="x", tlp=str(b"AMBER", "ascii"))
    content: Content = {"actors": {"a": actor}}
    assert b"AMBER" in codec.encode(content, STAMP, "t").json
    assert b"AMBER" not in codec.encode(codec.canonical(content), STAMP, "t").json


def test_order_of_records_is_kept_over_many_batches() -> None:
    ids = [f"p{(number * 7919) % 2003:04d}" for number in range(2003)]
    content: Content = {"placements": {name: Placement(id=name, x=1.5) for name in ids}}
    encoded = codec.encode(content, STAMP, "test")
    assert len(encoded.chunks) == 5
    assert list(codec.parse(encoded.json).content["placements"]) == ids
    assert codec.difference(encoded) == ""


def test_shape_of_the_json(content: Content) -> None:
    made = tree(content)
    assert list(made) == ["format", "app", "save", "tables"]
    assert made["format"] == {"major": 1, "minor": 3, "min_reader": 1}
    assert list(made["tables"]) == ["project", "actors", "linkages"]
    assert made["tables"]["linkages"] == [{"id": "l1", "from_id": "a1", "to_id": "a2"}]


def test_difference_is_noticed(content: Content) -> None:
    encoded = codec.encode(content, STAMP, "test")
    project, actors, linkages = encoded.chunks
    other = [actors.records[0], Actor(id="a2", name="Other")]
    wrong = (project, dataclasses.replace(actors, records=other), linkages)
    assert "actors" in codec.difference(codec.Encoded(encoded.json, wrong))


def test_lists_where_tuples_belong_can_be_saved() -> None:
    actor = msgspec.structs.replace(Actor(id="a", name="x"), tracks=["T1"])
    encoded = codec.encode({"actors": {"a": actor}}, STAMP, "test")
    assert codec.difference(encoded) == ""


def test_what_a_newer_minor_added_survives(content: Content) -> None:
    made = tree(content)
    made["format"]["minor"] = 7
    made["outer_news"] = {"a": [1, 2.5, None]}
    made["tables"]["dreams"] = [{"id": "d1", "text": "new table"}]
    made["tables"]["actors"][0]["mood"] = "new field"
    made["tables"]["actors"][0]["start"]["hour"] = 3
    decoded = codec.parse(text(made))
    assert filled(decoded.content) == content
    actors = dict(decoded.content["actors"])
    actors["a1"] = msgspec.structs.replace(actors["a1"], notes="edited")
    again = codec.encode({**decoded.content, "actors": actors}, STAMP, "t", decoded.extras)
    saved = msgspec.json.decode(again.json)
    assert saved["format"]["minor"] == 7
    assert saved["outer_news"] == {"a": [1, 2.5, None]}
    assert saved["tables"]["dreams"] == [{"id": "d1", "text": "new table"}]
    assert saved["tables"]["actors"][0]["mood"] == "new field"
    assert saved["tables"]["actors"][0]["start"]["hour"] == 3
    assert saved["tables"]["actors"][0]["notes"] == "edited"
    assert codec.difference(again) == ""
    assert codec.parse(again.json).extras == decoded.extras


def test_inner_news_go_when_their_value_is_edited(content: Content) -> None:
    made = tree(content)
    made["format"]["minor"] = 7
    made["tables"]["actors"][0]["start"]["hour"] = 3
    decoded = codec.parse(text(made))
    actor = msgspec.structs.replace(decoded.content["actors"]["a1"], start=PartialDate(year=1999))
    again = codec.encode({"actors": {"a1": actor}}, STAMP, "t", decoded.extras)
    assert msgspec.json.decode(again.json)["tables"]["actors"][0]["start"] == {"year": 1999}


def test_deleted_records_take_their_extras_along(content: Content) -> None:
    made = tree(content)
    made["tables"]["actors"][1]["mood"] = "new field"
    decoded = codec.parse(text(made))
    again = codec.encode({"actors": {}}, STAMP, "t", decoded.extras)
    assert b"mood" not in again.json


@pytest.mark.parametrize(
    "found", [Format(2, 0, 2), Format(2, 0, 1), Format(1, 5, 2)], ids=["2.0", "2.0 for 1", "1.5"]
)
def test_newer_files_are_refused_clearly(content: Content, found: Format) -> None:
    made = tree(content)
    made["format"] = msgspec.to_builtins(found)
    with pytest.raises(TooNew, match="newer Crosstrack"):
        codec.parse(text(made))


def test_wrong_type_names_table_record_and_field(content: Content) -> None:
    made = tree(content)
    made["tables"]["actors"][1]["notes"] = 3
    with pytest.raises(InvalidContent, match="table actors, record 2, field notes: Expected str"):
        codec.parse(text(made))
    made["format"]["minor"] = 1
    with pytest.raises(InvalidContent, match="table actors, record 2, field notes: Expected str"):
        codec.parse(text(made))


def test_impossible_date_names_its_place(content: Content) -> None:
    made = tree(content)
    made["tables"]["actors"][0]["start"] = {"year": 2013, "month": 13}
    with pytest.raises(InvalidContent, match="record 1, field start: month 13"):
        codec.parse(text(made))


def test_id_twice_names_the_record(content: Content) -> None:
    made = tree(content)
    made["tables"]["actors"].append({"id": "a2", "name": "again"})
    with pytest.raises(InvalidContent, match="record 3: the id “a2” is used twice"):
        codec.parse(text(made))


def test_dangling_reference_and_unknown_code_are_refused(content: Content) -> None:
    made = tree(content)
    made["tables"]["linkages"][0]["to_id"] = "nobody"
    with pytest.raises(InvalidContent, match="nobody"):
        codec.decode(text(made))
    made["tables"]["linkages"][0]["to_id"] = "a2"
    assert filled(codec.decode(text(made)).content) == content
    made["tables"]["linkages"][0]["kind"] = "telepathy"
    with pytest.raises(InvalidContent, match="telepathy"):
        codec.decode(text(made))


def with_name(raw: bytes) -> bytes:
    made = codec.encode({"actors": {"a": Actor(id="a", name="NAME")}}, STAMP, "t")
    return made.json.replace(b'"NAME"', raw)


@pytest.mark.parametrize(
    "json",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"format":{"major":1,"minor":0,"min_reader":1}}',
        b'{"format":{"major":0,"minor":0,"min_reader":0},"tables":{}}',
        b"\xff\xfe",
        with_name(b'"\\ud800"'),
        with_name(b'"a\\udc00b"'),
        with_name(b'"a\\u0000b"'),
        with_name(b'"a\x00b"'),
        with_name(b'"\xed\xa0\x80"'),
        with_name(b"NaN"),
        with_name(b'"x","name":"y"'),
        with_name(b'"x","more":NaN'),
        with_name(b'"x","more":1e999'),
        with_name(b'"x","more":"\\ud800"'),
        with_name(b'"x","more":"\\u0000"'),
        with_name(b'"x","more":' + b"1" * 5000),
        with_name(b'"x","more":' + b"[" * 100_000 + b"]" * 100_000),
        with_name(b'"x","more":' + b"[" * 70 + b"]" * 70),
        with_name(b"[" * 100_000 + b"]" * 100_000),
        with_name(b'"x"') + b"{}",
        with_name(b'"x"').replace(b'"tables"', b'"tables":{},"tables"'),
        with_name(b'"x"').replace(b'"project1"', b'"../../etc"'),
        with_name(b'"x"').replace(b'"number":1', b'"number":0'),
    ],
)
def test_hostile_json_is_refused_in_one_sentence(json: bytes) -> None:
    with pytest.raises(InvalidContent) as caught:
        codec.parse(json)
    assert "\n" not in caught.value.message
    assert len(caught.value.message) < 400


def test_amount_that_is_no_number_is_refused() -> None:
    content: Content = {"funding": {"f": FundingLine(id="f")}}
    made = codec.encode(content, STAMP, "t").json.replace(b'"id":"f"', b'"id":"f","amount":"NaN"')
    with pytest.raises(InvalidContent, match="not a number"):
        codec.decode(made)


def test_what_no_file_can_carry_is_refused_with_its_place() -> None:
    actor = Actor(id="a", name="half \ud800")
    with pytest.raises(InvalidContent, match="table actors, record a"):
        codec.encode({"actors": {"a": actor}}, STAMP, "t")


def test_size_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_JSON", 100)
    with pytest.raises(TooLarge):
        codec.encode({"project": {"project": Project(id="project")}}, STAMP, "t")


def test_stamps_keep_their_line() -> None:
    stamp = STAMP
    for number in range(2300):
        stamp = stamp.next(f"s{number}")
    assert stamp.number == 2301
    assert stamp.ancestors[0] == "s2298"
    assert len(stamp.ancestors) == 2000
