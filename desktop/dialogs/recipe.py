"""Putting a briefing together: a ready recipe, then sections ticked and ordered, and the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.question import plain_label
from desktop.dialogs.styling import StylingChooser
from exporters.recipes import RECIPES, option_title, recipe_of, recipe_title, section_title
from exporters.request import AS_IN, SECTION_OPTIONS, SECTIONS, Recipe, Section
from exporters.views import views_in_order
from model.records import PackRecipe
from model.view_state import state_of
from resources.text import tr
from widgets.common.choice_box import ChoiceBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from model.document import Snapshot

    Styling = tuple[str, str]

_HEIGHT = 132


class RecipeChooser(QWidget):
    """Answers `recipe()`; sections are dragged, or moved with Ctrl+Up and Ctrl+Down.

    Signals:
        changed: the briefing is put together in another way.
        taken: a kept recipe was chosen; it says more than this part of the dialog shows.
        keep_wanted: the name under which the present choice is to be kept.
        forget_wanted: the kept recipe that is to go from the project.
    """

    changed = Signal()
    taken = Signal(object)
    keep_wanted = Signal(str)
    forget_wanted = Signal(object)

    def __init__(
        self, snapshot: Snapshot, kept: Sequence[PackRecipe] = (), styling: Styling = ("", "")
    ) -> None:
        """Begin with the whole briefing on A4; kept recipes are offered behind the ready ones.

        `styling` is what colour and size of the cards follow in the window now.
        """
        super().__init__()
        self._told: dict[str, str] = {}
        self._views = [
            (view.title, view.id)
            for view in views_in_order(snapshot)
            if state_of(view).timeline is not None
        ]
        self.ready = ChoiceBox()
        self.ready.setAccessibleName(tr("Recipe"))
        for name in RECIPES:
            self.ready.addItem(recipe_title(name), name)
        for one in kept:
            self.offer(one)
        self.paper = _box(tr("Paper"), (("A4", "A4"), (tr("Letter"), "letter")))
        self.inserts = _box(
            tr("Sheets of map and timeline"),
            ((tr("Pictures on larger sheets (A3)"), "large"), (tr("All on one size"), "same")),
        )
        self.colours = _box(
            tr("Colours"), ((tr("In colour"), "colour"), (tr("In shades of grey"), "grey"))
        )
        self.styling = StylingChooser(snapshot, styling)
        self.sections = SectionList()
        self.option = ChoiceBox()
        self.option.setAccessibleName(tr("What the section shows"))
        self.option_label = plain_label("", "explanation")
        self.title = QLineEdit()
        self.title.setAccessibleName(tr("Name of the recipe"))
        self.title.setPlaceholderText(tr("Name, such as “For donors”"))
        self.keep = QPushButton(tr("Keep recipe"))
        self.keep.setAutoDefault(False)
        self.forget = QPushButton(tr("Forget recipe"))
        self.forget.setAutoDefault(False)
        self.forget.setToolTip(tr("Take the chosen recipe out of the project"))
        self.kept = plain_label("", "explanation")
        self.kept.hide()
        self._lay_out()
        self.ready.currentIndexChanged.connect(lambda _: self._take())
        self.sections.currentRowChanged.connect(lambda _: self._show_option())
        self.sections.itemChanged.connect(lambda _: self.changed.emit())
        self.sections.moved.connect(self.changed)
        self.option.activated.connect(lambda _: self._tell())
        self.styling.changed.connect(self.changed)
        for box in (self.paper, self.inserts, self.colours):
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.keep.clicked.connect(lambda: self.keep_wanted.emit(self.title.text()))
        self.forget.clicked.connect(lambda: self.forget_wanted.emit(self.ready.currentData()))
        self._take()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.ready)
        layout.addWidget(self.sections, 1)
        layout.addWidget(self.option_label)
        layout.addWidget(self.option)
        row = QHBoxLayout()
        row.addWidget(self.paper)
        row.addWidget(self.inserts, 1)
        row.addWidget(self.colours)
        layout.addLayout(row)
        layout.addWidget(self.styling)
        keeping = QHBoxLayout()
        keeping.addWidget(self.title, 1)
        keeping.addWidget(self.keep)
        keeping.addWidget(self.forget)
        layout.addLayout(keeping)
        layout.addWidget(self.kept)

    def recipe(self) -> Recipe:
        """The briefing as it stands now."""
        paper = cast("Literal['A4', 'letter']", self.paper.currentData())
        inserts = cast("Literal['large', 'same']", self.inserts.currentData())
        colours = cast("Literal['colour', 'grey']", self.colours.currentData())
        options = tuple(sorted(self._told.items()))
        return Recipe(
            self._name(),
            self.sections.chosen(),
            paper,
            inserts,
            colours,
            options,
            *self.styling.chosen(),
        )

    def offer(self, kept: PackRecipe) -> None:
        """Offer a kept recipe; one of the same name is replaced."""
        at = self._place(kept.title)
        if at is None:
            self.ready.addItem(kept.title, kept)
        else:
            self.ready.setItemData(at, kept)

    def show_kept(self, kept: PackRecipe) -> None:
        """Say that the present choice is kept, and under which name it is found from now on."""
        at = self._place(kept.title)
        self.offer(kept)
        self.ready.blockSignals(True)
        self.ready.setCurrentIndex(self.ready.count() - 1 if at is None else at)
        self.ready.blockSignals(False)
        self.forget.setEnabled(True)
        words = tr(
            "“{title}” is kept in the project, with its audience, language, aliases and files.",
            title=kept.title,
        )
        self.kept.setText(words)
        self.kept.show()

    def drop(self, kept: PackRecipe) -> None:
        """Offer a kept recipe no longer; the first of the ready ones takes its place."""
        at = self._place(kept.title)
        if at is None:
            return
        self.ready.blockSignals(True)
        self.ready.removeItem(at)
        self.ready.setCurrentIndex(0)
        self.ready.blockSignals(False)
        self._take()
        self.kept.setText(
            tr("“{title}” is no longer kept; Undo in the window brings it back.", title=kept.title)
        )
        self.kept.show()

    def _place(self, title: str) -> int | None:
        """Where a kept recipe is offered; ready ones may have the same name."""
        data = [self.ready.itemData(at) for at in range(self.ready.count())]
        places = (
            at for at, one in enumerate(data) if isinstance(one, PackRecipe) and one.title == title
        )
        return next(places, None)

    def _name(self) -> str:
        data = self.ready.currentData()
        return data.title if isinstance(data, PackRecipe) else cast("str", data)

    def _take(self) -> None:
        data = self.ready.currentData()
        recipe = recipe_of(data) if isinstance(data, PackRecipe) else RECIPES[cast("str", data)]
        self._told = dict(recipe.options)
        self.kept.hide()
        self.forget.setEnabled(isinstance(data, PackRecipe))
        self.blockSignals(True)
        self.sections.show_sections(recipe.sections)
        if isinstance(data, PackRecipe):
            self.title.setText(data.title)
            self.styling.show_recipe(recipe)
            for box, value in (
                (self.paper, recipe.page),
                (self.inserts, recipe.inserts),
                (self.colours, recipe.colours),
            ):
                box.setCurrentIndex(box.findData(value))
        self.blockSignals(False)
        self._show_option()
        if isinstance(data, PackRecipe):
            self.taken.emit(data)
        self.changed.emit()

    def _show_option(self) -> None:
        """Offer what the current section can be told, if it can be told anything."""
        section = self.sections.current()
        options = SECTION_OPTIONS.get(section, ()) if section else ()
        self.option.clear()
        for option in options:
            self.option.addItem(option_title(cast("Section", section), option), option)
        for title, view_id in self._views if section == "timeline" else ():
            words = tr("As in the view “{title}”", title=title)
            self.option.addItem(words, f"{AS_IN}{view_id}")
        if section and options:
            at = self.option.findData(self._told.get(section, options[0]))
            if at < 0:  # a view that is gone: a choice must be made anew
                self._told.pop(section, None)
            self.option.setCurrentIndex(max(at, 0))
            self.option_label.setText(tr("What “{section}” shows:", section=section_title(section)))
        else:
            self.option_label.setText(tr("This section has no choices."))
        self.option.setVisible(bool(options))

    def _tell(self) -> None:
        section = self.sections.current()
        if section:
            self._told[section] = cast("str", self.option.currentData())
            self.changed.emit()


def _box(name: str, entries: Sequence[tuple[str, str]]) -> QComboBox:
    box = ChoiceBox()
    box.setAccessibleName(name)
    box.setToolTip(name)
    for text, data in entries:
        box.addItem(text, data)
    return box


class SectionList(QListWidget):
    """All sections, those that are wanted ticked, in the order of the briefing.

    Signals:
        moved: the order is another one.
    """

    moved = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setAccessibleName(tr("Sections of the briefing, in their order"))
        self.setToolTip(tr("Tick what is wanted; drag, or Ctrl+Up and Ctrl+Down, to reorder."))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setMinimumHeight(_HEIGHT)
        self.model().rowsMoved.connect(lambda *_: self.moved.emit())

    def show_sections(self, wanted: tuple[Section, ...]) -> None:
        """Tick these, in their order, before all others."""
        self.clear()
        for section in (*wanted, *(one for one in SECTIONS if one not in wanted)):
            item = QListWidgetItem(section_title(section), self)
            item.setData(Qt.ItemDataRole.UserRole, section)
            ticked = Qt.CheckState.Checked if section in wanted else Qt.CheckState.Unchecked
            item.setCheckState(ticked)
        self.setCurrentRow(0)

    def current(self) -> Section | None:
        """The section that the keyboard is on."""
        item = self.currentItem()
        if self.currentRow() < 0:
            return None
        return cast("Section", item.data(Qt.ItemDataRole.UserRole))

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
        self.moved.emit()
