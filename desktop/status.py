"""What title and status bar say, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.asof import counts_as_edge, exists
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from desktop.session import Session
    from model.tables import Tables


def window_title(session: Session) -> str:
    """Name of the project, with a mark when something is not in its file."""
    mark = "*" if session.is_dirty else ""
    return tr("{name}{mark} – Crosstrack", name=session.title, mark=mark)


def facts_in_words(tables: Tables, as_of: date, warnings: str) -> str:
    """How many actors, linkages and warnings there are on the day."""
    actors = sum(exists(actor, as_of) for actor in tables.actors.values())
    linkages = sum(counts_as_edge(linkage, as_of) for linkage in tables.linkages.values())
    return " · ".join(
        (
            plural("{count} actor", "{count} actors", actors),
            plural("{count} linkage", "{count} linkages", linkages),
            tr("as of {date}", date=as_of.isoformat()),
            warnings,
        )
    )
