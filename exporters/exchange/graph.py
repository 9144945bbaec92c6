"""The network of a pack as plain attributes: actors are nodes, linkages are edges.

Both graph formats write the same attributes. Edges are all written as directed, because readers
refuse graphs that are partly so; the attribute `direction` says which are meant both ways.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, indent, tostring

import msgspec

from exporters.statements import marking
from exporters.wording import mark_text, plain_text
from model.asof import counts_as_edge
from model.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exporters.request import Pack
    from model.records import Record

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENDS: Final = frozenset({"from_id", "to_id"})
_LABELLED: Final = ("code", "codes")


class Item(msgspec.Struct, frozen=True):
    """A node or an edge: its id, its label and its attributes by name; empty ones are absent."""

    id: str
    label: str
    attributes: dict[str, str]
    source: str = ""
    target: str = ""


class Network(msgspec.Struct, frozen=True):
    """All nodes and edges with what must be said about the whole."""

    facts: dict[str, str]
    nodes: tuple[Item, ...]
    edges: tuple[Item, ...]

    def node_names(self) -> list[str]:
        """Names of the attributes that any node has, in order."""
        return _names(self.nodes)

    def edge_names(self) -> list[str]:
        """Names of the attributes that any edge has, in order."""
        return _names(self.edges)


def network(pack: Pack) -> Network:
    """The network of a redacted copy."""
    tables, request = pack.tables, pack.request
    facts = {
        "title": xml_text(pack.title),
        "marking": marking(request.audience),
        "as_of": request.as_of.isoformat(),
    }
    nodes = [
        Item(actor.id, xml_text(actor.name), _attributes("actors", actor))
        for actor in tables.actors.values()
    ]
    edges = []
    for link in tables.linkages.values():
        spec = FIELDS["linkages"]["kind"]
        label = spec.codes.label(link.kind) if spec.codes is not None else link.kind
        attributes = _attributes("linkages", link)
        attributes["in_force"] = "yes" if counts_as_edge(link, request.as_of) else "no"
        edges.append(Item(link.id, xml_text(label), attributes, link.from_id, link.to_id))
    return Network({k: v for k, v in facts.items() if v}, tuple(nodes), tuple(edges))


def xml_text(text: str) -> str:
    """The text without the few characters that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def as_file(root: Element) -> bytes:
    """An XML file of a tree, indented, without a date or a name of a program."""
    indent(root)
    text: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _attributes(table: str, record: Record) -> dict[str, str]:
    """Fields by name as they are stored, labels of codes beside them, and the marks."""
    found: dict[str, str] = {"marking": marking(record.tlp), "mark": mark_text(record)}
    for spec in FIELDS[table].values():
        value = getattr(record, spec.name)
        if not spec.in_sheets or spec.name in _ENDS or spec.name in {"id", "tlp"}:
            continue
        if value is None or (isinstance(value, str | tuple) and not value):
            continue
        found[spec.name] = xml_text(plain_text(value))
        if spec.kind in _LABELLED and spec.codes is not None:
            codes = value if isinstance(value, tuple) else (value,)
            found[f"{spec.name}_label"] = "; ".join(spec.codes.label(str(one)) for one in codes)
    return {name: text for name, text in found.items() if text}


def _names(items: Iterable[Item]) -> list[str]:
    return list(dict.fromkeys(name for item in items for name in item.attributes))
