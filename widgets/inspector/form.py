"""The form of one table: editors by part, filled from one or many records."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from model.commands.gates import go_on_with_reason
from model.commands.linkages import retype
from model.commands.records import set_fields
from model.dates import exactly
from model.donoharm.gates import GateRefusal
from model.fields import FIELDS
from model.refusals import Refusal
from resources.text import tr
from widgets.common.discarding import discard
from widgets.common.fields import FieldEditor, editor_for
from widgets.common.sections import Section
from widgets.inspector.arrangement import Part, arrangement
from widgets.inspector.gate import GateBox

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from model.records import Record
    from widgets.common.workspace import Workspace


class RecordForm(QWidget):
    """Edits the fields of the selected records of one table, as one undo step per field.

    Signals:
        opened: a part that should come into view.
    """

    opened = Signal(QWidget)

    def __init__(self, workspace: Workspace, table: str) -> None:
        """Make the editors; show records with `show_records`."""
        super().__init__()
        self._workspace = workspace
        self._table = table
        self._ids: tuple[str, ...] = ()
        self.editors: dict[str, FieldEditor] = {}
        self.sections: dict[str, Section] = {}
        self.gate: GateBox | None = None
        self._counted: list[Part] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in arrangement(table):
            section = Section(part.label, is_open=part.is_open)
            self.sections[part.title] = section
            self._counted += [part] if part.counts else []
            layout.addWidget(section)
            if part.is_open:
                self._fill_section(section, part.names)
            else:
                section.toggled.connect(
                    lambda _, section=section, names=part.names: self._fill_section(section, names)
                )

    def _fill_section(self, section: Section, names: tuple[str, ...]) -> None:
        """Make the editors of a part when it is opened for the first time."""
        if not section.rows.count():
            for name in names:
                section.rows.addWidget(self._make(name))
            self.refresh(names)

    def _make(self, name: str) -> FieldEditor:
        editor = editor_for(FIELDS[self._table][name], self._workspace)
        editor.edited.connect(lambda value, name=name: self._write(name, value))
        editor.left.connect(self._workspace.history.close_step)
        self.editors[name] = editor
        return editor

    def show_records(self, ids: tuple[str, ...]) -> None:
        """Fill all editors from these records."""
        self._ids = ids
        self._close_gate()
        self.refresh(self.editors)

    def refresh(self, names: Iterable[str]) -> None:
        """Fill the editors of some fields again."""
        records = [r for i in self._ids if (r := self._workspace.document.get(self._table, i))]
        for name in names:
            if records and name in self.editors:
                _fill(self.editors[name], name, records)
        for part in self._counted:
            self.sections[part.title].set_title(_progress(part, records))

    def refresh_references(self) -> None:
        """Names of other records may have changed."""
        specs = FIELDS[self._table]
        self.refresh(name for name in self.editors if specs[name].target)

    def _write(self, name: str, value: object) -> None:
        if any(self._workspace.document.get(self._table, one) is None for one in self._ids):
            return  # a record went away while its field was being left
        editor = self.editors[name]
        try:
            if (self._table, name) == ("linkages", "kind") and len(self._ids) == 1:
                retype(self._workspace.document, self._ids[0], str(value))
            else:
                set_fields(self._workspace.document, self._table, self._ids, {name: value})
        except GateRefusal as refusal:
            self._open_gate(name, value, refusal)
        except Refusal as refusal:
            editor.show_refusal(refusal.message)
        else:
            editor.clear_refusal()
            self._close_gate()

    def _open_gate(self, name: str, value: object, refusal: GateRefusal) -> None:
        """Ask under the field for a reason to go on in spite of open red flags."""
        self._close_gate()
        gate = GateBox(refusal)
        gate.went_on.connect(lambda reason, role: self._go_on(name, value, (reason, role)))
        gate.gave_up.connect(lambda: self._give_up(name))
        for section in self.sections.values():
            at = section.rows.indexOf(self.editors[name])
            if at >= 0:
                section.rows.insertWidget(at + 1, gate)
        self.gate = gate
        gate.reason.setFocus()
        self.opened.emit(gate)

    def _go_on(self, name: str, value: object, why: tuple[str, str]) -> None:
        day = exactly(cast("date", QDate.currentDate().toPython()))
        self._workspace.attempt(
            lambda: go_on_with_reason(
                self._workspace.document,
                self._table,
                self._ids,
                {name: value},
                reason=why[0],
                decided_by=why[1],
                day=day,
            )
        )
        self._give_up(name)

    def _give_up(self, name: str) -> None:
        """Close the gate; the field says again what stands."""
        self._close_gate()
        self.refresh([name])
        self.editors[name].setFocus()

    def _close_gate(self) -> None:
        if self.gate is not None:
            discard(self.gate)
            self.gate = None


def _fill(editor: FieldEditor, name: str, records: list[Record]) -> None:
    values = [getattr(record, name) for record in records]
    if all(value == values[0] for value in values[1:]):
        editor.set_value(values[0])
    else:
        editor.set_mixed()


def _progress(part: Part, records: list[Record]) -> str:
    """The heading with the number of filled fields, for a single record."""
    if len(records) != 1:
        return part.label
    filled = sum(getattr(records[0], name) not in _EMPTY for name in part.names)
    return tr("{part} · {filled} of {all}", part=part.label, filled=filled, all=len(part.names))


_EMPTY = ("", None, "undecided", "unknown")
