"""What every analysis gives: a grid of words, each cell with the records that it speaks of."""

from __future__ import annotations

from typing import Literal

import msgspec

from model.analysis.finding import Target

Mark = Literal["", "good", "doubt", "gap", "alarm"]
"""What a cell means beyond its words; the words say it too."""


class Cell(msgspec.Struct, frozen=True):
    """A few words, what they mean and what they are about.

    Attributes:
        text: what stands in the cell; never empty where the mark says something.
        mark: good (there), doubt (there, but quiet or uncertain), gap (missing), alarm.
        targets: the records that it speaks of.
        more: the whole of it, for tool tips and screen readers; the text when empty.
        key: what the cell stands for, for actions on it, such as (category, track).
        proposes: a name for a group of the actors among the targets, which somebody may accept.
    """

    text: str = ""
    mark: Mark = ""
    targets: tuple[Target, ...] = ()
    more: str = ""
    key: tuple[str, ...] = ()
    proposes: str = ""


class Row(msgspec.Struct, frozen=True):
    """A heading and the cells beside it, one for each column."""

    title: Cell
    cells: tuple[Cell, ...]


class Grid(msgspec.Struct, frozen=True):
    """The result of an analysis as of a day.

    Attributes:
        corner: what the headings of the rows are.
        columns: headings of the columns.
        rows: the rows in their order.
        summary: what stands out, in sentences.
        empty: what to record so that something can be shown, where there is nothing.
        caveat: what the figures stand for and how far they can be trusted.
    """

    corner: str
    columns: tuple[Cell, ...]
    rows: tuple[Row, ...]
    summary: tuple[str, ...] = ()
    empty: str = ""
    caveat: str = ""


def columns(*titles: str) -> tuple[Cell, ...]:
    """Headings without targets."""
    return tuple(Cell(title) for title in titles)
