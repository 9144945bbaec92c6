"""Cutting shaped text between its lines, where a page ends; nothing is shaped anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from model.drawing.text import TextBlock


def split_block(block: TextBlock, room: float) -> tuple[TextBlock | None, TextBlock | None]:
    """The lines of a block that fit into a height, and the others moved up."""
    per_line = block.height / max(1, len(block.lines))
    count = int(room / per_line)
    if count < 1:
        return None, block
    if count >= len(block.lines):
        return block, None
    first, rest = block.lines[:count], block.lines[count:]
    shift = count * per_line
    moved = tuple(msgspec.structs.replace(line, baseline=line.baseline - shift) for line in rest)
    upper = msgspec.structs.replace(block, lines=first, height=shift)
    return upper, msgspec.structs.replace(block, lines=moved, height=block.height - shift)
