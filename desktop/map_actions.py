"""What the menus do with the map: edit what is selected, tidy up, show more or less of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from widgets.tables.matrix import MatrixView
from widgets.tables.record_table import RecordView
from widgets.timeline.canvas import TimelineCanvas

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from desktop.controller import Controller
    from widgets.canvas.canvas import MapCanvas
    from widgets.canvas.panel import MapPanel

    Editor = MapCanvas | TimelineCanvas | RecordView | MatrixView

Clip = Literal["cut", "copy", "paste"]
Switch = Literal["show_absent", "show_labels", "show_notes"]
OWN_EDITORS = TimelineCanvas | RecordView | MatrixView
"""What edits its own selection while it has the keyboard."""
SWITCHES: tuple[Switch, ...] = ("show_absent", "show_labels", "show_notes")
"""Options of the map that are on or off; actions and saved views call them by these names."""


def map_callbacks(controller: Controller) -> Mapping[str, Callable[[], object]]:
    """What the actions about the map do, while a project is open."""

    def on_map(command: Callable[[MapPanel], object]) -> Callable[[], None]:
        def run() -> None:
            if controller.panels is not None:
                command(controller.panels.map)

        return run

    return {
        "select_all": on_map(select_all),
        "cut": on_map(lambda panel: clip(panel, "cut")),
        "copy": on_map(lambda panel: clip(panel, "copy")),
        "paste": on_map(lambda panel: clip(panel, "paste")),
        "duplicate": on_map(lambda panel: panel.canvas.edits.duplicate()),
        "rename": on_map(lambda panel: editor_of(panel).rename_selection()),
        "delete": on_map(lambda panel: editor_of(panel).delete_selection()),
        "zoom_fit": on_map(lambda panel: panel.zoom_fit()),
        "zoom_100": on_map(lambda panel: panel.zoom_100()),
        "zoom_selection": on_map(lambda panel: panel.zoom_selection()),
        "note": on_map(lambda panel: panel.canvas.note_by_keys()),
        "group": on_map(lambda panel: panel.canvas.group_by_keys()),
        "bands": on_map(lambda panel: panel.canvas.bands_by_keys()),
        "line_up": on_map(lambda panel: panel.canvas.line_up_by_keys()),
        "pin": on_map(lambda panel: panel.canvas.edits.toggle_pins()),
        "arrange": on_map(lambda panel: panel.arrange()),
        "arrange_anew": on_map(lambda panel: panel.arrange(anew=True)),
        "minimap": on_map(lambda panel: panel.toggle_minimap()),
        "legend": on_map(lambda panel: panel.toggle_legend()),
        "show_absent": on_map(lambda panel: turn(panel, "show_absent")),
        "show_labels": on_map(lambda panel: turn(panel, "show_labels")),
        "show_notes": on_map(lambda panel: turn(panel, "show_notes")),
    }


def editor_of(panel: MapPanel) -> Editor:
    """Where what is selected is renamed and removed: what has the keyboard, or the map."""
    focused = QApplication.focusWidget()
    return focused if isinstance(focused, OWN_EDITORS) else panel.canvas


def select_all(panel: MapPanel) -> None:
    """Select the rows of the table with the keyboard, or all on the map."""
    focused = QApplication.focusWidget()
    (focused if isinstance(focused, RecordView) else panel.canvas).select_all()


def clip(panel: MapPanel, step: Clip) -> None:
    """Cut, copy or paste: of what has the keyboard; cards where it is elsewhere."""
    field = QApplication.focusWidget()
    if isinstance(field, RecordView):
        of_rows = {"copy": field.copy, "paste": field.paste}
        if step in of_rows:
            of_rows[step]()
        return
    target: QLineEdit | QTextEdit | QPlainTextEdit | None = None
    if isinstance(field, QLineEdit | QTextEdit | QPlainTextEdit):
        target = field
    steps: dict[Clip, Callable[[], object]] = {
        "cut": panel.canvas.edits.cut if target is None else target.cut,
        "copy": panel.canvas.edits.copy if target is None else target.copy,
        "paste": panel.canvas.edits.paste if target is None else target.paste,
    }
    steps[step]()


def turn(panel: MapPanel, switch: Switch) -> None:
    """Switch an option of the map on or off."""
    options = panel.canvas.scene.options
    wanted = {switch: not getattr(options, switch)}
    panel.canvas.set_options(msgspec.structs.replace(options, **wanted))


def say_switches(panel: MapPanel, actions: Mapping[str, QAction]) -> None:
    """Let the menu say which options are on, now and after each change."""

    def say() -> None:
        for switch in SWITCHES:
            actions[switch].setChecked(getattr(panel.canvas.scene.options, switch))

    panel.canvas.scene_changed.connect(lambda _: say())
    say()
