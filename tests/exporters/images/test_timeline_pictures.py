"""Pictures of the timeline: the days, grouping and sections that were asked for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
import pytest

from desktop.export_worker import make_pack
from exporters.images.timeline_pictures import WIDTH, write_timeline_svg
from exporters.progress import Silent
from exporters.request import ExportRequest, Pack, TimelineWindow
from exporters.timeline_parts import view_of
from model.drawing.timeline_places import HEADER
from model.redaction import redact
from tests.samples import sample

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2013, 2, 15)


@pytest.fixture
def pack(qapp: object) -> Pack:
    copy = redact(sample("mindanao"), "CLEAR")
    return make_pack(copy.content, ExportRequest(audience="CLEAR", as_of=DAY))


def asking(pack: Pack, window: TimelineWindow) -> Pack:
    """The pack with another order."""
    request = msgspec.structs.replace(pack.request, timeline=window)
    return Pack(pack.tables, request, pack.style, pack.text_engine, pack.rasterise)


def test_the_days_asked_for_stand_at_the_edges(pack: Pack) -> None:
    window = TimelineWindow(first=date(2012, 1, 1), last=date(2013, 12, 31))
    view = view_of(asking(pack, window), window, WIDTH)
    assert view.start == date(2012, 1, 1).toordinal()
    end = view.start + (WIDTH - HEADER) * view.days_per_unit
    assert end == pytest.approx(date(2014, 1, 1).toordinal())


def test_grouping_and_sections_are_those_of_the_window(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "a.svg"
    window = TimelineWindow(grouping="process", sections=("activities",))
    write_timeline_svg(asking(pack, window), path, Silent())
    text = path.read_text(encoding="utf-8")
    assert "Activities" in text
    assert "No process" in text or "Mindanao" in text
    assert "Phases and milestones" not in text
    assert "TLP:CLEAR" in text


def test_it_is_the_same_picture_each_time_and_all_of_it_without_an_order(
    pack: Pack, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.svg", tmp_path / "b.svg"
    for path in (first, second):
        write_timeline_svg(pack, path, Silent())
    assert first.read_bytes() == second.read_bytes()
    assert "Funding" in first.read_text(encoding="utf-8")
