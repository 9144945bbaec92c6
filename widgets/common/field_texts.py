"""Editors for what is typed: texts, dates, numbers, money.

Typing is kept after a short rest and when the field is left, always as one undo step (the
command joins steps of one field until `left` closes it).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from model.dates import PartialDate, parse_date, typed_text
from model.refusals import Refusal
from resources.text import tr
from widgets.common.field_base import FieldEditor, mixed_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from model.fields import FieldSpec

REST_MS = 900
"""How long typing rests before it is kept."""
_SIGNED = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?\d+([.]\d+)?")
_MONEY = re.compile(r"[+-]?(\d{1,3}([, \u00a0\u202f]\d{3})+|\d+)([.]\d+)?")


class LineEditor(FieldEditor):
    """One line of text; the base of all that is read from one line."""

    placeholder = ""

    def __init__(self, spec: FieldSpec) -> None:
        """Prepare an empty line."""
        super().__init__(spec)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.placeholder)
        self.place(self.line)
        self._shown = ""
        self._rest = _rest_timer(self, self.commit)
        self.line.textEdited.connect(lambda _: self._rest.start())
        self.line.returnPressed.connect(self._leave)
        self.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what was typed when the focus goes; Escape brings back what stood."""
        if event.type() is QEvent.Type.FocusOut:
            self._leave()
        elif event.type() is QEvent.Type.ShortcutOverride and self._is_escape(event):
            event.accept()
        elif event.type() is QEvent.Type.KeyPress and self._is_escape(event):
            self._rest.stop()
            self.line.setText(self._shown)
            self.clear_refusal()
            return True
        return super().eventFilter(watched, event)

    def _is_escape(self, event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.line.text() != self._shown
        )

    def commit(self) -> None:
        """Say what was typed if it differs from what stood."""
        self._rest.stop()
        if self.line.text() == self._shown:
            return
        try:
            value = self.value()
        except Refusal as refusal:
            self.show_refusal(refusal.message)
            return
        self.clear_refusal()
        self.edited.emit(value)

    def _leave(self) -> None:
        self.commit()
        self.left.emit()

    def value(self) -> object:
        """The value that the line means."""
        return self.read(self.line.text())

    def read(self, text: str) -> object:
        """Turn the line into a value; raises Refusal when it cannot."""
        return text.strip()

    def write(self, value: object) -> str:
        """Turn a value into the line."""
        return str(value)

    def _show(self, value: object) -> None:
        text = self.write(value)
        self.line.setPlaceholderText(self.placeholder)
        typed = self.line.text() != self._shown
        self._shown = text
        if self.line.hasFocus() and (typed or self._reads_as(value)):
            return  # the user is typing: what is in the line stays, with its cursor
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def _reads_as(self, value: object) -> bool:
        try:
            return self.value() == value
        except Refusal:
            return False

    def _show_mixed(self) -> None:
        self._shown = ""
        self.line.clear()
        self.line.setPlaceholderText(mixed_text())


class TextsEditor(LineEditor):
    """Several short texts in one line, separated by semicolons."""

    @property
    def placeholder(self) -> str:  # type: ignore[override]
        """How to write several."""
        return tr("Separate with ;")

    def read(self, text: str) -> object:
        """The parts between semicolons."""
        return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))

    def write(self, value: object) -> str:
        """The parts with semicolons."""
        return "; ".join(cast("tuple[str, ...]", value))


class DateEditor(LineEditor):
    """A date as exact as it is known, typed as people write it."""

    @property
    def placeholder(self) -> str:  # type: ignore[override]
        """Forms that are understood."""
        return tr("2013, 2013-05, about 2013, open …")

    def read(self, text: str) -> object:
        """The date, None for an empty line."""
        return parse_date(text) if text.strip() else None

    def write(self, value: object) -> str:
        """The date in words and ISO form."""
        return date_words(cast("PartialDate | None", value))


