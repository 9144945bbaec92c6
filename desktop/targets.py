"""What may never be replaced, however much the user insists: projects, folders of other things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from model.refusals import Refusal
from model.storage.container import starts_as_project
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

_HEAD: Final = 128
"""Bytes from which a project file is known."""


def check_no_project(target: Path) -> None:
    """Refuse to put an export or a report in the place of a project file.

    Raises:
        Refusal: the target is a project, whole or damaged.
    """
    try:
        with target.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return  # whoever writes there meets the same trouble and says so
    if starts_as_project(head):
        message = tr("{path} is a Crosstrack project; choose another name.", path=target)
        raise Refusal("project", message)


def check_only_tables(folder: Path) -> None:
    """Refuse to replace a folder that holds more than an earlier export of tables.

    Raises:
        Refusal: something in the folder is no CSV file.
    """
    if all(path.suffix == ".csv" and path.is_file() for path in folder.iterdir()):
        return
    message = tr(
        "{path} holds other things than CSV files; name a new or an empty folder.", path=folder
    )
    raise Refusal("folder", message)
