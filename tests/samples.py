"""The shipped sample projects, opened for tests, and their records by the ids of their cases."""

from __future__ import annotations

from model.document import Document
from model.identifiers import CountingIds
from model.storage import codec
from resources import locate


def sample(name: str = "mindanao") -> Document:
    """A sample as a document with predictable new ids."""
    content = codec.decode(locate("samples", f"{name}.json").read_bytes()).content
    return Document(content, CountingIds("new"))


def by_case_id(opened: Document, table: str, case_id: str) -> str:
    """The id of the record that a case calls so, "C22" for instance."""
    return next(
        record.id
        for record in opened.table(table).values()
        if any(reference.id == case_id for reference in record.external)
    )
