"""Every dialog: names for screen readers, keys, room on a small display, nothing cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from model.drawing.style import style_sheet
from tests.desktop.dialogs.every import FACTORIES, kinds
from tests.desktop.test_spoken_names import is_inner_part, nameless
from widgets.common.theme import apply_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytestqt.qtbot import QtBot

    from desktop.dialogs.question import QuestionDialog

ROOM = QSize(1004, 660)
"""What a display of 1024 x 700 leaves within a frame."""


def test_no_kind_of_dialog_is_forgotten() -> None:
    assert kinds() == set(FACTORIES)


def opened(qtbot: QtBot, kind: type[QuestionDialog]) -> QuestionDialog:
    dialog = FACTORIES[kind]()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.resize(dialog.size().boundedTo(ROOM))
    QApplication.processEvents()
    return dialog


def shown(dialog: QuestionDialog) -> Iterable[QWidget]:
    return (one for one in dialog.findChildren(QWidget) if one.isVisible())


def cut_off(dialog: QuestionDialog) -> list[str]:
    """Words that do not fit where they stand."""
    found = []
    for one in shown(dialog):
        if isinstance(one, QLabel) and one.text():
            wide = one.width() if one.wordWrap() else one.sizeHint().width()
            high = one.heightForWidth(wide) if one.wordWrap() else one.sizeHint().height()
            if high > one.height() + 1 or wide > one.width() + 1:
                found.append(f"{one.text()[:40]}: {wide}x{high} in {one.width()}x{one.height()}")
        elif isinstance(one, QAbstractButton) and one.sizeHint().width() > one.width() + 1:
            found.append(f"{one.text()[:40]}: {one.sizeHint().width()} in {one.width()}")
    return found


@pytest.mark.parametrize("look", ["light", "dark"])
def test_every_dialog_has_room_names_and_keys(qtbot: QtBot, qapp: QApplication, look: str) -> None:
    apply_theme(qapp, style_sheet("dark" if look == "dark" else "light").medium)
    wrong: dict[str, object] = {}
    for kind in sorted(FACTORIES, key=lambda one: one.__name__):
        dialog = opened(qtbot, kind)
        name = kind.__name__
        size, least = dialog.size(), dialog.minimumSizeHint()
        if (
            least.width() > ROOM.width()
            or least.height() > ROOM.height()
            or size != (size.boundedTo(ROOM))
        ):
            wrong[f"{name}: room"] = (size, least)
        if cut := cut_off(dialog):
            wrong[f"{name}: cut off"] = cut
        heading = dialog.heading
        if heading.height() > heading.heightForWidth(heading.width()) + 2:
            wrong[f"{name}: a gap at its heading"] = heading.size()
        if silent := nameless(dialog.findChildren(QWidget)):
            wrong[f"{name}: nameless"] = silent
        if missed := unreached(dialog):
            wrong[f"{name}: not reached by Tab"] = missed
        answers: list[object] = []
        dialog.answered.connect(answers.append)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        if answers != [None]:
            wrong[f"{name}: Esc"] = answers
        dialog.close()
    assert wrong == {}, "\n".join(f"{name}: {what}" for name, what in wrong.items())


def unreached(dialog: QuestionDialog) -> list[str]:
    """Controls that Tab never comes to."""
    wanted = {
        one
        for one in shown(dialog)
        if isinstance(one, QAbstractButton | QLineEdit | QAbstractItemView)
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isEnabled()
        and not is_inner_part(one)
    }
    reached: set[QWidget] = set()
    for _ in range(80):
        now = dialog.focusWidget()
        if now is not None:
            reached.add(now)
        before = len(reached)
        if not dialog.focusNextPrevChild(True):
            break
        if dialog.focusWidget() in reached and before >= len(wanted) and wanted <= reached:
            break
    # Of several choices one is enough: the arrows go on from there.
    groups = {choice_of(one) for one in reached} - {0}
    return [
        f"{type(one).__name__} {one.accessibleName()}"
        for one in wanted - reached
        if choice_of(one) not in groups
    ]


def choice_of(control: QWidget) -> int:
    """Which group of choices a button belongs to; 0 for other controls."""
    group: object = control.group() if isinstance(control, QAbstractButton) else None
    return 0 if group is None else id(group)
