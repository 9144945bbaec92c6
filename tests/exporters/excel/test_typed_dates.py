"""Uncertain dates go to a workbook and come back as they were typed, never sharper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.export_worker import make_pack
from exporters.excel.workbook import write_workbook
from exporters.progress import Silent
from exporters.readers.sources import read_sources
from exporters.request import ExportRequest
from model.dates import parse_date, typed_text
from model.document import Document
from model.importing.plan import plan_import
from model.redaction import redact
from tests.builders import a_project
from tests.packs import DAY

if TYPE_CHECKING:
    from pathlib import Path

DATES = ("mid 2013", "late 2012", "about May 2013", "before 2014", "after 2013-05", "2013-Q2",
         "2013", "2013-05", "2013-05-17", "open")  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_a_typed_date_survives_a_workbook_and_back(qapp: object, tmp_path: Path, text: str) -> None:
    field = "end" if text == "open" else "start"
    content = a_project().add("activities", "a", title="Talks", tlp="CLEAR", **{field: text})
    copy = redact(content.document(), "CLEAR")
    pack = make_pack(copy.content, ExportRequest(audience="CLEAR", as_of=DAY))
    path = tmp_path / "a.xlsx"
    write_workbook(pack, path, Silent())
    back = Document({})
    plan_import(back, read_sources([path])).apply(back)
    (activity,) = back.activities.values()
    found = getattr(activity, field)
    assert found == parse_date(text)
    assert typed_text(found) == typed_text(parse_date(text))
