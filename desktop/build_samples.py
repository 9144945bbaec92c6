"""Build the sample projects from case folders: ``python -m desktop.build_samples CASES_FOLDER``.

The result is the same byte for byte whenever the cases are: ids are counted, nothing is dated.
The built files are part of the product (``resources/samples``); run this again after a change
to the cases, to the record types or to the arranging of the map.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from exporters.readers.sources import read_sources
from model.dates import day, parse_date
from model.document import Document
from model.identifiers import CountingIds
from model.importing.plan import plan_import
from model.layout import arrange
from model.records import Placement, Track
from model.refusals import Refusal
from model.storage import codec
from model.storage.schema import SaveStamp

if TYPE_CHECKING:
    from datetime import date

APP: Final = "crosstrack samples"
EFFORT: Final = 12.0
"""How long to look for a legible arrangement; 1 is what the window allows itself."""

SETTINGS: Final[dict[str, dict[str, str]]] = {
    "mindanao": {
        "title": "Mindanao: the Bangsamoro peace talks",
        "country": "PHL",
        "as_of": "2013-02-15",
        "summary": (
            "A sample for learning the tool, not a source. The talks between the Government of "
            "the Philippines and the Moro Islamic Liberation Front, facilitated by Malaysia and "
            "supported by an International Contact Group of four states and four organisations. "
            "Records marked “not checked” are from memory; records marked “illustrative” are made "
            "up, among them most funding lines and all but one of the checklist answers. No "
            "person is named. No amounts of money were looked up."
        ),
    },
    "myanmar": {
        "title": "Myanmar: peace support after 2021",
        "country": "MMR",
        "as_of": "2023-03-01",
        "summary": (
            "A sample for learning the tool, not a source. The nationwide ceasefire process, its "
            "end in 2021 and the parallel contacts of several envoys since. Authority is "
            "contested: being recorded here endorses no claim. Records marked “not checked” are "
            "from memory; records marked “illustrative” are made up, among them half of the "
            "funding lines and most checklist answers. No person is named. The one amount of "
            "money is a published figure."
        ),
    },
    "mali": {
        "title": "Mali: the Algiers agreement and the transition",
        "country": "MLI",
        "as_of": "2022-09-01",
        "summary": (
            "A sample for learning the tool, not a source. Two processes with different leads at "
            "the same time. Linkages, funding lines and postings are missing altogether: nobody "
            "has recorded them yet, so their absence here says nothing about Mali. Records marked "
            "“not checked” are from memory; records marked “illustrative” are made up, among them "
            "most checklist answers. No person is named."
        ),
    },
}
"""Title, country, day and summary of each sample, by the name of its case folder."""


def build(folder: Path) -> bytes:
    """The sample project of one case folder, as the JSON of a project.

    Raises:
        Refusal: a row of the case cannot be read.
    """
    name = folder.name
    document = Document(ids=CountingIds(name))
    plan_import(document, read_sources([folder])).apply(document)
    settings = SETTINGS[name]
    with document.edit("Settings of the sample") as edit:
        edit.change(
            "project",
            document.project.id,
            title=settings["title"],
            summary=settings["summary"],
            country=settings["country"],
            as_of=parse_date(settings["as_of"]),
            tlp="CLEAR",
        )
    _place(document, day(settings["as_of"]))
    stamp = SaveStamp(f"sample-{name}", f"sample-{name}-1")
    return codec.encode(document.content(), stamp, APP).json


def _place(document: Document, as_of: date) -> None:
    """Arrange the map once and for all, with more patience than somebody who waits has."""
    found = arrange(document, as_of, effort=EFFORT)
    with document.edit("Arrange the sample") as edit:
        for actor_id, (x, y) in found.places.items():
            tlp = document.actors[actor_id].tlp
            edit.put("placements", Placement(id=actor_id, x=x, y=y, tlp=tlp))
        for order, (code, height) in enumerate(found.heights.items()):
            edit.put("tracks", Track(id=code, order=order, height=height, tlp="CLEAR"))


def main(arguments: list[str]) -> int:
    """Build all samples into ``resources/samples``."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m desktop.build_samples CASES_FOLDER\n")
        return 2
    target = Path(__file__).resolve().parent.parent / "resources" / "samples"
    target.mkdir(exist_ok=True)
    for name in SETTINGS:
        try:
            data = build(Path(arguments[0]) / name)
        except Refusal as refusal:
            sys.stderr.write(f"{refusal.message}\n")
            return 1
        (target / f"{name}.json").write_bytes(data)
        sys.stdout.write(f"{name}: {len(data)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
