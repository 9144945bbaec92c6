"""Editors for what is chosen from a list: codes, several codes, yes or no, country, currency."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from model.records import TABLES
from model.refusals import Refusal
from resources.text import tr
from widgets.common.choices import ChoiceButtons
from widgets.common.field_base import FieldEditor, mixed_text
from widgets.common.field_texts import LineEditor
from widgets.common.flow_layout import FlowLayout
from widgets.common.regions import country_choices, currency_choices

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QWheelEvent

    from model.fields import FieldSpec

CHIPS_AT_MOST = 7
LINES_SHOWN = 6


class CalmCombo(QComboBox):
    """A combo box that the mouse wheel changes only when it has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll instead."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class CodeEditor(FieldEditor):
    """One code of a list."""

    def __init__(self, spec: FieldSpec) -> None:
        """Fill the list from the catalogue."""
        super().__init__(spec)
        self.combo = CalmCombo()
        codes = spec.codes
        for entry in codes.entries if codes else ():
            self.combo.addItem(tr(entry.label), entry.code)
        if _may_be_empty(spec):
            self.combo.insertItem(0, tr("None"), "")
        self.place(self.combo)
        self.combo.activated.connect(lambda _: self._say())

    def _say(self) -> None:
        self.edited.emit(self.value())
        self.left.emit()

    def value(self) -> object:
        """The chosen code."""
        return self.combo.currentData() or ""

    def _show(self, value: object) -> None:
        self.combo.setPlaceholderText("")
        at = self.combo.findData(value)
        if at < 0 and value:
            # A code of a newer version: shown as it is, and kept unless another is chosen.
            self.combo.addItem(str(value), value)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)

    def _show_mixed(self) -> None:
        self.combo.setPlaceholderText(mixed_text())
        self.combo.setCurrentIndex(-1)


def _may_be_empty(spec: FieldSpec) -> bool:
    """Whether a record that says nothing has no code at all."""
    return any(
        field.name == spec.name and field.default == ""
        for field in msgspec.structs.fields(TABLES[spec.table])
    )


class TristateEditor(FieldEditor):
    """Yes, no, not known, not applicable: side by side, because unknown is an answer too."""

    def __init__(self, spec: FieldSpec) -> None:
        """Offer the codes."""
        super().__init__(spec)
        labels = {"yes": tr("Yes"), "no": tr("No"), "unknown": tr("Unknown"), "na": tr("N/A")}
        self.choices = ChoiceButtons(list(labels.items()), spec.title)
        self.choices.button("na").setToolTip(tr("Not applicable"))
        self.place(self.choices)
        self.choices.chosen.connect(self._say)

    def _say(self, code: str) -> None:
        self.edited.emit(code)
        self.left.emit()

    def value(self) -> object:
        """The chosen code."""
        return self.choices.code

    def _show(self, value: object) -> None:
        self.choices.choose(str(value))

    def _show_mixed(self) -> None:
        self.choices.choose("")


class TruthEditor(FieldEditor):
    """A plain yes or no."""

    def __init__(self, spec: FieldSpec) -> None:
        """Put the caption beside the box."""
        super().__init__(spec)
        self.box = QCheckBox(spec.title)
        self.place(self.box)
        self.hide_caption()
        self.box.clicked.connect(self._say)

    def _say(self) -> None:
        self.box.setTristate(False)
        self.edited.emit(self.box.isChecked())
        self.left.emit()

    def value(self) -> object:
        """Whether the box is ticked."""
        return self.box.isChecked()

    def _show(self, value: object) -> None:
        self.box.setTristate(False)
        self.box.setChecked(bool(value))

    def _show_mixed(self) -> None:
        self.box.setTristate(True)
        self.box.setCheckState(Qt.CheckState.PartiallyChecked)


