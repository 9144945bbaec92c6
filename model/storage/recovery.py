"""The recovery sheet: a key on paper, with the stock commands that open the project without us."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from model.refusals import Trouble
from model.storage.atomic import write_beside
from model.storage.filesystem import FileSystem
from model.storage.identities import key_groups
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from model.storage.keys import KeyFile


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a recovery sheet.

    Attributes:
        name: of the project file.
        slot: name of the key slot that the key opens.
        key: the key.
    """

    name: str
    slot: str
    key: KeyFile = field(repr=False)

    def commands(self, key_file: str) -> tuple[str, ...]:
        """The stock commands that open the project with the key in a file."""
        return (
            f"unzip {shell_word(self.name)} -d project",
            f"age -d -i {key_file} project/{self.slot} > project.key",
            "age -d -i project.key project/body.age | zstd -d > project.json",
        )


def shell_word(name: str) -> str:
    """A file name as it can be typed into a shell; plain ones stay as they are."""
    plain = all(one.isalnum() or one in "._-" for one in name) and not name.startswith("-")
    return name if plain else "'{}'".format(name.replace("'", "'\\''"))


def sheet_sentences() -> tuple[str, ...]:
    """What whoever finds the sheet must know."""
    return (
        tr(
            "Whoever holds this sheet can open the project, now and later. Keep it in a safe "
            "place away from the computer, and destroy it when it is no longer needed."
        ),
        tr(
            "It opens the project as saved from now on; earlier copies do not open with it. Taking "
            "it away in the program closes only what is saved from then on."
        ),
    )


def open_without_us() -> tuple[str, str]:
    """What to say before and after the stock commands."""
    return (
        tr("Type the whole key as one line into a file sheet.key; then, with unzip, age and zstd:"),
        tr(
            "project.json then holds the project in clear; delete it and both key files afterwards."
        ),
    )


def recovery_sheet(sheet: Sheet) -> bytes:
    """The sheet as a text; the lines before the key are comments, so that it is a key file."""
    before, after = open_without_us()
    groups = key_groups(sheet.key)
    lines = (
        tr("RECOVERY SHEET for {name}", name=sheet.name),
        "",
        *sheet_sentences(),
        "",
        tr("With Crosstrack: type the key in place of the passphrase, or open with this file."),
        before,
        *(f"  {command}" for command in sheet.commands("sheet.key")),
        after,
        "",
        tr("The key: AGE-SECRET-KEY-1, then these groups"),
        *(
            "  " + "  ".join(groups[start : start + _GROUPS_IN_A_LINE])
            for start in range(0, len(groups), _GROUPS_IN_A_LINE)
        ),
    )
    comments = "\n".join(f"# {line}".rstrip() for line in lines)
    return f"{comments}\n{sheet.key.identity.text()}\n".encode()


_GROUPS_IN_A_LINE = 5


def write_secret(path: Path, content: bytes) -> None:
    """Write a key to a private file, whole or not at all.

    Raises:
        Trouble: it was not written.
    """
    try:
        write_beside(FileSystem(), path, content)
    except OSError as error:
        raise Trouble(
            "secret-not-written",
            tr(
                "{name} was not written (system error {code}); the project is as it was.",
                name=path.name,
                code=error.errno,
            ),
        ) from error
