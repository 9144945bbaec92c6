"""Where Tab stops in a panel: its controls in the order in which they are laid out.

Qt goes by the order in which controls were made, so that those which come and go with what is
shown would be reached after everything else in the window, or never.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLayout,
    QSplitter,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WHOLE = (QAbstractItemView, QAbstractSpinBox, QComboBox, QTextEdit)
"""Controls whose parts are not gone through."""


def stops(panel: QWidget) -> list[QWidget]:
    """The controls of a panel that can have the keyboard now."""
    return list(_stops(panel))


def step(panels: Iterable[QWidget], focus: QWidget | None, by: int) -> bool:
    """Give the keyboard to the next control of some panels; after the last comes the first.

    Says whether it did so: not where something else has the keyboard.
    """
    found = [stop for panel in panels for stop in stops(panel)]
    here = focus
    while here is not None and here not in found:
        here = here.parentWidget()
    if here is None:
        return False
    found[(found.index(here) + by) % len(found)].setFocus(
        Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason
    )
    return True


def _stops(parent: QWidget) -> Iterator[QWidget]:
    for child in _in_order(parent):
        if child.isWindow() or not child.isVisible():
            continue
        if _can_stop(child):
            yield child
        if not isinstance(child, _WHOLE):
            yield from _stops(child)


def _in_order(parent: QWidget) -> list[QWidget]:
    """The children as they are laid out; those that are not, after these."""
    laid_out: list[QWidget] = []
    layout = parent.layout()
    if isinstance(parent, QSplitter):
        parts = (parent.widget(at) for at in range(parent.count()))
        laid_out = [part for part in parts if part is not None]
    elif layout is not None:
        laid_out = list(_widgets(layout))
    seen = set(laid_out)
    rest = (one for one in parent.children() if isinstance(one, QWidget) and one not in seen)
    return [*laid_out, *rest]


def _widgets(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _widgets(inner)


def _can_stop(one: QWidget) -> bool:
    policy = one.focusPolicy()
    if policy & Qt.FocusPolicy.TabFocus != Qt.FocusPolicy.TabFocus or not one.isEnabled():
        return False
    if one.focusProxy() is not None:
        return False
    if isinstance(one, QAbstractButton) and one.isCheckable() and not one.isChecked():
        # Of several of which one is chosen, that one; the arrows go on from there.
        group = one.group()
        return group is None or not group.exclusive() or group.checkedButton() is None
    return True
