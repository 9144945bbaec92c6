"""Small readable builders for projects in tests: ``a_project().actor("Elders").document()``."""

from __future__ import annotations

from typing import Any

import msgspec

from model.dates import parse_date
from model.document import Content, Document
from model.identifiers import CountingIds
from model.records import PROJECT_ID, TABLES, Project, Record


class ProjectBuilder:
    """Collects records; ids are given by the test so that it can name them."""

    def __init__(self, **project: Any) -> None:
        self._content: Content = {name: {} for name in TABLES}
        self._content["project"][PROJECT_ID] = Project(id=PROJECT_ID, **_dates(project))

    def add(self, table: str, record_id: str, **fields: Any) -> ProjectBuilder:
        """Add a record to any table; dates may be written as text."""
        values = {"id": record_id, **_dates(fields)}
        record = msgspec.convert(values, TABLES[table], from_attributes=True)
        self._content[table][record_id] = record
        return self

    def actor(self, record_id: str, **fields: Any) -> ProjectBuilder:
        """Add an actor named after its id unless a name is given."""
        return self.add("actors", record_id, **{"name": record_id, **fields})

    def link(self, from_id: str, to_id: str, **fields: Any) -> ProjectBuilder:
        """Add an active linkage called "from>to" unless an id is given."""
        record_id = fields.pop("record_id", f"{from_id}>{to_id}")
        defaults = {"from_id": from_id, "to_id": to_id, "status": "active"}
        return self.add("linkages", record_id, **{**defaults, **fields})

    def content(self) -> Content:
        """The tables so far."""
        return {name: dict(records) for name, records in self._content.items()}

    def document(self) -> Document:
        """A document with predictable new ids."""
        return Document(self.content(), CountingIds("new"))

    def record(self, table: str, record_id: str) -> Record:
        """One of the records."""
        return self._content[table][record_id]


def a_project(**fields: Any) -> ProjectBuilder:
    """An empty project."""
    return ProjectBuilder(**fields)


def _dates(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _date(name, value) for name, value in fields.items()}


def _date(name: str, value: Any) -> Any:
    dated = name in {"start", "end", "date", "as_of", "expires"} or name.endswith(
        ("_date", "_start", "_end", "_on", "_review")
    )
    if dated and isinstance(value, str) and value not in {"yes", "no", "unknown", "na"}:
        return parse_date(value)
    return value
