"""What every pack says about itself: for whom, as of when, how much, and how far to trust it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.codes import tlp_text
from model.redaction import sees_everything
from model.returning.exported import RETURNING_TABLES
from resources.text import joined, plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporters.request import ExportRequest
    from model.records import Record
    from model.tables import Tables

COUNTED_TABLES = (
    ("actors", "{count} actor", "{count} actors"),
    ("linkages", "{count} linkage", "{count} linkages"),
    ("processes", "{count} process", "{count} processes"),
    ("activities", "{count} activity", "{count} activities"),
    ("phases", "{count} phase", "{count} phases"),
    ("milestones", "{count} milestone", "{count} milestones"),
    ("funding", "{count} funding line", "{count} funding lines"),
    ("postings", "{count} posting", "{count} postings"),
)
DATA_TABLES = RETURNING_TABLES
"""Tables whose records are statements about the world; the others are settings."""


def marking(audience: str) -> str:
    """The label as the standard writes it; never translated."""
    return tlp_text(audience)


def audience_sentence(audience: str) -> str:
    """Who may read the pack, in the words of TLP 2.0."""
    return {
        "CLEAR": tr("There is no limit on disclosure."),
        "GREEN": tr("Recipients may share this within their community, not publicly."),
        "AMBER": tr("Recipients may share this within their organisation and with its clients, "
                    "as far as they need to know."),
        "AMBER+STRICT": tr("Recipients may share this within their organisation only."),
        "RED": tr("For the eyes of the named recipients only; no further disclosure."),
    }.get(audience, "")  # fmt: skip


def handling_sentences(tables: Tables, audience: str) -> list[str]:
    """How to handle the pack: the label in words, who is meant, the Chatham House Rule."""
    project = tables.project
    found = [audience_sentence(audience)]
    if audience == "GREEN" and project.community:
        found.append(tr("Community: {community}", community=project.community))
    if audience == "AMBER" and project.clients:
        found.append(tr("Clients: {clients}", clients=project.clients))
    if project.chatham_house:
        found.append(tr("The Chatham House Rule applies."))
    return found


def counts(tables: Tables) -> list[str]:
    """How much there is of what, in words that stay together; empty tables are left out."""
    return [
        plural(one, many, len(tables.table(table))).replace(" ", "\u00a0", 1)
        for table, one, many in COUNTED_TABLES
        if tables.table(table)
    ]


def counts_sentence(tables: Tables) -> str:
    """The counts as one sentence."""
    found = counts(tables)
    if not found:
        return tr("There are no records in this pack.")
    listed = tr(
        "{most} and {last}", most=joined(found[:-1]), last=found[-1]
    ) if len(found) > 1 else found[0]  # fmt: skip
    return tr("This pack holds {listed}.", listed=listed)


def basis_counts(tables: Tables) -> tuple[int, int, int]:
    """How many records there are, how many of them not checked, how many illustrative."""
    bases = [record.basis for record in _statements(tables)]
    return len(bases), bases.count("public_memory"), bases.count("illustrative")


def limits(tables: Tables, request: ExportRequest) -> list[str]:
    """What the reader must know about how far the pack can be relied on."""
    total, unchecked, made_up = basis_counts(tables)
    found = [
        tr(
            "Everything is shown as of {date}; dates are never more exact than they are known.",
            date=request.as_of.isoformat(),
        ),
        tr(
            "Perceptions, stances, trust and reasons are views of those who entered them, not "
            "findings; others may see the same differently."
        ),
        plural(
            "{count} of {total} records is marked “not checked”: it was written from memory and "
            "nobody has looked it up.",
            "{count} of {total} records are marked “not checked”: they were written from memory "
            "and nobody has looked them up.",
            unchecked,
            total=total,
        ),
        plural(
            "{count} of {total} records is marked “illustrative”: it is made up to show how the "
            "tool works.",
            "{count} of {total} records are marked “illustrative”: they are made up to show how "
            "the tool works.",
            made_up,
            total=total,
        ),
        tr("“Not known” is a statement of its own; it means neither no nor none."),
    ]
    if request.aliased:
        found.append(
            tr(
                "Names in quotation marks such as “Vega” are aliases. They are the same all "
                "through this pack and different in every other one."
            )
        )
    if not total:  # how many of none are marked says nothing
        del found[2:4]
    return found + absence(request)


def absence(request: ExportRequest) -> list[str]:
    """That a copy does not tell what it leaves out; none for those who see everything."""
    if sees_everything(request.audience):
        return []
    return [
        tr(
            "This is a copy made for {label}. It may leave things out, and does not say "
            "where: that something is absent here does not mean that it does not exist.",
            label=marking(request.audience),
        )
    ]


def statement_tables(tables: Tables) -> Iterator[tuple[str, list[Record]]]:
    """The tables whose records are statements about the world, with their records."""
    for table in DATA_TABLES:
        yield table, list(tables.table(table).values())


def _statements(tables: Tables) -> Iterator[Record]:
    for _table, records in statement_tables(tables):
        yield from records
