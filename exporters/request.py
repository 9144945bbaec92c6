"""What is asked of an export: for whom, as of which day, in which language, which files.

A request and the redacted content are all that a worker process gets; both are plain data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.rows import Grouping, SectionKey
from model.timeline.strip import WHOLE_STRIP, Strip
from resources.text import right_to_left

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.document import Snapshot
    from model.drawing.primitives import Drawing
    from model.drawing.style import StyleSheet
    from model.drawing.text import TextEngine

OutputKind = Literal[
    "pdf",
    "xlsx",
    "csv",
    "document-json",
    "svg",
    "png",
    "graphml",
    "gexf",
    "ics",
    "timeline-svg",
    "timeline-png",
]
Section = Literal[
    "map",
    "timeline",
    "actors",
    "linkages",
    "processes",
    "activities",
    "funding",
    "postings",
    "attention",
    "checklist",
    "parallel",
    "spheres",
    "channels",
    "blind_spots",
    "measures",
    "mandates",
    "relations",
    "context",
    "decisions",
    "claims",
    "summary",
    "views",
    "profiles",
    "horizon",
    "sources",
    "limits",
]
SECTIONS: tuple[Section, ...] = (
    "summary",
    "map",
    "views",
    "timeline",
    "attention",
    "processes",
    "parallel",
    "actors",
    "profiles",
    "relations",
    "mandates",
    "linkages",
    "channels",
    "activities",
    "spheres",
    "blind_spots",
    "measures",
    "context",
    "funding",
    "horizon",
    "postings",
    "checklist",
    "decisions",
    "claims",
    "sources",
    "limits",
)
"""All sections in the order of the whole briefing."""
SECTION_OPTIONS: dict[Section, tuple[str, ...]] = {
    "map": ("legible", "sheet", "poster", "poster_a4"),
    "timeline": ("whole", "shown"),
    "attention": ("all", "grave"),
    "profiles": ("parties", "third_parties", "everyone"),
    "linkages": ("all", "reasoned", "apart"),
    "checklist": ("answered", "all"),
}
"""What sections can be told: the first of each is what they do untold.

The timeline can also be told a saved view: AS_IN and its id.
"""
AS_IN = "view:"


class Recipe(msgspec.Struct, frozen=True):
    """How a briefing is put together.

    Attributes:
        name: what the recipe is called.
        sections: which sections, in order; those without content are left out.
        page: paper of the text pages.
        inserts: paper of map and timeline, across: one size larger, or the same.
        colours: in colour, or in shades of grey for printers that have no colour.
        options: what sections were told, as (section, one of its SECTION_OPTIONS).
        colour_by, size_by: fields or measures that colour and size of the cards on maps follow.
    """

    name: str = "briefing"
    sections: tuple[Section, ...] = SECTIONS
    page: Literal["A4", "letter"] = "A4"
    inserts: Literal["large", "same"] = "large"
    colours: Literal["colour", "grey"] = "colour"
    options: tuple[tuple[str, str], ...] = ()
    colour_by: str = ""
    size_by: str = ""

    @property
    def timeline_view(self) -> str:
        """The id of the saved view that the timeline is shown as in; empty for none."""
        told = dict(self.options).get("timeline", "")
        return told.removeprefix(AS_IN) if told.startswith(AS_IN) else ""

    def told(self, section: Section, value: str) -> Recipe:
        """The same with a section told something."""
        options = {**dict(self.options), section: value}
        return msgspec.structs.replace(self, options=tuple(sorted(options.items())))

    def option(self, section: Section) -> str:
        """What a section was told, or what it does untold."""
        known = SECTION_OPTIONS[section]
        told = dict(self.options).get(section, "")
        return told if told in known else known[0]


class TimelineWindow(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of the timeline a picture of it shows; all that is dated where nothing is said.

    Attributes:
        first, last: days at its edges.
        grouping: what activities are grouped by.
        sections: which sections; all that have something to show if empty.
        narrow: the track, process or actor that is shown alone, by its id in the copy.
        strip: whose need and cover are drawn, by its id in the copy.
        as_of: the day that its cursor marks, if another one than that of the pack.
        second: the lower one of two timelines.
    """

    first: date | None = None
    last: date | None = None
    grouping: Grouping = "track"
    sections: tuple[SectionKey, ...] = ()
    narrow: Narrow = EVERYTHING
    strip: Strip = WHOLE_STRIP
    as_of: date | None = None
    second: TimelineWindow | None = None

    @property
    def parts(self) -> tuple[TimelineWindow, ...]:
        """The upper timeline, and the lower one where there is one."""
        return (self,) if self.second is None else (self, self.second)


class Output(msgspec.Struct, frozen=True):
    """One file (or, for CSV, one folder) to write."""

    kind: OutputKind
    path: str

    @property
    def target(self) -> Path:
        """The path as a path."""
        return Path(self.path)


class ExportRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An order for any outputs of one redacted copy.

    Attributes:
        audience: TLP label without "TLP:".
        as_of: the day for which everything is shown.
        outputs: what to write where.
        language: code of the language of labels and sentences.
        title: title of the pack; the project's own, where the audience may see it, if empty.
        recipe: how the briefing is put together.
        keep_positions: show the map as arranged; gaps may then tell of what is withheld.
        id_mark: put before each id of the copy, to tell the ids of two packs apart.
        force: replace files that are already there.
        timeline: what pictures of the timeline show, and its page where it is told so.
        aliased: whether somebody is shown under an alias.
        pdf_password: opens the briefing, which is then encrypted; empty for none.
    """

    audience: str
    as_of: date
    outputs: tuple[Output, ...] = ()
    language: str = "en"
    title: str = ""
    recipe: Recipe = Recipe()
    keep_positions: bool = False
    id_mark: str = ""
    force: bool = False
    timeline: TimelineWindow = TimelineWindow()
    aliased: bool = False
    pdf_password: str = ""


@dataclass(frozen=True)
class Pack:
    """All that an exporter works with: a redacted copy, the request and the tools of the process.

    Attributes:
        tables: the redacted copy; exporters never see anything else.
        request: what was asked for.
        style: the style sheet for paper.
        text_engine: shapes text.
        rasterise: paints a drawing into pixels; None where no PNG can be made.
    """

    tables: Snapshot
    request: ExportRequest
    style: StyleSheet
    text_engine: TextEngine
    rasterise: Callable[[Drawing, float], tuple[int, int, bytes]] | None = None

    @cached_property
    def map_tables(self) -> Snapshot:
        """The copy with a place for every actor: arranged anew unless places came along."""
        from exporters.arranged import arranged  # noqa: PLC0415 - brings numpy along

        if self.tables.placements or not self.tables.actors:
            return self.tables
        return arranged(self.tables, self.request.as_of)

    @property
    def from_right(self) -> bool:
        """Whether the pack is read from right to left."""
        return right_to_left(self.request.language)

    @property
    def title(self) -> str:
        """The title of the pack; empty where the audience may not see the project's."""
        return self.request.title.strip() or self.tables.project.title.strip()
