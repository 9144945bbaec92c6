"""Measures that colour the map are reckoned beside the window; outdated answers are dropped."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from model.document import Document
from model.drawing.style import style_sheet
from model.history import History
from model.records import Linkage
from tests.widgets.canvas.conftest import small_content
from widgets.canvas.panel import MapPanel
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from widgets.canvas.canvas import MapCanvas


class Worker:
    """Keeps what it is given until it is told to work."""

    def __init__(self) -> None:
        self.given: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def __call__(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.given.append((work, done))

    def finish(self) -> None:
        work, done = self.given.pop(0)
        done(work())


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def panel(qtbot: QtBot, worker: Worker) -> MapPanel:
    document = Document(small_content())
    workspace = Workspace(
        document, History(document), QtTextEngine(), style_sheet("light"), date(2013, 2, 15)
    )
    panel = MapPanel(workspace, worker)
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    return panel


def colour(canvas: MapCanvas, name: str) -> None:
    canvas.set_options(msgspec.structs.replace(canvas.scene.options, colour_by=name))


def link(document: Document, one: str, other: str) -> None:
    record = Linkage(
        id=f"{one}-{other}", from_id=one, to_id=other, kind="coordination", status="active"
    )
    with document.edit("link") as edit:
        edit.put("linkages", record)


def tag(panel: MapPanel, actor_id: str) -> str:
    return panel.canvas.scene.cards[actor_id].content.tag


def test_figures_come_when_the_worker_has_them(panel: MapPanel, worker: Worker) -> None:
    colour(panel.canvas, "measure:partners")
    assert (len(worker.given), tag(panel, "host")) == (1, "")
    assert not panel.legend.isVisible() or not panel.canvas.scene.shades.now.colour_title
    worker.finish()
    assert tag(panel, "host") == "2"
    assert worker.given == []
    assert "Read figures as a question" in panel.legend.accessibleDescription()


def test_an_edit_drops_the_answer_under_way_and_asks_anew(
    qtbot: QtBot, panel: MapPanel, worker: Worker
) -> None:
    colour(panel.canvas, "measure:partners")
    worker.finish()
    link(panel.workspace.document, "host", "csos")
    assert tag(panel, "host") == "2"  # the last figures until there are new ones
    qtbot.waitUntil(lambda: len(worker.given) == 1)
    link(panel.workspace.document, "gov", "csos")
    link(panel.workspace.document, "front", "csos")
    worker.finish()
    assert tag(panel, "host") == "2"  # that answer no longer held
    qtbot.waitUntil(lambda: len(worker.given) == 1)
    worker.finish()
    assert tag(panel, "host") == "3"
    assert tag(panel, "csos") == "3"


def test_another_choice_makes_an_answer_worthless(panel: MapPanel, worker: Worker) -> None:
    colour(panel.canvas, "measure:partners")
    colour(panel.canvas, "track")  # a field is read off at once
    assert tag(panel, "host") == "Track I"
    worker.finish()
    assert tag(panel, "host") == "Track I"
    colour(panel.canvas, "")
    assert tag(panel, "host") == ""


def test_figures_follow_the_filter(qtbot: QtBot, panel: MapPanel, worker: Worker) -> None:
    canvas = panel.canvas
    colour(canvas, "measure:partners")
    worker.finish()
    assert tag(panel, "host") == "2"
    link = next(x for x in canvas.scene.links.values() if "host" in {x.from_id, x.to_id})
    visible = frozenset({link.from_id, link.to_id, link.id})
    canvas.set_options(msgspec.structs.replace(canvas.scene.options, visible=visible))
    qtbot.waitUntil(lambda: len(worker.given) == 1)
    worker.finish()
    assert tag(panel, "host") == "1"
    assert "Counted among what the filter shows" in panel.legend.accessibleDescription()
    canvas.set_options(msgspec.structs.replace(canvas.scene.options, visible=None))
    qtbot.waitUntil(lambda: len(worker.given) == 1)
    worker.finish()
    assert tag(panel, "host") == "2"
