"""Findings as a tree: many of one rule stand under one heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.analysis.finding import Finding
from model.analysis.grouping import Group, in_groups
from model.analysis.rules import RULES
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


def severity_words(severity: str) -> str:
    """A severity in the user's language."""
    words = {"high": tr("High"), "medium": tr("Medium"), "low": tr("Low"), "info": tr("Notice")}
    return words[severity]


class Entry(msgspec.Struct, eq=False):
    """A row: a heading with findings under it, or one finding; `row` is its place among others.

    The rows under a heading are made when it is opened: there may be thousands.
    """

    finding: Finding
    row: int
    group: Group | None = None
    parent: Entry | None = None
    made: tuple[Entry, ...] | None = None
    said: str = ""

    @property
    def children(self) -> tuple[Entry, ...]:
        """The rows under a heading."""
        if self.group is None:
            return ()
        if self.made is None:
            found = enumerate(self.group.findings)
            self.made = tuple(Entry(one, row, parent=self) for row, one in found)
        return self.made

    @property
    def is_heading(self) -> bool:
        """Whether it stands for several findings."""
        return self.group is not None

    @property
    def text(self) -> str:
        """The sentence, or one line for all of a rule."""
        return self.finding.message if self.group is None else self.group.title

    @property
    def note(self) -> str:
        """Rule and severity, in small letters below."""
        if not self.said:  # painting asks again and again, and there may be thousands to count
            self.said = self._note()
        return self.said

    def _note(self) -> str:
        rule = RULES[self.finding.rule_id]
        if self.group is not None:
            counts = self.group.counts()
            graded = (f"{count} {severity_words(one).lower()}" for one, count in counts)
            few = severity_words(counts[0][0]) if len(counts) == 1 else ", ".join(graded)
            aside = sum(bool(one.muted_by) for one in self.group.findings)
            parts = [rule.id, rule.title, few]
            if aside:
                parts.append(plural("{count} muted", "{count} muted", aside))
            return " · ".join(parts)
        parts = [rule.id, severity_words(self.finding.severity)]
        if self.parent is None:
            parts.insert(1, rule.title)
        if self.finding.muted_by:
            parts.append(tr("muted"))
        return " · ".join(parts)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes the row the same one after a new computation."""
        return (self.finding.rule_id,) if self.is_heading else key_of(self.finding)


def key_of(finding: Finding) -> tuple[object, ...]:
    """What makes a finding the same one after a new computation."""
    return finding.rule_id, finding.severity, finding.targets


def entries(found: Iterable[Finding]) -> list[Entry]:
    """Rows for findings in order; more than a few of one rule become one."""
    rows: list[Entry] = []
    for group in in_groups(found):
        if group.is_collapsed:
            rows.append(Entry(group.findings[0], len(rows), group))
        else:
            rows += [Entry(one, len(rows) + at) for at, one in enumerate(group.findings)]
    return rows


class FindingModel(QAbstractItemModel):
    """Offers the rows to a tree view and to screen readers."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._rows: list[Entry] = []

    def show_findings(self, found: Iterable[Finding]) -> None:
        """Show these findings instead; they are in the order in which to look at them."""
        self.beginResetModel()
        self._rows = entries(found)
        self.endResetModel()

    @property
    def rows(self) -> list[Entry]:
        """The rows at the top."""
        return self._rows

    def entry(self, index: Index) -> Entry | None:
        """The row at an index."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Entry) else None

    def index_of(self, entry: Entry) -> QModelIndex:
        """Where a row is."""
        return self.createIndex(entry.row, 0, entry)

    def find(self, key: tuple[object, ...]) -> QModelIndex:
        """The row with a key; nowhere when it is gone."""
        for entry in self._rows:
            if key[:1] == (entry.finding.rule_id,):
                for one in (entry, *entry.children):
                    if one.key == key:
                        return self.index_of(one)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """The index of a row."""
        above = self.entry(parent)
        siblings: Sequence[Entry] = self._rows if above is None else above.children
        if column or not 0 <= row < len(siblings):
            return QModelIndex()
        return self.createIndex(row, column, siblings[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        """The heading that a row stands under."""
        entry = self.entry(index)
        if entry is None or entry.parent is None:
            return QModelIndex()
        return self.index_of(entry.parent)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows stand under one."""
        above = self.entry(parent)
        if above is None:
            return len(self._rows)
        return 0 if above.group is None else len(above.group.findings)

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        """One: the sentence."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Sentence, whole text for screen readers, and the row itself."""
        entry = self.entry(index)
        if entry is None:
            return None
        if role == ENTRY_ROLE:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return entry.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{severity_words(entry.finding.severity)}: {entry.text}"
        return None
