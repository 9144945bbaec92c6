"""Paper and type: page sizes, margins and the type scale of briefings, in points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.drawing.text import TextStyle

if TYPE_CHECKING:
    from exporters.request import Recipe

A4: Final = (595.28, 841.89)
LETTER: Final = (612.0, 792.0)
_SHEETS: Final = {
    "A4": ((841.89, 595.28), (1190.55, 841.89)),
    "letter": ((792.0, 612.0), (1224.0, 792.0)),
}
"""Sheets across by paper: A4 and A3, Letter and Tabloid, which is what offices can print."""

SIDE: Final = 56.0
TOP: Final = 82.0
BOTTOM: Final = 74.0
HEADER: Final = 44.0
"""Distance of the middle of the running head from the top, and of the foot from the bottom."""

DISPLAY: Final = TextStyle(32, bold=True, line_spacing=1.15)
TITLE: Final = TextStyle(20, bold=True, line_spacing=1.2)
HEADING: Final = TextStyle(12, bold=True, line_spacing=1.25)
LEAD: Final = TextStyle(13, line_spacing=1.45)
BODY: Final = TextStyle(10, line_spacing=1.5)
BODY_BOLD: Final = TextStyle(10, bold=True, line_spacing=1.5)
CELL: Final = TextStyle(8.5, line_spacing=1.35)
CELL_BOLD: Final = TextStyle(8.5, bold=True, line_spacing=1.35)
SMALL: Final = TextStyle(7.5, line_spacing=1.35)
SMALL_BOLD: Final = TextStyle(7.5, bold=True, line_spacing=1.35)
RUNNING: Final = TextStyle(8.5, line_spacing=1.3)
MARKING: Final = TextStyle(12, bold=True)
"""The TLP label: 12 pt is the least that TLP 2.0 allows."""
FIGURE: Final = TextStyle(26, bold=True, line_spacing=1.1)


def page_size(name: str) -> tuple[float, float]:
    """Width and height of a text page."""
    return LETTER if name == "letter" else A4


def sheets(recipe: Recipe) -> tuple[tuple[float, float], ...]:
    """Sheets across on which pictures may stand, the smaller one first."""
    both = _SHEETS["letter" if recipe.page == "letter" else "A4"]
    return both[:1] if recipe.inserts == "same" else both
