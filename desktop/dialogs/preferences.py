"""Preferences of the person at this computer; nothing in them belongs to a project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QSpinBox

from desktop.dialogs.question import QuestionDialog, plain_label
from desktop.settings import (
    LEAST_VERSIONS,
    LONGEST_IDLE,
    MOST_VERSIONS,
    Settings,
    ThemeChoice,
)
from resources.text import languages, plural, tr
from widgets.common.choice_box import ChoiceBox

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_WIDTH: Final = 560


class PreferencesDialog(QuestionDialog):
    """Answers with the Settings as they are to be."""

    def __init__(self, parent: QWidget | None, settings: Settings) -> None:
        """Show the present settings."""
        super().__init__(
            parent,
            tr("Preferences"),
            tr("They are kept on this computer and hold nothing of any project."),
        )
        self.setMinimumWidth(_WIDTH)
        self._settings = settings
        self.theme = self._themes()
        self.language = self._languages()
        self.lock_after = self._minutes()
        self.lock_on_minimise = QCheckBox(tr("Also when the window is minimised"))
        self.lock_on_minimise.setChecked(settings.lock_on_minimise)
        self.autosave = QCheckBox(tr("Save by itself within a minute of a change"))
        self.autosave.setChecked(settings.autosave)
        self.versions = self._versions()
        self._group(
            tr("Looks"),
            ((tr("Colours"), self.theme), (tr("Language"), self.language)),
            tr("Another language is used from the next start on."),
        )
        self.lock_note = self._group(
            tr("Locking"),
            ((tr("Lock without input after"), self.lock_after), ("", self.lock_on_minimise)),
            " ",
        )
        self._group(
            tr("Keeping"),
            (("", self.autosave), (tr("Earlier versions kept"), self.versions)),
            tr(
                "Changes are drafted on this computer as they are made, also without saving by "
                "itself. Earlier versions stay here, sealed; besides these, one is kept for each "
                "of the last thirty days with a save."
            ),
        )
        self.lock_after.valueChanged.connect(lambda _: self._say_about_locking())
        self._say_about_locking()
        self.add_cancel(tr("Cancel"))
        self.add_answer(tr("Keep these"), self._value, default=True)

    def _group(self, title: str, rows: tuple[tuple[str, QWidget], ...], note: str) -> QLabel:
        """A heading, its fields, and a sentence below them, which is returned."""
        self.body.addWidget(plain_label(title, "card-title"))
        form = QFormLayout()
        form.setVerticalSpacing(8)
        for text, widget in rows:
            if text:
                widget.setAccessibleName(text)
            form.addRow(text, widget)
        said = plain_label(note, "explanation")
        form.addRow("", said)
        self.body.addLayout(form)
        return said

    def _themes(self) -> QComboBox:
        names: tuple[tuple[ThemeChoice, str], ...] = (
            ("system", tr("As the system says")),
            ("light", tr("Light")),
            ("dark", tr("Dark")),
            ("contrast", tr("High contrast")),
        )
        box = ChoiceBox()
        for code, name in names:
            box.addItem(name, code)
        box.setCurrentIndex(box.findData(self._settings.theme))
        return box

    def _languages(self) -> QComboBox:
        box = ChoiceBox()
        box.addItem(tr("As the system says"), "")
        for code in languages():
            name = QLocale(code).nativeLanguageName() or code
            box.addItem(name[:1].upper() + name[1:], code)
        box.setCurrentIndex(max(0, box.findData(self._settings.language)))
        return box

    def _minutes(self) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, LONGEST_IDLE)
        box.setSpecialValueText(tr("Never"))
        box.setSuffix(tr(" min"))
        box.setValue(self._settings.lock_after)
        return box

    def _versions(self) -> QSpinBox:
        box = QSpinBox()
        box.setRange(LEAST_VERSIONS, MOST_VERSIONS)
        box.setValue(self._settings.versions_kept)
        return box

    def _say_about_locking(self) -> None:
        minutes = self.lock_after.value()
        self.lock_note.setText(
            plural(
                "After {count} minute without keyboard and pointer the project is sealed. Nothing "
                "is lost and nothing is asked.",
                "After {count} minutes without keyboard and pointer the project is sealed. "
                "Nothing is lost and nothing is asked.",
                minutes,
            )
            if minutes
            else tr(
                "Whoever finds this computer switched on can read the open project. It still locks "
                "with the screen, at sleep, and by Ctrl+L."
            )
        )

    def _value(self) -> Settings:
        return self._settings._replace(
            theme=cast("ThemeChoice", self.theme.currentData()),
            language=str(self.language.currentData()),
            lock_after=self.lock_after.value(),
            lock_on_minimise=self.lock_on_minimise.isChecked(),
            autosave=self.autosave.isChecked(),
            versions_kept=self.versions.value(),
        )
