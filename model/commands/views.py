"""Commands for saved views: keep one, bring it up to date, put them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.records import new_record
from model.view_state import view_fields
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document
    from model.records import View
    from model.tables import Tables
    from model.view_state import ViewState


def views_in_order(tables: Tables) -> list[View]:
    """All saved views as they are stepped through."""
    return sorted(tables.views.values(), key=lambda view: (view.order, view.title, view.id))


def save_view(document: Document, title: str, state: ViewState) -> View:
    """Keep how the map is looked at now, after all other views.

    Raises:
        Refusal: when the title is empty.
    """
    order = max((view.order for view in document.views.values()), default=-1) + 1
    with document.edit(tr("Save view {name}", name=title)) as edit:
        record = new_record(document, "views", title=title, order=order, **view_fields(state))
        edit.put("views", record)
    return document.views[record.id]


def update_view(document: Document, view_id: str, state: ViewState) -> None:
    """Let a saved view hold how the map is looked at now; title and caption stay."""
    name = document.name_of("views", view_id)
    with document.edit(tr("Update view {name}", name=name)) as edit:
        edit.change("views", view_id, **view_fields(state))


def move_view(document: Document, view_id: str, by: int) -> None:
    """Move a view up or down in the order; at the ends it stays."""
    ids = [view.id for view in views_in_order(document)]
    at = ids.index(view_id)
    to = min(max(at + by, 0), len(ids) - 1)
    ids.insert(to, ids.pop(at))
    name = document.name_of("views", view_id)
    with document.edit(tr("Move view {name}", name=name)) as edit:
        for order, one in enumerate(ids):
            if document.views[one].order != order:
                edit.change("views", one, order=order)
