"""What an audience does not get: every record with its label and what the label comes from."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QTreeWidget, QTreeWidgetItem

from model.codes import TLP_LABELS, tlp_text
from model.fields import FIELDS, TABLE_SPECS
from model.naming import name_of
from model.redaction import effective_label
from model.sensitivity import first_label
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

    _Index = QModelIndex | QPersistentModelIndex

    from model.redaction import RedactedCopy, WithheldRecord
    from model.tables import Tables

_HEIGHT: Final = 200
_PAD: Final = 8
_HIGH: Final = 10_000
_OPEN: Final = 200
"""Rows of a group that is open from the start: heights of all open rows are reckoned at once."""


class Group(NamedTuple):
    """A head and its rows: what, label, why."""

    title: str
    rows: Sequence[tuple[str, str, str]]


class _Wrapping(QStyledItemDelegate):
    """Rows as high as their texts need at the widths that the columns have."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """The usual size, and higher for a record whose text takes several lines."""
        hint = super().sizeHint(option, index)
        if not index.parent().isValid():
            return hint
        indent = 2 * self._tree.indentation() if index.column() == 0 else 0
        room = QRect(0, 0, self._tree.columnWidth(index.column()) - indent - _PAD, _HIGH)
        metrics = self._tree.fontMetrics()
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap.value, str(index.data()))
        hint.setHeight(max(hint.height(), needed.height() + 2))
        return hint


class WithheldList(QTreeWidget):
    """A list to read before sending; texts that may give something away come last."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.setAccessibleName(tr("What is withheld, and why"))
        self.setHeaderLabels([tr("What"), tr("Label"), tr("Why")])
        self.headerItem().setToolTip(
            2, tr("A project keeps no names of authors, so this says what the label follows from.")
        )
        self._folded: dict[str, Sequence[tuple[str, str, str]]] = {}
        self.itemExpanded.connect(self._unfold)
        self.setRootIsDecorated(True)
        self.setWordWrap(True)
        self.setItemDelegate(_Wrapping(self))
        self.setMinimumHeight(_HEIGHT)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        # Rows are as high as their texts need at these widths.
        self.header().sectionResized.connect(lambda *_: self.scheduleDelayedItemsLayout())

    def show_groups(self, groups: Sequence[Group]) -> None:
        """List what an audience does not get; groups too long to be read at once are folded."""
        self.clear()
        self._folded.clear()
        for group in groups:
            top = self._group(group.title)
            if len(group.rows) > _OPEN:
                self._folded[group.title] = group.rows
                top.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
                continue
            for row in group.rows:
                self._row(top, *row)
            top.setExpanded(True)
        self.setVisible(bool(groups))

    def _unfold(self, top: QTreeWidgetItem) -> None:
        """Make the rows of a folded group, now that somebody wants to read them."""
        for row in self._folded.pop(top.text(0), ()):
            self._row(top, *row)

    def _group(self, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [text])
        item.setFirstColumnSpanned(True)
        return item

    def _row(self, top: QTreeWidgetItem, *texts: str) -> None:
        item = QTreeWidgetItem(top, list(texts))
        for column, text in enumerate(texts):
            item.setToolTip(column, f"<p>{escape(text)}</p>" if text else "")


def listed(tables: Tables, copy: RedactedCopy) -> list[Group]:
    """What a copy leaves out of the tables, what it empties, what to read again."""
    groups: list[Group] = []
    by_table: dict[str, list[WithheldRecord]] = {}
    for one in copy.withheld:
        if one.why != "never" and one.table != "placements":
            by_table.setdefault(one.table, []).append(one)
    for table, records in by_table.items():
        named = [(name_of(tables, table, one.id), one) for one in records]
        named.sort(key=lambda row: (_rank(row[1]), row[0].casefold()))
        rows = [(name, tlp_text(one.label), _reason(tables, one)) for name, one in named]
        groups.append(Group(f"{TABLE_SPECS[table].title} ({len(records)})", rows))
    if copy.emptied:
        rows = [
            (name_of(tables, one.table, one.id), "", FIELDS[one.table][one.field].title)
            for one in copy.emptied
        ]
        groups.append(Group(tr("Shown, but without what they refer to"), rows))
    if copy.mentions:
        rows = []
        for mention in copy.mentions:
            field = FIELDS[mention.table][mention.field].title
            name = name_of(tables, mention.table, mention.id)
            rows.append((f"{name}: {field}", "", f"“{mention.name}”"))
        groups.append(Group(tr("Texts to read: they hold a name that is withheld"), rows))
    return groups


def _rank(one: WithheldRecord) -> int:
    return TLP_LABELS.codes.index(one.label) if one.label in TLP_LABELS.codes else 0


def _reason(tables: Tables, one: WithheldRecord) -> str:
    """What the label comes from, in words."""
    if one.why == "floor":
        floor = tlp_text(effective_label(tables.table(one.table)[one.id]))
        return tr("rule W35: such matters are never below {label}", label=floor)
    if one.why == "depends":
        table, record_id = one.because
        if table:
            return tr("rests on {name}", name=name_of(tables, table, record_id))
        return tr("rests on something withheld")
    if one.why == "part":
        return tr("not in the chosen part")
    if one.why == "alias":
        return tr("it would tell who stands behind an alias")
    return _own_label(tables, one)


def _own_label(tables: Tables, one: WithheldRecord) -> str:
    """What the project knows of where a record's own label comes from; it keeps no authors."""
    record = tables.table(one.table)[one.id]
    if record.external:
        sources = ", ".join(sorted({ref.source for ref in record.external}))
        return tr("its own label; the record came from {source}", source=sources)
    if one.label == first_label(tables.project, one.table):
        return tr("its own label, which new records of the kind get")
    return tr("its own label, chosen for this record")
