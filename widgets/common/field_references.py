"""Editors for references to other records: one by a combo that can be searched, many as chips."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QToolButton, QVBoxLayout, QWidget

from model.fields import TABLE_SPECS
from model.refusals import Refusal
from resources.text import tr
from widgets.common.discarding import discard
from widgets.common.field_base import FieldEditor, mixed_text
from widgets.common.field_codes import CalmCombo
from widgets.common.flow_layout import FlowLayout
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from model.fields import FieldSpec
    from model.tables import Tables
    from widgets.common.workspace import Workspace


class RecordCombo(CalmCombo):
    """Finds a record of a table by typing part of its name; filled only when it is entered.

    Signals:
        picked: the id of the record that was chosen; empty for none.
        unknown: what was typed and names no record.
    """

    picked = Signal(str)
    unknown = Signal(str)

    def __init__(self, tables: Tables, table: str) -> None:
        """Prepare for the records of a table."""
        super().__init__()
        self._tables = tables
        self._table = table
        self._id = ""
        self.line = QLineEdit()
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.line.editingFinished.connect(self._read)
        self.activated.connect(lambda at: self._pick(str(self.itemData(at) or "")))

    @property
    def record_id(self) -> str:
        """The record that is shown; empty for none."""
        return self._id

    def show_record(self, record_id: str) -> None:
        """Show a record by name."""
        self._id = record_id
        name = self._tables.name_of(self._table, record_id) if record_id else ""
        self.setEditText(name)
        self.line.setCursorPosition(0)

    def fill(self) -> None:
        """Offer all records by name; first of all none."""
        records = self._tables.table(self._table)
        named = sorted(
            ((self._tables.name_of(self._table, one), one) for one in records),
            key=lambda pair: pair[0].casefold(),
        )
        text = self.currentText()
        self.blockSignals(True)
        self.clear()
        self.addItem("", "")
        for name, record_id in named:
            self.addItem(name, record_id)
        self.setCurrentIndex(max(0, self.findData(self._id)))
        self.setEditText(text)
        self.blockSignals(False)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.setCompleter(completer)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Offer the records as they are now."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.fill()
        super().focusInEvent(event)

    def showPopup(self) -> None:
        """Offer the records as they are now."""
        if not self.count():
            self.fill()
        super().showPopup()

    def _read(self) -> None:
        text = self.currentText().strip()
        shown = self._tables.name_of(self._table, self._id) if self._id else ""
        if text == shown:
            return
        if not text:
            self._pick("")
            return
        wanted = text.casefold()
        at = next((i for i in range(self.count()) if self.itemText(i).casefold() == wanted), -1)
        if at >= 0:
            self._pick(str(self.itemData(at) or ""))
        else:
            self.unknown.emit(text)

    def _pick(self, record_id: str) -> None:
        if record_id != self._id:
            self._id = record_id
            self.picked.emit(record_id)


def _no_such_record(table: str, text: str) -> Refusal:
    what = TABLE_SPECS[table].singular
    message = tr(
        "No {what} is called “{text}”; choose one from the list.",
        what=what.casefold(),
        text=text[:40],
    )
    return Refusal("reference", message)


class ReferenceEditor(FieldEditor):
    """One record of another table."""

    def __init__(self, spec: FieldSpec, workspace: Workspace) -> None:
        """Prepare for the records that the field may name."""
        super().__init__(spec)
        self.combo = RecordCombo(workspace.document, spec.target)
        self.place(self.combo)
        self.combo.line.setAccessibleName(spec.title)
        self.combo.picked.connect(self._say)
        self.combo.unknown.connect(
            lambda text: self.show_refusal(_no_such_record(spec.target, text).message)
        )

    def _say(self, record_id: str) -> None:
        self.clear_refusal()
        self.edited.emit(record_id)
        self.left.emit()

    def value(self) -> object:
        """The id of the record, empty for none."""
        return self.combo.record_id

    def _show(self, value: object) -> None:
        self.combo.line.setPlaceholderText(tr("None"))
        self.combo.show_record(str(value))

    def _show_mixed(self) -> None:
        self.combo.show_record("")
        self.combo.line.setPlaceholderText(mixed_text())


class ReferencesEditor(FieldEditor):
    """Several records of another table: a chip for each, and a field to add one."""

    def __init__(self, spec: FieldSpec, workspace: Workspace) -> None:
        """Prepare for the records that the field may name."""
        super().__init__(spec)
        self._tables = workspace.document
        self._ids: tuple[str, ...] = ()
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self.adding = RecordCombo(self._tables, spec.target)
        self.adding.line.setPlaceholderText(tr("Add…"))
        self.adding.setAccessibleName(tr("Add to {field}", field=spec.title))
        self.adding.setAccessibleDescription(self.adding.accessibleName())
        layout.addWidget(self._chips)
        layout.addWidget(self.adding)
        self.place(box)
        self.setFocusProxy(self.adding)
        self.adding.picked.connect(self._add)
        self.adding.unknown.connect(
            lambda text: self.show_refusal(_no_such_record(spec.target, text).message)
        )

    def chips(self) -> list[QToolButton]:
        """The chips in order; pressing one takes its record out."""
        return self._chips.findChildren(QToolButton)

    def _add(self, record_id: str) -> None:
        self.clear_refusal()
        self.adding.show_record("")
        if record_id and record_id not in self._ids:
            self._say((*self._ids, record_id))

    def _remove(self, record_id: str) -> None:
        self._say(tuple(one for one in self._ids if one != record_id))

    def _say(self, ids: tuple[str, ...]) -> None:
        self.edited.emit(ids)
        self.left.emit()

    def value(self) -> object:
        """The ids in order."""
        return self._ids

    def _show(self, value: object) -> None:
        self._ids = cast("tuple[str, ...]", value)
        self.adding.line.setPlaceholderText(tr("Add…"))
        self._rebuild()

    def _show_mixed(self) -> None:
        self._ids = ()
        self.adding.line.setPlaceholderText(mixed_text())
        self._rebuild()

    def _rebuild(self) -> None:
        for chip in self.chips():
            self._flow.removeWidget(chip)
            discard(chip)
        for record_id in self._ids:
            name = self._tables.name_of(self.spec.target, record_id)
            chip = QToolButton()
            chip.setObjectName("chip")
            chip.setText(f"{_cut(name)}  ×")
            chip.setToolTip(tr("Take {name} out", name=name))
            chip.setAccessibleName(tr("Take {name} out", name=name))
            chip.clicked.connect(lambda _=False, one=record_id: self._remove(one))
            self._flow.addWidget(chip)
        self._chips.setVisible(bool(self._ids))
        self._chips.updateGeometry()


def _cut(name: str, length: int = 32) -> str:
    return name if len(name) <= length else f"{name[: length - 1]}…"
