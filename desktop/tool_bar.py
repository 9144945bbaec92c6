"""The tool bar of a project: the main actions, the command field, the label of what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from desktop.action_table import ACTIONS
from resources.text import tr
from widgets.common.tlp_badge import TlpBadge
from widgets.finding.command_field import CommandField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QAction

_ICON_SIZE = QSize(20, 20)
_EDGE: Final = 10
_AT_THE_END: Final = ("present", "export")


class ToolBar(QToolBar):
    """What one reaches for most; the label always stays in sight.

    Where there is no room for all the words, buttons say what they do by icon and tool tip.
    """

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
        self._has_words = True
        self._wide = 0

    def event(self, event: QEvent) -> bool:
        """See to the room whenever it, or what must go into it, is another one."""
        handled = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._fit()
        return handled

    def _fit(self) -> None:
        if self._has_words:
            self._wide = self._needed()
        if self._has_words == (self._wide <= self.width()):
            return
        self._has_words = not self._has_words
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.setToolButtonStyle(style if self._has_words else style.ToolButtonIconOnly)

    def _needed(self) -> int:
        """Pixels that everything takes; the command field can do with its least."""
        widgets = [self.widgetForAction(one) for one in self.actions() if one.isVisible()]
        hints = [
            one.minimumSizeHint().width() if one is self.commands else one.sizeHint().width()
            for one in widgets
        ]
        layout = self.layout()
        spacing = layout.spacing() if layout is not None else 0
        margins = self.contentsMargins()
        return sum(hints) + len(hints) * spacing + margins.left() + margins.right() + 2 * _EDGE

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
