"""Shows the timeline panel with a case: `python tests/manual/show_timeline.py [case] [light|dark]`.

With `--shots FOLDER` it takes pictures at three zooms instead of staying open.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from model.drawing.style import style_sheet
from model.history import History
from tests.samples import by_case_id, sample
from widgets.common.theme import apply_theme
from widgets.common.workspace import Workspace
from widgets.text_engine import QtTextEngine
from widgets.timeline.panel import TimelinePanel

DAYS = {"mindanao": date(2013, 2, 15), "myanmar": date(2023, 3, 1), "mali": date(2022, 9, 1)}


def main(arguments: list[str]) -> int:
    """Open the panel or take its pictures."""
    app = QApplication(arguments)
    words = [word for word in arguments[1:] if not word.startswith("--")]
    name = words[0] if words else "mindanao"
    medium = "dark" if "dark" in words else "light"
    style = style_sheet(medium)
    apply_theme(app, style.medium)
    opened = sample(name)
    workspace = Workspace(opened, History(opened), QtTextEngine(), style, DAYS[name])
    panel = TimelinePanel(workspace, date(2015, 6, 1))
    panel.resize(1280, 720)
    panel.show()
    if "--shots" not in arguments:
        return app.exec()
    folder = Path(arguments[arguments.index("--shots") + 1])
    app.processEvents()
    for number, factor in enumerate((1.0, 3.0, 12.0)):
        panel.canvas.zoom_by(factor) if factor != 1.0 else panel.canvas.fit()
        if name == "mindanao":
            workspace.select([("activities", by_case_id(opened, "activities", "C05"))])
        app.processEvents()
        panel.grab().save(str(folder / f"timeline-{name}-{medium}-{number}.png"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
