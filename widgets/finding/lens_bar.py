"""The strip above the map that says that not everything is shown, and how to get it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.text import tr
from widgets.common.announcing import announce
from widgets.common.icons import icon_pixmap
from widgets.common.lens import MOST_STEPS
from widgets.common.theme import GRID, theme_colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from widgets.common.lens import Lens

_SIGN = 18


class LensBar(QFrame):
    """One line for the filter and one for the focus; hidden while everything is shown."""

    def __init__(self, lens: Lens) -> None:
        """Follow a lens."""
        super().__init__()
        self._lens = lens
        self.setObjectName("lens")
        self.filtered = QLabel()
        self.focused = QLabel()
        self.clear = _button(tr("Clear filter"), lens.clear_filter)
        self.nearer = _button(tr("Fewer steps"), lambda: lens.step_focus(-1))
        self.farther = _button(tr("More steps"), lambda: lens.step_focus(1))
        self.leave = _button(tr("Leave focus (Esc)"), lens.leave_focus)
        self._filter_sign, self._focus_sign = QLabel(), QLabel()
        self._filter_row = _row(self._filter_sign, self.filtered, self.clear)
        self._focus_row = _row(
            self._focus_sign, self.focused, self.nearer, self.farther, self.leave
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID // 2, GRID, GRID // 2)
        layout.setSpacing(GRID // 2)
        layout.addWidget(self._filter_row)
        layout.addWidget(self._focus_row)
        lens.changed.connect(self._show)
        lens.workspace.style_changed.connect(self._colour)
        self._colour()
        self._show()

    def _show(self) -> None:
        lens = self._lens
        filters, focus = not lens.spec.is_empty, lens.focus
        if filters:
            counts = lens.counts()
            text = tr(
                "Filtered: {actors} of {all_actors} actors and {links} of {all_links} linkages"
                " shown.",
                actors=counts.actors,
                all_actors=counts.all_actors,
                links=counts.linkages,
                all_links=counts.all_linkages,
            )
            _say(self.filtered, text)
        if focus is not None:
            text = lens.focus_in_words()
            _say(self.focused, text)
            steps = focus.mode == "around"
            self.nearer.setVisible(steps)
            self.farther.setVisible(steps)
            self.nearer.setEnabled(focus.steps > 1)
            self.farther.setEnabled(focus.steps < MOST_STEPS)
        self._filter_row.setVisible(filters)
        self._focus_row.setVisible(focus is not None)
        if self.isVisible() and not (filters or focus):
            announce(self, tr("Everything is shown."))
        self.setVisible(filters or focus is not None)

    def _colour(self) -> None:
        colours = theme_colours(self._lens.workspace.style.medium)
        ratio = self.devicePixelRatioF()
        self._filter_sign.setPixmap(icon_pixmap("filter", colours.accent, _SIGN, ratio))
        self._focus_sign.setPixmap(icon_pixmap("show", colours.accent, _SIGN, ratio))
        self.setStyleSheet(
            f"#lens {{ background: {colours.accent_soft}; border: 0;"
            f" border-bottom: 1px solid {colours.accent}; }}"
            f"#lens QLabel {{ color: {colours.text}; background: transparent; }}"
        )


def _say(label: QLabel, text: str) -> None:
    """Write a sentence, which is said as well where it is another one."""
    if label.text() != text or not label.isVisible():
        label.setText(text)
        label.setAccessibleName(text)
        announce(label, text)


def _button(text: str, command: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.clicked.connect(lambda _checked=False: command())
    return button


def _row(sign: QLabel, text: QLabel, *buttons: QPushButton) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID)
    text.setTextFormat(Qt.TextFormat.PlainText)
    text.setWordWrap(True)
    layout.addWidget(sign)
    layout.addWidget(text, 1)
    for button in buttons:
        layout.addWidget(button)
    return row
