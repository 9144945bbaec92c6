"""Finding records by free text, with accents, case and script variants ignored."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import msgspec

from model.fields import FIELDS
from model.records import TABLES, Record

if TYPE_CHECKING:
    from model.document import Document
    from model.patch import Patch
    from model.tables import Tables


class Hit(msgspec.Struct, frozen=True):
    """A found record: where it is, which field matched, how well (higher is better)."""

    table: str
    id: str
    field: str
    score: int


def fold(text: str) -> str:
    """Text as it is compared: no accents, no case, compatibility forms made equal.

    Marks of scripts that cannot be read without them (Burmese, Devanagari) stay.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not "\u0300" <= char <= "\u036f")


class SearchIndex:
    """The folded text of every searchable field, kept up by patches."""

    def __init__(self, tables: Tables) -> None:
        """Index all records."""
        self._texts: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
        for table in TABLES:
            for record in tables.table(table).values():
                self._put(table, record)

    def attach(self, document: Document) -> None:
        """Follow a document's commits from now on."""
        document.subscribe(lambda commit: self.follow(commit.patch))

    def follow(self, patch: Patch) -> None:
        """Keep up with a patch."""
        for change in patch.changes:
            if change.after is None:
                self._texts.pop((change.table, change.id), None)
            else:
                self._put(change.table, change.after)

    def _put(self, table: str, record: Record) -> None:
        found = []
        for spec in FIELDS[table].values():
            value = getattr(record, spec.name) if spec.searchable else ""
            text = " ".join(value) if isinstance(value, tuple) else value
            if text:
                found.append((spec.name, fold(text)))
        self._texts[table, record.id] = tuple(found)

    def find(self, query: str, limit: int = 50) -> list[Hit]:
        """Records in which every word of the query occurs, best first.

        A match at the start of a name counts most, then inside a name, then in other text.
        """
        words = fold(query).split()
        if not words:
            return []
        hits = []
        for (table, record_id), texts in self._texts.items():
            if not all(any(word in text for _, text in texts) for word in words):
                continue
            scores = [
                (_score(text, words, place), name) for place, (name, text) in enumerate(texts)
            ]
            score, name = max(scores)
            hits.append(Hit(table, record_id, name, score))
        hits.sort(key=lambda hit: (-hit.score, hit.table, hit.id))
        return hits[:limit]


def _score(text: str, words: list[str], place: int) -> int:
    score = 0
    for word in words:
        at = text.find(word)
        if at == 0:
            score += 40
        elif at > 0:
            score += 20 if not text[at - 1].isalnum() else 10
    return score - min(place, 9) if score else 0
