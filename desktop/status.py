"""What title and status bar say, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from model.asof import counts_as_edge, exists
from model.codes import tlp_rank
from model.records import Actor, Linkage
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from desktop.session import Session
    from model.patch import Patch
    from model.tables import Tables


def window_title(session: Session) -> str:
    """Name of the project, with a mark when something is not in its file."""
    mark = "*" if session.is_dirty else ""
    if session.document.is_protected:
        return tr("{name}{mark} (protected) – Crosstrack", name=session.title, mark=mark)
    return tr("{name}{mark} – Crosstrack", name=session.title, mark=mark)


_LABELLED_TABLES = ("actors", "linkages", "postings", "activities", "funding", "notes", "answers")


class Facts:
    """Counts for the status bar, kept up by patches, so that an edit costs only what it touches."""

    def __init__(self, tables: Tables, as_of: date) -> None:
        """Count everything once."""
        self._tables = tables
        self._as_of = as_of
        self._labels: Counter[str] = Counter()
        for name in _LABELLED_TABLES:
            self._labels.update(record.tlp for record in tables.table(name).values())
        self._count_day()

    def set_as_of(self, day: date) -> None:
        """Count for another day."""
        if day != self._as_of:
            self._as_of = day
            self._count_day()

    def follow(self, patch: Patch) -> None:
        """Take over a patch that the tables have already taken."""
        for change in patch.changes:
            for record, sign in ((change.before, -1), (change.after, 1)):
                if record is None:
                    continue
                if change.table in _LABELLED_TABLES:
                    self._labels[record.tlp] += sign
                if isinstance(record, Actor):
                    self._actors += sign * exists(record, self._as_of)
                elif isinstance(record, Linkage):
                    self._linkages += sign * counts_as_edge(record, self._as_of)
                    self._planned += sign * _is_planned(record)

    @property
    def strictest_label(self) -> str:
        """The strictest label of any record; an empty project's own default."""
        found = [label for label, count in self._labels.items() if count > 0]
        return max(found, key=tlp_rank) if found else self._tables.project.default_tlp

    def in_words(self, warnings: str) -> str:
        """How many actors, linkages and warnings there are on the day."""
        linkages = plural("{count} linkage", "{count} linkages", self._linkages)
        if self._planned:
            linkages = tr("{linkages}, {count} planned", linkages=linkages, count=self._planned)
        return " · ".join(
            (
                plural("{count} actor", "{count} actors", self._actors),
                linkages,
                tr("as of {date}", date=self._as_of.isoformat()),
                warnings,
            )
        )

    def _count_day(self) -> None:
        tables, day = self._tables, self._as_of
        self._actors = sum(exists(actor, day) for actor in tables.actors.values())
        self._linkages = sum(counts_as_edge(link, day) for link in tables.linkages.values())
        self._planned = sum(_is_planned(link) for link in tables.linkages.values())


def _is_planned(linkage: Linkage) -> bool:
    """Whether it is drawn as planned, and therefore looked for among the linkages."""
    return linkage.status in {"idea", "planned"} and linkage.decision in {"undecided", "link"}
