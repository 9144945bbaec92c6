"""Analyses and further records in a briefing: grids of words, and plain tables by field.

Analyses are computed on the copy, as warnings are. Those whose point is what is missing are left
to audiences that see everything: a copy cannot tell what does not exist from what it does not hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.pdf.tables import Column, Piece, add_table, cell, fitted
from exporters.wording import LIST_SEPARATOR, mark_text, value_text
from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.views import VIEWS
from model.codes import CODE_LISTS
from model.fields import FIELDS, TABLE_SPECS
from model.redaction import sees_everything
from resources.text import joined, noted, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.pdf.flow import Flow
    from exporters.pdf.tables import Cell
    from exporters.request import Pack
    from model.analysis.views.grid import Cell as Found
    from model.analysis.views.grid import Grid
    from model.records import Record

_ABOUT_ABSENCE: Final = frozenset({"blind_spots", "channels", "spheres"})
_WIDEST: Final = 5
"""A grid of more columns is written as a list, since a page is only so wide."""
_JUDGED: Final = ("F", "6")

ANALYSES: Final = ("spheres", "channels", "blind_spots", "parallel")
"""Sections that are analyses."""
RECORD_TABLES: Final[dict[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "mandates": (
        ("mandates", ("holder_id", "issuer_id", "process_id", "text_reference", "start", "end")),
    ),
    "relations": (
        ("trust", ("from_id", "to_id", "level", "date", "view_of")),
        ("impartiality", ("party_id", "third_party_id", "view", "date", "view_of")),
        ("consents", ("party_id", "process_id", "mediator_id", "state", "date")),
        ("stances", ("actor_id", "process_id", "stance", "influence", "date", "view_of")),
    ),
    "context": (
        ("dividers", ("title", "side", "category", "actor_ids", "reviewed_on")),
        ("divider_tests", ("activity_id", "divider_id", "effect", "reasoning", "options", "date")),
        ("signals", ("text", "actor_id", "date")),
    ),
    "decisions": (("decisions", ("title", "date", "decided_by", "options", "reason")),),
    "claims": (("claims", ("target_id", "field", "value", "view_of", "date")),),
}
"""Sections of plain records: their tables, and the fields of each."""
_TITLES: Final = {
    "mandates": "Mandates",
    "relations": "Trust, impartiality, consent and stances",
    "context": "Dividers, connectors and signals",
    "decisions": "Decisions",
    "claims": "Differing views",
}
_SHARES: Final = {"long_text": 34.0, "text": 26.0, "references": 26.0, "reference": 22.0}


def records_section(flow: Flow, pack: Pack, section: str) -> None:
    """Records of some tables as they are, with their marks and the grade of their source."""
    flow.section(tr(_TITLES[section]))
    wanted = [one for one in RECORD_TABLES[section] if pack.tables.table(one[0])]
    for table, fields in wanted:
        if len(wanted) > 1:
            flow.heading(TABLE_SPECS[table].title)
        specs = [FIELDS[table][name] for name in fields]
        columns = [Column(spec.title, _SHARES.get(spec.kind, 15.0)) for spec in specs]
        rows = []
        for record in pack.tables.table(table).values():
            texts = [value_text(pack.tables, record, spec, _listed) for spec in specs]
            first = cell(texts[0], mark_text(record), detail=grade_text(record), role="strong")
            rows.append([first, *(cell(text) for text in texts[1:])])
        add_table(flow, columns, rows)


def grade_text(record: Record) -> str:
    """The Admiralty grade and where the source says it; empty where neither is known."""
    parts = []
    if (record.reliability, record.credibility) != _JUDGED:
        names = (
            CODE_LISTS["source_reliability"].label(record.reliability),
            CODE_LISTS["credibility"].label(record.credibility),
        )
        parts.append(noted(f"{record.reliability}{record.credibility}", joined(names)))
    if record.source_ref:
        parts.append(record.source_ref)
    return joined(parts, "  ·  ")


def has_analysis(pack: Pack, section: str) -> bool:
    """Whether an analysis may and can say anything in this pack."""
    if section in _ABOUT_ABSENCE and not sees_everything(pack.request.audience):
        return False
    return bool(_grid(pack, section).rows)


def analysis_section(flow: Flow, pack: Pack, section: str) -> None:
    """One analysis with its question, what stands out, and its grid."""
    view = VIEWS[section]
    grid = _grid(pack, section)
    flow.section(view.title)
    flow.text(view.asks)
    flow.bullets(grid.summary)
    flow.gap(6)
    add_grid(flow, grid)


def add_grid(flow: Flow, grid: Grid) -> None:
    """A grid as a table, or as a list where it has too many columns for a page."""
    if len(grid.columns) > _WIDEST:
        _as_list(flow, grid)
        return
    titles = [grid.corner, *(one.text for one in grid.columns)]
    rows = [[_title(row.title), *map(_cell, row.cells)] for row in grid.rows]
    add_table(flow, fitted(flow.kit, titles, rows), rows)


def _as_list(flow: Flow, grid: Grid) -> None:
    columns = (Column(grid.corner, 28), Column("", 72))
    rows: list[Sequence[Cell]] = []
    for row in grid.rows:
        pieces = [
            Piece(joined((head.text, one.text), ": "))
            for head, one in zip(grid.columns, row.cells, strict=True)
            if one.text.strip() not in {"", "–"}
        ]
        rows.append([_title(row.title), tuple(pieces)])
    add_table(flow, columns, rows)


def _listed(parts: Iterable[str]) -> str:
    return joined(parts, LIST_SEPARATOR)


def _grid(pack: Pack, section: str) -> Grid:
    return VIEWS[section].make(Facts(pack.tables, pack.request.as_of, DEFAULT_THRESHOLDS))


def _title(found: Found) -> Cell:
    return (Piece(found.text, "strong"),)


def _cell(found: Found) -> Cell:
    return (Piece(found.text),) if found.text else ()
