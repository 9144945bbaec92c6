"""Benchmarks of the timeline: ``pytest tests/benchmarks/test_timeline.py --benchmark-enable``.

Budget (design 8, as for the map): with 3,000 items a pan within 3 ms, a zoom within 8, an edit
within 16. All is painted in the look of the application, as users have it: Qt's own scroll bars,
which the application does not show, would cost more than the timeline itself.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from model.drawing.style import style_sheet
from model.history import History
from tests.builders import a_project
from widgets.common.theme import apply_theme
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine
from widgets.timeline.canvas import TimelineCanvas

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture
    from pytestqt.qtbot import QtBot

    from model.document import Document

COUNT = 3_000


def busy_plan() -> Document:
    """3,000 dated records over twenty years."""
    project = a_project()
    for number in range(12):
        project.actor(f"actor-{number}", kind="mso", short_name=f"Org {number}")
    first = date(2005, 1, 1)
    for number in range(COUNT):
        start = first + timedelta(days=number * 7 % 7_300)
        end = start + timedelta(days=30 + number * 13 % 400)
        dates = {"start": start.isoformat(), "end": end.isoformat()}
        actor, kind = f"actor-{number % 12}", number % 10
        if kind < 6:
            project.add(
                "activities",
                f"a{number}",
                title=f"Round of dialogue {number}",
                kind="dialogue_forum",
                tracks=(("T1", "T2", "T3")[number % 3],),
                lead_id=actor,
                **dates,
            )
        elif kind < 8:
            project.add(
                "postings",
                f"p{number}",
                office=f"Office {number % 40}",
                institution_id=actor,
                holder=f"Holder {number}",
                **dates,
            )
        else:
            project.add(
                "funding",
                f"f{number}",
                donor_id=actor,
                recipient_id=f"actor-{number % 5}",
                activity_ids=(f"a{number - 8}",),
                **dates,
            )
    return project.document()


@pytest.fixture
def canvas(qtbot: QtBot) -> TimelineCanvas:
    document = busy_plan()
    style = style_sheet("light")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    apply_theme(application, "light")
    workspace = Workspace(document, History(document), QtTextEngine(), style, date(2015, 1, 1))
    shown = TimelineCanvas(workspace)
    qtbot.addWidget(shown)
    shown.resize(1400, 800)
    shown.show()
    qtbot.waitExposed(shown)
    shown.zoom_by(8.0)
    shown.grab()
    return shown


def test_pan_by_one_step_and_repaint(benchmark: BenchmarkFixture, canvas: TimelineCanvas) -> None:
    step = iter(range(10**9))

    def pan() -> None:
        canvas.scroll_by(7 if next(step) % 200 < 100 else -7, 3)
        canvas.viewport().repaint()

    benchmark(pan)


def test_a_plain_graphics_scene_pans_the_same(
    benchmark: BenchmarkFixture, canvas: TimelineCanvas, qtbot: QtBot
) -> None:
    """The yardstick of the same run: bars and titles alone, without ground, axis or headers."""
    scene = QGraphicsScene()
    for placed in canvas.picture.layout.placed():
        width = max(placed.x1 - placed.x0, 2.0)
        bar = scene.addRect(0, 0, width, 18, QPen(QColor("#446688")), QBrush(QColor("#88aacc")))
        bar.setPos(placed.x0, placed.y)
        title = scene.addSimpleText(placed.item.title)
        title.setPos(placed.x0 + 20, placed.y)
    view = QGraphicsView(scene)
    qtbot.addWidget(view)
    view.setRenderHint(QPainter.RenderHint.Antialiasing)
    view.resize(1400, 800)
    view.show()
    qtbot.waitExposed(view)
    across, down = view.horizontalScrollBar(), view.verticalScrollBar()
    step = iter(range(10**9))

    def pan() -> None:
        across.setValue(across.value() + (7 if next(step) % 200 < 100 else -7))
        down.setValue(down.value() + 3)
        QApplication.processEvents()

    benchmark(pan)


def test_zoom_by_one_notch_and_repaint(benchmark: BenchmarkFixture, canvas: TimelineCanvas) -> None:
    step = iter(range(10**9))

    def zoom() -> None:
        canvas.zoom_by(1.25 if next(step) % 2 else 0.8, 700.0)
        canvas.viewport().repaint()

    benchmark(zoom)


def test_move_the_date_cursor_and_repaint(
    benchmark: BenchmarkFixture, canvas: TimelineCanvas
) -> None:
    step = iter(range(10**9))

    def move() -> None:
        canvas.workspace.set_as_of(date(2014, 1, 1) + timedelta(days=next(step) % 300))
        canvas.viewport().repaint()

    benchmark(move)


def test_one_edit_seen(benchmark: BenchmarkFixture, canvas: TimelineCanvas) -> None:
    from model.commands.records import set_fields

    step = iter(range(10**9))

    def edit() -> None:
        title = f"Round {next(step) % 2}"
        set_fields(canvas.workspace.document, "activities", ["a12"], {"title": title})
        canvas.viewport().repaint()

    benchmark(edit)
