"""Measures of the network in a briefing: in words, with what they stand for, reckoned on the copy.

Who alone joins others, or stands alone, is told only to those who see everything: in a copy there
may be a way that it does not hold. Others read who meets whom, who reaches whom and by what trust,
and that the copy is all that was looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from exporters.pdf.analyses import add_grid
from model.analysis.facts import Facts
from model.analysis.rules import DEFAULT_THRESHOLDS
from model.analysis.views import VIEWS
from model.redaction import sees_everything
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exporters.pdf.flow import Flow
    from exporters.request import Pack
    from model.analysis.views.grid import Grid
    from model.analysis.views.view import View

_MEASURES: Final = ("brokers", "single_points", "reach", "isolated", "circles", "trusted")
_ABOUT_ABSENCE: Final = frozenset({"single_points", "isolated"})
_ONLY_WAY: Final = 1
"""The column of the brokers that says for whom there is no other way."""
_MOST_ROWS: Final = 20
_WITH_TABLE: Final = 150.0
"""Room for a heading, what the measure asks, and the head and first rows of its table."""
_BULLET: Final = 18.0


def measures_section(flow: Flow, pack: Pack) -> None:
    """All measures that have something to say to the audience."""
    flow.section(tr("Measures of the network"))
    found = list(_found(pack))
    flow.text(found[0][1].caveat)
    if not sees_everything(pack.request.audience):
        flow.text(
            tr(
                "They are reckoned on what this pack holds; there may be linkages and ways that "
                "it does not hold. Who alone joins others is therefore not told."
            )
        )
    for view, grid in found:
        flow.heading(view.title, below=_WITH_TABLE + _BULLET * len(grid.summary))
        flow.text(view.asks)
        flow.bullets(grid.summary)
        flow.gap(6)
        add_grid(flow, msgspec.structs.replace(grid, rows=grid.rows[:_MOST_ROWS]))
        left = len(grid.rows) - _MOST_ROWS
        if left > 0:
            text = plural("{count} more is left out.", "{count} more are left out.", left)
            flow.text(text)


def has_measures(pack: Pack) -> bool:
    """Whether any measure has something to say to the audience."""
    return any(True for _ in _found(pack))


def _found(pack: Pack) -> Iterable[tuple[View, Grid]]:
    whole = sees_everything(pack.request.audience)
    facts = Facts(pack.tables, pack.request.as_of, DEFAULT_THRESHOLDS)
    for name in _MEASURES:
        if whole or name not in _ABOUT_ABSENCE:
            grid = VIEWS[name].make(facts)
            if name == "circles":  # its sentence is about what can be done in the window
                grid = msgspec.structs.replace(grid, summary=())
            if not whole:
                grid = _partial(grid, _ONLY_WAY if name == "brokers" else -1)
            if grid.rows:
                yield VIEWS[name], grid


def _partial(grid: Grid, without: int) -> Grid:
    """The grid without what it says about absence, and without a column."""
    stay = [at for at in range(len(grid.columns)) if at != without]
    rows = tuple(
        msgspec.structs.replace(
            row,
            cells=tuple(
                msgspec.structs.replace(row.cells[at], text="–")
                if row.cells[at].mark == "gap"
                else row.cells[at]
                for at in stay
            ),
        )
        for row in grid.rows
    )
    kept = tuple(grid.columns[at] for at in stay)
    return msgspec.structs.replace(grid, columns=kept, rows=rows, summary=())
