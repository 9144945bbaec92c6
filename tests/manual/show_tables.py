"""Shows the tables panel with a sample: `python tests/manual/show_tables.py [sample] [light|dark]`.

With `--shots FOLDER` it takes pictures instead of staying open.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from model.drawing.style import style_sheet
from model.history import History
from tests.samples import sample
from widgets.common.theme import apply_theme
from widgets.common.workspace import Workspace
from widgets.tables.panel import TablesPanel
from widgets.text_engine import QtTextEngine


def main(arguments: list[str]) -> int:
    """Open the panel or take its pictures."""
    app = QApplication(arguments)
    words = [word for word in arguments[1:] if not word.startswith("--")]
    style = style_sheet("dark" if "dark" in words else "light")
    apply_theme(app, style.medium)
    opened = sample(words[0] if words else "mindanao")
    workspace = Workspace(opened, History(opened), QtTextEngine(), style, date(2013, 2, 15))
    panel = TablesPanel(workspace)
    panel.resize(1100, 560)
    panel.show()
    if "--shots" not in arguments:
        return app.exec()
    folder = Path(arguments[arguments.index("--shots") + 1])
    for name in ("actors", "activities", "funding", "answers"):
        table = panel.show_table(name)
        table.view.selectRow(2)
        app.processEvents()
        if name == "activities":
            table.view.edit(table.rows.index(4, 2))
        if name == "funding":
            table.view.edit(table.rows.index(3, 5))
        app.processEvents()
        panel.grab().save(str(folder / f"tables-{name}-{style.medium}.png"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv))
