"""Inspection of workbooks: which parts the package may have, and what its sheets may hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from exporters.inspection.counted import are_counted
from model.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zipfile import ZipInfo

_PARTS: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/workbook\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/theme/theme1\.xml"
    r"|xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/tables/table\d+\.xml"
    r"|xl/(drawings/drawing|charts/chart)\d+\.xml|xl/drawings/_rels/drawing\d+\.xml\.rels"
)
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_SHEET_ELEMENTS: Final = frozenset(
    [
        "worksheet",
        "sheetPr",
        "tabColor",
        "outlinePr",
        "pageSetUpPr",
        "dimension",
        "sheetViews",
        "sheetView",
        "pane",
        "selection",
        "sheetFormatPr",
        "cols",
        "col",
        "sheetData",
        "row",
        "c",
        "v",
        "is",
        "t",
        "autoFilter",
        "dataValidations",
        "dataValidation",
        "formula1",
        "conditionalFormatting",
        "cfRule",
        "formula",
        "colorScale",
        "cfvo",
        "color",
        "dataBar",
        "hyperlinks",
        "hyperlink",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "oddHeader",
        "oddFooter",
        "evenHeader",
        "evenFooter",
        "firstHeader",
        "firstFooter",
        "tableParts",
        "tablePart",
        "drawing",
        "printOptions",
    ]
)
_DEFINED: Final = frozenset({"_xlnm.Print_Titles", "_xlnm._FilterDatabase", "_xlnm.Print_Area"})
_LEAST_SIZE: Final = 1.0
_PRIVATE: Final = 0o600 << 16
"""What Python writes for every entry, wherever it runs."""


def inspect_workbook(path: Path) -> Iterator[str]:
    """What a workbook holds that it should not."""
    try:
        with ZipFile(path) as archive:
            if archive.comment:
                yield "the package has a comment"
            entries = archive.infolist()
            yield from _packaging(entries)
            for entry in entries:
                yield from _part(entry.filename, archive.read(entry))
    except (BadZipFile, expat.ExpatError):
        yield "the package cannot be read"


def _packaging(entries: list[ZipInfo]) -> Iterator[str]:
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names):
        yield "a part is there twice"
    for entry in entries:
        if not _PARTS.fullmatch(entry.filename):
            yield f"the part {entry.filename} is not expected"
        facts = (entry.create_system, entry.comment, entry.extra)
        private = entry.external_attr in {0, _PRIVATE}
        if entry.date_time != _DATE or facts != (0, b"", b"") or not private:
            yield f"the entry {entry.filename} tells when or where it was made"


def _part(name: str, data: bytes) -> Iterator[str]:
    seen = _Seen(data)
    if name.startswith("docProps/"):
        if seen.elements - {"coreProperties", "Properties"} or seen.text.strip():
            yield f"{name} holds properties"
    elif name == "xl/workbook.xml":
        yield from _workbook(seen)
    elif name.startswith("xl/worksheets/sheet"):
        yield from _sheet(name, seen)
    elif name.endswith(".rels") and any("TargetMode" in one for _tag, one in seen.noted):
        yield f"{name} leads out of the workbook"


def _workbook(seen: _Seen) -> Iterator[str]:
    for tag, attributes in seen.noted:
        if tag == "sheet" and attributes.get("state", "visible") != "visible":
            yield "a sheet is hidden"
        if tag == "definedName" and attributes.get("name") not in _DEFINED:
            yield "a name is defined"
    if seen.elements & {"externalReferences", "fileSharing", "customWorkbookViews"}:
        yield "the workbook refers to other files or people"


def _sheet(name: str, seen: _Seen) -> Iterator[str]:
    for element in sorted(seen.elements - _SHEET_ELEMENTS):
        yield f"{name} holds {element}"
    for tag, attributes in seen.noted:
        if tag in {"row", "col"} and attributes.get("hidden", "0") not in {"0", "false"}:
            yield f"{name} has a hidden {tag}"
            break
        if tag in {"row", "col"} and _size(attributes) < _LEAST_SIZE:
            yield f"{name} has a {tag} too small to be seen"
            break
    if any("id" in key for tag, a in seen.noted if tag == "hyperlink" for key in a):
        yield f"{name} links out of the workbook"
    head, *ids = seen.first_column or [""]
    if head == FIELDS["actors"]["id"].title and not are_counted(ids):
        yield f"{name} has ids with gaps or out of order"


def _size(attributes: dict[str, str]) -> float:
    """Height of a row or width of a column, in the units of workbooks; usual where none is said."""
    return float(attributes.get("ht") or attributes.get("width") or _LEAST_SIZE)


class _Seen:
    """What a part holds: names of elements, attributes of those that matter, its text."""

    _NOTED: Final = frozenset({"sheet", "definedName", "row", "col", "hyperlink", "Relationship"})

    def __init__(self, data: bytes) -> None:
        """Parse the part.

        Raises:
            ExpatError: it is not well-formed, or declares a document type.
        """
        self.elements: set[str] = set()
        self.noted: list[tuple[str, dict[str, str]]] = []
        self.first_column: list[str] = []
        self._pieces: list[str] = []
        self._cell = ""
        parser: Any = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._refuse
        parser.CommentHandler = lambda _text: self.elements.add("a comment")
        parser.ProcessingInstructionHandler = lambda *_: self.elements.add("an instruction")
        parser.Parse(data, True)

    @property
    def text(self) -> str:
        """Text of a small part."""
        return "".join(self._pieces)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.elements.add(name)
        if name in self._NOTED:
            self.noted.append((name, attributes))
        elif name == "c":
            place = attributes.get("r", "")
            self._cell = place if place[:1] == "A" and place[1:].isdigit() else ""
            if self._cell:
                self.first_column.append("")

    def _characters(self, text: str) -> None:
        if self._cell:
            self.first_column[-1] += text
        elif len(self._pieces) < 64:
            self._pieces.append(text)

    def _refuse(self, *_facts: object) -> None:
        raise expat.ExpatError("a document type is declared")
