"""One editor for each kind of field in the catalogue; forms are made of nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from model.records import TABLES, ExternalRef
from widgets.common.field_base import FieldEditor, mixed_text
from widgets.common.field_codes import (
    CHIPS_AT_MOST,
    CheckListEditor,
    ChipsEditor,
    CodeEditor,
    RegionEditor,
    TristateEditor,
    TruthEditor,
)
from widgets.common.field_references import ReferenceEditor, ReferencesEditor
from widgets.common.field_texts import (
    DateEditor,
    LineEditor,
    LongTextEditor,
    MoneyEditor,
    NumberEditor,
    TextsEditor,
)

if TYPE_CHECKING:
    from model.fields import FieldSpec
    from widgets.common.workspace import Workspace

__all__ = ["FieldEditor", "editor_for"]


class FixedText(FieldEditor):
    """What a form shows and does not change: imported ids, and what a record is about."""

    def __init__(self, spec: FieldSpec) -> None:
        """Prepare an empty text."""
        super().__init__(spec)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._value: object = None
        self.place(self.label)

    def value(self) -> object:
        """The value as it was given."""
        return self._value

    def _show(self, value: object) -> None:
        self._value = value
        self.label.setText(_plain(value))

    def _show_mixed(self) -> None:
        self._value = None
        self.label.setText(mixed_text())


class SubjectText(FixedText):
    """The record that a note or claim is about, by its name."""

    def __init__(self, spec: FieldSpec, workspace: Workspace) -> None:
        """Look names up in the workspace's document."""
        super().__init__(spec)
        self._document = workspace.document

    def _show(self, value: object) -> None:
        super()._show(value)
        found = (t for t in TABLES if self._document.get(t, str(value)) is not None)
        table = next(found, "")
        if table:
            self.label.setText(self._document.name_of(table, str(value)))


def _plain(value: object) -> str:
    if isinstance(value, ExternalRef):
        return f"{value.source}/{value.table}/{value.id}"
    if isinstance(value, tuple):
        return ", ".join(_plain(one) for one in value) or "–"
    return str(value) or "–"


_SIMPLE: dict[str, type[FieldEditor]] = {
    "text": LineEditor,
    "long_text": LongTextEditor,
    "texts": TextsEditor,
    "date": DateEditor,
    "number": NumberEditor,
    "integer": NumberEditor,
    "money": MoneyEditor,
    "truth": TruthEditor,
    "currency": RegionEditor,
    "country": RegionEditor,
    "code": CodeEditor,
    "structure": FixedText,
}


def editor_for(spec: FieldSpec, workspace: Workspace) -> FieldEditor:
    """The editor that fits a field of the catalogue; it follows the protection from changes."""
    editor = _editor_for(spec, workspace)
    editor.protect(workspace.is_protected)
    workspace.protection_changed.connect(editor.protect)
    return editor


def _editor_for(spec: FieldSpec, workspace: Workspace) -> FieldEditor:
    if spec.target == "*" and spec.kind == "reference":
        return SubjectText(spec, workspace)
    if spec.name == "id" or spec.target == "*":
        return FixedText(spec)
    if spec.kind == "reference":
        return ReferenceEditor(spec, workspace)
    if spec.kind == "references":
        return ReferencesEditor(spec, workspace)
    codes = spec.codes
    if spec.kind == "codes" and codes is not None:
        short = len(codes.entries) <= CHIPS_AT_MOST
        return ChipsEditor(spec) if short else CheckListEditor(spec)
    if spec.list_name == "tristate":
        return TristateEditor(spec)
    return _SIMPLE[spec.kind](spec)
