"""GEXF 1.3 (gexf.net) for Gephi; without the date and the creator that others write into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement

from exporters.exchange.graph import as_file, network
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.exchange.graph import Item, Network
    from exporters.progress import Progress
    from exporters.request import Pack

_SPACE: Final = "http://gexf.net/1.3"


def write_gexf(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write actors and linkages as GEXF."""
    progress.report(0.0, tr("Writing the network"))
    path.write_bytes(gexf_bytes(network(pack)))
    return ()


def gexf_bytes(net: Network) -> bytes:
    """The GEXF of a network, the same bytes for the same network."""
    root = Element("gexf", xmlns=_SPACE, version="1.3")
    meta = SubElement(root, "meta")
    SubElement(meta, "description").text = "  ·  ".join(net.facts.values())
    graph = SubElement(root, "graph", mode="static", defaultedgetype="directed")
    node_keys = _declare(graph, "node", net.node_names())
    edge_keys = _declare(graph, "edge", net.edge_names())
    nodes = SubElement(graph, "nodes")
    for item in net.nodes:
        node = SubElement(nodes, "node", id=item.id, label=item.label)
        _values(node, item, node_keys)
    edges = SubElement(graph, "edges")
    for item in net.edges:
        ends = {"id": item.id, "source": item.source, "target": item.target, "label": item.label}
        _values(SubElement(edges, "edge", ends), item, edge_keys)
    return as_file(root)


def _declare(graph: Element, domain: str, names: list[str]) -> dict[str, str]:
    listed = SubElement(graph, "attributes", {"class": domain})
    keys = {name: f"{domain[0]}{number}" for number, name in enumerate(names)}
    for name, key in keys.items():
        SubElement(listed, "attribute", id=key, title=name, type="string")
    return keys


def _values(element: Element, item: Item, keys: dict[str, str]) -> None:
    values = SubElement(element, "attvalues")
    for name, text in item.attributes.items():
        SubElement(values, "attvalue", {"for": keys[name], "value": text})
