"""The head of the inspector: what is selected, its kind, its label, and marks of doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from model.asof import basis_mark
from model.codes import CODE_LISTS, tlp_rank, tlp_text
from model.fields import FIELDS, TABLE_SPECS
from resources.text import plural, tr
from widgets.common.flow_layout import FlowLayout
from widgets.common.icons import icon_pixmap
from widgets.common.symbols import symbol_of
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.records import Record
    from widgets.common.workspace import Key, Workspace

SIGN = 28


class Heading(QWidget):
    """Icon, name, kind, TLP label and marks of the selection."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin empty."""
        super().__init__()
        self._workspace = workspace
        self._sign = QLabel()
        self._sign.setFixedSize(SIGN, SIGN)
        self.name = _label("name")
        self.kind = _label("muted")
        self.tlp = _label("badge")
        self.mark = _label("mark")
        badges = QWidget()
        flow = FlowLayout(badges)
        for badge in (self.tlp, self.mark):
            badge.setWordWrap(False)
            flow.addWidget(badge)
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        for widget in (self.name, self.kind, badges):
            texts.addWidget(widget)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        layout.setSpacing(GRID)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(texts, 1)

    def show_keys(self, keys: tuple[Key, ...]) -> None:
        """Show what these things are."""
        records = [r for key in keys if (r := self._workspace.document.get(*key)) is not None]
        if not records:
            return
        tables = list(dict.fromkeys(table for table, _ in keys))
        self.name.setText(self._name(keys, tables))
        self.kind.setText(_kinds(tables, records))
        strictest = max({one.tlp for one in records}, key=tlp_rank)
        self.tlp.setText(tlp_text(strictest))
        of_each_basis = {one.basis: one for one in records}.values()
        marks = sorted({tr(mark) for one in of_each_basis if (mark := basis_mark(one))})
        self.mark.setText(", ".join(marks))
        self.mark.setVisible(bool(marks))
        symbol = symbol_of(tables[0], records[0], self._workspace.style)
        self._sign.setPixmap(icon_pixmap(*symbol, SIGN, self.devicePixelRatioF()))

    def _name(self, keys: tuple[Key, ...], tables: list[str]) -> str:
        if len(keys) == 1:
            return self._workspace.document.name_of(*keys[0])
        if len(tables) == 1:
            spec = TABLE_SPECS[tables[0]]
            return f"{len(keys)} × {spec.title}"
        return plural("{count} thing selected", "{count} things selected", len(keys))


def _kinds(tables: list[str], records: list[Record]) -> str:
    if len(tables) != 1:
        return ", ".join(TABLE_SPECS[table].title for table in tables)
    table = tables[0]
    spec = FIELDS[table].get("kind")
    if spec is None or not spec.list_name:
        return TABLE_SPECS[table].singular
    kinds = {getattr(one, "kind", "") for one in records}
    labels = {CODE_LISTS[spec.list_name].label(kind) for kind in kinds}
    return f"{TABLE_SPECS[table].singular} · {', '.join(sorted(labels))}"


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label
