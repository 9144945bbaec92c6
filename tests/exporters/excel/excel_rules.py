"""What makes Excel say that it found a problem with some content: the known causes, looked for.

Excel is stricter than every library and than LibreOffice, and does not run where tests run. Each
rule here stands for a file that it was seen to repair or to refuse.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SHEET_ORDER: Final = [
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
]
BOOK_ORDER: Final = [
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
]
_NAME: Final = re.compile(r"[A-Za-z_\\][\w.\\]{0,254}")
_LIKE_A_CELL: Final = re.compile(r"[A-Za-z]{1,3}\d{1,7}|[RrCc]|[Rr]\d*[Cc]\d*")
_RANGE: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_QUOTED: Final = re.compile(r"'((?:[^']|'')+)'!")
Box = tuple[int, int, int, int]


def faults(data: bytes) -> list[str]:
    """Everything in a workbook that Excel is known to complain about."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
    found = [f"{name} is there twice" for name, count in Counter(names).items() if count > 1]
    trees = {}
    for name, content in parts.items():
        try:
            trees[name] = ET.fromstring(content)
        except ET.ParseError as error:
            found.append(f"{name} is no XML: {error}")
    if found:
        return found
    return list(_package(trees)) + list(_Book(trees).faults())


def _package(trees: dict[str, Element]) -> Iterator[str]:
    """Types and relations: each part has a type, each relation a part."""
    types = trees["[Content_Types].xml"]
    defaults = {one.get("Extension") for one in types if one.tag.endswith("Default")}
    stated = Counter(one.get("PartName") for one in types if one.tag.endswith("Override"))
    yield from (f"{name} has two types" for name, count in stated.items() if count > 1)
    yield from (f"{name} is typed and missing" for name in stated if (name or "")[1:] not in trees)
    for name in trees:
        if f"/{name}" not in stated and name.rpartition(".")[2] not in defaults:
            yield f"{name} has no type"
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        ids = Counter(one.get("Id") for one in tree)
        yield from (f"{name}: {one} stands twice" for one, count in ids.items() if count > 1)
        for one in tree:
            if one.get("TargetMode") != "External" and _target(name, one) not in trees:
                yield f"{name}: {one.get('Target')} is missing"


def _target(rels: str, relation: Element) -> str:
    target = relation.get("Target") or ""
    base = dirname(dirname(rels))
    return target[1:] if target.startswith("/") else normpath(join(base, target))


def _rels(trees: dict[str, Element], part: str) -> dict[str, str]:
    name = f"{dirname(part)}/_rels/{part.rpartition('/')[2]}.rels"
    return {one.get("Id", ""): _target(name, one) for one in trees.get(name, ())}


