"""Findings as a tree: many of one rule stand under one heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.analysis.finding import Finding
from model.analysis.grouping import Group, grouped
from model.analysis.rules import RULES
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


def severity_words(severity: str) -> str:
    """A severity in the user's language."""
    words = {"high": tr("High"), "medium": tr("Medium"), "low": tr("Low"), "info": tr("Notice")}
    return words[severity]


class Entry(msgspec.Struct, eq=False):
    """A row: a heading with findings under it, or one finding."""

    finding: Finding
    group: Group | None = None
    parent: Entry | None = None
    children: tuple[Entry, ...] = ()

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
        if self.is_heading:
            return (self.finding.rule_id,)
        return self.finding.rule_id, self.finding.severity, self.finding.targets


def entries(found: Iterable[Finding]) -> list[Entry]:
    """Rows in the order in which to look at them; more than a few of one rule become one."""
    rows = []
    for group in grouped(found):
        if not group.is_collapsed:
            rows += [Entry(one) for one in group.findings]
            continue
        heading = Entry(group.findings[0], group)
        heading.children = tuple(Entry(one, parent=heading) for one in group.findings)
        rows.append(heading)
    return rows


class FindingModel(QAbstractItemModel):
    """Offers the rows to a tree view and to screen readers."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self._rows: list[Entry] = []
        self._places: dict[int, int] = {}

    def show_findings(self, found: Iterable[Finding]) -> None:
        """Show these findings instead."""
        self.beginResetModel()
        self._rows = entries(found)
        self._places = {id(entry): at for at, entry in enumerate(self._rows)}
        for entry in self._rows:
            self._places.update((id(child), at) for at, child in enumerate(entry.children))
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
        return self.createIndex(self._places[id(entry)], 0, entry)

    def find(self, key: tuple[object, ...]) -> QModelIndex:
        """The row with a key; nowhere when it is gone."""
        for entry in self._rows:
            for one in (entry, *entry.children):
                if one.key == key:
                    return self.index_of(one)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """The index of a row."""
        above = self.entry(parent)
        siblings = self._rows if above is None else above.children
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
        return len(self._rows) if above is None else len(above.children)

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
