"""Bringing in a set of checklist items from a file, and saving one's own for another project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.dialogs.files import item_set_question, save_item_set_question
from desktop.item_sets import read_items, write_items
from desktop.tasks import Flow, ask, in_background
from model.commands.checklist import add_items
from resources.text import plural, tr
from widgets.checklist.own import added_words

if TYPE_CHECKING:
    from desktop.session import Session


def bring_in_items(session: Session) -> Flow[str]:
    """Ask for a file of items and make them the project's own, as one undo step.

    Raises:
        Refusal: the file is no set of items; nothing was changed.
    """
    path = yield from ask(item_set_question)
    chosen = yield from in_background(
        lambda _: read_items(path), tr("Reading {name}", name=path.name)
    )
    return added_words(add_items(session.document, chosen.items, chosen.title), chosen)


def save_items(session: Session) -> Flow[str]:
    """Ask where to, and write the project's own items.

    Raises:
        Refusal: there are none, or the file cannot be written.
    """
    path = yield from ask(save_item_set_question)
    count = write_items(session.document, path, force=True)
    return plural(
        "{count} item saved as a set in {name}, which is not encrypted.",
        "{count} items saved as a set in {name}, which is not encrypted.",
        count,
        name=path.name,
    )
