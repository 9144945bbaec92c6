"""Inspection of pictures, graphs, calendars, tables and JSON."""

from __future__ import annotations

import csv
import json
import re
import struct
import zlib
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import ParseError

from exporters.csv_tables import MARK_FILE, MARK_HEAD
from exporters.inspection.counted import are_counted
from model.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNKS: Final = (b"IHDR", b"pHYs", b"IDAT", b"IEND")
_SVG: Final = frozenset(
    [
        "svg",
        "title",
        "desc",
        "defs",
        "path",
        "g",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "clipPath",
        "pattern",
        "use",
        "marker",
        "linearGradient",
        "stop",
    ]
)
_GRAPH: Final = frozenset(
    [
        "graphml",
        "key",
        "graph",
        "node",
        "edge",
        "data",
        "gexf",
        "meta",
        "description",
        "attributes",
        "attribute",
        "nodes",
        "edges",
        "attvalues",
        "attvalue",
    ]
)
_CALENDAR: Final = frozenset(
    [
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "X-WR-CALNAME",
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DTSTAMP",
        "UID",
        "CLASS",
        "DESCRIPTION",
        "TRANSP",
    ]
)
_GRAPH_ATTRIBUTES: Final = frozenset(
    [
        "id",
        "for",
        "attr.name",
        "attr.type",
        "edgedefault",
        "source",
        "target",
        "key",
        "version",
        "mode",
        "defaultedgetype",
        "class",
        "title",
        "type",
        "label",
        "value",
    ]
)
"""Attributes of the elements of graphs, without namespaces."""
_SVG_ATTRIBUTES: Final = frozenset(
    [
        "aria-label",
        "aria-labelledby",
        "clip-path",
        "d",
        "fill",
        "fill-opacity",
        "fill-rule",
        "height",
        "href",
        "id",
        "patternTransform",
        "patternUnits",
        "role",
        "stroke",
        "stroke-dasharray",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-opacity",
        "stroke-width",
        "transform",
        "version",
        "viewBox",
        "width",
        "x",
        "y",
        "x1",
        "x2",
        "y1",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "offset",
        "stop-color",
        "stop-opacity",
        "points",
        "direction",
    ]
)
_IDS_OF_DRAWINGS: Final = re.compile(r"title|desc|[a-z]{1,3}\d+")
"""Ids that our drawings give to what they use again; nothing of a record."""
_JSON_KEYS: Final = frozenset({"format", "app", "save", "tables", "labels"})
_UNCOUNTED: Final = frozenset({"project", "tracks", "placements"})
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"


def inspect_png(path: Path) -> Iterator[str]:
    """Chunks beyond size, density and pixels, or anything behind the end."""
    data = path.read_bytes()
    at = len(_SIGNATURE)
    pixels = zlib.decompressobj()
    if not data.startswith(_SIGNATURE):
        yield "this is not a PNG"
        return
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name = data[at + 4 : at + 8]
        if name not in _CHUNKS:
            yield f"there is a chunk {name.decode('latin-1')}"
        if name == b"IDAT":
            try:
                pixels.decompress(data[at + 8 : at + 8 + length])
            except zlib.error:
                yield "the pixels cannot be read"
                return
            if pixels.unused_data:
                yield "something follows the pixels"
        at += 12 + length
        if name == b"IEND" and at != len(data):
            yield "something follows the end"
            return


def inspect_svg(path: Path) -> Iterator[str]:
    """Scripts, metadata, links and anything else that a drawing does not need."""
    for tag, attributes in _elements(path):
        if tag not in _SVG:
            yield f"there is an element {tag}"
        for name, value in attributes.items():
            bare = name.rpartition("}")[2]
            if bare == "href" and not value.startswith("#"):
                yield "something leads out of the drawing"
            if bare not in _SVG_ATTRIBUTES:
                yield f"an element has the attribute {bare}"
            if bare == "id" and not _IDS_OF_DRAWINGS.fullmatch(value):
                yield "an id names something else than a part of the drawing"


