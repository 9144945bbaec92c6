"""What this program is, and its keyboard shortcuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from desktop.action_table import ACTIONS, ActionSpec
from desktop.actions import keys_of
from desktop.dialogs.question import QuestionDialog, plain_label
from desktop.version import version
from resources.text import tr
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget


class AboutDialog(QuestionDialog):
    """Version, licence and the two promises."""

    def __init__(self, parent: QWidget | None) -> None:
        """Show the facts."""
        super().__init__(parent, tr("Crosstrack {version}", version=version()))
        for text in (
            tr("A map, a timeline and a do-no-harm checklist for peace mediation, offline."),
            tr("Nothing is ever lost, nothing ever leaks."),
            tr(
                "Free software under the GNU General Public Licence, version 3 or later. "
                "It comes without any warranty."
            ),
        ):
            self.body.addWidget(plain_label(text, "explanation"))
        self.add_cancel(tr("Close"))


class KeysTable(QTableWidget):
    """Two columns that always fit into the width; long rows take two lines."""

    def __init__(self, rows: list[tuple[str, str]]) -> None:
        """List what keys do."""
        super().__init__(len(rows), 2)
        self.setHorizontalHeaderLabels([tr("What it does"), tr("Keys")])
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Keyboard shortcuts"))
        for row, pair in enumerate(rows):
            for column, text in enumerate(pair):
                self.setItem(row, column, QTableWidgetItem(text))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setCurrentCell(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the keys what they need, up to two fifths of the width."""
        super().resizeEvent(event)
        width = self.viewport().width()
        keys = min(self.sizeHintForColumn(1) + GRID, width * 2 // 5)
        if (self.columnWidth(0), self.columnWidth(1)) != (width - keys, keys):
            self.setColumnWidth(0, width - keys)
            self.setColumnWidth(1, keys)
            self.resizeRowsToContents()


class ShortcutsDialog(QuestionDialog):
    """All shortcuts in one list."""

    def __init__(self, parent: QWidget | None) -> None:
        """Fill the list from the table of actions and the keys of map and timeline."""
        super().__init__(parent, tr("Keyboard shortcuts"))
        rows = [
            (_named(spec), ", ".join(keys_of(spec))) for spec in ACTIONS if keys_of(spec)
        ] + _panel_keys()
        table = KeysTable(rows)
        self.give_room(table, 620, 460)
        self.body.addWidget(table)
        self.add_cancel(tr("Close"))


def _named(spec: ActionSpec) -> str:
    """What an action does; where its key works on the map only, that is said."""
    return tr("Map: {what}", what=tr(spec.text)) if spec.map_key else tr(spec.text)


def _panel_keys() -> list[tuple[str, str]]:
    return [
        (tr("Map: go from card to card"), tr("Tab, Ctrl+arrows")),
        (tr("Map: select further cards on the way"), tr("Ctrl+Shift+arrows")),
        (tr("Map: go through the linkages of a card"), tr("E, Shift+E")),
        (tr("Map: move the selected cards and notes"), tr("Arrows")),
        (tr("Map: link the selected card"), "L"),
        (tr("Map: add an actor"), tr("Insert, or double-click")),
        (tr("Map: no snapping while moving"), tr("Alt and drag")),
        (tr("Map: add to the selection or take from it"), tr("Shift and click, or drag")),
        (tr("Map: move the view"), tr("Wheel, Space and drag, middle button")),
        (tr("Map: enlarge, reduce"), tr("Ctrl and wheel, Ctrl++, Ctrl+−")),
        (tr("Map: give up what has been begun"), tr("Esc")),
        (tr("Tables and matrix: edit a cell, remove rows or linkages"), tr("Enter or F2, Del")),
        (tr("Tables: copy rows, paste cells of a spreadsheet"), tr("Ctrl+C, Ctrl+V")),
        (tr("Tables: paste all rows as new records"), tr("Ctrl+Shift+V")),
        (tr("Timeline: move the date"), tr("Arrows on the date handle")),
        (tr("Timeline: move the selected thing, with Shift its end"), tr("Alt+Left, Alt+Right")),
        (tr("Timeline: let the last selected wait for the one before"), "L"),
        (tr("Timeline: selected actors take part in the selected activity"), "P"),
        (tr("Timeline: go through what is on it"), tr("Tab, Up, Down")),
        (tr("Timeline: add to the row of what is selected"), tr("Insert")),
        (tr("Timeline: draw a bar on empty ground"), tr("Shift and drag")),
        (tr("Timeline: less time, more time, all of it"), tr("+, −, 0")),
    ]
