"""The row of need and cover under the pointer, and the menu that chooses whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup

from model.drawing import axis
from model.timeline.strip import NO_STRIP, CoverStrip, Strip
from model.timeline.strip_rows import STRIP_ROW, activities_of_month, month_sentence, strip_choices
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPointF
    from PySide6.QtWidgets import QMenu

    from model.tables import Tables
    from model.timeline.money import FundingGroup
    from widgets.timeline.canvas import TimelineCanvas


def strip_sentence(canvas: TimelineCanvas, at: QPointF) -> str:
    """What the month under a place of the viewport says; "" elsewhere."""
    strip = _strip_at(canvas, at)
    return (
        "" if strip is None else month_sentence(canvas.workspace.document, strip, _day(canvas, at))
    )


def select_month(canvas: TimelineCanvas, at: QPointF) -> bool:
    """Select the activities whose need falls into the month under a place; False elsewhere."""
    strip = _strip_at(canvas, at)
    if strip is None:
        return False
    day = _day(canvas, at)
    found = activities_of_month(strip, day)
    canvas.workspace.select([("activities", one) for one in found])
    canvas.workspace.hinted.emit(month_sentence(canvas.workspace.document, strip, day))
    return True


def show_strip(canvas: TimelineCanvas, strip: Strip) -> None:
    """Draw the need and cover of something else and bring it into view, or draw none."""
    canvas.picture.strip = strip
    canvas.rebuild()
    row = next((one for one in canvas.picture.layout.rows if one.row.key == STRIP_ROW), None)
    body = canvas.body_rect()
    if row is not None and not canvas.top <= row.top <= canvas.top + body.height() - row.height:
        canvas.scroll_by(0, row.top - canvas.top)


def fill_strip_menu(
    menu: QMenu, tables: Tables, now: Strip, choose: Callable[[Strip], None]
) -> None:
    """Whose need and cover can be drawn, the present one ticked."""
    menu.clear()
    group = QActionGroup(menu)
    titles: dict[FundingGroup, str] = {
        "activity": tr("Activity"),
        "process": tr("Process"),
        "track": tr("Track"),
        "phase": tr("Phase"),
        "actor": tr("Lead"),
    }

    def add(into: QMenu, name: str, strip: Strip) -> None:
        action = QAction(name.replace("&", "&&"), into)
        action.setCheckable(True)
        action.setChecked(strip == now)
        action.triggered.connect(lambda _checked=False: choose(strip))
        group.addAction(action)
        into.addAction(action)

    add(menu, tr("All activities shown"), Strip())
    for kind, title in titles.items():
        found = strip_choices(tables, kind)
        if found:
            below = menu.addMenu(title)
            for name, strip in found:
                add(below, name, strip)
    menu.addSeparator()
    add(menu, tr("Not drawn"), NO_STRIP)


def _strip_at(canvas: TimelineCanvas, at: QPointF) -> CoverStrip | None:
    if at.x() < canvas.picture.header or not canvas.body_rect().contains(at.toPoint()):
        return None
    row = canvas.picture.layout.row_at(at.y() - axis.AXIS + canvas.top)
    return None if row is None else row.row.strip


def _day(canvas: TimelineCanvas, at: QPointF) -> float:
    return canvas.day_at(at.x())
