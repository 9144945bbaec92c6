"""No traces of files in Qt's own settings.

Qt's file dialog writes the paths that it saw in clear into them (safety study, finding 8).
"""

from __future__ import annotations

import os

from PySide6.QtCore import QSettings


def forbid_qt_traces() -> None:
    """Point Qt's own settings at a place that cannot be written; call before any dialog."""
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, os.devnull)


def remove_qt_traces() -> None:
    """Remove what Qt wrote where the forbidden path is not heeded (the Windows registry)."""
    QSettings(QSettings.Scope.UserScope, "QtProject").remove("FileDialog")
