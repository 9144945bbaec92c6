"""Notes on the map: slips of paper, free or pinned to a card or linkage.

A free note lies at its placement in project units of the whole map. A pinned note's placement
counts from the top left corner of the card or of the group's name, or from the middle of the line,
that it is pinned to: so it goes where that goes. Notes without a placement are not on the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from model.drawing.colours import mixed
from model.drawing.estimate import line_count
from model.drawing.primitives import Fill, Group, Label, Polyline, Primitive, Rect, Stroke
from model.drawing.style import text_style
from model.drawing.text import TextStyle

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.drawing.boxes import Box
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine
    from model.tables import Tables

    Anchor = Callable[[str, str], tuple[float, float] | None]

WIDTH = 192.0
_PAD = 10.0
_MAX_LINES = 12
_FOLD = 12.0
_AFAR, _LEAST_AFAR = 10.0, 36.0
"""Size of type of words on slips seen from afar, and how wide these have to be, in pixels."""
_PAPER = "#e8b93a"


class NoteCard(msgspec.Struct, frozen=True):
    """A note as it lies on the map; `origin` is where its placement counts from."""

    id: str
    text: str
    x: float
    y: float
    height: float
    lines: int
    origin: tuple[float, float]
    is_pinned: bool

    @property
    def box(self) -> Box:
        """Left, top, right, bottom."""
        return self.x, self.y, self.x + WIDTH, self.y + self.height


def note_cards(tables: Tables, anchor: Anchor, *, shown: bool = True) -> dict[str, NoteCard]:
    """The notes that lie on the map.

    Args:
        tables: the project.
        anchor: where notes pinned to (table, id) count from; None where that is not shown.
        shown: whether notes are shown at all.
    """
    found = {}
    for note in tables.notes.values() if shown else ():
        placement = tables.placements.get(note.id)
        if placement is None:
            continue
        origin = anchor(note.target_table, note.target_id) if note.target_id else (0.0, 0.0)
        if origin is not None:
            lines = note_lines(note.text)
            height = note_height(lines)
            x, y = origin[0] + placement.x, origin[1] + placement.y
            is_pinned = bool(note.target_id)
            found[note.id] = NoteCard(note.id, note.text, x, y, height, lines, origin, is_pinned)
    return found


def note_lines(text: str) -> int:
    """How many lines of a slip a text takes; longer ones are cut, visibly."""
    size = text_style("card-detail").size
    paragraphs = text.splitlines() or [""]
    count = sum(max(1, line_count(one, size, WIDTH - 2 * _PAD, _MAX_LINES)) for one in paragraphs)
    return min(count, _MAX_LINES)


def note_height(lines: int) -> float:
    """Height of a slip with so many lines."""
    style = text_style("card-detail")
    return 2 * _PAD + lines * style.size * style.line_spacing


def note_group(note: NoteCard, style: StyleSheet, engine: TextEngine) -> Group:
    """The slip with a folded corner, and a thin line to what it is pinned to."""
    paper, ink = mixed(style.surface, _PAPER, 0.28), style.ink
    edge = Stroke(mixed(style.surface, _PAPER, 0.75), 1.0)
    left, top, right, bottom = note.box
    shapes: list[Primitive] = []
    if note.is_pinned:
        nearest = (max(left, min(note.origin[0], right)), max(top, min(note.origin[1], bottom)))
        dots = Stroke(style.muted_ink, 1.0, (2.0, 3.0))
        shapes.append(Polyline((*note.origin, *nearest), dots))
    corners = (left, top, right - _FOLD, top, right, top + _FOLD, right, bottom, left, bottom)
    shapes.append(Polyline(corners, edge, Fill(paper), True))
    fold = (right - _FOLD, top, right - _FOLD, top + _FOLD, right, top + _FOLD)
    shapes.append(Polyline(fold, edge, Fill(mixed(paper, style.ink, 0.12)), True))
    block = engine.layout(note.text, text_style("card-detail"), WIDTH - 2 * _PAD, note.lines)
    shapes.append(Label(left + _PAD, top + _PAD, block, ink))
    return Group(key=f"note:{note.id}", children=tuple(shapes), alt=note.text, record_id=note.id)


def note_block(
    note: NoteCard, style: StyleSheet, engine: TextEngine | None = None, scale: float = 0.0
) -> Group:
    """The slip as it is seen from afar; at a scale with its first words, as far as they fit."""
    left, top, right, bottom = note.box
    paper = Fill(mixed(style.surface, _PAPER, 0.5))
    slip = Rect(left, top, right - left, bottom - top, 2, None, paper)
    if engine is None:
        return Group(key="", children=(slip,))
    size, pad = _AFAR / scale, 3.0 / scale
    look = TextStyle(size)
    rows = int((bottom - top - pad) / (size * look.line_spacing))
    if rows < 1 or (right - left) * scale < _LEAST_AFAR:
        return Group(key="", children=(slip,))
    block = engine.layout(" ".join(note.text.split()), look, right - left - 2 * pad, rows)
    words = Label(left + pad, (top + bottom) / 2, block, style.ink, vertical="middle")
    return Group(key="", children=(slip, words))
