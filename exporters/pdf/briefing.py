"""The briefing: cover, contents, the sections of the recipe, sources and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from exporters.pdf.analyses import (
    ANALYSES,
    RECORD_TABLES,
    analysis_section,
    has_analysis,
    records_section,
)
from exporters.pdf.cover import contents_pages, cover_page, summary_fits
from exporters.pdf.document import pdf_bytes
from exporters.pdf.evidence import has_statements, sources_section
from exporters.pdf.flow import Flow
from exporters.pdf.horizon import has_horizon, horizon_section
from exporters.pdf.judgements import attention_section, checklist_section
from exporters.pdf.measures import has_measures, measures_section
from exporters.pdf.pages import Kit, Page, add_running_parts
from exporters.pdf.paper import BODY, TOP
from exporters.pdf.pictures import map_pages, shown_views, timeline_sheets, view_pages
from exporters.pdf.profiles import profiled, profiles_section
from exporters.pdf.sections import (
    activities_section,
    actors_section,
    funding_section,
    linkages_section,
    postings_section,
    processes_section,
)
from exporters.progress import Stretch
from exporters.statements import handling_sentences, limits
from exporters.summary import situation
from model.drawing.text import TextStyle
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from exporters.progress import Progress
    from exporters.request import Pack, Section

_TABLES: Final[dict[str, tuple[str, Callable[[Flow, Pack], None]]]] = {
    "processes": ("processes", processes_section),
    "actors": ("actors", actors_section),
    "linkages": ("linkages", linkages_section),
    "activities": ("activities", activities_section),
    "funding": ("funding", funding_section),
    "postings": ("postings", postings_section),
}
_CLOSER: Final = TextStyle(9, line_spacing=1.4)
"""For a summary that would otherwise leave a few lines on a page of their own."""
_SPILL: Final = 130.0
"""So little height on a last page is not worth a page."""
_DATED: Final = ("phases", "milestones", "activities", "postings", "funding")


def write_briefing(pack: Pack, path: Path, progress: Progress) -> tuple[str, ...]:
    """Write the briefing to a path; there is nothing to remark."""
    path.write_bytes(briefing_bytes(pack, progress))
    return ()


def briefing_bytes(pack: Pack, progress: Progress) -> bytes:
    """The PDF of a pack."""
    pages = briefing_pages(pack, Stretch(progress, 0.0, 0.6))
    return pdf_bytes(
        pages, pack.request.language, Stretch(progress, 0.6, 1.0), pack.request.pdf_password
    )


def briefing_pages(pack: Pack, progress: Progress) -> list[Page]:
    """All pages of the briefing, laid out and numbered."""
    kit = Kit(pack)
    inner: list[Page] = []
    flow = Flow(kit, pack.request.recipe, inner)
    wanted = [one for one in pack.request.recipe.sections if _has_content(one, pack)]
    for number, section in enumerate(wanted):
        progress.report(number / len(wanted), tr("Laying out pages"))
        _add_section(section, pack, kit, flow)
    cover = cover_page(pack, kit)
    pages = [cover, *contents_pages(pack, kit, inner, before=1), *inner]
    add_running_parts(pages, kit)
    if pack.from_right:
        for page in pages:
            page.mirror()
    return pages


def _has_content(section: Section, pack: Pack) -> bool:
    tables = pack.tables
    asked = _CONTENT.get(section)
    if asked is not None:
        return asked(pack)
    if section in RECORD_TABLES:
        return any(tables.table(table) for table, _fields in RECORD_TABLES[section])
    if section in ANALYSES:
        return has_analysis(pack, section)
    return section not in _TABLES or bool(tables.table(_TABLES[section][0]))


def _add_section(section: Section, pack: Pack, kit: Kit, flow: Flow) -> None:
    if section in _PICTURES:
        flow.leave_page()
        flow.pages += _PICTURES[section](pack, kit)
    elif section in _WRITTEN:
        _WRITTEN[section](flow, pack)
    elif section in RECORD_TABLES:
        records_section(flow, pack, section)
    elif section in ANALYSES:
        analysis_section(flow, pack, section)
    else:
        _TABLES[section][1](flow, pack)


def summary_section(flow: Flow, pack: Pack) -> None:
    """The project in the words of its makers where the cover has no room, then the situation."""
    trial = Flow(flow.kit, pack.request.recipe, [])
    _summary(trial, pack, BODY)
    spills = len(trial.pages) > 1 and trial.y < TOP + _SPILL
    _summary(flow, pack, _CLOSER if spills else BODY)


def _summary(flow: Flow, pack: Pack, style: TextStyle) -> None:
    flow.section(tr("Summary"))
    if pack.tables.project.summary.strip() and not summary_fits(pack, flow.kit):
        flow.text(pack.tables.project.summary, style)
    for title, sentences in situation(pack):
        flow.heading(title, listed=False)
        flow.bullets(sentences, style)


def _has_summary(pack: Pack) -> bool:
    return bool(pack.tables.project.summary.strip() or situation(pack))


def _has_dates(pack: Pack) -> bool:
    return any(pack.tables.table(table) for table in _DATED)


def limits_section(flow: Flow, pack: Pack) -> None:
    """How to handle the pack, and how far to trust it."""
    flow.section(tr("Limits of this pack"))
    handling = handling_sentences(pack.tables, pack.request.audience)
    flow.bullets([*handling, *limits(pack.tables, pack.request)])


_PICTURES: Final[dict[str, Callable[[Pack, Kit], list[Page]]]] = {
    "map": map_pages,
    "views": view_pages,
    "timeline": timeline_sheets,
}
_WRITTEN: Final[dict[str, Callable[[Flow, Pack], None]]] = {
    "summary": summary_section,
    "attention": attention_section,
    "checklist": checklist_section,
    "profiles": profiles_section,
    "horizon": horizon_section,
    "sources": sources_section,
    "limits": limits_section,
    "measures": measures_section,
}
_CONTENT: Final[dict[str, Callable[[Pack], bool]]] = {
    "summary": _has_summary,
    "map": lambda pack: bool(pack.tables.actors),
    "views": lambda pack: bool(shown_views(pack)),
    "timeline": _has_dates,
    "profiles": lambda pack: bool(profiled(pack)),
    "horizon": has_horizon,
    "sources": has_statements,
    "measures": has_measures,
}
"""What decides whether a section has anything to show; others go by their tables."""
