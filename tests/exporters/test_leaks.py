"""What leaves is the same to the byte whatever is withheld, and names nothing that is."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

import msgspec
import pikepdf
import pytest

from exporters.registry import OUTPUT_KINDS
from model import records as r
from model.redaction import Aliases
from tests.packs import empty_content, put, sample
from tests.twins.dressing import Side
from tests.twins.files import compare, files_of
from tests.twins.pairs import Twins

if TYPE_CHECKING:
    from pathlib import Path

    from model.document import Content
    from model.records import Record

CANARY = "Quetzal7731"


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


def _exported(content: Content, audience: str, folder: Path) -> dict[str, bytes]:
    """All files of an export of everything."""
    pair = Twins(0, audience, Side(content, Aliases(), None), Side(content, Aliases(), None))
    return files_of(pair, pair.one, folder)


@pytest.mark.slow
def test_files_do_not_depend_on_what_is_withheld() -> None:
    """In two processes that differ in hashes and time zone; the long run is a command."""
    count = compare(range(1000, 1002))
    assert (count.pairs, count.differences) == (2, [])
    assert count.files > count.pairs * len(OUTPUT_KINDS)


def _with_canaries() -> Content:
    """The Mindanao sample with a withheld record of every table, full of the canary."""
    content = sample()
    actor = next(iter(content["actors"]))
    put(content, "actors", r.Actor(id="c1", tlp="AMBER", name=CANARY, short_name=CANARY))
    put(content, "linkages", r.Linkage(id="c2", tlp="CLEAR", from_id="c1", to_id=actor))
    secrets: list[tuple[str, Record]] = [
        ("processes", r.Process(id="c3", name=CANARY, party_ids=(actor,))),
        ("activities", r.Activity(id="c4", title=CANARY, lead_id=actor)),
        ("phases", r.Phase(id="c5", label=CANARY)),
        ("milestones", r.Milestone(id="c6", label=CANARY)),
        ("postings", r.Posting(id="c7", tlp="CLEAR", office=CANARY, institution_id=actor)),
        ("notes", r.Note(id="c8", text=CANARY, target_table="actors", target_id=actor)),
        ("views", r.View(id="c9", title=CANARY)),
        ("baselines", r.Baseline(id="c10", title=CANARY)),
        ("exports", r.ExportRun(id="c11", tlp="CLEAR", recipe=CANARY)),
        ("sources", r.Source(id="c12", title=CANARY)),
        ("groups", r.Group(id="c13", label=CANARY, member_ids=(actor,))),
        ("funding", r.FundingLine(id="c14", donor_id=actor, conditions=CANARY)),
        ("roles", r.Role(id="c15", tlp="CLEAR", actor_id="c1", role="donor")),
        ("mutes", r.Mute(id="c16", rule_id="W02", reason=CANARY)),
        ("decisions", r.Decision(id="c17", title=CANARY)),
        ("checklist_items", r.ChecklistItem(id="c18", title=CANARY)),
        ("answers", r.Answer(id="c19", tlp="CLEAR", item_id="c18", reasoning=CANARY)),
        ("signals", r.Signal(id="c20", text=CANARY)),
        ("recipes", r.PackRecipe(id="c22", tlp="CLEAR", title=CANARY)),
        (
            "conflicts",
            r.OpenConflict(
                id="c21",
                tlp="CLEAR",
                target_table="actors",
                target_id=actor,
                field="notes",
                base=f'"{CANARY}"',
                candidates=(f'"{CANARY}"',),
            ),
        ),
    ]
    for table, record in secrets:
        put(content, table, record)
    project = content["project"]["project"]
    content["project"]["project"] = msgspec.structs.replace(project, tlp="AMBER", title=CANARY)
    return content


def _opened(name: str, data: bytes) -> list[bytes]:
    """The bytes of a file and of everything packed inside it."""
    found = [data]
    if name.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [archive.read(part) for part in archive.namelist()]
            found.append("\n".join(archive.namelist()).encode())
    if name.endswith(".pdf"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
            found += [stream.read_bytes() for stream in streams]
            found += [repr(one).encode() for one in pdf.objects]
    if name.endswith(".png"):
        start = data.index(b"IDAT") + 4
        found.append(zlib.decompressobj().decompress(data[start:]))
    return found


@pytest.mark.slow
def test_no_file_holds_a_word_of_what_is_withheld(tmp_path: Path) -> None:
    spellings = [CANARY.encode(), CANARY.encode("utf-16-be"), CANARY.encode("utf-16-le")]
    spellings += [one.hex().encode() for one in spellings]
    for name, data in _exported(_with_canaries(), "GREEN", tmp_path).items():
        for part in _opened(name, data):
            for spelling in spellings:
                assert spelling not in part, name
    seen = _exported(_with_canaries(), "AMBER", tmp_path)
    found = b"".join(part for part in _opened("out.pdf", seen["out.pdf"]))
    assert CANARY.encode("utf-16-be").hex().encode() in found  # the search does find it


def test_exports_leak_neither_old_ids_nor_imported_ones(tmp_path: Path) -> None:
    content = empty_content()
    ref = (r.ExternalRef("mindanao", "actors", "REF99"),)
    put(content, "actors", r.Actor(id="k3yk3yk3y", tlp="CLEAR", name="Council", external=ref))
    for name, data in _exported(content, "CLEAR", tmp_path).items():
        for part in _opened(name, data):
            assert not re.search(rb"k3yk3yk3y|REF99", part), name
