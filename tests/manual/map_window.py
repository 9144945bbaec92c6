"""The map and the palette of a sample in a bare window, to look at and to try by hand.

Run ``python -m tests.manual.map_window [mindanao|myanmar|mali|empty] [light|dark|contrast]``.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter

from model.document import Document
from model.drawing.style import style_sheet
from model.history import History
from tests.samples import sample
from widgets.canvas.panel import MapPanel
from widgets.common.theme import apply_theme
from widgets.common.workspace import Workspace
from widgets.palette.panel import PalettePanel
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from model.drawing.style import Medium


def window(name: str, medium: Medium) -> QMainWindow:
    """A window with the palette, the map and a status line that shows hints."""
    document = Document() if name == "empty" else sample(name)
    opened = document.project.as_of
    day = opened.stated_first() if opened is not None else date(2024, 1, 1)
    style = style_sheet(medium)
    workspace = Workspace(document, History(document), QtTextEngine(), style, day)
    shown = QMainWindow()
    palette, panel = PalettePanel(workspace), MapPanel(workspace)
    palette.actor_wanted.connect(panel.add_actor)
    palette.link_kind_chosen.connect(panel.set_link_kind)
    splitter = QSplitter()
    splitter.addWidget(palette)
    splitter.addWidget(panel)
    splitter.setSizes([240, 1200])
    shown.setCentralWidget(splitter)
    workspace.hinted.connect(shown.statusBar().showMessage)
    shown.resize(1500, 900)
    return shown


def main() -> None:
    """Open the window."""
    application = QApplication(sys.argv)
    name = sys.argv[1] if len(sys.argv) > 1 else "mindanao"
    medium = cast("Medium", sys.argv[2] if len(sys.argv) > 2 else "light")
    apply_theme(application, medium)
    shown = window(name, medium)
    shown.show()
    application.exec()


if __name__ == "__main__":
    main()
