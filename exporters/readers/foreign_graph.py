"""GraphML and GEXF of any version: nodes and edges as two tables, all attributes kept.

Read without a graph library, because those refuse old namespaces and files that mix directed and
undirected edges, and drop what they do not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from exporters.readers.limits import Limits, UnreadableSource, check_shape
from model.foreign.table import ForeignTable
from model.importing.source import SourceRow
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from model.foreign.table import Role

_KNOWN: Final = {"graphml", "gexf"}
_LEFT_OUT: Final = frozenset({"position", "color", "size", "shape", "thickness"})
"""How other programs draw a node; it says nothing about the matter."""
_LOOKS: Final = frozenset({"x", "y", "z", "r", "g", "b", "d4", "d5"})

Thing = dict[str, str]


def read_graph(
    data: bytes, place: str, limits: Limits
) -> tuple[list[ForeignTable], tuple[str, ...]]:
    """The nodes and edges of a graph file, and remarks.

    Raises:
        UnreadableSource: it is damaged or no graph.
    """
    root = _parsed(data, place)
    kind = _name(root)
    if kind not in _KNOWN:
        reason = tr("it is XML (“{name}”), but neither GraphML nor GEXF", name=kind[:40])
        raise UnreadableSource(place, reason)
    if kind == "graphml":
        nodes, edges = _graphml(root)
    else:
        nodes, edges = _gexf(root)
    remarks = []
    if any(_name(one) in _LEFT_OUT for one in root.iter()):
        remarks.append(tr("{place}: places, colours and sizes are not read.", place=place))
    if any(_name(one) == "hyperedge" for one in root.iter()):
        raise UnreadableSource(place, tr("it has edges between more than two nodes"))
    if kind == "gexf":
        remarks += [f"{place}: {sentence}." for sentence in _changing(root)]
    known = {node["id"] for node in nodes}
    loose = [edge for edge in edges if not {edge["source"], edge["target"]} <= known]
    if loose:
        remarks.append(
            plural("{place}: {count} edge has an end that is not among the nodes.",
                   "{place}: {count} edges have an end that is not among the nodes.",
                   len(loose), place=place)
        )  # fmt: skip
    tables = [_table("nodes", place, nodes, limits), _table("edges", place, edges, limits)]
    return [table for table in tables if table.rows], tuple(remarks)


def _parsed(data: bytes, place: str) -> Element:
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - only graph files need it
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415 - the same

    try:
        root: Element = fromstring(data, forbid_dtd=False)
    except DefusedXmlException:
        reason = tr("it holds XML entities, which no honest file does")
        raise UnreadableSource(place, reason) from None
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "position", (0, 0))[0]
        reason = tr("it is damaged or no XML (line {line})", line=line)
        raise UnreadableSource(place, reason) from None
    return root


def _name(element: Element) -> str:
    """The name of an element without its namespace, of which there are many for these formats."""
    return str(element.tag).rpartition("}")[2]


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element.iter() if _name(child) == name)


def _graphml(root: Element) -> tuple[list[Thing], list[Thing]]:
    keys: Thing = {}
    defaults: dict[str, Thing] = {"node": {}, "edge": {}}
    for key in _children(root, "key"):
        title = key.get("attr.name") or key.get("yfiles.type") or key.get("id") or ""
        keys[key.get("id") or ""] = title
        default = next(_children(key, "default"), None)
        for side, values in defaults.items():
            if default is not None and key.get("for", "all") in {side, "all"}:
                values[title] = (default.text or "").strip()
    graph = next(_children(root, "graph"), root)
    directed = graph.get("edgedefault", "directed") != "undirected"
    nodes = [
        {"id": node.get("id", ""), **defaults["node"], **_graphml_data(node, keys)}
        for node in _children(root, "node")
    ]
    edges = []
    for edge in _children(root, "edge"):
        stated = edge.get("directed")
        is_directed = directed if stated is None else stated == "true"
        edges.append(_edge(edge, _graphml_data(edge, keys), is_directed=is_directed,
                           defaults=defaults["edge"]))  # fmt: skip
    return nodes, edges


def _graphml_data(element: Element, keys: dict[str, str]) -> Thing:
    found = {}
    for data in element:
        if _name(data) == "data":
            title = keys.get(data.get("key", ""), data.get("key", ""))
            text = " ".join(" ".join(data.itertext()).split())
            if title.lower() not in _LOOKS:
                found[title] = text
    return found


def _gexf(root: Element) -> tuple[list[Thing], list[Thing]]:
    titles: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    defaults: dict[str, Thing] = {"node": {}, "edge": {}}
    for group in _children(root, "attributes"):
        side = "edge" if group.get("class") == "edge" else "node"
        for attribute in _children(group, "attribute"):
            title = attribute.get("title") or attribute.get("id") or ""
            titles[side][attribute.get("id") or ""] = title
            default = next(_children(attribute, "default"), None)
            if default is not None:
                defaults[side][title] = (default.text or "").strip()
    graph = next(_children(root, "graph"), root)
    directed = graph.get("defaultedgetype", "undirected") == "directed"
    nodes = []
    for node in _children(root, "node"):
        own = {key: node.get(key, "") for key in ("label", "start", "end") if node.get(key)}
        parent = {"parent": node.get("pid", "")} if node.get("pid") else {}
        own = _period(node) | own
        values = _gexf_data(node, titles["node"])
        nodes.append({"id": node.get("id", ""), **own, **parent,
                      **_without(defaults["node"] | values, own)})  # fmt: skip
    edges = []
    for edge in _children(root, "edge"):
        stated = edge.get("type")
        is_directed = directed if stated is None else stated == "directed"
        edges.append(_edge(edge, _gexf_data(edge, titles["edge"]), is_directed=is_directed,
                           defaults=defaults["edge"]))  # fmt: skip
    return nodes, edges


def _gexf_data(element: Element, titles: dict[str, str]) -> Thing:
    found = {}
    for group in element:
        if _name(group) != "attvalues":
            continue
        for value in group:
            key = value.get("for") or value.get("id") or ""
            found[titles.get(key, key)] = (value.get("value") or "").strip()
    return found


def _periods(element: Element) -> list[Thing]:
    """When a node or edge of a dynamic graph is there; a missing date leaves it open."""
    return [
        {"start": spell.get("start") or spell.get("startopen") or "",
         "end": spell.get("end") or spell.get("endopen") or ""}
        for group in element if _name(group) in {"spells", "slices"}
        for spell in group
    ]  # fmt: skip


def _period(element: Element) -> Thing:
    """From the first to the last of an element's periods."""
    periods = _periods(element)
    starts = [one["start"] for one in periods]
    ends = [one["end"] for one in periods]
    found = {}
    if starts and all(starts):
        found["start"] = min(starts, key=_in_time)
    if ends and all(ends):
        found["end"] = max(ends, key=_in_time)
    return found


