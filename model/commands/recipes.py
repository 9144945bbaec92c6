"""Commands for recipes of packs: keep how a pack was put together, under a name of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.records import new_record
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document
    from model.records import PackRecipe
    from model.tables import Tables


def recipes_in_order(tables: Tables) -> list[PackRecipe]:
    """The kept recipes by title."""
    return sorted(tables.recipes.values(), key=lambda one: (one.title.casefold(), one.id))


def keep_recipe(document: Document, title: str, fields: dict[str, object]) -> PackRecipe:
    """Keep a recipe; one of the same title is brought up to date.

    Raises:
        Refusal: when it has no title, or names an actor that is not there.
    """
    title = title.strip()
    if not title:
        raise Refusal("recipe", tr("Give the recipe a name."))
    known = next((one for one in document.recipes.values() if one.title == title), None)
    with document.edit(tr("Keep recipe {name}", name=title)) as edit:
        if known is not None:
            edit.change("recipes", known.id, **fields)
            record_id = known.id
        else:
            record = new_record(document, "recipes", title=title, **fields)
            edit.put("recipes", record)
            record_id = record.id
    return document.recipes[record_id]


def forget_recipe(document: Document, record_id: str) -> None:
    """Remove a kept recipe."""
    name = document.recipes[record_id].title
    with document.edit(tr("Forget recipe {name}", name=name)) as edit:
        edit.remove("recipes", record_id)
