"""The letters of a line in the order in which they are seen, such that readers find the text.

Programs that take text out of a PDF order what they see by guessing directions. They guess right if
marks without width say where a stretch from left to right starts and ends in a line from right to
left. Which signs belong to such a stretch is known from the text: within it, letters that follow
one another are seen side by side.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from resources.text import without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.drawing.text import TextLine

__all__ = ["visual_letters"]

_RIGHT: Final = frozenset({"R", "AL", "AN"})
_OF_NUMBERS: Final = frozenset({"CS", "ES", "ET"})
_LRM, _RLM = "\u200e", "\u200f"


class _Letter(NamedTuple):
    """A character with its left and right edge and its place in the text."""

    left: float
    right: float
    place: int
    character: str
    kind: str


def visual_letters(line: TextLine) -> Iterator[tuple[float, float, str]]:
    """Characters from left to right with their edges, and marks of direction between them."""
    for stretch in _stretches(_seen(line)):
        plain = [(letter.left, letter.right, letter.character) for letter in stretch]
        kinds = {letter.kind for letter in stretch}
        if not kinds & {"L", "EN"}:
            for letter, shown in zip(stretch, plain, strict=True):
                if letter.kind in _OF_NUMBERS:  # taken for the end of a number otherwise
                    yield letter.left, letter.left, _RLM
                yield shown
            continue
        left, right = plain[0][0], plain[-1][1]
        inner = _LRM if "L" in kinds else ""
        yield left, left, _RLM
        if inner:
            yield left, left, inner
        yield from plain
        yield right, right, inner or _RLM


def _seen(line: TextLine) -> list[_Letter]:
    """The letters from left to right; a combining mark goes with its letter."""
    letters = []
    kind, place = "", 0
    for left, right, character in zip(line.edges[::2], line.edges[1::2], line.text, strict=True):
        if not without_marks(character):
            continue
        own = unicodedata.bidirectional(character)
        kind = kind if own == "NSM" and kind else own
        letters.append(_Letter(left, right, place, character, kind))
        place += 1
    # Marks of one letter share its edge; where one reads leftwards the last one comes first.
    return sorted(
        letters,
        key=lambda one: (one.left, one.right, -one.place if one.kind in _RIGHT else one.place),
    )


def _stretches(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """The letters in stretches read in one direction; spaces at their ends are by themselves."""
    start = 0
    while start < len(letters):
        end = start + 1
        rightwards = letters[start].kind not in _RIGHT
        while end < len(letters) and (letters[end].kind not in _RIGHT) == rightwards:
            if rightwards and letters[end].place != letters[end - 1].place + 1:
                break
            end += 1
        yield from _trimmed(letters[start:end])
        start = end


def _trimmed(stretch: list[_Letter]) -> Iterator[list[_Letter]]:
    bare = [at for at, letter in enumerate(stretch) if not letter.character.isspace()]
    first, last = (bare[0], bare[-1] + 1) if bare else (0, len(stretch))
    for part in (stretch[:first], stretch[first:last], stretch[last:]):
        if part:
            yield part
