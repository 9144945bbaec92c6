"""Field editors: what is typed or chosen is said once, refused at the spot, shown back exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from model.dates import OPEN, parse_date
from model.fields import FIELDS
from model.refusals import Refusal
from tests.builders import a_project
from tests.widgets.opening import shown, workspace_of
from widgets.common.field_base import mixed_text
from widgets.common.field_codes import (
    CheckListEditor,
    ChipsEditor,
    CodeEditor,
    RegionEditor,
    TristateEditor,
    TruthEditor,
)
from widgets.common.field_references import ReferenceEditor, ReferencesEditor
from widgets.common.field_texts import (
    DateEditor,
    LineEditor,
    LongTextEditor,
    MoneyEditor,
    NumberEditor,
    TextsEditor,
)
from widgets.common.fields import FieldEditor, editor_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

Make = Any


@pytest.fixture
def make(qtbot: QtBot) -> Callable[[str, str], FieldEditor]:
    project = a_project().actor("a", name="Elders").actor("b", name="Envoy").actor("c", name="EU")
    workspace = workspace_of(project.document())

    windows: list[QWidget] = []  # qtbot holds them weakly

    def made(table: str, name: str) -> FieldEditor:
        window = QWidget()
        windows.append(window)
        layout = QVBoxLayout(window)
        editor = editor_for(FIELDS[table][name], workspace)
        layout.addWidget(editor)
        layout.addWidget(editor_for(FIELDS["actors"]["name"], workspace))
        shown(qtbot, window)
        return editor

    return made


def told(editor: FieldEditor) -> list[object]:
    values: list[object] = []
    editor.edited.connect(values.append)
    return values


@pytest.mark.parametrize(
    ("table", "name", "kind"),
    [
        ("actors", "name", LineEditor),
        ("actors", "other_names", TextsEditor),
        ("actors", "notes", LongTextEditor),
        ("actors", "start", DateEditor),
        ("actors", "kind", CodeEditor),
        ("actors", "tracks", ChipsEditor),
        ("actors", "support_roles", CheckListEditor),
        ("actors", "parent_id", ReferenceEditor),
        ("actors", "country", RegionEditor),
        ("activities", "participant_ids", ReferencesEditor),
        ("activities", "lead_consulted", TristateEditor),
        ("funding", "amount", MoneyEditor),
        ("funding", "currency", RegionEditor),
        ("postings", "handover_overlap_days", NumberEditor),
        ("project", "chatham_house", TruthEditor),
    ],
)
def test_each_kind_has_its_editor(
    make: Make, table: str, name: str, kind: type[FieldEditor]
) -> None:
    editor = make(table, name)
    assert type(editor) is kind
    control = editor.focusProxy()
    assert control is not None
    assert control.accessibleName()


def test_every_field_of_the_catalogue_can_be_shown(make: Make, qtbot: QtBot) -> None:
    workspace = workspace_of(a_project().document())
    for specs in FIELDS.values():
        for spec in specs.values():
            editor = editor_for(spec, workspace)
            qtbot.addWidget(editor)
            editor.set_mixed()
            assert editor.is_mixed


def test_a_line_is_kept_on_enter(make: Make) -> None:
    editor = make("actors", "name")
    editor.set_value("Elders")
    values = told(editor)
    editor.line.setFocus()
    editor.line.selectAll()
    QTest.keyClicks(editor.line, "Council ")
    assert values == []
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert values == ["Council"]


def test_a_line_is_kept_when_the_focus_leaves_and_not_said_twice(make: Make, qtbot: QtBot) -> None:
    editor = make("actors", "short_name")
    editor.set_value("")
    values = told(editor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "EU")
    with qtbot.waitSignal(editor.left):
        QTest.keyClick(editor.line, Qt.Key.Key_Tab)
    assert values == ["EU"]
    editor.set_value("EU")
    editor.line.setFocus()
    QTest.keyClick(editor.line, Qt.Key.Key_Tab)
    assert values == ["EU"]


def test_typing_is_kept_after_a_rest(make: Make, qtbot: QtBot) -> None:
    editor = make("actors", "name")
    editor.set_value("")
    editor._rest.setInterval(1)
    with qtbot.waitSignal(editor.edited) as caught:
        QTest.keyClicks(editor.line, "E")
    assert caught.args == ["E"]


def test_escape_brings_back_what_stood(make: Make) -> None:
    editor = make("actors", "name")
    editor.set_value("Elders")
    values = told(editor)
    editor.line.setFocus()
    QTest.keyClicks(editor.line, "x")
    QTest.keyClick(editor.line, Qt.Key.Key_Escape)
    assert editor.line.text() == "Elders"
    QTest.keyClick(editor.line, Qt.Key.Key_Tab)
    assert values == []


def test_a_value_from_elsewhere_does_not_disturb_typing(make: Make) -> None:
    editor = make("actors", "name")
    editor.set_value("Elders")
    editor.line.setFocus()
    editor.line.setCursorPosition(3)
    QTest.keyClicks(editor.line, "x")
    editor.set_value("Elders")
    assert editor.line.text() == "Eldxers"
    assert editor.line.cursorPosition() == 4


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2013-05", parse_date("2013-05")),
        ("about 2013", parse_date("~2013")),
        ("open", OPEN),
        ("", None),
        ("17 May 2013", parse_date("2013-05-17")),
    ],
)
def test_dates_are_typed_as_people_write_them(make: Make, text: str, value: object) -> None:
    editor = make("actors", "start")
    editor.set_value(parse_date("1999"))
    values = told(editor)
    editor.line.selectAll()
    QTest.keyClick(editor.line, Qt.Key.Key_Delete)
    QTest.keyClicks(editor.line, text)
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert values == [value]
    editor.set_value(value)
    assert editor.value() == value


def test_a_date_that_does_not_exist_is_refused_under_the_field(make: Make) -> None:
    editor = make("actors", "start")
    editor.set_value(None)
    values = told(editor)
    QTest.keyClicks(editor.line, "2013-13-01")
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert values == []
    assert "2013-13-01" in editor.refusal
    assert editor.line.text() == "2013-13-01"
    assert editor.line.accessibleDescription() == editor.refusal
    editor.set_value(None)
    assert editor.refusal == ""


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("3,000,000", "3000000"),
        ("250 000.50", "250000.50"),
        ("12", "12"),
        ("0", "0"),
    ],
)
def test_amounts_are_exact(make: Make, text: str, amount: str) -> None:
    editor = make("funding", "amount")
    editor.set_value(None)
    values = told(editor)
    QTest.keyClicks(editor.line, text)
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert values == [Decimal(amount)]
    assert isinstance(values[0], Decimal)
    editor.set_value(values[0])
    assert editor.value() == Decimal(amount)


@pytest.mark.parametrize("text", ["1,5", "about 3", "1.000.000", "1e6", "NaN"])
def test_amounts_that_can_be_read_in_two_ways_are_refused(make: Make, text: str) -> None:
    editor = make("funding", "amount")
    with pytest.raises(Refusal) as refused:
        editor.read(text)
    assert text in refused.value.message


def test_an_empty_amount_is_not_zero(make: Make) -> None:
    assert make("funding", "amount").read("  ") is None


def test_whole_numbers(make: Make) -> None:
    editor = make("postings", "handover_overlap_days")
    assert editor.read("14") == 14
    assert editor.read("") is None
    with pytest.raises(Refusal):
        editor.read("14.5")


def test_several_texts_in_a_line(make: Make) -> None:
    editor = make("actors", "other_names")
    assert editor.read("GRP; GPH ;; GRP") == ("GRP", "GPH")
    assert editor.write(("GRP", "GPH")) == "GRP; GPH"


def test_long_texts_grow_and_are_kept_on_leaving(make: Make, qtbot: QtBot) -> None:
    editor = make("linkages", "rationale")
    editor.set_value("One line")
    qtbot.waitUntil(lambda: editor.text.height() < 40)
    before = editor.text.height()
    values = told(editor)
    editor.text.setFocus()
    QTest.keyClicks(editor.text, "Because")
    for _ in range(4):
        QTest.keyClick(editor.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: editor.text.height() > 2 * before)
    QTest.keyClick(editor.text, Qt.Key.Key_Tab)
    assert values == ["Because\n\n\n\nOne line"]


def test_code_by_keyboard(make: Make) -> None:
    editor = make("linkages", "decision")
    editor.set_value("undecided")
    values = told(editor)
    editor.combo.setFocus()
    QTest.keyClick(editor.combo, Qt.Key.Key_Down)
    assert values == ["link"]
    assert editor.value() == "link"


def test_a_code_of_a_newer_version_is_shown_and_kept(make: Make) -> None:
    editor = make("linkages", "decision")
    editor.set_value("postpone")
    assert editor.value() == "postpone"
    assert editor.combo.currentText() == "postpone"


def test_the_wheel_changes_a_combo_only_with_the_focus(make: Make) -> None:
    editor = make("linkages", "decision")
    editor.set_value("link")
    other = editor.window().findChildren(LineEditor)[-1]
    other.line.setFocus()
    assert not editor.combo.hasFocus()
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(editor.combo.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.combo, turn)
    assert editor.value() == "link"


def test_chips_are_switched_on_and_off(make: Make) -> None:
    editor = make("actors", "tracks")
    editor.set_value(("T2", "future"))
    values = told(editor)
    QTest.mouseClick(editor.chips["T1"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(editor.chips["T2"], Qt.MouseButton.LeftButton)
    assert values == [("T1", "T2", "future"), ("T1", "future")]


def test_tristate_by_letter_and_arrow(make: Make) -> None:
    editor = make("activities", "lead_consulted")
    editor.set_value("unknown")
    values = told(editor)
    editor.choices.setFocus()
    assert editor.choices.button("unknown").hasFocus()
    QTest.keyClick(editor.choices.button("unknown"), Qt.Key.Key_Y)
    assert values == ["yes"]
    QTest.keyClick(editor.choices.button("unknown"), Qt.Key.Key_Left)
    assert editor.choices.button("no").hasFocus()
    QTest.keyClick(editor.choices.button("no"), Qt.Key.Key_Space)
    assert values == ["yes", "no"]


def test_check_list(make: Make) -> None:
    editor = make("actors", "support_roles")
    editor.set_value(("funding",))
    values = told(editor)
    editor.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert values == [("host_venue", "funding")]


def test_reference_by_typing_part_of_a_name(make: Make) -> None:
    editor = make("actors", "parent_id")
    editor.set_value("")
    values = told(editor)
    editor.combo.setFocus()
    QTest.keyClicks(editor.combo.line, "envoy")
    QTest.keyClick(editor.combo.line, Qt.Key.Key_Return)
    assert values == ["b"]
    editor.set_value("b")
    assert editor.combo.currentText() == "Envoy"


def test_reference_to_nobody_is_refused_and_emptied_is_none(make: Make) -> None:
    editor = make("actors", "parent_id")
    editor.set_value("a")
    values = told(editor)
    editor.combo.setFocus()
    editor.combo.line.selectAll()
    QTest.keyClicks(editor.combo.line, "Nobody")
    QTest.keyClick(editor.combo.line, Qt.Key.Key_Return)
    assert values == []
    assert "Nobody" in editor.refusal
    editor.combo.line.selectAll()
    QTest.keyClick(editor.combo.line, Qt.Key.Key_Delete)
    QTest.keyClick(editor.combo.line, Qt.Key.Key_Return)
    assert values == [""]


def test_references_are_added_and_taken_out(make: Make) -> None:
    editor = make("activities", "participant_ids")
    editor.set_value(("a",))
    values = told(editor)
    editor.adding.setFocus()
    QTest.keyClicks(editor.adding.line, "EU")
    QTest.keyClick(editor.adding.line, Qt.Key.Key_Return)
    assert values == [("a", "c")]
    editor.set_value(("a", "c"))
    QTest.mouseClick(editor.chips()[0], Qt.MouseButton.LeftButton)
    assert values[-1] == ("c",)


@pytest.mark.parametrize(
    ("text", "code"), [("phl", "PHL"), ("XKX", "XKX"), ("Philippines", "PHL"), ("", "")]
)
def test_countries_by_code_or_name(make: Make, text: str, code: str) -> None:
    assert make("actors", "country").read(text) == code


def test_unknown_countries_are_refused(make: Make) -> None:
    with pytest.raises(Refusal):
        make("actors", "country").read("Atlantis")


def test_mixed_values_are_said_and_left_alone(make: Make) -> None:
    editor = make("actors", "name")
    editor.set_mixed()
    values = told(editor)
    assert editor.line.placeholderText() == mixed_text()
    editor.line.setFocus()
    QTest.keyClick(editor.line, Qt.Key.Key_Tab)
    assert values == []
    editor.set_value("Elders")
    assert not editor.is_mixed
