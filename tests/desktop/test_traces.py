"""Nothing of ours stays on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication

from desktop.startup import Front

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

WORDS = "a name of the project"


@pytest.mark.parametrize("ours", [True, False])
def test_quitting_clears_the_clipboard_only_if_it_is_ours(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, ours: bool
) -> None:
    """Windows and some clipboard managers keep what a program had put there after it has ended."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)  # offscreen never owns it
    front = Front(qapp, serial=True)
    QGuiApplication.clipboard().setText(WORDS)

    front.end()

    assert (QGuiApplication.clipboard().text() == WORDS) is not ours
