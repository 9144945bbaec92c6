"""The timeline of a pack as it is seen: page and pictures, by options, views and kept recipes."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest

from desktop.timeline_in_view import for_copy
from exporters.recipes import RECIPES, kept_fields, recipe_of
from exporters.request import AS_IN, ExportRequest
from model.commands.recipes import keep_recipe
from model.commands.records import set_fields
from model.commands.views import save_view
from model.redaction import redact
from model.refusals import Refusal
from model.storage.keys import Passphrase
from model.storage.store import Store
from model.timeline.looks import PaneLook, TimelineLook
from model.timeline.narrowing import EVERYTHING, Narrow
from model.timeline.strip import NO_STRIP, WHOLE_STRIP
from model.view_state import ViewState
from tests.builders import a_project
from tests.desktop.cli_runner import PASSPHRASE, WORK_FACTOR, Runner

if TYPE_CHECKING:
    from pathlib import Path

    from model.document import Document
    from model.records import View

DAY = date(2013, 6, 1)
SHORT = RECIPES["short"]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(tmp_path, capsys)


def two_tracks() -> Document:
    dates = {"start": "2012-01-01", "end": "2014-12-31", "basis": "own"}
    return (
        a_project()
        .actor("a", name="Alpha", tlp="CLEAR")
        .actor("r", name="Rosso", tlp="RED")
        .add(
            "activities",
            "A",
            title="Upper talks",
            tracks=("T1",),
            lead_id="a",
            tlp="CLEAR",
            **dates,
        )
        .add("activities", "B", title="Street work", tracks=("T3",), tlp="CLEAR", **dates)
        .document()
    )


def view_of(document: Document, narrow: Narrow = EVERYTHING, **look: object) -> View:
    shown = TimelineLook(PaneLook(narrow), **look)  # type: ignore[arg-type]
    view = save_view(document, "Upper", ViewState(timeline=shown))
    set_fields(document, "views", [view.id], {"tlp": "CLEAR"})
    return view


def asked(document: Document, view: View, audience: str = "GREEN") -> ExportRequest:
    """The request as the exporters get it, for a recipe that names a view."""
    recipe = SHORT.told("timeline", f"{AS_IN}{view.id}")
    request = ExportRequest(audience=audience, as_of=DAY, recipe=recipe)
    return for_copy(request, redact(document, audience))


def test_a_recipe_that_names_a_view_shows_what_the_view_holds() -> None:
    document = two_tracks()
    days = (date(2012, 6, 1), date(2013, 6, 30))
    lower = PaneLook(Narrow("track", "T3"), "process", frozenset({"funding"}))
    view = view_of(document, Narrow("actor", "a"), second=lower, days=days, strip=NO_STRIP)
    sent = asked(document, view)
    copy = redact(document, "GREEN")
    new = {old: one for one, old in copy.ids.items()}
    assert sent.recipe.option("timeline") == "shown"
    assert sent.recipe.timeline_view == "", "ids of the project do not go to the exporters"
    assert sent.timeline.narrow == Narrow("actor", new["actors", "a"])
    assert (sent.timeline.first, sent.timeline.last) == days
    assert sent.timeline.second is not None
    assert sent.timeline.second.narrow == Narrow("track", "T3")
    assert sent.timeline.second.grouping == "process"
    assert "funding" not in sent.timeline.second.sections
    assert not sent.timeline.strip.shown
    assert not sent.timeline.second.strip.shown


def test_a_filter_that_names_what_is_withheld_is_not_followed() -> None:
    document = two_tracks()
    sent = asked(document, view_of(document, Narrow("actor", "r")))
    assert sent.timeline.narrow == EVERYTHING
    assert sent.timeline.strip == WHOLE_STRIP


def test_a_view_that_is_withheld_or_gone_is_refused() -> None:
    document = two_tracks()
    view = view_of(document)
    set_fields(document, "views", [view.id], {"tlp": "RED"})
    with pytest.raises(Refusal, match="gone or withheld"):
        asked(document, view)
    assert asked(document, view, "RED").timeline.narrow == EVERYTHING


def test_a_kept_recipe_keeps_the_view() -> None:
    document = two_tracks()
    view = view_of(document)
    recipe = SHORT.told("timeline", f"{AS_IN}{view.id}")
    kept = keep_recipe(document, "For donors", kept_fields(recipe))
    assert recipe_of(kept).timeline_view == view.id
    assert recipe_of(keep_recipe(document, "Plain", kept_fields(SHORT))).timeline_view == ""


def sealed(folder: Path, document: Document) -> Path:
    """The document as a project file that the command line opens."""
    path = folder / "p.xtrk"
    store = Store("crosstrack", log_n=WORK_FACTOR)
    store.create(path, document.content(), Passphrase(PASSPHRASE))
    return path


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")
def test_page_and_picture_follow_the_command_line(run: Runner, tmp_path: Path) -> None:
    document = two_tracks()
    view_of(document, Narrow("track", "T1"))
    project = sealed(tmp_path, document)
    order = ("export", project, "--audience", "TLP:CLEAR", "--no-record", "--recipe", "short")
    said: dict[str, tuple[str, str]] = {}
    for name, options in {
        "whole": (),
        "only": ("--timeline-only", "track:T1"),
        "view": ("--timeline-view", "Upper"),
    }.items():
        pdf, svg = tmp_path / f"{name}.pdf", tmp_path / f"{name}.svg"
        outcome = run.sealed(*order, "--pdf", pdf, "--timeline-svg", svg, *options)
        assert outcome.code == 0, outcome.error
        done = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
        said[name] = (timeline_page(done.stdout.decode()), svg.read_text(encoding="utf-8"))
    assert all("Street work" in one and "Upper talks" in one for one in said["whole"])
    for name in ("only", "view"):
        assert all("Street work" not in one and "Upper talks" in one for one in said[name]), name
        assert all("Only: " in one for one in said[name]), name


def timeline_page(text: str) -> str:
    """The page of the timeline, of the text of a briefing."""
    (page,) = [one for one in text.split("\f") if "money over time; the line marks" in one]
    return page


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--timeline-only", "track"), "is not understood"),
        (("--timeline-only", "actor:Nobody"), "has no “Nobody”"),
        (("--timeline-cover", "phase:None"), "has no “None”"),
        (("--timeline-view", "Lower"), "there is Upper"),
        (("--timeline-view", "Upper", "--timeline-by", "actor"), "leave out --timeline-by"),
    ],
)
def test_what_means_nothing_is_refused_in_one_sentence(
    run: Runner, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    document = two_tracks()
    view_of(document)
    project = sealed(tmp_path, document)
    order = ("export", project, "--audience", "TLP:CLEAR", "--no-record")
    assert words in run.refused(*order, "--pdf", tmp_path / "a.pdf", *options, *run.secret)
    assert not (tmp_path / "a.pdf").exists()
