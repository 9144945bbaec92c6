"""JSON of other programs: lists of objects as tables; elements and connections, nodes and links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from exporters.readers.limits import Limits, UnreadableSource, check_shape
from model.foreign.table import ForeignTable
from model.importing.source import SourceRow
from resources.text import plural, tr

if TYPE_CHECKING:
    from model.foreign.table import Role

_NODES: Final = frozenset({"nodes", "elements", "actors", "vertices", "entities"})
_EDGES: Final = frozenset({"edges", "links", "connections", "relationships", "relations"})
_DEEP: Final = 3
"""How deep lists of objects are looked for."""
_FEW: Final = 1


def read_json(
    data: bytes, name: str, place: str, limits: Limits
) -> tuple[list[ForeignTable], tuple[str, ...]]:
    """The tables of a JSON file, and remarks.

    Raises:
        UnreadableSource: it is damaged, or holds no list of objects.
    """
    try:
        whole = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = tr("it is damaged or no JSON ({error})", error=str(error)[:80])
        raise UnreadableSource(place, reason) from None
    found: dict[str, list[dict[str, Any]]] = {}
    _collect(whole, name, found, 0)
    if not found:
        reason = tr("it holds no list of objects, such as nodes or elements")
        raise UnreadableSource(place, reason)
    if isinstance(whole, dict) and {"namespace", "predicates"} <= set(whole):
        reason = tr(
            "it is a list of codes and holds no actors or events; there is nothing to bring in"
        )
        raise UnreadableSource(place, reason)
    if isinstance(whole, dict) and whole.get("format") and "records" in whole:
        reason = tr("it is a project in the open; make a project of it with its own program")
        raise UnreadableSource(place, reason)
    tables, left = [], 0
    for title, things in found.items():
        table, deep = _table(title, place, things, limits)
        tables.append(table)
        left += deep
    remarks = []
    if left:
        remarks.append(
            plural("{place}: {count} value is a list of objects or an object and was not read.",
                   "{place}: {count} values are lists of objects or objects and were not read.",
                   left, place=place)
        )  # fmt: skip
    return tables, tuple(remarks)


def _collect(value: object, name: str, found: dict[str, list[dict[str, Any]]], depth: int) -> None:
    """Every list of objects, under the name of its key."""
    if depth > _DEEP:
        return
    if isinstance(value, list):
        objects = [one for one in value if isinstance(one, dict)]
        if objects and len(objects) == len(value):
            found.setdefault(name, []).extend(_flat(one) for one in objects)
        return
    if isinstance(value, dict):
        for key, one in value.items():
            _collect(one, str(key), found, depth + 1)


def _flat(thing: dict[str, Any]) -> dict[str, Any]:
    """An object with what programs put one level deeper: attributes, data."""
    flat: dict[str, Any] = {}
    for key, value in thing.items():
        if key in {"attributes", "data", "properties", "fields"} and isinstance(value, dict):
            flat |= {inner: one for inner, one in value.items() if inner not in flat}
        elif key not in {"position", "style", "circle"}:
            flat[key] = value
    return flat


def _table(
    title: str, place: str, things: list[dict[str, Any]], limits: Limits
) -> tuple[ForeignTable, int]:
    columns = list(dict.fromkeys(str(key) for thing in things for key in thing))
    where = tr("{file}, {part}", file=place, part=title)
    check_shape(where, len(things) + 1, len(columns), limits)
    left = 0
    rows = []
    for number, thing in enumerate(things, 1):
        cells = []
        for column in columns:
            text, deep = _text(thing.get(column))
            left += deep
            cells.append(text)
        rows.append(SourceRow(number, tuple(cells)))
    return ForeignTable(title, where, tuple(columns), tuple(rows), _role(title, columns)), left


def _role(title: str, columns: list[str]) -> Role:
    names = {column.lower() for column in columns}
    has_ends = bool({"source", "target"} <= names or {"from", "to"} <= names)
    if has_ends or title.lower() in _EDGES:
        return "edges" if has_ends else ""
    return "nodes" if title.lower() in _NODES else ""


def _text(value: object) -> tuple[str, int]:
    """A value as text, several in a list joined; and whether something was too deep for a cell."""
    match value:
        case None:
            return "", 0
        case bool():
            return ("yes" if value else "no"), 0
        case str():
            return value, 0
        case int() | float():
            return repr(value).removesuffix(".0"), 0
        case list() if all(not isinstance(one, dict | list) for one in value):
            return "; ".join(_text(one)[0] for one in value), 0
        case dict() if len(value) == _FEW and "id" in value:
            return _text(value["id"])
        case list() | dict():
            return "", int(bool(value))
        case _:
            return str(value), 0
