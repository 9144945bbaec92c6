"""The colours of values: different ones for what has no order, ever stronger ones for what has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.drawing.colours import mixed

if TYPE_CHECKING:
    from model.drawing.style import StyleSheet

CLASSES: Final = 4
UNKNOWN: Final = "unknown"
_NOMINAL: Final = (
    *("party", "state", "mediator", "civil_society", "support", "economy"),
    *("women_and_youth", "local", "intergovernmental", "armed"),
)
DIFFERENT: Final = len(_NOMINAL)
"""So many values have a colour of their own."""
_SEQUENCE: Final = "mediator"


def tone_colour(tone: str, style: StyleSheet) -> str:
    """The colour of a tone in a style."""
    if tone == UNKNOWN:
        return style.muted_ink
    kind, number = tone[0], int(tone[1:])
    if kind == "n":
        return style.families[_NOMINAL[number % len(_NOMINAL)]].colour
    pale = 0.68 * (1 - number / CLASSES)
    return mixed(style.families[_SEQUENCE].colour, style.surface, pale)
