"""Editing in a cell with the same field editors as in the inspector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from model.refusals import Refusal
from widgets.common.directions import DirectedDelegate
from widgets.common.field_base import FieldEditor
from widgets.common.fields import editor_for
from widgets.common.theme import RADIUS, theme_colours
from widgets.tables.row_filter import RowFilter

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from model.fields import FieldSpec
    from widgets.common.workspace import Workspace

_FRAME = 1.0
_WIDE = 320
_LOW = 40
_HIGH = 320
_ROOMY = frozenset({"long_text", "references", "codes"})
"""Kinds of fields whose editor opens beyond the borders of the cell."""


class CellDelegate(DirectedDelegate):
    """Gives each cell the editor of its field."""

    def __init__(self, workspace: Workspace, specs: tuple[FieldSpec, ...], parent: QObject) -> None:
        """Serve a view whose columns are these fields."""
        super().__init__(parent)
        self._workspace = workspace
        self._specs = specs

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The current cell has a frame that is seen in selected rows too, and words as clear."""
        plain = QStyleOptionViewItem(option)
        is_current = bool(plain.state & QStyle.StateFlag.State_HasFocus)
        plain.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, plain, index)
        if not is_current:
            return
        colours = theme_colours(self._workspace.style.medium)
        is_selected = bool(plain.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setPen(QPen(QColor(colours.on_accent if is_selected else colours.accent), _FRAME))
        painter.drawRect(QRectF(plain.rect).adjusted(2.5, 2.5, -2.5, -2.5))
        painter.restore()

    def createEditor(
        self,
        parent: QWidget,
        _option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """The editor of the field, without its caption: the column says it."""
        editor = editor_for(self._specs[index.column()], self._workspace)
        editor.setParent(parent)
        editor.hide_caption()
        editor.setObjectName("cellEditor")
        editor.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        colours = theme_colours(self._workspace.style.medium)
        editor.setStyleSheet(
            f"#cellEditor {{ background: {colours.field}; border: 1px solid {colours.accent};"
            f" border-radius: {RADIUS}px; }}"
        )
        for child in editor.findChildren(QWidget):
            child.installEventFilter(_Keys(self, editor))
        rows = index.model()
        if isinstance(rows, RowFilter):
            # Straight to the record: an editor also speaks while it is being closed, when the
            # view does not know it any more.
            cell = QPersistentModelIndex(rows.mapToSource(index))
            editor.edited.connect(lambda value: rows.source.setData(cell, value))
        return editor

    def destroyEditor(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """From now on the editor says nothing."""
        editor.blockSignals(True)
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show the value."""
        rows = index.model()
        if isinstance(editor, FieldEditor) and isinstance(rows, RowFilter):
            editor.set_value(rows.source.value(rows.mapToSource(index)))

    def setModelData(
        self,
        editor: QWidget,
        model: QAbstractItemModel,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Write the value; what cannot be read is refused under the editor."""
        if not isinstance(editor, FieldEditor) or not isinstance(model, RowFilter):
            return
        try:
            value = editor.value()
        except Refusal as refusal:
            editor.show_refusal(refusal.message)
            editor.adjustSize()
            return
        model.source.setData(model.mapToSource(index), value)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Over the cell; larger for what needs room, but within the view."""
        cell = QRect(option.rect)
        wanted = editor.sizeHint()
        height = max(cell.height(), wanted.height())
        width = max(cell.width(), min(wanted.width(), _WIDE))
        if self._specs[index.column()].kind in _ROOMY:
            width = max(width, _WIDE)
            if editor.hasHeightForWidth():
                height = editor.heightForWidth(width)
            height = min(max(height, _LOW), _HIGH)
        above = editor.parentWidget()
        room = cell if above is None else above.rect()
        left = max(min(cell.left(), room.right() - width), 0)
        top = max(min(cell.top(), room.bottom() - height), 0)
        editor.setGeometry(left, top, width, height)

    def finish(self, editor: FieldEditor, *, keep: bool) -> None:
        """Close an editor with or without what was typed."""
        if keep:
            try:
                editor.value()
            except Refusal as refusal:
                editor.show_refusal(refusal.message)
                editor.adjustSize()
                return
            self.commitData.emit(editor)
        editor.blockSignals(True)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)


class _Keys(QObject):
    """Enter keeps and Esc drops what was typed, whichever part of the editor has the focus."""

    def __init__(self, delegate: CellDelegate, editor: FieldEditor) -> None:
        super().__init__(editor)
        self._delegate = delegate
        self._editor = editor

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the two keys before the control does."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._delegate.finish(self._editor, keep=False)
                return True
            held = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not held:
                self._delegate.finish(self._editor, keep=True)
                return True
        return super().eventFilter(watched, event)
