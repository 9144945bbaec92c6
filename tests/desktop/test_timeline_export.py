"""Pictures of the timeline from the command line and the window."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.timeline_in_view import in_copy, timeline_in_view
from exporters.request import TimelineWindow
from model.redaction import redact
from model.timeline.narrowing import Narrow
from model.timeline.strip import Strip
from tests.builders import a_project
from tests.desktop.cli_runner import Runner

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.controller import Controller


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, capsys)


def test_the_command_line_makes_both_and_refuses_days_in_the_wrong_order(
    run: Runner, tmp_path: Path
) -> None:
    project = tmp_path / "p.xtrk"
    assert run.sealed("sample", "mindanao", project).code == 0
    svg, png = tmp_path / "t.svg", tmp_path / "t.png"
    order = ("export", project, "--audience", "TLP:RED", "--no-record")
    days = ("--timeline-from", "2012-01-01", "--timeline-to", "2014-12-31")
    outcome = run.sealed(
        *order, "--timeline-svg", svg, "--timeline-png", png, *days, "--timeline-by", "actor"
    )
    assert outcome.code == 0, outcome.error
    assert "2012" in svg.read_text(encoding="utf-8")
    assert png.read_bytes().startswith(b"\x89PNG")
    wrong = ("--timeline-from", "2015-01-01", "--timeline-to", "2014-12-31")
    assert "cannot end on 2014-12-31" in run.refused(
        *order, "--timeline-svg", tmp_path / "u.svg", *wrong, *run.secret
    )


def test_the_window_orders_what_its_timeline_shows(controller: Controller) -> None:
    controller.open_sample("mindanao")
    assert controller.panels is not None
    timeline = controller.panels.timeline
    timeline.canvas.picture.grouping = "process"
    timeline.canvas.rebuild()
    timeline.canvas.fold("funding")
    timeline.canvas.zoom_by(20.0)
    window = timeline_in_view(controller.panels)
    assert window.grouping == "process"
    assert "funding" not in window.sections
    assert "activities" in window.sections
    assert window.first is not None
    assert window.last is not None
    assert date(2012, 1, 1) < window.first < date(2013, 2, 15) < window.last < date(2014, 6, 1)


def test_a_picture_of_part_of_the_timeline_follows_the_ids_of_the_copy() -> None:
    project = (
        a_project()
        .actor("a", tlp="CLEAR")
        .actor("c", tlp="RED")
        .add("processes", "p", name="Talks", tlp="CLEAR")
        .document()
    )
    copy = redact(project, "GREEN")
    new = {old: one for one, old in copy.ids.items()}
    window = TimelineWindow(narrow=Narrow("actor", "a"), strip=Strip("process", "p"))
    sent = in_copy(window, copy)
    assert sent.narrow == Narrow("actor", new["actors", "a"])
    assert sent.strip == Strip("process", new["processes", "p"])
    hidden = TimelineWindow(narrow=Narrow("actor", "c"), strip=Strip("actor", "c"))
    assert in_copy(hidden, copy) == TimelineWindow()
    by_code = TimelineWindow(narrow=Narrow("track", "T2"), strip=Strip("track", "T1"))
    assert in_copy(by_code, copy) == by_code
