"""What of a project's past is to go, with what cannot be called back, said before it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from desktop.dialogs.question import QuestionDialog, plain_label
from resources.text import plural, tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class PurgeChoice:
    """What goes besides undo history, drafts and checkpoints, which always do.

    Attributes:
        versions: the earlier versions on this computer.
        exports: the list of what was exported and shared.
        rekey: seal the file under a new key and passphrase.
    """

    versions: bool
    exports: bool
    rekey: bool


class PurgeDialog(QuestionDialog):
    """Answers with a PurgeChoice."""

    def __init__(
        self, parent: QWidget | None, name: str, *, versions: int, checkpoints: int, exports: int
    ) -> None:
        """Ask about an open project; the counts are of what there is now."""
        super().__init__(parent, tr("Purge the history of {name}", name=name))
        self.setMinimumWidth(600)
        kept = plural("{count} earlier state", "{count} earlier states", checkpoints)
        self.body.addWidget(
            plain_label(
                tr(
                    "The project is saved as it is now. Then these go, and none of them comes "
                    "back: the undo history, drafts of unsaved work, and what the file keeps so "
                    "that copies can be merged ({states}).",
                    states=kept,
                ),
                "",
            )
        )
        self.versions = QCheckBox(
            plural(
                "Also the {count} earlier version on this computer",
                "Also the {count} earlier versions on this computer",
                versions,
            )
        )
        self.versions.setChecked(True)
        self.versions.setToolTip(tr("They hold what was deleted since, sealed."))
        self.exports = QCheckBox(
            plural(
                "Also the list of exports ({count}); copies that come back then merge as strangers",
                "Also the list of exports ({count}); copies that come back then merge as strangers",
                exports,
            )
        )
        self.exports.setEnabled(exports > 0)
        self.rekey = QCheckBox(tr("Also seal the file under a new key and passphrase"))
        self.rekey.setToolTip(
            tr(
                "Then the passphrase that you have from now on does not open what may be found "
                "of older files."
            )
        )
        for box in (self.versions, self.exports, self.rekey):
            self.body.addWidget(box)
        self.body.addWidget(
            plain_label(
                tr(
                    "What cannot be called back: copies on sticks, in mails, in backups and on "
                    "other computers, and whatever was printed or exported; they open as they "
                    "did. Flash memory and sticks do not erase at once what is deleted: sealed "
                    "remains may be found, and open with the passphrases they had. Where a copy "
                    "holds earlier states, a merge with it brings them back into this file."
                ),
                "explanation",
            )
        )
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Save and purge"), self._choice)

    def _choice(self) -> PurgeChoice:
        return PurgeChoice(
            self.versions.isChecked(), self.exports.isChecked(), self.rekey.isChecked()
        )
