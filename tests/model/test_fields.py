"""The catalogue speaks of every field of every table, and of nothing else."""

from __future__ import annotations

import msgspec
import pytest

from model.codes import CODE_LISTS
from model.fields import FIELDS, TABLE_SPECS
from model.records import TABLES


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_declared_once(table: str) -> None:
    assert set(FIELDS[table]) == set(TABLES[table].__struct_fields__)
    assert next(iter(FIELDS[table])) == "id"
    assert table in TABLE_SPECS


@pytest.mark.parametrize("table", TABLES)
def test_kinds_fit_the_types(table: str) -> None:
    types = {info.name: str(info.type) for info in msgspec.structs.fields(TABLES[table])}
    for name, spec in FIELDS[table].items():
        type_name = types[name]
        assert (spec.kind == "date") == ("PartialDate" in type_name), name
        if spec.kind in {"codes", "references", "texts"}:
            assert type_name == "tuple[str, ...]", name
        if spec.kind in {"code", "reference", "text", "long_text", "country", "currency"}:
            assert "str" in type_name, name
        if spec.kind in {"code", "codes"}:
            assert spec.list_name in CODE_LISTS, name
        if spec.kind in {"reference", "references"}:
            assert spec.target == "*" or spec.target in TABLES, name


@pytest.mark.parametrize("table", TABLES)
def test_defaults_are_codes_of_their_lists(table: str) -> None:
    for info in msgspec.structs.fields(TABLES[table]):
        codes = FIELDS[table][info.name].codes
        if codes is not None and isinstance(info.default, str) and info.default:
            assert info.default in codes, info.name


def test_labels_are_not_ids() -> None:
    for specs in FIELDS.values():
        for spec in specs.values():
            assert not spec.label.endswith(" id"), spec.name
            assert spec.label[0].isupper(), spec.name
