"""One item opened: the question and why it is asked, the answer and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from model.asof import basis_mark
from model.fields import FIELDS
from resources.text import tr
from widgets.checklist.aside import AsideForm
from widgets.checklist.own import OwnItemButtons
from widgets.common.choices import ChoiceButtons
from widgets.common.fields import FieldEditor, editor_for
from widgets.common.theme import GRID

if TYPE_CHECKING:
    from model.donoharm.assessment import Standing
    from model.donoharm.items import Item
    from model.records import Answer
    from widgets.common.workspace import Workspace

WRITTEN = ("reasoning", "evidence", "mitigation", "reviewer_role", "review_date", "next_review")


def answer_choices() -> list[tuple[str, str]]:
    """Code and label of the answers, in the order of the buttons."""
    return [
        ("yes", tr("Yes")),
        ("partly", tr("Partly")),
        ("no", tr("No")),
        ("unknown", tr("Unknown")),
        ("na", tr("Not applicable")),
    ]


class ItemDetail(QWidget):
    """Shows and edits the answer to one item; knows nothing of the document.

    Signals:
        written: name of an answer's field and the value that the user wants.
        left: the user has left a field.
    """

    written = Signal(str, object)
    left = Signal()

    def __init__(self, workspace: Workspace, item: Item) -> None:
        """Make the fields for an item."""
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, 2 * GRID)
        layout.setSpacing(GRID)
        question = _label(tr(item.question), "question")
        layout.addWidget(question)
        layout.addWidget(_label(_why(item), "muted"))
        self.choices = ChoiceButtons(answer_choices(), tr("Answer"))
        self.choices.setAccessibleDescription(tr(item.question))
        self.choices.chosen.connect(lambda code: self.written.emit("answer", code))
        self.choices.setEnabled(not workspace.is_protected)
        workspace.protection_changed.connect(lambda on: self.choices.setEnabled(not on))
        layout.addWidget(self.choices)
        self.mark = _label("", "mark")
        layout.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignLeft)
        self.editors: dict[str, FieldEditor] = {}
        for name in WRITTEN:
            if name == "evidence" and item.evidence_prompt:
                text = tr("What to look for: {evidence}.", evidence=tr(item.evidence_prompt))
                layout.addWidget(_label(text, "muted"))
            layout.addWidget(self._make(workspace, name))
        self.own_buttons: OwnItemButtons | None = None
        self.aside: AsideForm | None = None
        if item.flag_when:
            text = tr("A flag is raised when: {condition}.", condition=tr(item.flag_when).lower())
            layout.addWidget(_label(text, "muted"))

        if workspace.document.get("checklist_items", item.id) is not None:
            self.own_buttons = OwnItemButtons(workspace, item.id)
            layout.addWidget(self.own_buttons)
        else:
            self.aside = AsideForm(workspace, item.id)
            layout.addWidget(self.aside)

    def _make(self, workspace: Workspace, name: str) -> FieldEditor:
        editor = editor_for(FIELDS["answers"][name], workspace)
        editor.edited.connect(lambda value: self.written.emit(name, value))
        editor.left.connect(self.left)
        self.editors[name] = editor
        return editor

    def show_standing(self, standing: Standing) -> None:
        """Show the answer that stands."""
        answer = standing.answer
        self.choices.choose("" if answer is None else answer.answer)
        mark = "" if answer is None else basis_mark(answer)
        self.mark.setText(tr(mark) if mark else "")
        self.mark.setVisible(bool(mark))
        for name, editor in self.editors.items():
            editor.set_value(_value(answer, name))

    def show_refusal(self, name: str, message: str) -> None:
        """Say at the field why its value was not taken."""
        if name in self.editors:
            self.editors[name].show_refusal(message)


def _value(answer: Answer | None, name: str) -> object:
    if answer is not None:
        return getattr(answer, name)
    return None if FIELDS["answers"][name].kind == "date" else ""


def _why(item: Item) -> str:
    source = tr("Source: {source}", source=item.source) if item.source else ""
    return " ".join(part for part in (tr(item.why) if item.why else "", source) if part)


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(name != "mark")
    return label
