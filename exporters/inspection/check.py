"""Which inspection belongs to which kind of output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.inspection.document import inspect_pdf
from exporters.inspection.plain import (
    inspect_calendar,
    inspect_csv,
    inspect_document_json,
    inspect_graph,
    inspect_png,
    inspect_svg,
)
from exporters.inspection.workbook import inspect_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_INSPECTIONS: Final[dict[str, Callable[[Path], Iterator[str]]]] = {
    "xlsx": inspect_workbook,
    "csv": inspect_csv,
    "document-json": inspect_document_json,
    "svg": inspect_svg,
    "png": inspect_png,
    "timeline-svg": inspect_svg,
    "timeline-png": inspect_png,
    "graphml": inspect_graph,
    "gexf": inspect_graph,
    "ics": inspect_calendar,
}


def findings_in(kind: str, path: Path, password: str = "") -> list[str]:
    """What should not be in an output, in words for the program's keepers; empty when all is well.

    The words name parts of the file, never its content.
    """
    if kind == "pdf":
        return list(inspect_pdf(path, password))
    return list(_INSPECTIONS[kind](path))
