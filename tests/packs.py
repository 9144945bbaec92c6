"""Projects and packs for tests of redaction and exports: the shipped samples and small ones."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktop.export_worker import make_pack
from exporters.pdf.briefing import briefing_pages
from exporters.progress import Silent
from exporters.request import ExportRequest
from model.dates import parse_date
from model.document import Content, Document
from model.identifiers import CountingIds
from model.records import PROJECT_ID, TABLES, Project, Record
from model.redaction import redact
from model.storage import codec
from resources import locate

if TYPE_CHECKING:
    from exporters.pdf.pages import Page
    from exporters.request import Pack

SAMPLE_DAYS = {
    "mindanao": date(2013, 2, 15),
    "myanmar": date(2023, 3, 1),
    "mali": date(2022, 9, 1),
}
DAY = date(2024, 5, 1)


def sample(name: str = "mindanao") -> Content:
    """The content of a shipped sample."""
    return codec.decode(locate("samples", f"{name}.json").read_bytes()).content


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


def pack_of(content: Content, audience: str = "GREEN", day: date = DAY, **request: Any) -> Pack:
    """The pack that an export of the content for an audience works with; needs Qt."""
    copy = redact(document(content), audience)
    return make_pack(copy.content, ExportRequest(audience=audience, as_of=day, **request))


@lru_cache(maxsize=8)
def sample_pack(name: str = "mindanao", audience: str = "GREEN", **request: Any) -> Pack:
    """The pack of a shipped sample on its own day; needs Qt."""
    return pack_of(sample(name), audience, SAMPLE_DAYS[name], **request)


@lru_cache(maxsize=4)
def sample_pages(name: str = "mindanao", audience: str = "GREEN") -> list[Page]:
    """The briefing of a shipped sample, laid out once for all tests that only read it."""
    return briefing_pages(sample_pack(name, audience), Silent())
