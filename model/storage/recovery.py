"""The recovery sheet: a key on paper, with the stock commands that open the project without us."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.storage.atomic import write_beside
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.filesystem import FileSystem
    from model.storage.keys import KeyFile


def recovery_sheet(name: str, key: KeyFile) -> bytes:
    """A text to print; it opens the project, in Crosstrack as a key file or with stock tools.

    The lines before the key are comments, so that the text itself is a valid key file.
    """
    secret = key.identity.text()
    lines = (
        tr("RECOVERY SHEET for {name}", name=name),
        "",
        tr("Whoever holds this sheet can open the project. Print it, keep it in a safe place away"),
        tr("from the computer, and delete this file. Earlier copies of the project do not open"),
        tr("with it; this key opens the project as saved from now on."),
        "",
        tr("In Crosstrack: type the last line into a text file and open with it as a key file."),
        tr("Without Crosstrack, with the tools unzip, age and zstd:"),
        f"  unzip {name} -d project",
        "  age -d -i THIS-FILE project/keys/recovery-1.age > project.key",
        "  age -d -i project.key project/body.age | zstd -d > project.json",
        tr("(the slot may have another number than 1; delete project.key afterwards)"),
        "",
        tr("The key, upper case, without spaces:"),
    )
    comments = "\n".join(f"# {line}".rstrip() for line in lines)
    return f"{comments}\n{secret}\n".encode()


def write_secret(files: FileSystem, path: Path, content: bytes) -> None:
    """Write a key to a private file, whole or not at all.

    Raises:
        OSError: it was not written.
    """
    write_beside(files, path, content)
