"""Visible texts that name what is withheld, which no label can find.

Names are found word by word, in any case, with or without accents; short ones only as they are
written. In scripts that put no space between words they are found anywhere. The sender reads
these texts before sending; nothing is taken out of them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from model.fields import FIELDS
from model.search import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from model.redaction.visibility import Visible
    from model.tables import Tables

_NAMING: Final[dict[str, tuple[str, ...]]] = {
    "actors": ("name", "short_name", "other_names"),
    "postings": ("holder",),
    "processes": ("name",),
    "activities": ("title",),
    "groups": ("label",),
}
"""Fields that hold names, by table."""
_ANY_WORD: Final = frozenset({"actors", "postings"})
"""Tables whose names count though they are one word; “Workshop” is no name of an activity."""
_LEAST: Final = 3
_SAME_CASE: Final = 4
"""Names of so few letters count only where they are written just like that."""
_WORD: Final = re.compile(r"\w+")
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f]"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, Japanese and Chinese: words are not set apart by spaces."""


class Mention(msgspec.Struct, frozen=True):
    """A visible text that holds the name of something withheld."""

    table: str
    id: str
    field: str
    name: str


def mentions_of_withheld(tables: Tables, visible: Visible) -> tuple[Mention, ...]:
    """All visible texts that name what the audience does not get, each with one such name."""
    names = Names(_withheld_names(tables, visible))
    found = []
    for table, records in visible.tables.items():
        specs = [spec for spec in FIELDS[table].values() if spec.searchable]
        for record in records.values():
            for spec in specs:
                name = names.first_in(as_text(getattr(record, spec.name)))
                if name:
                    found.append(Mention(table, record.id, spec.name, name))
    return tuple(found)


def as_text(value: object) -> str:
    """The value of a text field in one piece."""
    return "\n".join(value) if isinstance(value, tuple) else str(value)


class Names:
    """Names by the rarest of their words, so that a text is gone through once however many."""

    def __init__(self, names: Iterable[str]) -> None:
        split = {name: _WORD.findall(fold(name)) for name in names}
        unspaced = sorted(filter(_UNSPACED.search, split), key=lambda one: (-len(one), one))
        self._unspaced = re.compile("|".join(map(re.escape, unspaced))) if unspaced else None
        counts = Counter(word for words in split.values() for word in words)
        self._by_word: dict[str, list[tuple[int, list[str], str]]] = {}
        for name, words in sorted(split.items(), key=lambda item: (-len(item[0]), item[0])):
            if words and not _UNSPACED.search(name):
                at = min(range(len(words)), key=lambda at: counts[words[at]])
                self._by_word.setdefault(words[at], []).append((at, words, name))

    def first_in(self, text: str) -> str:
        """A name that stands in the text; empty if none does."""
        hit = self._unspaced.search(text) if self._unspaced is not None else None
        if hit is not None:
            return hit[0]
        words = _WORD.findall(fold(text)) if self._by_word else []
        for at, word in enumerate(words):
            for before, wanted, name in self._by_word.get(word, ()):
                start = at - before
                stands = start >= 0 and words[start : start + len(wanted)] == wanted
                if stands and _counts(name, text):
                    return name
        return ""


def _counts(name: str, text: str) -> bool:
    return len(name) > _SAME_CASE or bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _withheld_names(tables: Tables, visible: Visible) -> set[str]:
    shown = {
        fold(name)
        for table in _NAMING
        for record in visible.tables[table].values()
        for name in _names_in(table, record)
    }
    return {
        name
        for table in _NAMING
        for record_id, record in tables.table(table).items()
        if not visible.has(table, record_id)
        for name in _names_in(table, record)
        if (len(name) >= _LEAST or _UNSPACED.search(name))
        and fold(name) not in shown
        and (table in _ANY_WORD or len(name.split()) > 1 or _UNSPACED.search(name))
    }


def _names_in(table: str, record: object) -> Iterator[str]:
    for field in _NAMING[table]:
        value = getattr(record, field)
        yield from (one.strip() for one in (value if isinstance(value, tuple) else (value,)))
