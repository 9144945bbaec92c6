"""The window on a display of 1024 x 700: every dock fits, and nothing in it is cut off."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget

from model.analysis.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.controller import Controller

SMALL = QSize(1024, 700)
PATIENCE = 5.0
"""Seconds that a panel may take to come to rest; a sound one takes a few events."""


def settled(window: QWidget) -> list[str]:
    """What is wrong once layouts and lists that are made beside the window have come to rest."""
    found: list[str] = []
    until = time.monotonic() + PATIENCE
    while True:
        QApplication.processEvents()
        found = sorted(set(cut_off(window)))
        if window.size() != SMALL:
            found.append(f"the window is {window.size()}")
        if not found or time.monotonic() > until:
            return found


def cut_off(root: QWidget) -> Iterable[str]:
    """Words and choices that do not fit where they stand."""
    for one in root.findChildren(QWidget):
        if one.isHidden() or one.visibleRegion().isEmpty():
            continue
        if isinstance(one, QLabel) and one.text():
            wide = one.width() if one.wordWrap() else one.sizeHint().width()
            high = one.heightForWidth(wide) if one.wordWrap() else one.sizeHint().height()
        elif isinstance(one, QAbstractButton) and one.text():
            wide, high = one.sizeHint().width(), 0
        elif isinstance(one, QComboBox) and one.count():
            wide, high = one.minimumSizeHint().width(), 0
        else:
            continue
        if wide > one.width() + 1 or high > one.height() + 1:
            words = one.text() if isinstance(one, QLabel | QAbstractButton) else "choices"
            yield f"{words[:50]} of {type(one).__name__}: {wide}x{high} in {one.size()}"


def assert_docks_fit(controller: Controller) -> None:
    """Raise every dock in the small window and look for what is cut off."""
    window, panels = controller.window, controller.panels
    assert panels is not None
    wrong = {}
    for name in panels.docked():
        window.raise_dock(name)
        window.resize(SMALL)
        if found := settled(window):
            wrong[name] = found
    assert wrong == {}, told(wrong)


def test_every_dock_fits_and_says_all_its_words(controller: Controller) -> None:
    controller.open_sample("mindanao")
    assert_docks_fit(controller)


def test_records_analyses_and_planning_lists_fit(controller: Controller) -> None:
    controller.open_sample("mindanao")
    window, panels, workspace = controller.window, controller.panels, controller.workspace
    assert panels is not None
    assert workspace is not None
    window.resize(SMALL)
    wrong = {}
    for table in ("actors", "linkages", "activities", "funding", "processes"):
        workspace.select([(table, next(iter(workspace.document.table(table))))])
        if found := settled(window):
            wrong[table] = found
    workspace.select(())
    window.raise_dock("analysis")
    for view_id in VIEWS:
        panels.analysis.show_view(view_id)
        panels.analysis.compute()
        if found := settled(window):
            wrong[view_id] = found
    window.raise_dock("timeline")
    panels.timeline.show_planning(True)
    for topic in panels.timeline.planning.options:
        panels.timeline.planning.show_topic(topic)
        if found := settled(window):
            wrong[topic] = found
    assert wrong == {}, told(wrong)


def told(wrong: dict[str, list[str]]) -> str:
    return "\n".join(f"{name}: {what}" for name, what in wrong.items())
