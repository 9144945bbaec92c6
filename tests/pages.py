"""What stands on laid-out pages of a briefing, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.drawing.primitives import Group, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exporters.pdf.pages import Page
    from model.drawing.primitives import Primitive


def words_of(pages: Iterable[Page]) -> str:
    """All text on the pages, lines of a label joined."""
    return "\n".join(_labels(item for page in pages for item in page.items))


def _labels(items: Iterable[Primitive]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Label):
            yield " ".join(line.text for line in item.block.lines)
        elif isinstance(item, Group):
            yield from _labels(item.children)
