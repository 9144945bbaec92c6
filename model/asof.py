"""What exists and counts on a day: every picture and analysis is computed as of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from model.dates import PartialDate, first_day, in_force

if TYPE_CHECKING:
    from datetime import date

    from model.records import Linkage, Record

LinkageState = Literal["current", "planned", "ended", "doubtful", "keep_apart", "wait"]

_MARK_LABELS = {"public_memory": "not checked", "illustrative": "illustrative"}


class Dated(Protocol):
    """A record with a start and an end."""

    @property
    def start(self) -> PartialDate | None:
        """When it begins; None when not known."""

    @property
    def end(self) -> PartialDate | None:
        """When it ends; None when not known."""


def exists(record: Dated, as_of: date) -> bool:
    """Whether the record is in force on the day; unknown dates do not exclude it."""
    return in_force(record.start, record.end, as_of)


def counts_as_edge(linkage: Linkage, as_of: date) -> bool:
    """Whether the linkage is an edge of the network on the day (design 9.3).

    Only agreed and active linkages in force count; keep apart and wait never do.
    """
    return (
        linkage.status in {"agreed", "active"}
        and linkage.decision not in {"keep_apart", "wait"}
        and exists(linkage, as_of)
    )


def linkage_state(linkage: Linkage, as_of: date) -> LinkageState:
    """How a linkage stands on the day, for drawing and filtering."""
    if linkage.decision == "keep_apart":
        return "keep_apart"
    if linkage.decision == "wait":
        return "wait"
    if linkage.status in {"idea", "planned"} or first_day(linkage.start) > as_of:
        return "planned"
    if linkage.status == "ended" or not exists(linkage, as_of):
        return "ended"
    return "current" if linkage.status in {"agreed", "active"} else "doubtful"


def basis_mark(record: Record) -> str:
    """The English mark of a record that was not checked or is made up; empty for others.

    Show it through the translation function; it must be visible wherever the record is.
    """
    return _MARK_LABELS.get(record.basis, "")
