"""Sources and grades: what the records of a pack rest on, and how good it is said to be."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from exporters.pdf.references import gathered
from exporters.pdf.tables import Cell, Column, add_table, cell
from exporters.statements import statement_tables
from exporters.wording import mark_text, unbroken
from model.codes import CODE_LISTS
from model.naming import name_of
from model.records import Source
from model.timeline.wording import date_text
from resources.text import joined, plural, tr

if TYPE_CHECKING:
    from exporters.pdf.flow import Flow
    from exporters.request import Pack
    from model.records import Record

_UNJUDGED = ("F", "6")
_UNGRADED = 3
"""Columns of references where none has a grade."""


def sources_section(flow: Flow, pack: Pack) -> None:
    """How many records rest on what, then every source with its grade and what it is used for."""
    flow.section(tr("Sources and grades"))
    flow.text(
        tr(
            "Reliability says how good a source is known to be (A best, E worst, F not judged); "
            "credibility how likely a statement is (1 best, 5 worst, 6 not judged)."
        )
    )
    flow.gap(6)
    _basis_table(flow, pack)
    _named_sources(flow, pack)
    _references(flow, pack)


def has_statements(pack: Pack) -> bool:
    """Whether there is any record whose source could be told."""
    return any(records for _table, records in statement_tables(pack.tables))


def _code(record: Record) -> str:
    """The Admiralty grade, such as B2; empty where nothing was judged."""
    return "" if _grade(record) == _UNJUDGED else "".join(_grade(record))


def _grade_words(record: Record) -> str:
    if not _code(record):
        return ""
    names = (
        CODE_LISTS["source_reliability"].label(record.reliability),
        CODE_LISTS["credibility"].label(record.credibility),
    )
    return joined(names)


def _basis_table(flow: Flow, pack: Pack) -> None:
    counts: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for _table, records in statement_tables(pack.tables):
        for record in records:
            counts[record.basis] += 1
            judged[record.basis] += (record.reliability, record.credibility) != _UNJUDGED
    columns = (Column(tr("Basis"), 60), Column(tr("Records"), 20), Column(tr("Of them graded"), 20))
    codes = [code for code in CODE_LISTS["basis"].codes if counts[code]]
    rows = [
        [
            cell(CODE_LISTS["basis"].label(code), role="strong"),
            cell(str(counts[code])),
            cell(str(judged[code])),
        ]
        for code in codes
    ]
    add_table(flow, columns, rows)


def _named_sources(flow: Flow, pack: Pack) -> None:
    """The records of the sources table, with what rests on each."""
    sources: list[Source] = [
        one for one in pack.tables.table("sources").values() if isinstance(one, Source)
    ]
    if not sources:
        return
    uses: dict[str, Counter[str]] = {one.id: Counter() for one in sources}
    for table, records in statement_tables(pack.tables):
        for record in records:
            for source_id in record.source_ids:
                uses[source_id][table] += 1
    flow.heading(tr("Sources"))
    columns = (
        Column(tr("Source"), 40),
        Column(tr("Grade"), 20),
        Column(tr("Date"), 14),
        Column(tr("Used for"), 26),
    )
    rows: list[list[Cell]] = [
        [
            cell(one.title, mark_text(one), detail=_joined(one.kind, one.reference), role="strong"),
            cell(_code(one) or tr("not judged"), detail=_grade_words(one)),
            cell(date_text(one.date)),
            cell(_used_for(uses[one.id])),
        ]
        for one in sources
    ]
    add_table(flow, columns, rows)


def _references(flow: Flow, pack: Pack) -> None:
    """Where records say in free text what they rest on, the most used first."""
    said: dict[str, list[tuple[str, str]]] = {}
    for table, records in statement_tables(pack.tables):
        for record in records:
            if record.source_ref.strip():
                said.setdefault(_code(record), []).append((table, record.source_ref))
    found = [(grade, one) for grade, texts in said.items() for one in gathered(texts)]
    if not found:
        return
    found.sort(key=lambda pair: (-pair[1].uses.total(), pair[1].name.casefold(), pair[0]))
    flow.heading(tr("References given with records ({count})", count=len(found)))
    columns = [Column(tr("Reference"), 32), Column(tr("Places in it, remarks"), 42)]
    columns += [Column(tr("Grade"), 10)] if any(grade for grade, _one in found) else []
    columns += [Column(tr("Used for"), 26)]
    rows: list[list[Cell]] = [
        [
            cell(one.name, role="strong"),
            cell(joined(one.places, ", ")),
            *([cell(grade)] if len(columns) > _UNGRADED else []),
            cell(_used_for(one.uses)),
        ]
        for grade, one in found
    ]
    add_table(flow, columns, rows)


def _grade(record: Record) -> tuple[str, str]:
    return record.reliability, record.credibility


def _used_for(tables: Counter[str]) -> str:
    """How many records of which tables: 7 linkages, 3 actors."""
    return joined(_counted(table, count) for table, count in tables.most_common())


def _counted(table: str, count: int) -> str:
    one, many = {
        "actors": ("{count} actor", "{count} actors"),
        "roles": ("{count} role", "{count} roles"),
        "linkages": ("{count} linkage", "{count} linkages"),
        "processes": ("{count} process", "{count} processes"),
        "phases": ("{count} phase", "{count} phases"),
        "milestones": ("{count} milestone", "{count} milestones"),
        "activities": ("{count} activity", "{count} activities"),
        "postings": ("{count} posting", "{count} postings"),
        "mandates": ("{count} mandate", "{count} mandates"),
        "funding": ("{count} funding line", "{count} funding lines"),
        "answers": ("{count} checklist answer", "{count} checklist answers"),
    }.get(table, ("{count} other record", "{count} other records"))
    return unbroken(plural(one, many, count))


def _joined(*texts: str) -> str:
    return joined(texts, "  ·  ")


def names_of_sources(pack: Pack, record: Record) -> str:
    """What a record rests on, in one line; empty where nothing is said."""
    names = [name_of(pack.tables, "sources", one) for one in record.source_ids]
    return _joined(*names, record.source_ref, _code(record))
