"""Whom a merge would let in: what opens only the other copy, each with a box to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from desktop.dialogs.question import plain_label
from desktop.ways import slot_in_words, way_in_words
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.merge.access import Way
    from model.storage.members import Member

_AT_ONCE = 3
"""Rows that are seen without scrolling."""


class AccessBox(QWidget):
    """The ways in that only the other copy has; none is taken over unless it is ticked."""

    def __init__(self, ways: Sequence[Way], ours_alone: Sequence[Member]) -> None:
        """Offer the ways, and name the members whom only our copy lets in."""
        super().__init__()
        self.setAccessibleName(tr("Who opens the merged project"))
        self._ways = ways
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.boxes = [self._box(way) for way in ways]
        if ways:
            layout.addWidget(plain_label(tr("Who may open the merged project?"), "card-title"))
            layout.addWidget(
                plain_label(
                    tr(
                        "These open only the other copy. Tick those whom you know to be let in "
                        "there; compare keys on a second way. What is not ticked does not open "
                        "the merged project."
                    ),
                    "explanation",
                )
            )
            layout.addWidget(self._rows())
        if ours_alone:
            names = ", ".join(slot_in_words(one.slot, ours_alone) for one in ours_alone)
            layout.addWidget(
                plain_label(
                    tr(
                        "Only your copy lets in: {names}. They still open the merged project; if "
                        "they were removed in the other copy on purpose, remove them in File, "
                        "Keys and passphrases.",
                        names=names,
                    ),
                    "explanation",
                )
            )

    @property
    def chosen(self) -> tuple[Way, ...]:
        """The ways that are ticked."""
        pairs = zip(self._ways, self.boxes, strict=True)
        return tuple(way for way, box in pairs if box.isChecked())

    def _box(self, way: Way) -> QCheckBox:
        text = way_in_words(way)
        box = QCheckBox(text.replace("&", "&&"))
        box.setAccessibleName(text)
        return box

    def _rows(self) -> QWidget:
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes:
            rows.addWidget(box)
        if len(self.boxes) <= _AT_ONCE:
            return inner
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setFixedHeight((self.boxes[0].sizeHint().height() + rows.spacing()) * _AT_ONCE + 12)
        area.setWidget(inner)
        return area
