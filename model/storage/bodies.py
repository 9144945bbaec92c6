"""The sealed body of a project file: made, opened, and compared with what was meant."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from model.refusals import Refusal, Trouble
from model.storage import codec, container, padding
from model.storage.errors import SaveTrouble
from model.storage.schema import MAX_JSON
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from model.storage.codec import Encoded
    from model.storage.container import Container
    from model.storage.keys import ProjectKey
    from model.storage.opened import OpenedProject


def body(project: OpenedProject, encoded: Encoded) -> bytes:
    """Check that the encoded records decode to those in memory, compress and seal.

    Raises:
        SaveTrouble: they do not; nothing has been written.
    """
    difference = codec.difference(encoded)
    if difference:
        raise not_read_back(project.path, difference)
    return project.key.seal(padding.pack(encoded.json))


def body_json(parts: Container, key: ProjectKey) -> bytes:
    """Open the body of a file down to its JSON."""
    return padding.unpack(key.unseal(parts.body), MAX_JSON)


def verify_written(project: OpenedProject, parts: Container, encoded: Encoded, data: bytes) -> None:
    """Open what was written down to its JSON and compare with what was decoded and meant."""
    try:
        read = container.read(data)
        whole = read == parts and body_json(read, project.key) == encoded.json
        difference = "" if whole else tr("the bytes differ")
    except Refusal as refusal:
        difference = refusal.message
    if difference:
        raise not_read_back(project.path, difference)


def not_read_back(path: Path, difference: str) -> SaveTrouble:
    """What is said where something written does not read as it was meant."""
    return SaveTrouble(
        "not-saved",
        tr(
            "{name} was not saved: what was written could not be read back ({difference}). The "
            "file on disk is as it was; use another drive.",
            name=path.name,
            difference=difference,
        ),
        step="verify",
        errno=0,
        name=path.name,
        why=tr("what was written could not be read back; use another drive"),
    )


def unreadable(path: Path) -> Callable[[OSError], Trouble]:
    """Return what turns an error while reading the file into words."""

    def trouble(error: OSError) -> Trouble:
        reasons = {
            errno.ENOENT: tr("there is no such file; check the name and whether the drive is in"),
            errno.EACCES: tr("reading it is not allowed"),
            errno.EIO: tr("the drive reports an error; try another copy"),
        }
        other = tr("the system reports error {code}", code=error.errno)
        reason = reasons.get(error.errno or 0, other)
        return Trouble(
            "unreadable",
            tr("{name} cannot be read: {reason}.", name=path.name, reason=reason),
            errno=error.errno,
        )

    return trouble
