"""GraphML (graphml.graphdrawing.org) for Gephi, yEd, Cytoscape, networkx and igraph."""

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

_SPACE: Final = "http://graphml.graphdrawing.org/xmlns"


def write_graphml(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write actors and linkages as GraphML."""
    progress.report(0.0, tr("Writing the network"))
    path.write_bytes(graphml_bytes(network(pack)))
    return ()


def graphml_bytes(net: Network) -> bytes:
    """The GraphML of a network, the same bytes for the same network."""
    root = Element("graphml", xmlns=_SPACE)
    keys = {
        (domain, name): f"{domain[0]}{number}"
        for domain, names in (
            ("graph", list(net.facts)),
            ("node", ["label", *net.node_names()]),
            ("edge", ["label", *net.edge_names()]),
        )
        for number, name in enumerate(names)
    }
    for (domain, name), key in keys.items():
        known = {"id": key, "for": domain, "attr.name": name, "attr.type": "string"}
        SubElement(root, "key", known)
    graph = SubElement(root, "graph", id="G", edgedefault="directed")
    for name, text in net.facts.items():
        _data(graph, keys["graph", name], text)
    for node in net.nodes:
        _fill(SubElement(graph, "node", id=node.id), "node", node, keys)
    for edge in net.edges:
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        _fill(SubElement(graph, "edge", ends), "edge", edge, keys)
    return as_file(root)


def _fill(element: Element, domain: str, item: Item, keys: dict[tuple[str, str], str]) -> None:
    for name, text in {"label": item.label, **item.attributes}.items():
        _data(element, keys[domain, name], text)


def _data(element: Element, key: str, text: str) -> None:
    SubElement(element, "data", key=key).text = text