def date_words(value: PartialDate | None) -> str:
    """A date as it is shown and can be typed: "2013-05", "mid 2013", "open"; "" for none."""
    if value is None:
        return ""
    typed = typed_text(value)
    if typed != value.iso():
        return typed
    words = {"about": tr("about"), "before": tr("before"), "after": tr("after")}
    text = value.iso().lstrip("~<>")
    return f"{words[value.qualifier]} {text}" if value.qualifier else text


class NumberEditor(LineEditor):
    """A number, whole or with decimals as the field asks."""

    def read(self, text: str) -> object:
        """The number; None where it may be empty."""
        stripped = text.strip().replace("\N{MINUS SIGN}", "-")
        if not stripped:
            return None
        if self.spec.kind == "integer":
            if _SIGNED.fullmatch(stripped):
                return int(stripped)
            raise Refusal("number", tr("“{text}” is not a whole number.", text=text[:40]))
        if _NUMBER.fullmatch(stripped):
            return float(stripped)
        raise Refusal("number", tr("“{text}” is not a number; write it like 12.5.", text=text[:40]))

    def write(self, value: object) -> str:
        """The number; empty when not known."""
        return "" if value is None else f"{value:g}"


class MoneyEditor(LineEditor):
    """An exact amount; empty means not known, which is not zero."""

    @property
    def placeholder(self) -> str:  # type: ignore[override]
        """What empty means."""
        return tr("Not known")

    def read(self, text: str) -> object:
        """The amount as a decimal, None for an empty line."""
        stripped = text.strip()
        if not stripped:
            return None
        if not _MONEY.fullmatch(stripped):
            message = tr(
                "“{text}” cannot be read as an amount; write it like 250000 or 250,000.50.",
                text=text[:40],
            )
            raise Refusal("money", message)
        return Decimal(re.sub(r"[, \u00a0\u202f]", "", stripped))

    def write(self, value: object) -> str:
        """The amount with its thousands set apart."""
        return "" if value is None else f"{value:,}"


class _GrowingText(QPlainTextEdit):
    """As high as its text, up to twelve lines; then it scrolls."""

    LEAST, MOST = 1, 12

    def __init__(self, leave: Callable[[], None]) -> None:
        super().__init__()
        self._leave = leave
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        # A layout that is just being carried out ignores wishes for another height: ask after it.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.fit)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._later.start(0))
        self.fit()

    def fit(self) -> None:
        """Take the height of the text."""
        lines = max(self.LEAST, min(self.MOST, int(self.document().size().height())))
        margins = self.contentsMargins()  # border and padding of the style sheet
        height = lines * self.fontMetrics().lineSpacing() + margins.top() + margins.bottom()
        scrolls = self.document().size().height() > self.MOST
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        self._later.start(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was typed."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._leave()


class LongTextEditor(FieldEditor):
    """Text of any length; the field grows with it."""

    def __init__(self, spec: FieldSpec) -> None:
        """Prepare an empty field."""
        super().__init__(spec)
        self.text = _GrowingText(self._leave)
        self.place(self.text)
        self._shown = ""
        self._showing = False
        self._rest = _rest_timer(self, self.commit)
        self.text.textChanged.connect(self._on_typed)

    def _on_typed(self) -> None:
        if not self._showing:
            self._rest.start()

    def commit(self) -> None:
        """Say what was typed if it differs from what stood."""
        self._rest.stop()
        text = self.text.toPlainText()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def _leave(self) -> None:
        self.commit()
        self.left.emit()

    def value(self) -> object:
        """The text."""
        return self.text.toPlainText()

    def _show(self, value: object) -> None:
        text = str(value)
        self.text.setPlaceholderText("")
        typed = self.text.toPlainText() != self._shown
        self._shown = text
        if self.text.toPlainText() == text or (typed and self.text.hasFocus()):
            return
        self._put(text)

    def _put(self, text: str) -> None:
        self._showing = True
        self.text.setPlainText(text)
        self._showing = False

    def _show_mixed(self) -> None:
        self._shown = ""
        self._put("")
        self.text.setPlaceholderText(mixed_text())


def _rest_timer(parent: QObject, then: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(REST_MS)
    timer.timeout.connect(then)
    return timer
