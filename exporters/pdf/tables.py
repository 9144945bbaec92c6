"""Tables on paper: columns by share, rows kept whole, heads repeated, tall rows split by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from exporters.pdf.flow import kept_together
from exporters.pdf.lines import split_block
from exporters.pdf.paper import CELL, CELL_BOLD, SIDE, SMALL, SMALL_BOLD, page_size
from model.drawing.primitives import Fill, Icon, Label, Primitive, Rect, Stroke

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.pdf.flow import Flow
    from exporters.pdf.pages import Kit
    from model.drawing.text import TextBlock

Role = Literal["text", "strong", "muted", "badge"]

_PAD_X: Final = 6.0
_PAD_Y: Final = 5.0
_LEAST_SPLIT: Final = 40.0
_BADGE_PAD: Final = 4.0
_BADGE_GAP: Final = 2.0
_ICON: Final = 10.0
_WISHED: Final = 200.0
"""No column asks for more than this; longer texts take several lines."""
_STYLES: Final = {"text": CELL, "strong": CELL_BOLD, "muted": SMALL, "badge": SMALL}


@dataclass(frozen=True)
class Piece:
    """Text in a cell. A badge is a mark such as "not checked": framed, not by colour alone.

    `icon` stands before the text; `colour` replaces that of the role.
    """

    text: str
    role: Role = "text"
    icon: str = ""
    colour: str = ""


Cell = tuple[Piece, ...]
"""The pieces of a cell, one below the other."""


@dataclass(frozen=True)
class Column:
    """A heading and the share of the width that the column takes."""

    title: str
    share: float


def cell(text: str, *badges: str, detail: str = "", role: Role = "text") -> Cell:
    """A cell of a text, a detail in small type below it, and badges; empty parts are left out."""
    pieces = [Piece(text, role)] if text else []
    pieces += [Piece(detail, "muted")] if detail else []
    pieces += [Piece(badge, "badge") for badge in badges if badge]
    return tuple(pieces)


def add_table(flow: Flow, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Lay a table out on the flow's pages; columns without any content are left out."""
    listed = list(rows)
    kept = [at for at in range(len(columns)) if any(row[at] for row in listed)]
    with flow.inside("Table"):
        table = _Table(flow, [columns[at] for at in kept])
        table.add_rows([[row[at] for at in kept] for row in listed])
    flow.y += 6


