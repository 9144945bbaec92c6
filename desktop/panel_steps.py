"""Going from panel to panel by F6, as in other programs: the map first, then what is in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from widgets.common.hands_on import HandsOn

if TYPE_CHECKING:
    from desktop.controller import Controller


def step_panel(controller: Controller, by: int) -> None:
    """Give the keyboard to the next panel in sight, or to the one before."""
    panels = controller.panels
    if panels is None:
        return
    docks = controller.window.docks
    shown = [
        widget
        for name, widget in panels.docked().items()
        if docks[name].isVisible() and not widget.visibleRegion().isEmpty()
    ]
    stops: list[QWidget] = [panels.map.canvas, *shown]
    here = QApplication.focusWidget()
    at = next((i for i, one in enumerate(stops) if _holds(one, here)), None)
    if at is None and by < 0:
        at = 0
    _enter(stops[(0 if at is None else at + by) % len(stops)])


def _holds(panel: QWidget, focus: QWidget | None) -> bool:
    return focus is not None and (panel is focus or panel.isAncestorOf(focus))


def _enter(panel: QWidget) -> None:
    """Where the panel wants the keyboard, else its first control that takes it."""
    wanted = panel
    while (part := _part_of(wanted)) is not None:
        wanted = part
    if not _takes_keys(wanted) or isinstance(wanted, QScrollArea):
        inner = (one for one in panel.findChildren(QWidget) if _takes_keys(one))
        wanted = min(inner, key=lambda one: _place(panel, one), default=panel)
    wanted.setFocus(Qt.FocusReason.TabFocusReason)


def _part_of(panel: QWidget) -> QWidget | None:
    if isinstance(panel, HandsOn) and panel.keyboard_part is not None:
        return panel.keyboard_part
    return panel.focusProxy()


def _takes_keys(one: QWidget) -> bool:
    policy = one.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and one.isVisible() and one.isEnabled()


def _place(panel: QWidget, one: QWidget) -> tuple[int, int]:
    corner = one.mapTo(panel, one.rect().topLeft())
    return corner.y(), corner.x()
