"""The TLP label of what is open, always visible, written and coloured as TLP 2.0 says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from model.codes import tlp_text
from model.drawing.style import style_sheet
from resources.text import tr


class TlpBadge(QLabel):
    """Shows one label; the same in every theme, because the standard fixes its colours."""

    def __init__(self) -> None:
        """Start with the label of an empty project."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setObjectName("tlp-badge")
        self.show_label("AMBER")

    def show_label(self, label: str) -> None:
        """Show a label code such as AMBER+STRICT; its text is never translated."""
        text = tlp_text(label)
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(tr("The strictest label of anything in this project"))
        look = style_sheet("light").tlp(label)
        self.setStyleSheet(
            f"#tlp-badge {{ background: {look.ground}; color: {look.ink}; font-weight: bold;"
            " padding: 4px 10px; border-radius: 4px; }"
        )
