from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from model.drawing.style import style_sheet
from model.history import History
from tests.samples import sample
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine
from widgets.timeline.panel import TimelinePanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from model.document import Document


class OpenPanel(Protocol):
    def __call__(self, document: Document) -> TimelinePanel: ...


@pytest.fixture
def open_panel(qtbot: QtBot) -> Callable[[Document], TimelinePanel]:
    def opened(document: Document) -> TimelinePanel:
        workspace = Workspace(
            document,
            History(document),
            QtTextEngine(),
            style_sheet("light"),
            date(2013, 2, 15),
        )
        panel = TimelinePanel(workspace)
        qtbot.addWidget(panel)
        panel.resize(1200, 900)
        panel.show()
        qtbot.waitExposed(panel)
        return panel

    return opened


@pytest.fixture
def mindanao(open_panel: OpenPanel) -> TimelinePanel:
    return open_panel(sample())


def drag(panel: TimelinePanel, start: QPointF, end: QPointF, *, release: bool = True) -> None:
    """Press, move in three steps, and let go."""
    port = panel.canvas.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start.toPoint())
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(port, (start + (end - start) * part).toPoint())
    if release:
        QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end.toPoint())


def middle_of(panel: TimelinePanel, table: str, record_id: str) -> QPointF:
    """The middle of a bar in the viewport, brought into view first."""
    panel.canvas.reveal(table, record_id)
    placed = panel.canvas.picture.find(table, record_id)
    assert placed is not None
    rect = panel.canvas.view_rect(placed)
    return QPointF(rect.center())


def differences(one: QImage, other: QImage) -> int:
    """How many channels differ by more than rounding does at the border of a strip."""
    bits = [np.frombuffer(bytes(image.constBits()), np.uint8) for image in (one, other)]
    return int(np.count_nonzero(np.abs(bits[0].astype(int) - bits[1].astype(int)) > 2))
