"""Choosing from a list of titles by typing a part of one, in the right order or not quite right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.search import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALIKE = 70.0
"""From this likeness on (0 to 100) a title is offered although it does not hold the words."""


def closest(query: str, titles: Sequence[str], limit: int = 20) -> list[int]:
    """Places of the titles that are meant by a query, the likeliest first.

    Titles that begin with it come first, then those in which every word begins a word, then those
    that hold its words anywhere or begin with its initials; where there is none of these, those
    that look alike.
    """
    wanted = fold(query).split()
    if not wanted:
        return list(range(min(len(titles), limit)))
    folded = [fold(title) for title in titles]
    ranked = [(_rank(wanted, title), len(title), at) for at, title in enumerate(folded)]
    found = [at for rank, _, at in sorted(ranked) if rank < _NO_MATCH]
    return (found or _alike(" ".join(wanted), folded))[:limit]


_NO_MATCH = 9


def _rank(wanted: Sequence[str], title: str) -> int:
    whole = " ".join(wanted)
    if title.startswith(whole):
        return 0
    words = title.split()
    if all(any(word.startswith(part) for word in words) for part in wanted):
        return 1
    if all(part in title for part in wanted):
        return 2
    initials = "".join(word[0] for word in words)
    if initials.startswith("".join(wanted)):
        return 3
    return _NO_MATCH


def _alike(query: str, titles: Sequence[str]) -> list[int]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only misspelt words need it

    found = process.extract(query, titles, scorer=fuzz.WRatio, score_cutoff=_ALIKE, limit=8)
    return [at for _, _, at in found]
