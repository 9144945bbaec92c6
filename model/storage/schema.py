"""The outer shape of the JSON inside a project file, and its version numbers.

``{"format": {}, "app": "", "save": {}, "lineage": {}, "members": [], "tables": {}}``;
the record types themselves are those of `model.records.TABLES`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from model.storage.members import Member

MAJOR: Final = 1
"""Raised when an older program could misread the file; such a program refuses it."""
MINOR: Final = 3
"""Raised when tables or fields are added; an older program keeps what it does not know."""
MAX_JSON: Final = 256 * 1024 * 1024
"""Largest JSON that is written or read, in bytes."""
MAX_ANCESTORS: Final = 2000
"""About twenty characters each; copies that part for more saves than this have no common one."""
MAX_SAVES: Final = 99_999_999
_ID: Final = re.compile(r"[0-9a-z-]{1,64}")  # also names a folder, so nothing else may stand in it


def valid_id(text: str) -> bool:
    """Whether a text can be the id of a project or save."""
    return _ID.fullmatch(text) is not None


class Format(msgspec.Struct, frozen=True):
    """Version of the schema.

    Attributes:
        major, minor: what the file was written as.
        min_reader: lowest major version of a program that may read it.
    """

    major: int
    minor: int
    min_reader: int


class SaveStamp(msgspec.Struct, frozen=True):
    """Which save of which project this is; no clock is involved.

    Attributes:
        project: random id of the project; copies share it.
        id: random id of this save.
        number: how many saves led here; only for ordering the saves of one line.
        ancestors: ids of the saves before this one, newest first, so that two copies can find
            the save that they have in common.
    """

    project: str
    id: str
    number: int = 1
    ancestors: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse ids that could name anything but a plain file."""
        if not all(map(valid_id, (self.project, self.id, *self.ancestors))):
            raise ValueError("an id in the save stamp is not made of letters and digits")
        if not 1 <= self.number <= MAX_SAVES:
            raise ValueError("the number of the save is not possible")

    def next(self, save_id: str) -> SaveStamp:
        """Return the stamp of a save made after this one."""
        ancestors = (self.id, *self.ancestors)[:MAX_ANCESTORS]
        return SaveStamp(self.project, save_id, self.number + 1, ancestors)


class Outer(msgspec.Struct, frozen=True):
    """The whole file with the tables still unread."""

    format: Format
    app: str
    save: SaveStamp
    tables: msgspec.Raw
    lineage: msgspec.Raw = msgspec.Raw(b"")
    members: tuple[Member, ...] = ()


class Head(msgspec.Struct, frozen=True):
    """Just enough to decide whether the rest may be read."""

    format: Format


@dataclass(frozen=True, slots=True)
class Extras:
    """What a newer minor version wrote and this one does not know; saved again unharmed.

    Attributes:
        format: version that the file claims, kept as long as extras are kept.
        outer: unknown names beside those of `Outer`.
        tables: unknown tables.
        fields: (table, record id) to unknown fields of the record.
        inner: (table, record id) to known fields whose inner objects hold unknown names: the
            value as this version would write it, and as it was read. The latter is written
            again as long as the former has not changed.
    """

    format: Format = field(default_factory=lambda: Format(MAJOR, MINOR, MAJOR))
    outer: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    fields: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    inner: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything that this version does not know."""
        return bool(self.outer or self.tables or self.fields or self.inner)
