"""Choosing files and folders, without leaving a trace of the choice.

`desktop.traces` keeps Qt from writing the paths that its dialog saw into its own settings.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.traces import remove_qt_traces
from resources.text import tr

PROJECT_SUFFIX = ".xtrk"


class PathQuestion(QFileDialog):
    """A file dialog for flows.

    Signals:
        answered: the chosen Path, or None.
    """

    answered = Signal(object)

    def __init__(self, parent: QWidget | None, title: str) -> None:
        """Start in the home folder; nothing is remembered."""
        super().__init__(parent, title, str(Path.home()))
        self.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
        self.setHistory([])
        self.finished.connect(self._finish)

    def ask(self) -> None:
        """Open without blocking."""
        self.open()

    def _finish(self, code: int) -> None:
        chosen = self.selectedFiles()
        self.answered.emit(Path(chosen[0]) if code and chosen else None)
        remove_qt_traces()
        self.deleteLater()


def open_project_question(parent: QWidget) -> PathQuestion:
    """Which project file to open."""
    question = PathQuestion(parent, tr("Open a project"))
    question.setFileMode(QFileDialog.FileMode.ExistingFile)
    question.setNameFilters(
        [
            tr("Crosstrack projects ({pattern})", pattern="*.xtrk"),
            tr("All files ({pattern})", pattern="*"),
        ]
    )
    return question


def save_project_question(parent: QWidget, title: str = "") -> PathQuestion:
    """Where to keep a project, or what else the title says."""
    question = PathQuestion(parent, title or tr("Keep the project as"))
    question.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    question.setDefaultSuffix(PROJECT_SUFFIX.lstrip("."))
    question.setNameFilters([tr("Crosstrack projects ({pattern})", pattern="*.xtrk")])
    # A neutral name: that of the project would tell what it is about (design 7).
    question.selectFile(tr("plan") + PROJECT_SUFFIX)
    return question


def write_secret_question(parent: QWidget, title: str, suffix: str) -> PathQuestion:
    """Where to write a key file or a recovery sheet."""
    question = PathQuestion(parent, title)
    question.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    question.setDefaultSuffix(suffix)
    return question


def keyfile_question(parent: QWidget) -> PathQuestion:
    """Which key file."""
    question = PathQuestion(parent, tr("Choose the key file"))
    question.setFileMode(QFileDialog.FileMode.ExistingFile)
    return question


def folder_question(parent: QWidget, title: str) -> PathQuestion:
    """Which folder."""
    question = PathQuestion(parent, title)
    question.setFileMode(QFileDialog.FileMode.Directory)
    question.setOption(QFileDialog.Option.ShowDirsOnly)
    return question


def iati_question(parent: QWidget) -> PathQuestion:
    """Which file of IATI activities to import."""
    question = PathQuestion(parent, tr("Import IATI activities"))
    question.setFileMode(QFileDialog.FileMode.ExistingFile)
    question.setNameFilters(
        [
            tr("IATI activities ({pattern})", pattern="*.xml"),
            tr("All files ({pattern})", pattern="*"),
        ]
    )
    return question


def item_set_question(parent: QWidget) -> PathQuestion:
    """Which set of checklist items to bring in."""
    question = PathQuestion(parent, tr("Bring in checklist items"))
    question.setFileMode(QFileDialog.FileMode.ExistingFile)
    question.setNameFilters([tr("Sets of items ({pattern})", pattern="*.json")])
    return question


def save_item_set_question(parent: QWidget) -> PathQuestion:
    """Where to save the own items, for another project."""
    question = PathQuestion(parent, tr("Save our checklist items as a set (not encrypted)"))
    question.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    question.setDefaultSuffix("json")
    question.setNameFilters([tr("Sets of items ({pattern})", pattern="*.json")])
    question.selectFile(tr("questions") + ".json")
    return question


def workbook_question(parent: QWidget, title: str = "") -> PathQuestion:
    """Which workbook or CSV file to read; for a folder of CSV files any one of them."""
    question = PathQuestion(parent, title or tr("Import"))
    question.setFileMode(QFileDialog.FileMode.ExistingFile)
    question.setNameFilters(
        [
            tr(
                "Workbooks, tables and graphs ({pattern})",
                pattern="*.xlsx *.xlsm *.csv *.tsv *.txt *.graphml *.gexf *.json",
            ),
            tr("All files ({pattern})", pattern="*"),
        ]
    )
    return question
