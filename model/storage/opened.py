"""A project as it is on disk, and the outcome of a save."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from model.storage.lineage import Lineage

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.atomic import Fingerprint
    from model.storage.codec import Content, Encoded
    from model.storage.keys import ProjectKey
    from model.storage.schema import Extras, SaveStamp


@dataclass(frozen=True, slots=True)
class OpenedProject:
    """A project as it is on disk, with what is needed to save it again.

    Attributes:
        path: where it was read from or written to.
        content: tables of records, table name to id to record.
        key: the unlocked key; hold it only as long as the project is open.
        fingerprint: of the file on disk, to notice foreign changes.
        stamp: which save this is.
        extras: what a newer version wrote and this one keeps unread.
        app: program version that wrote it.
        encoded: the JSON of the file, so that the next save need not write it all anew; None
            where the file was not as this version writes it.
        lineage: where the file comes from, for merging with copies of it.
        was_written: whether it was saved since it was opened.
    """

    path: Path
    content: Content = field(repr=False)
    key: ProjectKey = field(repr=False)
    fingerprint: Fingerprint
    stamp: SaveStamp
    extras: Extras = field(repr=False)
    app: str
    encoded: Encoded | None = field(default=None, repr=False, compare=False)
    lineage: Lineage = field(default_factory=Lineage, repr=False)
    was_written: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome of a save: the project as it now is on disk, and whether that is durable."""

    project: OpenedProject
    durable: bool
