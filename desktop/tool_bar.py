"""The tool bar of a project: the main actions, the command field, the label of what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from desktop.actions import ACTIONS
from resources.text import tr
from widgets.common.tlp_badge import TlpBadge
from widgets.finding.command_field import CommandField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

_ICON_SIZE = QSize(20, 20)
_AT_THE_END: Final = ("present", "export")


class ToolBar(QToolBar):
    """What one reaches for most; the label always stays in sight."""

    def __init__(self, actions: Mapping[str, QAction]) -> None:
        """Lay out the actions that belong here."""
        super().__init__(tr("Tools"))
        self.setObjectName("toolbar")
        self.setMovable(False)
        self.setIconSize(_ICON_SIZE)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for spec in ACTIONS:
            if spec.in_toolbar and spec.id not in _AT_THE_END:
                self.addAction(actions[spec.id])
        gap = QWidget()
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(gap)
        self.commands = CommandField()
        self.addWidget(self.commands)
        self._protected = self.addWidget(_protected_badge(actions["protect"]))
        self._protected.setVisible(False)
        self.tlp_badge = TlpBadge()
        self.addWidget(self.tlp_badge)
        for name in _AT_THE_END:
            self.addAction(actions[name])
        self.toggleViewAction().setVisible(False)

    def show_protected(self, *, on: bool) -> None:
        """Keep in sight that nothing can be changed."""
        self._protected.setVisible(on)


def _protected_badge(protect: QAction) -> QToolButton:
    badge = QToolButton()
    badge.setObjectName("protected-badge")
    badge.setText(tr("Protected"))
    badge.setToolTip(tr("Nothing can be changed. Press to allow changes again."))
    badge.setAccessibleDescription(badge.toolTip())
    badge.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    badge.setIcon(protect.icon())
    protect.changed.connect(lambda: badge.setIcon(protect.icon()))
    badge.clicked.connect(protect.trigger)
    return badge
