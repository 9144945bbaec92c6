"""Finding records by free text, with accents, case and script variants ignored.

Where nothing holds the words as they were typed, words that look like them are tried, and words of
other scripts that sound like them.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from model.fields import FIELDS
from model.records import TABLES, Record
from model.sounds import bones

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.document import Document
    from model.patch import Patch
    from model.tables import Tables


_SIMILAR = 74.0
"""From this likeness on (0 to 100, normalised edit distance) a word may be a misspelt one."""
_SHORTEST_MISSPELT = 4
_MOST_SPELLINGS = 12
_FEWEST_BONES = 3
"""Shorter words sound like too many others."""
_SOUNDS_ALIKE = 80.0

_POINTS = frozenset(
    [chr(code) for code in range(0x0591, 0x05C8)]  # Hebrew points and accents
    + [chr(code) for code in range(0x0610, 0x061B)]  # Arabic signs
    + [chr(code) for code in range(0x064B, 0x0660)]  # Arabic vowels and hamzas
    + ["\u0640", "\u0670", "\u200c", "\u200d", "\u200e", "\u200f"]  # kashida, joiners, marks
)
_SAME = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
        "ə": "e",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʻ": "'",
        "–": "-",
        "ی": "ي",
        "ى": "ي",
        "ک": "ك",
        "ة": "ه",
        "ٱ": "ا",
    }
)


class Hit(msgspec.Struct, frozen=True):
    """A found record: where it is, which field matched, how well (higher is better)."""

    table: str
    id: str
    field: str
    score: int


def fold(text: str) -> str:
    """Text as it is compared: no accents, no case, forms of one letter or digit made equal.

    Hebrew and Arabic points go, as do the variants of Arabic letters between languages; marks of
    scripts that cannot be read without them (Burmese, Devanagari) stay.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (char for char in decomposed if not "\u0300" <= char <= "\u036f" and char not in _POINTS)
    return "".join(map(_plain_digit, kept)).translate(_SAME)


def _plain_digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


class SearchIndex:
    """The folded text of every searchable field, kept up by patches."""

    def __init__(self, tables: Tables) -> None:
        """Index all records of these tables when something is looked for the first time."""
        self._records = tables
        self._known: dict[tuple[str, str], _Texts] | None = None
        self._words: tuple[str, ...] | None = None

    @property
    def _texts(self) -> dict[tuple[str, str], _Texts]:
        """The folded texts of each record."""
        if self._known is None:
            self._known = {
                (table, record.id): _texts_of(table, record)
                for table in TABLES
                for record in self._records.table(table).values()
            }
        return self._known

    def attach(self, document: Document) -> None:
        """Follow a document's commits from now on."""
        document.subscribe(lambda commit: self.follow(commit.patch))

    def follow(self, patch: Patch) -> None:
        """Keep up with a patch."""
        self._words = None
        if self._known is None:
            return
        for change in patch.changes:
            if change.after is None:
                self._known.pop((change.table, change.id), None)
            else:
                self._known[change.table, change.id] = _texts_of(change.table, change.after)

    def find(self, query: str, limit: int = 50) -> list[Hit]:
        """Records in which every word of the query occurs, best first.

        A match at the start of a name counts most, then inside a name, then in other text.
        """
        return self._find([[word] for word in fold(query).split()], limit)

    def find_similar(self, query: str, limit: int = 50) -> list[Hit]:
        """Records with words that look like those of the query; for when `find` finds nothing."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only misspelt words need it

        if self._words is None:
            self._words = tuple(
                sorted({word for text in self._all_texts() for word in text.split()})
            )
        spellings = []
        for word in fold(query).split():
            alike: list[str] = []
            if len(word) >= _SHORTEST_MISSPELT:
                found = process.extract(
                    word,
                    self._words,
                    scorer=fuzz.ratio,
                    score_cutoff=_SIMILAR,
                    limit=_MOST_SPELLINGS,
                )
                alike = [each[0] for each in found]
            spellings.append([word, *alike, *self._in_other_scripts(word)])
        return self._find(spellings, limit)

    def _in_other_scripts(self, word: str) -> list[str]:
        """Words of other scripts than that of a word which sound like it."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only when nothing else is found

        sought = bones(word)
        if len(sought) < _FEWEST_BONES:
            return []
        mine = word.isascii()
        others = [one for one in self._words or () if one.isascii() != mine and len(bones(one)) > 1]
        found = process.extract(
            sought,
            [bones(one) for one in others],
            scorer=fuzz.ratio,
            score_cutoff=_SOUNDS_ALIKE,
            limit=_MOST_SPELLINGS,
        )
        return [others[at] for _, _, at in found]

    def holds(self, table: str, record_id: str, words: Iterable[str]) -> bool:
        """Whether every one of these folded words occurs in a record."""
        texts = self._texts.get((table, record_id))
        return texts is not None and all(word in texts.whole for word in words)

    def _all_texts(self) -> Iterable[str]:
        return (texts.whole for texts in self._texts.values())

    def _holding(self, words: list[str]) -> list[tuple[tuple[str, str], _Texts]]:
        """The records that hold one of these words; written for speed, as every key press asks."""
        if len(words) == 1:
            word = words[0]
            return [item for item in self._texts.items() if word in item[1].whole]
        return [item for item in self._texts.items() if _holds_any(item[1].whole, words)]

    def _find(self, spellings: list[list[str]], limit: int) -> list[Hit]:
        """Records that hold one spelling of each word, best first."""
        if not spellings:
            return []
        hits = []
        every = [word for words in spellings for word in words]
        first, *others = spellings
        for (table, record_id), texts in self._holding(first):
            if not all(_holds_any(texts.whole, words) for words in others):
                continue
            fields = texts.by_field
            scores = [
                (_score(text, every, place), -place) for place, (_, text) in enumerate(fields)
            ]
            score, place = max(scores)
            hits.append(Hit(table, record_id, fields[-place][0], score))
        hits.sort(key=lambda hit: (-hit.score, hit.table, hit.id))
        return hits[:limit]


class _Texts(NamedTuple):
    """The folded texts of a record: all in one, where words do not go on, and by field."""

    whole: str
    by_field: tuple[tuple[str, str], ...]


def _texts_of(table: str, record: Record) -> _Texts:
    found = []
    for spec in FIELDS[table].values():
        value = getattr(record, spec.name) if spec.searchable else ""
        text = " ".join(value) if isinstance(value, tuple) else value
        if text:
            found.append((spec.name, fold(text)))
    return _Texts("\n".join(text for _, text in found), tuple(found))


def _holds_any(text: str, words: list[str]) -> bool:
    return any(word in text for word in words)


def _score(text: str, words: list[str], place: int) -> int:
    score = 0
    for word in words:
        at = text.find(word)
        if at == 0:
            score += 40
        elif at > 0:
            score += 20 if not text[at - 1].isalnum() else 10
    return score - min(place, 9) if score else 0
