"""Putting a briefing together: a ready recipe, then sections ticked and ordered, and the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from exporters.recipes import RECIPES, recipe_title, section_title
from exporters.request import SECTIONS, Recipe, Section
from resources.text import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_HEIGHT = 132


class RecipeChooser(QWidget):
    """Answers `recipe()`; sections are dragged, or moved with Ctrl+Up and Ctrl+Down."""

    def __init__(self) -> None:
        """Begin with the whole briefing on A4."""
        super().__init__()
        self.ready = QComboBox()
        self.ready.setAccessibleName(tr("Recipe"))
        for name in RECIPES:
            self.ready.addItem(recipe_title(name), name)
        self.paper = QComboBox()
        self.paper.setAccessibleName(tr("Paper"))
        self.paper.addItem("A4", "A4")
        self.paper.addItem(tr("Letter"), "letter")
        self.sections = SectionList()
        row = QHBoxLayout()
        row.addWidget(self.ready, 1)
        row.addWidget(self.paper)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.sections)
        self.ready.currentIndexChanged.connect(lambda _: self._take())
        self._take()

    def recipe(self) -> Recipe:
        """The briefing as it stands now."""
        paper = cast("Literal['A4', 'letter']", self.paper.currentData())
        return Recipe(self._name(), self.sections.chosen(), paper)

    def _name(self) -> str:
        return cast("str", self.ready.currentData())

    def _take(self) -> None:
        self.sections.show_sections(RECIPES[self._name()].sections)


class SectionList(QListWidget):
    """All sections, those that are wanted ticked, in the order of the briefing."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setAccessibleName(tr("Sections of the briefing, in their order"))
        self.setToolTip(tr("Tick what is wanted; drag, or Ctrl+Up and Ctrl+Down, to reorder."))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setFixedHeight(_HEIGHT)

    def show_sections(self, wanted: tuple[Section, ...]) -> None:
        """Tick these, in their order, before all others."""
        self.clear()
        for section in (*wanted, *(one for one in SECTIONS if one not in wanted)):
            item = QListWidgetItem(section_title(section), self)
            item.setData(Qt.ItemDataRole.UserRole, section)
            ticked = Qt.CheckState.Checked if section in wanted else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
        self.setCurrentRow(0)

    def chosen(self) -> tuple[Section, ...]:
        """The ticked sections in their order."""
        items = [self.item(row) for row in range(self.count())]
        return tuple(
            cast("Section", item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the current section with Ctrl and an arrow."""
        steps = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}
        step = steps.get(event.key(), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(step)
            event.accept()
            return
        super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        row = self.currentRow()
        target = row + step
        if row < 0 or not 0 <= target < self.count():
            return
        self.insertItem(target, self.takeItem(row))
        self.setCurrentRow(target)