def inspect_graph(path: Path) -> Iterator[str]:
    """Elements that name a creator or a date, ids with gaps."""
    ids: dict[str, list[str]] = {"node": [], "edge": []}
    for tag, attributes in _elements(path):
        if tag not in _GRAPH:
            yield f"there is an element {tag}"
        if tag in ids:
            ids[tag].append(attributes.get("id", ""))
        for name in sorted(set(attributes) - _GRAPH_ATTRIBUTES):
            yield f"an element has the attribute {name}"
    for tag, listed in ids.items():
        if not are_counted(listed):
            yield f"ids of {tag}s have gaps or are out of order"


def inspect_calendar(path: Path) -> Iterator[str]:
    """Properties that name people, programs or times of writing."""
    text = path.read_bytes().decode("utf-8").replace("\r\n ", "")
    for line in filter(None, text.split("\r\n")):
        name = line.partition(":")[0].partition(";")[0]
        if name not in _CALENDAR:
            yield f"there is a property {name}"
        if name == "DTSTAMP" and line != "DTSTAMP:20000101T000000Z":
            yield "it says when it was written"


def inspect_csv(path: Path) -> Iterator[str]:
    """Files that are no tables, ids with gaps."""
    for one in sorted(path.iterdir()):
        if one.name == MARK_FILE:
            yield from _mark_file(one)
            continue
        if one.suffix != ".csv" or one.stem not in FIELDS or not one.is_file():
            yield "the folder holds something else than tables"
            continue
        with one.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
        if rows[0][:1] == ["id"] and not are_counted(row[0] for row in rows[1:]):
            yield f"ids of {one.stem} have gaps or are out of order"


def _mark_file(path: Path) -> Iterator[str]:
    """Anything but the mark of the export and the tables beside it."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = csv.reader(stream)
    tables = [row[1] for row in rows if len(row) == len(MARK_HEAD)]
    there = sorted(one.stem for one in path.parent.iterdir() if one.name != MARK_FILE)
    marks = {row[0] for row in rows}
    known = all(re.fullmatch(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}", mark) for mark in marks)
    if tuple(head) != MARK_HEAD or sorted(tables) != there or len(marks) > 1 or not known:
        yield f"{MARK_FILE} says more than which export it is"


def inspect_document_json(path: Path) -> Iterator[str]:
    """Who saved it and when, exports of before, imported ids, gaps in ids."""
    content: dict[str, Any] = json.loads(path.read_bytes())
    for key in sorted(set(content) - _JSON_KEYS):
        yield f"it holds {key}"
    save = content.get("save", {})
    if any(value not in {"export", "", 0, 1, None} for value in _leaves(save)):
        yield "it says from which save it comes"
    tables = content.get("tables", {})
    if tables.get("exports"):
        yield "it holds the log of exports"
    for name, records in tables.items():
        listed = records if isinstance(records, list) else list(records.values())
        known = FIELDS.get(name, {})
        if not known or any(set(record) - set(known) for record in listed):
            yield f"{name} hold what is no field of theirs"
        if any(record.get("external") for record in listed):
            yield f"{name} hold ids of where they were imported from"
        if name not in _UNCOUNTED and not are_counted(record["id"] for record in listed):
            yield f"ids of {name} have gaps or are out of order"


def _leaves(value: object) -> Iterator[Any]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield value


def _elements(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """All elements of an XML file without its namespaces; comments come under that name."""
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - only exports need it
    from defusedxml.ElementTree import parse  # noqa: PLC0415

    data = path.read_bytes()
    if b"<!--" in data or data.count(b"<?") != data.startswith(b"<?xml"):
        yield "comment", {}
    try:
        tree: Any = parse(path, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        yield "that cannot be read", {}
        return
    for element in tree.iter():
        yield str(element.tag).rpartition("}")[2], dict(element.attrib)
