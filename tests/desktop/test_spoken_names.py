"""Every control that takes the keyboard has a name for screen readers, in panels and dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from model.analysis.views import VIEWS
from tests.desktop.test_keys_only import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytestqt.qtbot import QtBot

    from desktop.controller import Controller

DIALOGS = ("save_as", "present", "export", "keys", "shortcuts", "about", "preferences", "share")
"""Actions that ask something at once."""
CALLED_BY_PARENT = (QAbstractSpinBox, QComboBox, QAbstractItemView, QTextEdit)


def is_inner_part(control: QWidget) -> bool:
    """Text fields and lists inside of other controls are spoken with these."""
    above = control.parentWidget()
    while above is not None:
        if isinstance(above, CALLED_BY_PARENT):
            return True
        above = above.parentWidget()
    return isinstance(control, QScrollBar)


def nameless(controls: Iterable[QWidget]) -> list[str]:
    """Controls that take the keyboard and say nothing."""
    return [
        f"{type(one).__name__} {one.objectName()} in {_where(one)}"
        for one in controls
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isEnabled()
        and one.isVisible()
        and not is_inner_part(one)
        and (not spoken(one).strip() or (isinstance(one, QComboBox) and says_only_its_value(one)))
    ]


def _where(control: QWidget) -> str:
    names = []
    above: QWidget | None = control
    while above is not None:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names)


def test_every_control_of_every_panel_has_a_name(qtbot: QtBot, controller: Controller) -> None:
    assert nameless(controller.window.findChildren(QWidget)) == []
    controller.open_sample("mindanao")
    panels, workspace = controller.panels, controller.workspace
    assert panels is not None
    assert workspace is not None
    found = set()
    for name in panels.docked():
        controller.window.raise_dock(name)
        QApplication.processEvents()
        found |= set(nameless(controller.window.findChildren(QWidget)))
    document = workspace.document
    for table in ("actors", "linkages", "processes", "activities", "funding", "notes", "answers"):
        panels.tables.show_table(table)
        for record_id in list(document.table(table))[:1]:
            workspace.select([(table, record_id)])
            found |= set(nameless(panels.inspector.findChildren(QWidget)))
    workspace.select([("actors", one) for one in list(document.actors)[:2]])
    panels.tables.show_matrix()
    for view_id in VIEWS:
        panels.analysis.show_view(view_id)
        panels.analysis.compute()
    found |= set(nameless(controller.window.findChildren(QWidget)))
    assert sorted(found) == []


def dialogs() -> list[QDialog]:
    windows = QApplication.topLevelWidgets()
    return [one for one in windows if isinstance(one, QDialog) and one.isVisible()]


def test_every_control_of_every_dialog_has_a_name(qtbot: QtBot, controller: Controller) -> None:
    controller.open_sample("mali")
    for action in DIALOGS:
        controller.window.actions_by_id[action].trigger()
        qtbot.waitUntil(lambda: bool(dialogs()), timeout=30_000)
        for dialog in dialogs():
            assert dialog.windowTitle()
            if not isinstance(dialog, QFileDialog):
                assert nameless(dialog.findChildren(QWidget)) == []
            dialog.reject()
        qtbot.waitUntil(lambda: controller.runner.is_idle and not dialogs(), timeout=30_000)


def says_only_its_value(box: QComboBox) -> bool:
    """On Linux the name of a box to choose from is its value: a label or description says more."""
    interface = QAccessible.queryAccessibleInterface(box)
    described = interface.text(QAccessible.Text.Description)
    labels = interface.relations(QAccessible.RelationFlag.Label)
    return not labels and box.accessibleName() not in described
