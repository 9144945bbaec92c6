"""The limits of a rule, to be changed where one sees what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QLabel, QWidget

from model.analysis.rules import DEFAULT_THRESHOLDS
from model.commands.thresholds import set_threshold
from resources.text import tr
from widgets.common.discarding import discard
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.analysis.rules.rule import Rule
    from widgets.common.workspace import Workspace

MOST = 100_000.0


class LimitsForm(QWidget):
    """A number for each limit of a rule, as settings of the project."""

    def __init__(self, workspace: Workspace) -> None:
        """Begin empty."""
        super().__init__()
        self._workspace = workspace
        self._rule_id = ""
        self.fields: dict[str, QDoubleSpinBox] = {}
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID // 2)

    def show_rule(self, rule: Rule) -> None:
        """Show the limits of a rule; none hide the form."""
        self.setVisible(bool(rule.thresholds))
        if rule.id != self._rule_id:
            self._rule_id = rule.id
            self._rebuild(rule)
        own = self._workspace.document.project.thresholds
        for key, field in self.fields.items():
            value = own.get(key, DEFAULT_THRESHOLDS[key])
            if field.value() != value:
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)

    def _rebuild(self, rule: Rule) -> None:
        while self._layout.rowCount():
            taken = self._layout.takeRow(0)
            for item in (taken.labelItem, taken.fieldItem):
                widget = None if item is None else item.widget()
                if widget is not None:
                    discard(widget)
        self.fields = {}
        for key, default in rule.thresholds.items():
            self.fields[key] = self._field(key, default)

    def _field(self, key: str, default: float) -> QDoubleSpinBox:
        words = key.partition(".")[2].replace("_", " ")
        text = tr("Limit: {what}", what=tr(words))
        field = QDoubleSpinBox()
        field.setRange(0, MOST)
        field.setDecimals(0 if default == int(default) else 2)
        field.setKeyboardTracking(False)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.setAccessibleName(text)
        field.setToolTip(
            tr(
                "{key}; {default} unless the project says otherwise",
                key=key,
                default=f"{default:g}",
            )
        )
        field.valueChanged.connect(lambda value: self._write(key, value))
        label = QLabel(text)
        label.setObjectName("muted")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(field)
        self._layout.addRow(label, field)
        return field

    def _write(self, key: str, value: float) -> None:
        self._workspace.attempt(lambda: set_threshold(self._workspace.document, key, value))
        self._workspace.history.close_step()
