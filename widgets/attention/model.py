"""Findings as a tree: many of one rule and severity stand under one heading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from model.analysis.finding import SEVERITIES, Finding
from model.analysis.rules import RULES
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Iterable

Index = QModelIndex | QPersistentModelIndex
GROUPED_ABOVE = 3
ENTRY_ROLE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


def severity_words(severity: str) -> str:
    """A severity in the user's language."""
    words = {"high": tr("High"), "medium": tr("Medium"), "low": tr("Low"), "info": tr("Notice")}
    return words[severity]


class Entry(msgspec.Struct, eq=False):
    """A row: a heading with findings under it, or one finding."""

    finding: Finding
    findings: tuple[Finding, ...] = ()
    parent: Entry | None = None
    children: tuple[Entry, ...] = ()

    @property
    def is_heading(self) -> bool:
        """Whether it stands for several findings."""
        return bool(self.findings)

    @property
    def text(self) -> str:
        """The sentence, or how many of which rule."""
        if self.is_heading:
            rule = RULES[self.finding.rule_id]
            return tr("{count} × {rule}", count=len(self.findings), rule=rule.title)
        return self.finding.message

    @property
    def note(self) -> str:
        """Rule and severity, in small letters below."""
        parts = [self.finding.rule_id, severity_words(self.finding.severity)]
        if not self.is_heading and self.parent is None:
            parts.insert(1, RULES[self.finding.rule_id].title)
        if self.finding.muted_by:
            parts.append(tr("muted"))
        return " · ".join(parts)

    @property
    def key(self) -> tuple[object, ...]:
        """What makes the row the same one after a new computation."""
        if self.is_heading:
            return self.finding.rule_id, self.finding.severity
        return self.finding.rule_id, self.finding.severity, self.finding.targets


def entries(found: Iterable[Finding]) -> list[Entry]:
    """Rows in the order of gravity; more than a few of one rule and severity become one."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for one in found:
        groups.setdefault((one.severity, one.rule_id), []).append(one)
    rows = []
    for severity in SEVERITIES:
        for (group_severity, _), members in groups.items():
            if group_severity != severity:
                continue
            if len(members) <= GROUPED_ABOVE:
                rows += [Entry(one) for one in members]
            else:
                heading = Entry(members[0], tuple(members))
                heading.children = tuple(Entry(one, parent=heading) for one in members)
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
