"""Choosing an earlier version."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.dialogs.question import QuestionDialog
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from model.storage.generations import Generation


class RecoveryDialog(QuestionDialog):
    """Lists versions, newest first; answers with one of them."""

    def __init__(
        self,
        parent: QWidget | None,
        versions: Sequence[Generation],
        *,
        one_project: bool,
        contents: Mapping[Path, str] | None = None,
    ) -> None:
        """Show the versions of one project, or of all that were ever saved here.

        Args:
            parent: the window.
            versions: newest first.
            one_project: whether they are all of the open project.
            contents: what is in each, in words, where that is known.
        """
        explanation = (
            tr(
                "These versions of the open project are kept, sealed, on this computer: the last "
                "ones, and one for each of thirty days. One opens as a copy in memory; the "
                "project file stays as it is."
            )
            if one_project
            else tr(
                "These versions of all projects saved here are kept, sealed and without names. "
                "One opens with the passphrase it had then, as a copy in memory. Versions with "
                "the same first letters belong to the same project."
            )
        )
        super().__init__(parent, tr("Recover an earlier version"), explanation)
        self.versions = versions
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Earlier versions"))
        self.give_room(self.list, 600, 260)
        for version in versions:
            words = _in_words(version, named=not one_project)
            inside = (contents or {}).get(version.path)
            item = QListWidgetItem(f"{words} · {inside}" if inside else words)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _: self.answer(self._chosen()))
        self.body.addWidget(self.list)
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Open as a copy"), self._chosen, default=True)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> Generation | None:
        row = self.list.currentRow()
        return self.versions[row] if row >= 0 else None


def _in_words(version: Generation, *, named: bool) -> str:
    when = datetime.fromtimestamp(version.modified / 1e9, tz=UTC).astimezone()
    text = tr(
        "Version {number}, until {when}",
        number=version.number,
        when=when.isoformat(" ", timespec="minutes")[:16],
    )
    project = version.path.parent.name[:4]
    return tr("{project} · {version}", project=project, version=text) if named else text