def _in_time(text: str) -> tuple[float, str]:
    """Moments of dynamic graphs are dates or figures."""
    try:
        return float(text), ""
    except ValueError:
        return 0.0, text


def _changing(root: Element) -> Iterator[str]:
    """What of a dynamic graph has no place in one record, as sentences without their place."""
    things = [one for one in root.iter() if _name(one) in {"node", "edge"}]
    several = sum(len(_periods(one)) > 1 for one in things)
    if several:
        yield plural(
            "{count} node or edge is there in several periods and is read from the first to the "
            "last",
            "{count} nodes or edges are there in several periods and are read from the first to "
            "the last",
            several,
        )
    values = [
        [value.get("for") or "" for value in group]
        for one in things for group in one if _name(group) == "attvalues"
    ]  # fmt: skip
    turned = sum(len(one) > len(set(one)) for one in values)
    if turned:
        yield plural(
            "{count} node or edge has values that change over time; the last one counts",
            "{count} nodes or edges have values that change over time; the last ones count",
            turned,
        )


def _without(values: Thing, own: Thing) -> Thing:
    """Values that do not just repeat the node's own label."""
    return {key: text for key, text in values.items() if own.get(key) != text}


def _edge(element: Element, values: Thing, *, is_directed: bool, defaults: Thing) -> Thing:
    own = _period(element) | {
        key: element.get(key, "")
        for key in ("label", "kind", "weight", "start", "end")
        if element.get(key)
    }
    return {
        "id": element.get("id", ""),
        "source": element.get("source", ""),
        "target": element.get("target", ""),
        "direction": "directed" if is_directed else "undirected",
        **own,
        **_without(defaults | values, own),
    }


def _table(role: Role, place: str, things: list[Thing], limits: Limits) -> ForeignTable:
    columns = list(dict.fromkeys(key for thing in things for key in thing))
    title = tr("nodes") if role == "nodes" else tr("edges")
    where = tr("{file}, {part}", file=place, part=title)
    check_shape(where, len(things) + 1, len(columns), limits)
    rows = tuple(
        SourceRow(number, tuple(thing.get(column, "") for column in columns))
        for number, thing in enumerate(things, 1)
    )
    return ForeignTable(title, where, tuple(columns), rows, role)
