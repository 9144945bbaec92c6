"""What openpyxl does not tell while it reads fast: hidden sheets and merged cells."""

from __future__ import annotations

import io
import re
import zipfile
from posixpath import join, normpath
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_TAIL: Final = 4_000_000
"""Merged cells are named behind the rows; of longer sheets only the end is looked at."""


class Span(msgspec.Struct, frozen=True):
    """Rows that one merged cell covers in its first column; all count from one."""

    column: int
    first: int
    last: int


class SheetFacts(msgspec.Struct, frozen=True):
    """About one sheet.

    Attributes:
        is_hidden: nobody sees it who opens the workbook.
        spans: merged cells that reach over several rows.
    """

    is_hidden: bool = False
    spans: tuple[Span, ...] = ()


def sheet_facts(data: bytes) -> dict[str, SheetFacts]:
    """The facts by title of the sheet; none where a part is not what it should be."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - only workbooks need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return dict(_facts(package))
    except (KeyError, ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError, OSError):
        return {}


def _facts(package: zipfile.ZipFile) -> Iterator[tuple[str, SheetFacts]]:
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - only workbooks need it

    relations = {
        one.get("Id"): one.get("Target") or ""
        for one in fromstring(package.read("xl/_rels/workbook.xml.rels"))
    }
    for element in fromstring(package.read("xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        target = relations.get(element.get(_RELATION) or element.get(_STRICT), "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        is_hidden = element.get("state", "visible") != "visible"
        yield element.get("name") or "", SheetFacts(is_hidden, tuple(_spans(package.read(part))))


def _spans(sheet: bytes) -> Iterator[Span]:
    for found in _MERGED.finditer(sheet[-_TAIL:]):
        first, last = int(found[2]), int(found[4])
        if last > first:
            yield Span(_number(found[1]), first, last)


def _number(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number
