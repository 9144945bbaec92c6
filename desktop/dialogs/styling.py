"""What colour and size of the cards on the maps of a pack follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from model.drawing.shading import colour_choices, size_choices
from resources.text import tr
from widgets.common.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporters.request import Recipe
    from model.tables import Tables


class StylingChooser(QWidget):
    """Two lists; as the map is shown in the window to begin with.

    Signals:
        changed: something else was chosen.
    """

    changed = Signal()

    def __init__(self, tables: Tables, now: tuple[str, str] = ("", "")) -> None:
        """Offer what there is for these tables; `now` is what colour and size follow on screen."""
        super().__init__()
        self.colours = _box(
            tr("Colour of the cards on maps"), tr("Colour: {what}"), colour_choices(tables)
        )
        self.sizes = _box(tr("Size of the cards on maps"), tr("Size: {what}"), size_choices(tables))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for box, name in zip((self.colours, self.sizes), now, strict=True):
            _choose(box, name)
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
            layout.addWidget(box, 1)

    def chosen(self) -> tuple[str, str]:
        """What colour and size follow; empty for as always."""
        return cast("str", self.colours.currentData()), cast("str", self.sizes.currentData())

    def show_recipe(self, recipe: Recipe) -> None:
        """Choose what a kept recipe says."""
        _choose(self.colours, recipe.colour_by)
        _choose(self.sizes, recipe.size_by)


def _box(name: str, words: str, choices: Mapping[str, str]) -> QComboBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    for data, title in choices.items():
        box.addItem(words.replace("{what}", title), data)
    return box


def _choose(box: QComboBox, name: str) -> None:
    box.setCurrentIndex(max(0, box.findData(name)))
