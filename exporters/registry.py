"""Which exporter writes which kind of output; each is imported only when it is wanted."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast, get_args

from exporters.request import OutputKind
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack

    Writer = Callable[[Pack, Path, Progress], tuple[str, ...]]

_WRITERS: Final[dict[OutputKind, tuple[str, str]]] = {
    "pdf": ("exporters.pdf.briefing", "write_briefing"),
    "xlsx": ("exporters.excel.workbook", "write_workbook"),
    "csv": ("exporters.csv_tables", "write_csv"),
    "document-json": ("exporters.document_json", "write_document_json"),
    "svg": ("exporters.images.pictures", "write_svg"),
    "png": ("exporters.images.pictures", "write_png"),
    "timeline-svg": ("exporters.images.timeline_pictures", "write_timeline_svg"),
    "timeline-png": ("exporters.images.timeline_pictures", "write_timeline_png"),
    "graphml": ("exporters.exchange.graphml", "write_graphml"),
    "gexf": ("exporters.exchange.gexf", "write_gexf"),
    "ics": ("exporters.exchange.calendar", "write_calendar"),
}
OUTPUT_KINDS: Final[tuple[OutputKind, ...]] = get_args(OutputKind)
FOLDER_KINDS: Final[frozenset[OutputKind]] = frozenset({"csv"})
"""Kinds that write a folder instead of a file."""


def writer(kind: str) -> Writer:
    """The function that writes outputs of a kind.

    Raises:
        Refusal: when there is no such kind.
    """
    entry = next((place for name, place in _WRITERS.items() if name == kind), None)
    if entry is None:
        known = ", ".join(OUTPUT_KINDS)
        raise Refusal(
            "output", tr("“{kind}” cannot be exported; choose of {known}.", kind=kind, known=known)
        )
    module, name = entry
    return cast("Writer", getattr(import_module(module), name))
