"""Reading a file of another program: what its tables and columns become, decided by the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.question import QuestionDialog, plain_label
from model.codes import TLP_LABELS, tlp_text
from model.foreign.matching import (
    Match,
    propose,
    questions,
    with_column,
    with_table,
)
from model.foreign.names import actor_names, alike
from resources.text import plural, tr
from widgets.common.choice_box import ChoiceBox
from widgets.matching.page import TablePage

if TYPE_CHECKING:
    from model.foreign.matching import ColumnMatch
    from model.foreign.names import Alike
    from model.foreign.table import ForeignFile

_PAIR = Qt.ItemDataRole.UserRole


ENCODINGS_SHOWN = {
    "utf-8": "All scripts",
    "utf-16": "All scripts",
    "cp1252": "Western Europe",
    "cp1250": "Central Europe",
    "cp1251": "Cyrillic",
    "cp1256": "Arabic",
}
"""By which the letters of a text file can be read, with what each holds."""


class OtherEncoding(msgspec.Struct, frozen=True):
    """Instead of a match: the file is to be read with another encoding."""

    encoding: str


class MatchDialog(QuestionDialog):
    """Answers with the `Match` by which the file is to be read, or with `OtherEncoding`."""

    def __init__(self, parent: QWidget | None, file: ForeignFile) -> None:
        """Show the likeliest reading, to be changed where it is wrong."""
        explanation = " ".join(
            [
                tr("Say what the rows and columns become. Next you see the result before anything "
                   "is imported."),
                *file.remarks,
            ]
        )  # fmt: skip
        super().__init__(parent, tr("Read {name}", name=file.name), explanation)
        self._file = file
        self.match = propose(file)
        self.steps = QListWidget()
        self.steps.setAccessibleName(tr("Tables of the file"))
        self.pages = QStackedWidget()
        self.tables = [self._add_table(at) for at in range(len(file.tables))]
        self.names = self._make_names()
        self.steps.currentRowChanged.connect(self.pages.setCurrentIndex)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(self.steps)
        splitter.addWidget(self.pages)
        splitter.setSizes([210, 870])
        self.give_room(splitter, 1080, 520)
        self.body.addWidget(splitter, 1)
        self.body.addLayout(self._make_label_row())
        self.add_cancel(tr("Do not import"))
        self.add_answer(tr("Go on"), self._matched, default=True)
        self.steps.setCurrentRow(0)
        self._refresh()

    def _add_table(self, at: int) -> TablePage:
        page = TablePage(self._file.tables[at])
        page.target_chosen.connect(lambda target, at=at: self._set_target(at, target))
        page.field_chosen.connect(
            lambda column, field, at=at: self._set(with_column(self._file, self.match, at, column,
                                                               field))
        )  # fmt: skip
        page.column_changed.connect(lambda column, at=at: self._set_column(at, column))
        self.pages.addWidget(page)
        self.steps.addItem("")
        return page

    def _make_names(self) -> QListWidget:
        names = QListWidget()
        names.setAccessibleName(tr("Names that may be one"))
        names.setWordWrap(True)
        names.itemChanged.connect(lambda _: self._merge())
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(8, 0, 0, 0)
        hint = tr("What is ticked becomes one actor, and its linkages go with it.")
        layout.addWidget(plain_label(hint, "explanation"))
        layout.addWidget(names)
        self.pages.addWidget(page)
        self.steps.addItem("")
        return names

    def _make_label_row(self) -> QHBoxLayout:
        self.tlp = ChoiceBox()
        self.tlp.setAccessibleName(tr("Label of the records"))
        self.tlp.addItem(tr("As the file says, else {label}", label=tlp_text("AMBER")), "")
        for code in TLP_LABELS.codes:
            self.tlp.addItem(tlp_text(code), code)
        self.tlp.activated.connect(
            lambda _: self._set(msgspec.structs.replace(self.match, tlp=self.tlp.currentData()))
        )
        label = QLabel(tr("Label of the records"))
        label.setBuddy(self.tlp)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(self.tlp)
        row.addStretch(1)
        self.encodings = self._make_encodings()
        if self._file.encoding:
            words = QLabel(tr("Letters are read as"))
            words.setBuddy(self.encodings)
            row.addWidget(words)
            row.addWidget(self.encodings)
        return row

    def _make_encodings(self) -> QComboBox:
        """Another encoding is an answer, too: the file has to be read anew with it."""
        box = QComboBox(self)
        box.setAccessibleName(tr("Letters are read as"))
        for code, name in ENCODINGS_SHOWN.items():
            box.addItem(tr("{name} ({code})", name=tr(name), code=code), code)
        read_as = self._file.encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
        box.setCurrentIndex(max(0, box.findData(read_as)))
        box.activated.connect(lambda _: self.answer(OtherEncoding(str(box.currentData()))))
        box.setVisible(bool(self._file.encoding))
        return box

    def _set(self, match: Match) -> None:
        self.match = match
        self._refresh()

    def _set_target(self, at: int, target: str) -> None:
        self._set(with_table(self._file, self.match, at, target))

    def _set_column(self, at: int, column: ColumnMatch) -> None:
        tables = list(self.match.tables)
        columns = tuple(
            column if one.column == column.column else one for one in tables[at].columns
        )
        tables[at] = msgspec.structs.replace(tables[at], columns=columns)
        self._set(msgspec.structs.replace(self.match, tables=tuple(tables)))

    def _refresh(self) -> None:
        self.complain("")
        for at, page in enumerate(self.tables):
            page.show_match(self.match.tables[at])
            item = self.steps.item(at)
            rows = len(self._file.tables[at].rows)
            name = self._file.tables[at].name
            words = plural("{name}\n{count} row", "{name}\n{count} rows", rows, name=name)
            item.setText(words)
        pairs = alike(actor_names(self._file, self.match))
        self._show_names(pairs)

    def _show_names(self, pairs: list[Alike]) -> None:
        known = {(one.kept, one.other) for one in self._pairs()}
        item = self.steps.item(len(self.tables))
        item.setText(
            plural("Names\n{count} pair may be one", "Names\n{count} pairs may be one", len(pairs))
        )
        item.setHidden(not pairs)
        if known == {(one.kept, one.other) for one in pairs}:
            return
        self.names.blockSignals(True)
        self.names.clear()
        for pair in pairs:
            row = QListWidgetItem(pair.text)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            ticked = pair.other in self.match.merged
            row.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            row.setData(_PAIR, pair)
            self.names.addItem(row)
        self.names.blockSignals(False)

    def _pairs(self) -> list[Alike]:
        return [self.names.item(at).data(_PAIR) for at in range(self.names.count())]

    def _merge(self) -> None:
        ticked = [
            self.names.item(at).data(_PAIR)
            for at in range(self.names.count())
            if self.names.item(at).checkState() is Qt.CheckState.Checked
        ]
        merged = {pair.other: pair.kept for pair in ticked}
        self.match = msgspec.structs.replace(self.match, merged=merged)

    def _matched(self) -> Match | None:
        asked = questions(self._file, self.match)
        if not asked:
            return self.match
        first = asked[0]
        self.complain(tr("{place}: {text}", place=first.place, text=first.text))
        at = next((at for at, one in enumerate(self.match.tables)
                   if first.place.startswith(one.place)), 0)  # fmt: skip
        self.steps.setCurrentRow(at)
        self.tables[at].show_column(first.column)
        return None