class ChipsEditor(FieldEditor):
    """Several codes of a short list, each a button that is on or off."""

    def __init__(self, spec: FieldSpec) -> None:
        """Offer the codes."""
        super().__init__(spec)
        box = QWidget()
        layout = FlowLayout(box)
        self.chips: dict[str, QToolButton] = {}
        codes = spec.codes
        for entry in codes.entries if codes else ():
            chip = QToolButton()
            chip.setText(tr(entry.label))
            chip.setAccessibleName(f"{spec.title}: {tr(entry.label)}")
            chip.setCheckable(True)
            chip.setObjectName("choice")
            chip.clicked.connect(self._say)
            layout.addWidget(chip)
            self.chips[entry.code] = chip
        self._strange: tuple[str, ...] = ()
        self.place(box)
        self.setFocusProxy(next(iter(self.chips.values()), box))

    def _say(self) -> None:
        self.edited.emit(self.value())
        self.left.emit()

    def value(self) -> object:
        """The codes that are on, in the order of the list; codes of newer versions are kept."""
        return tuple(code for code, chip in self.chips.items() if chip.isChecked()) + self._strange

    def _show(self, value: object) -> None:
        wanted = cast("tuple[str, ...]", value)
        self._strange = tuple(code for code in wanted if code not in self.chips)
        for code, chip in self.chips.items():
            chip.setChecked(code in wanted)
            chip.setToolTip("")

    def _show_mixed(self) -> None:
        self._show(())
        for chip in self.chips.values():
            chip.setToolTip(mixed_text())


class CheckListEditor(FieldEditor):
    """Several codes of a long list, to be ticked."""

    def __init__(self, spec: FieldSpec) -> None:
        """Offer the codes."""
        super().__init__(spec)
        self.list = QListWidget()
        codes = spec.codes
        for entry in codes.entries if codes else ():
            item = QListWidgetItem(tr(entry.label))
            item.setData(Qt.ItemDataRole.UserRole, entry.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        height = self.list.sizeHintForRow(0) * LINES_SHOWN + 2 * self.list.frameWidth()
        self.list.setFixedHeight(height)
        self.list.itemChanged.connect(lambda _: self._say())
        self.place(self.list)

    def _say(self) -> None:
        self.edited.emit(self.value())
        self.left.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def value(self) -> object:
        """The ticked codes in the order of the list."""
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in self._items()
            if item.checkState() is Qt.CheckState.Checked
        )

    def _show(self, value: object) -> None:
        wanted = cast("tuple[str, ...]", value)
        self._mark(
            lambda code: Qt.CheckState.Checked if code in wanted else Qt.CheckState.Unchecked
        )

    def _show_mixed(self) -> None:
        self._mark(lambda _: Qt.CheckState.PartiallyChecked)

    def _mark(self, state: Callable[[str], Qt.CheckState]) -> None:
        self.list.blockSignals(True)
        for item in self._items():
            item.setCheckState(state(str(item.data(Qt.ItemDataRole.UserRole))))
        self.list.blockSignals(False)


class RegionEditor(LineEditor):
    """A country or currency by code or name; codes outside the standard are taken too.

    User-assigned codes such as XKX are in real use, so that three letters are enough.
    """

    def __init__(self, spec: FieldSpec) -> None:
        """Suggestions are loaded when the field is entered for the first time."""
        super().__init__(spec)
        self._choices = country_choices if spec.kind == "country" else currency_choices

    @property
    def placeholder(self) -> str:  # type: ignore[override]
        """What may be typed."""
        return tr("Code or name")

    def read(self, text: str) -> object:
        """The code."""
        stripped = text.strip()
        if not stripped:
            return ""
        if len(stripped) == 3 and stripped.isascii() and stripped.isalpha():
            return stripped.upper()
        wanted = stripped.casefold()
        named = {name.casefold(): code for code, name in self._choices().items()}
        if wanted in named:
            return named[wanted]
        close = {code for name, code in named.items() if name.startswith(wanted)}
        if len(close) == 1:
            return close.pop()
        message = tr("“{text}” is not known; write the code of three letters.", text=text[:40])
        raise Refusal("region", message)
