"""A list to choose from that says what it is for, also where readers hear only its value."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox


class ChoiceBox(QComboBox):
    """A box whose name and tool tip are heard.

    On Linux Qt tells screen readers the value of a box in place of its name, so the name is told
    as a description as well.
    """

    def setAccessibleName(self, name: str, /) -> None:
        """Be called so."""
        super().setAccessibleName(name)
        self._describe()

    def setToolTip(self, tip: str, /) -> None:
        """Explain itself so."""
        super().setToolTip(tip)
        self._describe()

    def _describe(self) -> None:
        parts = dict.fromkeys((self.accessibleName(), self.toolTip()))
        self.setAccessibleDescription(". ".join(part for part in parts if part))
