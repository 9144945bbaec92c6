"""Projects for tests: the shared case folders read plainly, and small ones made by hand.

The product reads case folders through its importer; tests of the exports must not hang on that,
so this reads just enough of them. Tests skip where the folders are not there.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from model.dates import PartialDate, parse_date
from model.document import Content, Document
from model.identifiers import CountingIds
from model.integrity import check_content
from model.records import PROJECT_ID, TABLES, Project, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path("/work/shared/cases")


def case(name: str = "mindanao") -> Content:
    """The content of a shared case; skips the test where there is none."""
    folder = CASES / name
    if not folder.is_dir():
        pytest.skip("the shared case folders are not on this machine")
    content = empty_content(title=name.capitalize(), as_of="2013-02-15")
    for table, rows in _tables(folder):
        for row in rows:
            record = _record(table, row)
            content[table][record.id] = record
    _roles(folder, content)
    check_content(content)
    return content


def empty_content(title: str = "Trial", as_of: str = "2024-05-01", tlp: str = "CLEAR") -> Content:
    """A project without records."""
    content: Content = {table: {} for table in TABLES}
    project = Project(id=PROJECT_ID, tlp=tlp, title=title, as_of=parse_date(as_of))
    content["project"] = {PROJECT_ID: project}
    return content


def document(content: Content) -> Document:
    """The content opened, with predictable ids."""
    return Document(content, ids=CountingIds("n"))


def put(content: Content, table: str, *records: Record) -> None:
    """Add records to a table."""
    for record in records:
        content[table][record.id] = record


_RENAMED = {
    "source": "basis",
    "lead_actor_id": "lead_id",
    "conflict_party_ids": "party_ids",
    "country_iso3": "country",
    "blind_spot": "blind_spots",
    "diplomat_support_roles": "support_roles",
    "holder_label": "holder",
}
_MULTIPLE = {
    "tracks",
    "support_roles",
    "blind_spots",
    "party_ids",
    "co_lead_ids",
    "participant_ids",
    "activity_ids",
}


def _tables(folder: Path) -> Iterator[tuple[str, list[dict[str, str]]]]:
    for table in ("actors", "processes", "activities", "linkages", "postings", "funding"):
        yield table, _rows(folder / f"{table}.csv")
    dated = _rows(folder / "phases.csv")
    yield "phases", [row for row in dated if row["type"] == "phase"]
    yield "milestones", [row for row in dated if row["type"] != "phase"]
    yield "answers", _rows(folder / "checklist.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _record(table: str, row: dict[str, str]) -> Record:
    kind = TABLES[table]
    values: dict[str, Any] = {}
    for name, text in row.items():
        field = _field(table, name)
        if text and field in kind.__struct_fields__:
            values[field] = _value(field, text)
    if table == "milestones":
        values["date"] = values.pop("start", None) or _date(row["start"])
    if table == "linkages":
        values["status"] = "active"
    if table == "answers":
        scope = values.get("scope", "project")
        values["target_table"] = {"actor": "actors", "linkage": "linkages"}.get(
            scope, "activities" if scope == "activity" else ""
        )
    if table != "postings":
        values.setdefault("tlp", "CLEAR")
    return kind(**values)


def _field(table: str, name: str) -> str:
    if name == "track":
        return "tracks"
    if name == "phase_kind":
        return "kind"
    return _RENAMED.get(name, name)


def _value(field: str, text: str) -> object:
    if field in _MULTIPLE:
        return tuple(text.split(";"))
    if field in {"start", "end", "date", "consultation_date", "review_date"}:
        return _date(text)
    return text


def _date(text: str) -> PartialDate | None:
    return parse_date(text) if text else None


def _roles(folder: Path, content: Content) -> None:
    new_id = CountingIds("role")
    for row in _rows(folder / "actors.csv"):
        for role in filter(None, row["third_party_roles"].split(";")):
            put(
                content,
                "roles",
                TABLES["roles"](id=new_id(), actor_id=row["id"], role=role, tlp="CLEAR"),  # type: ignore[call-arg]
            )
