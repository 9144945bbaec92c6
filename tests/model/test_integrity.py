"""Checking passes over values left at their default; that is only right if defaults are sound."""

from __future__ import annotations

import msgspec
import pytest

from model import integrity
from model.fields import FIELDS
from model.records import TABLES, Actor, Linkage, Record
from model.refusals import Refusal


@pytest.mark.parametrize("table", TABLES)
def test_every_default_is_sound(table: str) -> None:
    defaults = {field.name: field.default for field in msgspec.structs.fields(TABLES[table])}
    for spec in FIELDS[table].values():
        default = defaults[spec.name]
        if default is not msgspec.NODEFAULT and not spec.required:
            integrity._check_field(table, Record(id="x"), spec, default)


@pytest.mark.parametrize("table", TABLES)
def test_required_fields_are_never_passed_over(table: str) -> None:
    plan = integrity._PLANS[table]
    checked = {spec.name for spec in plan.specs if spec is not None}
    assert checked == set(FIELDS[table])
    for spec, default in zip(plan.specs, plan.defaults, strict=True):
        if spec is not None and spec.required:
            assert default is msgspec.NODEFAULT


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (Actor(id="a", name=" "), "needs a value"),
        (Actor(id="a", name=""), "needs a value"),
        (Actor(id="a", name="x", notes="bell \a"), "no file can carry"),
        (Actor(id="a", name="x", notes="half \udc00"), "no file can carry"),
        (Actor(id="a", name="x", notes="long" * 30_000), "longer than"),
        (Actor(id="a", name="x", kind="wizard"), "wizard"),
        (Actor(id="a", name="x", tracks=("T1", "T1")), "stands twice"),
        (Actor(id="a", name="x", parent_id="b"), "no record"),
        (Linkage(id="l", from_id="a", to_id="a"), "no record"),
    ],
)
def test_what_breaks_a_rule_is_refused(record: Record, said: str) -> None:
    table = "actors" if isinstance(record, Actor) else "linkages"
    with pytest.raises(Refusal, match=said):
        integrity.check_content({table: {record.id: record}})


@pytest.mark.parametrize("text", ["two\nlines\tand tab", "ပဋိပက္ခ", "مجموعة", "\u200f😀"])
def test_texts_of_all_scripts_are_fine(text: str) -> None:
    integrity.check_content({"actors": {"a": Actor(id="a", name=text, notes=text)}})