class _Book:
    def __init__(self, trees: dict[str, Element]) -> None:
        self.trees = trees
        self.book = trees["xl/workbook.xml"]
        self.styles = trees["xl/styles.xml"]
        rels = _rels(trees, "xl/workbook.xml")
        self.sheets = {
            one.get("name", ""): rels[one.get(RELATION, "")]
            for one in self.book.iter(f"{MAIN}sheet")
        }
        self.formats = len(self.styles.find(f"{MAIN}cellXfs") or ())
        self.differences = len(self.styles.find(f"{MAIN}dxfs") or ())

    def faults(self) -> Iterator[str]:
        yield from self._workbook()
        yield from self._style_sheet()
        tables: list[Element] = []
        for title, part in self.sheets.items():
            sheet = _Sheet(self, title, part)
            yield from (f"{title}: {one}" for one in sheet.faults())
            tables += sheet.tables
        for key in ("id", "displayName", "name"):
            values = Counter((one.get(key) or "").casefold() for one in tables)
            yield from (f"two tables with {key} {one}" for one in values if values[one] > 1)
        for name, tree in self.trees.items():
            if "/charts/" in name:
                yield from (f"{name}: {one}" for one in self._chart(tree))

    def _workbook(self) -> Iterator[str]:
        yield from _in_order(self.book, BOOK_ORDER)
        said = [one.get("name", "") for one in self.book.iter(f"{MAIN}sheet")]
        titles = Counter(one.casefold() for one in said)
        yield from (f"two sheets called {one}" for one in titles if titles[one] > 1)
        for title in self.sheets:
            bad = set(title) & set("[]:*?/\\") or title.startswith("'") or title.endswith("'")
            if bad or not 0 < len(title) <= 31 or title.casefold() == "history":
                yield f"a sheet cannot be called {title}"
        ids = [one.get("sheetId") for one in self.book.iter(f"{MAIN}sheet")]
        if len(set(ids)) < len(ids):
            yield "two sheets with one id"
        seen: set[tuple[str | None, str | None]] = set()
        for name in self.book.iter(f"{MAIN}definedName"):
            key = (name.get("name"), name.get("localSheetId"))
            if key in seen:
                yield f"the name {key} stands twice"
            seen.add(key)
            if int(name.get("localSheetId", "0")) >= len(self.sheets):
                yield f"the name {key} belongs to no sheet"
            yield from self._unknown_sheets(f"the name {key}", name.text or "")

    def _unknown_sheets(self, place: str, formula: str) -> Iterator[str]:
        for quoted in _QUOTED.findall(formula):
            if quoted.replace("''", "'") not in self.sheets:
                yield f"{place} leads to the sheet {quoted}, which is not there"

    def _style_sheet(self) -> Iterator[str]:
        counts = {
            key: len(self.styles.find(f"{MAIN}{part}") or ())
            for key, part in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"),
                              ("xfId", "cellStyleXfs"))
        }  # fmt: skip
        own = {one.get("numFmtId") for one in self.styles.iter(f"{MAIN}numFmt")}
        for form in self.styles.find(f"{MAIN}cellXfs") or ():
            for key, count in counts.items():
                if int(form.get(key, "0")) >= count:
                    yield f"a cell format has {key} {form.get(key)} of {count}"
            number = form.get("numFmtId", "0")
            if int(number) >= 164 and number not in own:
                yield f"the number format {number} is not there"

    def _chart(self, tree: Element) -> Iterator[str]:
        for one in tree.iter():
            if one.tag.endswith("}f"):
                yield from self._unknown_sheets("a series", one.text or "")
        axes = [one.get("val") for one in tree.iter() if one.tag.endswith("}axId")]
        if any(count < 2 for count in Counter(axes).values()):
            yield "an axis is named once only"


