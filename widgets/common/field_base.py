"""What all field editors share: caption above, help, the refusal under the field, mixed values."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from resources.text import tr
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.fields import FieldSpec

_TEXTS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox)
_CHOICES = (QAbstractButton, QComboBox, QAbstractItemView)


def mixed_text() -> str:
    """What stands in a field when the selected records differ."""
    return tr("Several values")


class FieldEditor(QWidget):
    """Edits the value of one field of one or many records.

    It never writes by itself: it says what the user wants, and is told what stands.

    Signals:
        edited: the value that the user wants, of the type of the record's field.
        left: the user has left the field; a step of undo ends here.
    """

    edited = Signal(object)
    left = Signal()

    def __init__(self, spec: FieldSpec) -> None:
        """Prepare for a field of the catalogue; call `place` with the control."""
        super().__init__()
        self.spec = spec
        self.is_mixed = False
        self._is_protected = False
        self._caption = QLabel(spec.title)
        self._caption.setObjectName("caption")
        self._caption.setTextFormat(Qt.TextFormat.PlainText)
        self._caption.setWordWrap(True)
        self._refusal = QLabel()
        self._refusal.setObjectName("refusal")
        self._refusal.setTextFormat(Qt.TextFormat.PlainText)
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 4)
        self._layout.addWidget(self._caption)
        self._layout.addWidget(self._refusal)

    def place(self, control: QWidget) -> None:
        """Put the control under the caption; it takes over the name and the focus."""
        self._layout.insertWidget(1, control)
        self._caption.setBuddy(control)
        self.setFocusProxy(control)
        control.setAccessibleName(self.spec.title)
        hint = self.spec.hint
        if hint:
            control.setAccessibleDescription(hint)
            self._caption.setToolTip(hint)
            control.setToolTip(hint)

    def hide_caption(self) -> None:
        """For places where the caption stands elsewhere."""
        self._caption.hide()

    def protect(self, on: bool) -> None:
        """Let the value be read and copied but not changed, or let it be changed again."""
        self._is_protected = on
        self._hold()

    def _hold(self) -> None:
        on = self._is_protected
        for control in self.findChildren(QWidget):
            if isinstance(control, _TEXTS):
                control.setReadOnly(on)
            elif isinstance(control, _CHOICES):
                control.setEnabled(not on)

    def set_value(self, value: object) -> None:
        """Show a value; a refusal that was shown goes away."""
        self._tell_mixed(mixed=False)
        self.clear_refusal()
        self._show(value)
        if self._is_protected:
            self._hold()

    def set_mixed(self) -> None:
        """Show that the selected records differ; leaving the field alone changes nothing."""
        self._tell_mixed(mixed=True)
        self.clear_refusal()
        self._show_mixed()
        if self._is_protected:
            self._hold()

    def _tell_mixed(self, *, mixed: bool) -> None:
        if mixed != self.is_mixed:
            self.is_mixed = mixed
            title = self.spec.title
            self._caption.setText(f"{title} · {mixed_text()}" if mixed else title)

    @abstractmethod
    def value(self) -> object:
        """The value as it stands in the control.

        Raises:
            Refusal: when what was typed cannot be read.
        """

    @abstractmethod
    def _show(self, value: object) -> None:
        """Put a value into the control without telling anybody."""

    @abstractmethod
    def _show_mixed(self) -> None:
        """Make the control say that values differ."""

    def show_refusal(self, message: str) -> None:
        """Say under the field why the value was not taken."""
        self._refusal.setText(message)
        self._refusal.show()
        control = self.focusProxy()
        if control is not None:
            control.setAccessibleDescription(message)

    def clear_refusal(self) -> None:
        """Take the refusal away."""
        if not self._refusal.isHidden():
            self._refusal.hide()
            control = self.focusProxy()
            if control is not None:
                control.setAccessibleDescription(self.spec.hint)

    @property
    def refusal(self) -> str:
        """The refusal that is shown; empty when there is none."""
        return "" if self._refusal.isHidden() else self._refusal.text()
