"""Texts of a copy whose letters no font at hand has: in print, replacement marks stand for them.

Only pages and pictures are concerned, which are drawn here. Tables and data keep their letters, and
whoever opens them brings fonts along.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec

from model.records import TABLES

if TYPE_CHECKING:
    from exporters.request import OutputKind, Pack

__all__ = ["PRINTED", "Unshown", "script_of", "unshown_texts"]

PRINTED: Final[frozenset[OutputKind]] = frozenset(
    {"pdf", "svg", "png", "timeline-svg", "timeline-png"}
)
"""Kinds of outputs that letters are drawn in."""
_ONE_SCRIPT: Final = {
    "CJK": "Chinese",
    "KANGXI": "Chinese",
    "IDEOGRAPHIC": "Chinese",
    "FULLWIDTH": "Chinese",
    "HALFWIDTH": "Japanese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "KATAKANA-HIRAGANA": "Japanese",
    "HANGUL": "Korean",
}


class Unshown(msgspec.Struct, frozen=True):
    """A text of a record, and which of its letters cannot be shown, each once."""

    table: str
    id: str
    field: str
    letters: str

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts of the letters; "" for signs that belong to none."""
        return tuple(sorted({script_of(letter) for letter in self.letters}))


def unshown_texts(pack: Pack) -> tuple[Unshown, ...]:
    """All texts of a pack with letters that cannot be shown, in the order of the tables."""
    found = []
    for table, kind in TABLES.items():
        fields = kind.__struct_fields__
        for record in pack.tables.table(table).values():
            for field in fields:
                letters = _unshown(pack, getattr(record, field))
                if letters:
                    found.append(Unshown(table, record.id, field, letters))
    return tuple(found)


def _unshown(pack: Pack, value: object) -> str:
    if isinstance(value, str):
        return "" if value.isascii() else pack.text_engine.unshown(value)
    if isinstance(value, msgspec.Struct):
        value = tuple(getattr(value, name) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        return "".join(dict.fromkeys("".join(_unshown(pack, one) for one in value)))
    return ""


def script_of(letter: str) -> str:
    """The English name of a letter's script; "" for signs, pictures and unnamed characters."""
    if not unicodedata.category(letter).startswith(("L", "M", "N", "P")):
        return ""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return _ONE_SCRIPT.get(first, first.capitalize())
