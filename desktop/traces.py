"""No traces where others may read them: in Qt's own settings and on the clipboard.

Qt's file dialog writes the paths that it saw in clear into its settings (safety study, finding 8);
some systems keep what a program had put on the clipboard after it has ended.
"""

from __future__ import annotations

import os

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication


def forbid_qt_traces() -> None:
    """Point Qt's own settings at a place that cannot be written; call before any dialog."""
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, os.devnull)


def remove_qt_traces() -> None:
    """Remove what Qt wrote where the forbidden path is not heeded (the Windows registry)."""
    QSettings(QSettings.Scope.UserScope, "QtProject").remove("FileDialog")


def clear_own_clipboard() -> None:
    """Empty the clipboard if what it holds came from here; for locking and leaving."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard():
        clipboard.clear()
