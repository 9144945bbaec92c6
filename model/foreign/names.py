"""Names within a file that may be one thing twice: offered for merging, never merged unasked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from model.foreign import words
from model.search import fold
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.foreign.matching import Match
    from model.foreign.table import ForeignFile

_LIKE: Final = 93.0
_SHORTEST: Final = 6
_ABBREVIATION: Final = 8
_MOST_NAMES: Final = 6_000
"""More names than this are compared letter by letter only: every pair would take too long."""


class Alike(msgspec.Struct, frozen=True):
    """Two names of a file that may be the same.

    Attributes:
        kept, other: the names; the one that stands more often or first is kept.
        same: whether they differ in accents, capitals and punctuation only.
    """

    kept: str
    other: str
    same: bool

    @property
    def text(self) -> str:
        """Both names in words."""
        if self.same:
            return tr("“{other}” is “{kept}” (only capitals, accents or signs differ)",
                      other=self.other, kept=self.kept)  # fmt: skip
        return tr("“{other}” is “{kept}” (spelt nearly the same)", other=self.other, kept=self.kept)


def tidy(text: str) -> str:
    """A name without blanks at its ends, double blanks and signs that nobody sees."""
    visible = re.sub("[\u200b\u200e\u200f\ufeff\u00ad]", "", text.replace("\u00a0", " "))
    return " ".join(visible.split())


def alike(names: Iterable[str]) -> list[Alike]:
    """Pairs of names that may be one, those that differ least first."""
    counts: dict[str, int] = {}
    for name in names:
        plain = tidy(name)
        if plain:
            counts[plain] = counts.get(plain, 0) + 1
    by_fold: dict[str, str] = {}
    found = []
    for name in sorted(counts, key=lambda one: -counts[one]):
        key = re.sub(r"\W+", " ", fold(name)).strip()
        if key in by_fold:
            found.append(Alike(by_fold[key], name, same=True))
        else:
            by_fold[key] = name
    return found + _near(by_fold, counts)


def _near(by_fold: dict[str, str], counts: dict[str, int]) -> list[Alike]:
    """Names that are spelt nearly the same; those that differ in a number are two things."""
    keys = [key for key in by_fold if len(key) >= _SHORTEST]
    if not keys or len(keys) > _MOST_NAMES:
        return []
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only imports need it

    scores = process.cdist(keys, keys, scorer=fuzz.ratio, score_cutoff=_LIKE, dtype="uint8")
    found = []
    for at, key in enumerate(keys):
        for other in (int(one) for one in scores[at].nonzero()[0] if one > at):
            if _figures(key) == _figures(keys[other]) and not _told_apart(
                by_fold[key], by_fold[keys[other]]
            ):
                first, second = by_fold[key], by_fold[keys[other]]
                if counts[second] > counts[first]:
                    first, second = second, first
                found.append(Alike(first, second, same=False))
    return found


def _figures(text: str) -> list[str]:
    """Numbers, single letters and Roman numerals: what tells a second faction from the first."""
    return [word for word in text.split()
            if len(word) == 1 or word.isdigit() or not set(word) - set("ivx")]  # fmt: skip


def _told_apart(first: str, second: str) -> bool:
    """Whether names differ only in what tells things apart: two countries, two abbreviations."""
    ours, theirs = first.split(), second.split()
    apart = [(one, other) for one, other in zip(ours, theirs, strict=False) if one != other]
    if len(ours) != len(theirs) or len(apart) != 1:
        return False
    ((one, other),) = (tuple(word.strip("()[].,;:“”’'\"") for word in pair) for pair in apart)
    is_short = max(len(one), len(other)) <= _ABBREVIATION
    if is_short and one.isupper() and other.isupper() and not first.isupper():
        return True
    return "" not in (here := words.country_of(one), there := words.country_of(other)) and (
        here != there
    )


def actor_names(file: ForeignFile, match: Match) -> list[str]:
    """The names of all actors that a file lists."""
    found = []
    for table, one in zip(file.tables, match.tables, strict=True):
        column = one.column_for("name") if one.table == "actors" else None
        if column is not None:
            found += [tidy(text) for _number, text in table.cells(column.column)]
    return found