class _Sheet:
    def __init__(self, book: _Book, title: str, part: str) -> None:
        self.book, self.title, self.part = book, title, part
        self.tree = book.trees[part]
        self.rels = _rels(book.trees, part)
        self.tables = [
            book.trees[self.rels[one.get(RELATION, "")]]
            for one in self.tree.iter(f"{MAIN}tablePart")
        ]
        self.texts: dict[tuple[int, int], str] = {}
        self.kinds: dict[tuple[int, int], str] = {}

    def faults(self) -> Iterator[str]:
        yield from _in_order(self.tree, SHEET_ORDER)
        yield from self._cells()
        yield from self._columns()
        yield from self._validations()
        yield from self._conditions()
        yield from self._links()
        yield from self._paper()
        boxes = [_box(one.get("ref", "")) for one in self.tree.iter(f"{MAIN}mergeCell")]
        boxes += [_box(table.get("ref", "")) for table in self.tables]
        if _overlap(boxes):
            yield "merged cells or tables lie upon each other"
        for table in self.tables:
            yield from (f"table {table.get('name')}: {one}" for one in self._table(table))

    def _cells(self) -> Iterator[str]:
        before = 0
        for row in self.tree.iter(f"{MAIN}row"):
            number = int(row.get("r", "0"))
            if not before < number <= 1_048_576:
                yield f"row {number} comes after {before}"
            before, last = number, 0
            if float(row.get("ht", "0")) > 409.5:
                yield f"row {number} is higher than 409.5 points"
            for cell in row:
                column, at = _place(cell.get("r", ""))
                if at != number or not last < column <= 16_384:
                    yield f"the cell {cell.get('r')} is out of order"
                last = column
                if int(cell.get("s", "0")) >= self.book.formats:
                    yield f"the cell {cell.get('r')} has a format that is not there"
                kind = cell.get("t", "n")
                text = "".join(one.text or "" for one in cell.iter(f"{MAIN}t"))
                self.texts[column, number] = text
                self.kinds[column, number] = kind
                if len(text.encode("utf-16-le")) // 2 > 32_767:
                    yield f"the cell {cell.get('r')} holds more than a cell can"
                value = cell.findtext(f"{MAIN}v")
                if kind == "n" and value is not None:
                    float(value)

    def _columns(self) -> Iterator[str]:
        last = 0
        for column in self.tree.iter(f"{MAIN}col"):
            first, end = int(column.get("min", "0")), int(column.get("max", "0"))
            if not last < first <= end <= 16_384:
                yield f"the widths of column {first} overlap"
            last = end
            if not 0 <= float(column.get("width", "9")) <= 255:
                yield f"column {first} is wider than 255"

    def _validations(self) -> Iterator[str]:
        known = list(self.tree.iter(f"{MAIN}dataValidation"))
        limits = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 225}
        for one in known:
            for key, limit in limits.items():
                if len((one.get(key) or "").encode("utf-16-le")) // 2 > limit:
                    yield f"{key} at {one.get('sqref')} is longer than {limit}"
            formula = one.findtext(f"{MAIN}formula1") or ""
            if len(formula) > 255:
                yield f"the drop-down at {one.get('sqref')} is longer than 255"
            if one.get("type") == "list" and not formula:
                yield f"the drop-down at {one.get('sqref')} has no list"
            yield from self.book._unknown_sheets("a drop-down", formula)
        boxes = [_box(part) for one in known for part in (one.get("sqref") or "").split()]
        if _overlap(boxes):
            yield "two validations lie upon each other"

    def _conditions(self) -> Iterator[str]:
        for rule in self.tree.iter(f"{MAIN}cfRule"):
            if int(rule.get("dxfId", "0")) >= max(self.book.differences, 1):
                yield "a conditional format has a style that is not there"
            if int(rule.get("priority", "0")) < 1:
                yield "a conditional format has no priority"
            formulas = [one.text or "" for one in rule.iter(f"{MAIN}formula")]
            if rule.get("type") == "expression" and not all(formulas):
                yield "a conditional format has no formula"

    def _links(self) -> Iterator[str]:
        links = list(self.tree.iter(f"{MAIN}hyperlink"))
        if len(links) > 65_530:
            yield "it has more links than Excel takes"
        places = Counter(one.get("ref") for one in links)
        yield from (f"two links at {one}" for one in places if places[one] > 1)
        for one in links:
            yield from self.book._unknown_sheets("a link", one.get("location") or "")

    def _paper(self) -> Iterator[str]:
        for one in self.tree.iterfind(f"{MAIN}headerFooter/*"):
            if len(one.text or "") > 255:
                yield "a header or footer is longer than 255"

    def _table(self, table: Element) -> Iterator[str]:
        name = table.get("displayName") or ""
        if not _NAME.fullmatch(name) or _LIKE_A_CELL.fullmatch(name):
            yield "it cannot be called so"
        left, top, right, bottom = _box(table.get("ref", ""))
        if bottom <= top:
            yield "it has no row below its head"
        columns = [one.get("name") or "" for one in table.iter(f"{MAIN}tableColumn")]
        if len(columns) != right - left + 1:
            yield f"it has {len(columns)} columns for {right - left + 1}"
        folded = Counter(one.casefold() for one in columns)
        yield from (f"two columns called {one}" for one in folded if folded[one] > 1)
        ids = [one.get("id") for one in table.iter(f"{MAIN}tableColumn")]
        if len(set(ids)) < len(ids):
            yield "two columns with one id"
        for at, column in enumerate(columns):
            place = (left + at, top)
            said = column.replace("_x000a_", "\n").replace("_x000d_", "\r")
            if self.texts.get(place) != said or self.kinds.get(place) not in {"s", "inlineStr"}:
                yield f"the head {self.texts.get(place)!r} is not the column {column!r}"
            if not column or len(column) > 255:
                yield "a column has no name, or too long a one"
        filtered = table.find(f"{MAIN}autoFilter")
        if filtered is not None and filtered.get("ref") != table.get("ref"):
            yield "it is filtered elsewhere"


def _in_order(tree: Element, order: list[str]) -> Iterator[str]:
    places = [order.index(one) if (one := child.tag.removeprefix(MAIN)) in order else -1
              for child in tree]  # fmt: skip
    if -1 in places or places != sorted(places):
        yield f"its parts are out of order: {[one.tag.rpartition('}')[2] for one in tree]}"


def _place(reference: str) -> tuple[int, int]:
    found = _RANGE.fullmatch(reference)
    assert found is not None, reference
    return _number(found[1]), int(found[2])


def _box(reference: str) -> Box:
    found = _RANGE.fullmatch(reference)
    assert found is not None, reference
    left, top = _number(found[1]), int(found[2])
    return left, top, _number(found[3] or found[1]), int(found[4] or top)


def _number(letters: str) -> int:
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number


def _overlap(boxes: list[Box]) -> bool:
    return any(
        one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
        for at, one in enumerate(boxes)
        for other in boxes[:at]
    )
