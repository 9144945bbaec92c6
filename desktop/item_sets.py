"""Sets of checklist items as files: read for a project, or written for another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.checklist import own_items
from model.donoharm.sets import MAX_BYTES, ItemSet, set_as_text, set_from_text
from model.refusals import Refusal, Trouble
from resources.text import tr

if TYPE_CHECKING:
    from pathlib import Path

    from model.document import Document


def read_items(path: Path) -> ItemSet:
    """Read a set of items.

    Raises:
        Refusal: the file cannot be read or is no set.
    """
    try:
        with path.open("rb") as stream:
            text = stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = tr("{name} cannot be read ({reason}).", name=path.name, reason=_reason(error))
        raise Refusal("item_set", message) from error
    return set_from_text(text, path.name)


def write_items(document: Document, path: Path, *, force: bool) -> int:
    """Write the project's own items as a set, in the clear.

    Returns:
        How many items are in it.

    Raises:
        Refusal: there is none to write, or a file already.
        Trouble: the file cannot be written.
    """
    items = own_items(document)
    if not items:
        reason = tr("The project has no items of its own that may leave it; add some first.")
        raise Refusal("item_set", reason)
    text = set_as_text(ItemSet(path.stem, items))
    try:
        with path.open("wb" if force else "xb") as stream:
            stream.write(text)
    except FileExistsError:
        sentence = tr("{name}: there is already a file; choose another name.", name=path.name)
        raise Refusal("item_set", sentence) from None
    except OSError as error:
        message = tr("{name} cannot be written ({reason}).", name=path.name, reason=_reason(error))
        raise Trouble("item_set", message) from error
    return len(items)


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
