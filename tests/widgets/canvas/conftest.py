from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from model.document import Document
from model.drawing.style import style_sheet
from model.history import History
from model.records import Actor, Linkage, Placement, Record
from widgets.canvas.panel import MapPanel
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from widgets.canvas.canvas import MapCanvas

NAMES = {"gov": "Government", "front": "Front", "host": "Host state", "csos": "Civil society"}


def small_content() -> dict[str, dict[str, Record]]:
    """Four placed actors and two linkages."""
    actors = [
        Actor(id="gov", name=NAMES["gov"], tracks=("T1",), conflict_role="primary_party"),
        Actor(id="front", name=NAMES["front"], tracks=("T1",), kind="armed_group"),
        Actor(id="host", name=NAMES["host"], tracks=("T1",), kind="state"),
        Actor(id="csos", name=NAMES["csos"], tracks=("T2",), kind="cso_network"),
    ]
    places = {"gov": (80, 160), "front": (640, 160), "host": (360, 40), "csos": (360, 80)}
    links = [
        Linkage(id="l1", from_id="host", to_id="gov", kind="facilitation", status="active"),
        Linkage(id="l2", from_id="host", to_id="front", kind="facilitation", status="active"),
    ]
    return {
        "actors": {actor.id: actor for actor in actors},
        "placements": {i: Placement(id=i, x=float(x), y=float(y)) for i, (x, y) in places.items()},
        "linkages": {link.id: link for link in links},
    }


@pytest.fixture
def open_map(qtbot: QtBot) -> Callable[[Document], MapPanel]:
    def opened(document: Document) -> MapPanel:
        workspace = Workspace(
            document, History(document), QtTextEngine(), style_sheet("light"), date(2013, 2, 15)
        )
        panel = MapPanel(workspace)
        qtbot.addWidget(panel)
        panel.resize(1200, 900)
        panel.show()
        qtbot.waitExposed(panel)
        panel.canvas.setFocus()
        return panel

    return opened


@pytest.fixture
def panel(open_map: Callable[[Document], MapPanel]) -> MapPanel:
    return open_map(Document(small_content()))


@pytest.fixture
def canvas(panel: MapPanel) -> MapCanvas:
    return panel.canvas


def on_card(canvas: MapCanvas, actor_id: str) -> QPoint:
    """The pixel in the middle of a card."""
    left, top, right, bottom = canvas.scene.cards[actor_id].box
    x, y = canvas.camera.to_screen((left + right) / 2, (top + bottom) / 2)
    return QPoint(round(x), round(y))


def on_map(canvas: MapCanvas, x: float, y: float) -> QPoint:
    """The pixel over a map point."""
    screen_x, screen_y = canvas.camera.to_screen(x, y)
    return QPoint(round(screen_x), round(screen_y))


def drag(
    canvas: QWidget,
    start: QPoint,
    end: QPoint,
    *,
    release: bool = True,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press, move in steps and let go, with real events."""
    QTest.mouseMove(canvas, start)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, modifiers, start)
    for share in (0.1, 0.5, 0.9, 1.0):
        step = start + (end - start) * share
        move_pressed(canvas, step, modifiers)
    if release:
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, modifiers, end)


def move_pressed(
    canvas: QWidget,
    point: QPoint,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """A move with the left button down; QTest.mouseMove cannot hold modifiers."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(canvas.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        modifiers,
    )
    QApplication.sendEvent(canvas, event)


def place(canvas: MapCanvas, actor_id: str) -> tuple[float, float]:
    record = canvas.workspace.document.placements[actor_id]
    return record.x, record.y
