"""Opens panels on small projects and on the sample."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from model.drawing.style import style_sheet
from model.history import History
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from model.document import Document

DAY = date(2013, 2, 15)


def workspace_of(document: Document, day: date = DAY) -> Workspace:
    """A workspace in the light theme; call after the application exists."""
    return Workspace(document, History(document), QtTextEngine(), style_sheet("light"), day)


def shown(qtbot: QtBot, widget: QWidget, width: int = 340, height: int = 900) -> None:
    """Show a panel as the active window and wait until it is there."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