def fitted(kit: Kit, titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[Column]:
    """Columns as wide as their texts ask for, and never narrower than a word if that is possible.

    Where not everything has room, what is long gives way, down to its longest word.
    """
    return [
        Column(title, share)
        for title, share in zip(titles, _shares(kit, titles, rows), strict=True)
    ]


def _shares(kit: Kit, titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[float]:
    least, wished = [], []
    for at, title in enumerate(titles):
        texts = [Piece(title, "strong"), *(piece for row in rows for piece in row[at])]
        pad = 2 * _PAD_X + max((_ICON + 4 for one in texts if one.icon), default=0.0)
        least.append(pad + max(_widest_word(kit, one) for one in texts))
        wished.append(pad + min(max(_width(kit, one.text, one.role) for one in texts), _WISHED))
    whole = page_size(kit.pack.request.recipe.page)[0] - 2 * SIDE
    if sum(wished) <= whole or sum(least) >= whole:
        return wished if sum(wished) <= whole else least
    part = (whole - sum(least)) / max(sum(wished) - sum(least), 1.0)
    return [low + (high - low) * part for low, high in zip(least, wished, strict=True)]


def _widest_word(kit: Kit, piece: Piece) -> float:
    return max((_width(kit, word, piece.role) for word in piece.text.split()), default=0.0)


def _width(kit: Kit, text: str, role: Role) -> float:
    return kit.engine.measure(text, _STYLES[role])[0] + 0.5


@dataclass(frozen=True)
class _Laid:
    """A piece with its shaped text and its height, padding of badges included."""

    piece: Piece
    block: TextBlock

    @property
    def height(self) -> float:
        extra = 2 * _BADGE_GAP + 2.0 if self.piece.role == "badge" else 0.0
        return self.block.height + extra


class _Table:
    def __init__(self, flow: Flow, columns: Sequence[Column]) -> None:
        self._flow = flow
        self._kit = flow.kit
        total = sum(column.share for column in columns)
        self._titles = [column.title for column in columns]
        self._widths = [flow.column * column.share / total for column in columns]

    def add_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Add all rows; none of the first two and of the last two is alone on a page."""
        every = [
            [self._laid(one, width) for one, width in zip(row, self._widths, strict=True)]
            for row in rows
        ]
        heights = [_height(laid) for laid in every]
        most = self._flow.full_room - self._head_height()
        for at, laid in enumerate(every):
            self._add(laid, kept_together(heights, at, most), is_first=at == 0)

    def _add(self, laid: list[list[_Laid]], together: float, *, is_first: bool) -> None:
        """Add a row that has room with what is kept with it; a new page gets the head again."""
        height = _height(laid)
        head = self._head_height()
        flow = self._flow
        keys = self._new_keys()
        if is_first:
            flow.need(head + min(together, flow.full_room - head))
            self._draw_head(self._new_keys())
        elif together > flow.room:
            if height > flow.full_room - head and flow.room > head + _LEAST_SPLIT:
                pass  # a row higher than any page begins where it is
            else:
                flow.new_page()
                self._draw_head()
        while height > flow.room:
            upper, laid = _split(laid, flow.room - 2 * _PAD_Y)
            self._draw(upper, _height(upper), keys)
            flow.new_page()
            self._draw_head()
            height = _height(laid)
        self._draw(laid, height, keys)

    def _laid(self, one: Cell, width: float) -> list[_Laid]:
        inner = width - 2 * _PAD_X
        found = []
        for piece in one:
            room = inner - (_ICON + 4 if piece.icon else 0) - (8 if piece.role == "badge" else 0)
            found.append(_Laid(piece, self._kit.block(piece.text, _STYLES[piece.role], room)))
        return found

    def _head_height(self) -> float:
        blocks = self._head_blocks()
        return max((block.height for block in blocks), default=0.0) + 2 * _PAD_Y

    def _head_blocks(self) -> list[TextBlock]:
        return [
            self._kit.block(title, SMALL_BOLD, width - 2 * _PAD_X)
            for title, width in zip(self._titles, self._widths, strict=True)
        ]

    def _new_keys(self) -> list[int]:
        """Numbers of a row and its cells, the same on every page that the row goes on."""
        return [self._flow.new_number() for _ in range(len(self._widths) + 1)]

    def _draw_head(self, keys: list[int] | None = None) -> None:
        """Draw the head; without keys it repeats the one before and is decoration."""
        flow, style = self._flow, self._kit.style
        height = self._head_height()
        x = flow.left
        ground = Rect(x, flow.y, flow.column, height, fill=Fill(style.bands["unknown"].header))
        flow.add(ground, decoration=True)
        for at, (block, width) in enumerate(zip(self._head_blocks(), self._widths, strict=True)):
            top = flow.y + height - _PAD_Y - block.height
            inner = width - 2 * _PAD_X
            label = self._kit.placed(block, x + _PAD_X, top, inner, style.muted_ink)
            x += width
            if keys is None:
                flow.add(label, decoration=True)
                continue
            with flow.inside("TR", keys[0]), flow.inside("TH", keys[at + 1]):
                flow.add(label)
        flow.y += height

    def _draw(self, laid: list[list[_Laid]], height: float, keys: list[int]) -> None:
        flow = self._flow
        x = flow.left
        for key, pieces, width in zip(keys[1:], laid, self._widths, strict=True):
            y = flow.y + _PAD_Y
            with flow.inside("TR", keys[0]), flow.inside("TD", key):
                for one in pieces:
                    flow.add(*_shapes(self._kit, one, x + _PAD_X, y, width - 2 * _PAD_X))
                    y += one.height
            x += width
        flow.y += height
        line = self._kit.line(flow.left, flow.y, flow.left + flow.column)
        flow.add(line, decoration=True)


def _height(laid: list[list[_Laid]]) -> float:
    return max((sum(one.height for one in pieces) for pieces in laid), default=0.0) + 2 * _PAD_Y


def _shapes(kit: Kit, laid: _Laid, x: float, y: float, width: float) -> list[Primitive]:
    piece, block = laid.piece, laid.block
    if piece.role == "badge":
        return badge(kit, block, x, y + _BADGE_GAP)
    muted = piece.role == "muted"
    colour = piece.colour or (kit.style.muted_ink if muted else kit.style.ink)
    if not piece.icon:
        return [kit.placed(block, x, y, width, colour)]
    step = _ICON + 4
    return [
        Icon(piece.icon, x, y + 0.5, _ICON, colour),
        kit.placed(block, x + step, y, width - step, colour),
    ]


def badge_width(block: TextBlock) -> float:
    """How wide the frame of a mark is."""
    return block.width + 2 * _BADGE_PAD


def badge(kit: Kit, block: TextBlock, x: float, y: float) -> list[Primitive]:
    """A mark in a dashed frame, legible without colour."""
    look = kit.style.severity("medium")
    frame = Rect(
        x,
        y,
        badge_width(block),
        block.height + 2,
        radius=3,
        stroke=Stroke(look.colour, 0.7, (2.0, 1.4)),
        fill=Fill(look.tint),
    )
    return [frame, Label(x + _BADGE_PAD, y + 1, block, kit.style.ink)]


def _split(laid: list[list[_Laid]], room: float) -> tuple[list[list[_Laid]], list[list[_Laid]]]:
    """What fits into a height and what does not; at least one line goes into the upper part."""
    upper: list[list[_Laid]] = []
    lower: list[list[_Laid]] = []
    for pieces in laid:
        fitting, rest = _split_cell(pieces, room)
        upper.append(fitting)
        lower.append(rest)
    if not any(upper):
        return laid, [[] for _ in laid]
    return upper, lower


def _split_cell(pieces: list[_Laid], room: float) -> tuple[list[_Laid], list[_Laid]]:
    used = 0.0
    for at, one in enumerate(pieces):
        if used + one.height <= room:
            used += one.height
            continue
        head, tail = split_block(one.block, room - used)
        fitting = pieces[:at] + ([_Laid(one.piece, head)] if head is not None else [])
        rest = ([_Laid(one.piece, tail)] if tail is not None else []) + pieces[at + 1 :]
        return fitting, rest
    return pieces, []
