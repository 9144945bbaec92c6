"""The inspector follows the selection, writes undo steps, and refuses at the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from model.commands.records import add_record, remove_records, set_fields
from model.drawing.style import style_sheet
from model.fields import FIELDS
from tests.builders import a_project
from tests.samples import by_case_id, sample
from tests.widgets.opening import shown, workspace_of
from widgets.inspector.arrangement import HIDDEN, arrangement
from widgets.inspector.gate import GateBox
from widgets.inspector.panel import InspectorPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from widgets.common.workspace import Workspace


@pytest.fixture
def workspace(qapp: object) -> Workspace:
    project = a_project().actor("a", name="Elders", kind="traditional_leader", tlp="RED")
    project.actor("b", name="Envoy", kind="state", basis="illustrative").actor("c", name="EU")
    project.link("a", "b", record_id="l", kind="consultation").link("b", "c", record_id="m")
    project.add("roles", "r", actor_id="b", role="facilitator")
    project.add("postings", "p", office="Special envoy", institution_id="b")
    return workspace_of(project.document())


@pytest.fixture
def panel(qtbot: QtBot, workspace: Workspace) -> InspectorPanel:
    panel = InspectorPanel(workspace)
    shown(qtbot, panel)
    return panel


def test_every_field_that_can_be_shown_is_in_one_part() -> None:
    for table, specs in FIELDS.items():
        names = [name for part in arrangement(table) for name in part.names]
        assert sorted(names) == sorted(set(specs) - HIDDEN), table


def test_a_linkage_asks_for_reason_and_harm_first() -> None:
    first = arrangement("linkages")[0]
    assert first.names[0] == "rationale"
    assert "negative_consequences" in first.names
    assert "decision" in first.names
    assert first.is_open


def test_it_teaches_while_nothing_is_selected(panel: InspectorPanel, workspace: Workspace) -> None:
    assert panel.teaching.isVisible()
    assert panel.form is None
    QTest.mouseClick(panel.teaching.project, Qt.MouseButton.LeftButton)
    assert workspace.selection == (("project", "project"),)
    assert not panel.teaching.isVisible()


def test_it_shows_the_selection(panel: InspectorPanel, workspace: Workspace) -> None:
    workspace.select([("actors", "b")])
    assert panel.heading.name.text() == "Envoy"
    assert panel.heading.kind.text() == "Actor · State"
    assert panel.heading.mark.text() == "illustrative"
    assert panel.heading.tlp.text() == "TLP:AMBER"
    assert panel.form is not None
    assert panel.form.editors["name"].value() == "Envoy"


def test_typing_a_name_is_one_undo_step(panel: InspectorPanel, workspace: Workspace) -> None:
    workspace.select([("actors", "a")])
    assert panel.form is not None
    line = panel.form.editors["name"].line  # type: ignore[attr-defined]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Cou")
    panel.form.editors["name"].commit()  # type: ignore[attr-defined]
    QTest.keyClicks(line, "ncil")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert workspace.document.actors["a"].name == "Council"
    assert panel.heading.name.text() == "Council"
    workspace.history.undo()
    assert workspace.document.actors["a"].name == "Elders"
    assert line.text() == "Elders"
    assert not workspace.history.can_undo


def test_typing_is_kept_when_something_else_is_selected(
    panel: InspectorPanel, workspace: Workspace
) -> None:
    workspace.select([("actors", "a")])
    assert panel.form is not None
    line = panel.form.editors["name"].line  # type: ignore[attr-defined]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_End)
    QTest.keyClicks(line, "!")
    workspace.select([("actors", "b")])
    assert workspace.document.actors["a"].name == "Elders!"
    assert workspace.document.actors["b"].name == "Envoy"


def test_a_rule_of_the_model_refuses_under_the_field(
    panel: InspectorPanel, workspace: Workspace
) -> None:
    workspace.select([("actors", "a")])
    assert panel.form is not None
    editor = panel.form.editors["name"]
    editor.edited.emit("  ")
    assert "Name" in editor.refusal
    assert workspace.document.actors["a"].name == "Elders"
    assert not workspace.history.can_undo


def test_many_records_share_what_they_share(panel: InspectorPanel, workspace: Workspace) -> None:
    workspace.select([("actors", "a"), ("actors", "b")])
    assert panel.form is not None
    assert panel.form.editors["name"].is_mixed
    assert not panel.form.editors["conflict_role"].is_mixed
    panel.form.editors["tracks"].edited.emit(("T2",))
    assert {one.tracks for one in workspace.document.actors.values()} == {("T2",), ()}
    assert workspace.document.actors["b"].tracks == ("T2",)
    workspace.history.undo()
    assert {one.tracks for one in workspace.document.actors.values()} == {()}
    assert panel.heading.name.text() == "2 × Actors"
    assert panel.heading.tlp.text() == "TLP:RED"


def test_things_of_several_tables_are_narrowed_down(
    panel: InspectorPanel, workspace: Workspace
) -> None:
    workspace.select([("actors", "a"), ("linkages", "l"), ("linkages", "m")])
    assert panel.form is None
    rows = [row for row in panel.choice.children() if hasattr(row, "whole_text")]
    assert [row.whole_text for row in rows] == ["1 × Actor", "2 × Linkages"]
    QTest.mouseClick(rows[1], Qt.MouseButton.LeftButton)  # type: ignore[call-overload]
    assert workspace.selection == (("linkages", "l"), ("linkages", "m"))
    assert panel.form is not None


def test_what_hangs_on_an_actor_can_be_followed(
    panel: InspectorPanel, workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.select([("actors", "b")])
    texts = [row.whole_text for row in panel.related.rows()]
    assert texts == ["Facilitator", "Consultation: Elders", "Coordination: EU", "Special envoy"]
    with qtbot.waitSignal(workspace.reveal_wanted) as caught:
        QTest.mouseClick(panel.related.rows()[1], Qt.MouseButton.LeftButton)
    assert caught.args == ["linkages", "l"]
    assert panel.heading.name.text() == "Elders – Envoy"


def test_a_name_changed_elsewhere_reaches_rows_and_references(
    panel: InspectorPanel, workspace: Workspace
) -> None:
    workspace.select([("linkages", "l")])
    set_fields(workspace.document, "actors", ["b"], {"name": "Special envoy"})
    assert panel.form is not None
    assert panel.form.editors["to_id"].combo.currentText() == "Special envoy"  # type: ignore[attr-defined]


def test_a_back_channel_becomes_stricter(panel: InspectorPanel, workspace: Workspace) -> None:
    workspace.select([("linkages", "l")])
    assert panel.form is not None
    panel.form.editors["kind"].edited.emit("back_channel")
    assert workspace.document.linkages["l"].tlp == "AMBER+STRICT"
    assert panel.heading.tlp.text() == "TLP:AMBER+STRICT"


def test_a_record_that_goes_while_its_field_is_typed_in(
    panel: InspectorPanel, workspace: Workspace
) -> None:
    workspace.select([("actors", "a")])
    assert panel.form is not None
    line = panel.form.editors["name"].line  # type: ignore[attr-defined]
    line.setFocus()
    QTest.keyClicks(line, "x")
    remove_records(workspace.document, "actors", ["a"])
    assert panel.teaching.isVisible()
    assert "a" not in workspace.document.actors


def test_folded_parts_get_their_fields_when_opened(
    panel: InspectorPanel, workspace: Workspace
) -> None:
    workspace.select([("actors", "b")])
    assert panel.form is not None
    assert "basis" not in panel.form.editors
    QTest.mouseClick(panel.form.sections["Evidence"].head, Qt.MouseButton.LeftButton)
    assert panel.form.editors["basis"].value() == "illustrative"


def test_another_theme(panel: InspectorPanel, workspace: Workspace) -> None:
    workspace.select([("actors", "b")])
    before = panel.styleSheet()
    workspace.set_style(style_sheet("dark"))
    assert panel.styleSheet() != before


def test_every_table_of_the_sample_can_be_inspected(qtbot: QtBot) -> None:
    document = sample()
    workspace = workspace_of(document)
    panel = InspectorPanel(workspace)
    shown(qtbot, panel)
    for table in FIELDS:
        records = list(document.table(table))[:1]
        workspace.select([(table, one) for one in records])
        if records and panel.form is not None:
            for section in panel.form.sections.values():
                section.open()
    workspace.select([("linkages", by_case_id(document, "linkages", "L34"))])
    assert panel.heading.name.text() == "MPC – CPC"
    assert not workspace.history.can_undo


def held_up(qtbot: QtBot) -> InspectorPanel:
    project = a_project(as_of="2013-02-15").actor("a").actor("b")
    project.link("a", "b", record_id="l", status="planned", rationale="because")
    about = {"scope": "linkage", "target_table": "linkages", "target_id": "l"}
    project.add("answers", "one", item_id="DNH-10", answer="no", **about)
    panel = InspectorPanel(workspace_of(project.document()))
    shown(qtbot, panel)
    panel._workspace.select([("linkages", "l")])
    assert panel.form is not None
    panel.form.editors["status"].edited.emit("agreed")
    return panel


def test_red_flags_hold_up_a_status_at_the_spot(qtbot: QtBot) -> None:
    panel = held_up(qtbot)
    workspace, form = panel._workspace, panel.form
    assert form is not None
    assert form.gate is not None
    assert workspace.document.linkages["l"].status == "planned"
    assert not form.gate.go_on.isEnabled()
    QTest.keyClicks(form.gate.reason, "Both asked for it")
    QTest.keyClick(form.gate.reason, Qt.Key.Key_Return)
    assert workspace.document.linkages["l"].status == "agreed"
    [entry] = workspace.document.table("decisions").values()
    assert entry.reason == "Both asked for it"  # type: ignore[attr-defined]
    assert panel.findChildren(GateBox) == []


def test_giving_up_shows_again_what_stands(qtbot: QtBot) -> None:
    panel = held_up(qtbot)
    assert panel.form is not None
    assert panel.form.gate is not None
    QTest.mouseClick(panel.form.gate.give_up, Qt.MouseButton.LeftButton)
    assert panel.findChildren(GateBox) == []
    assert panel.form.editors["status"].value() == "planned"
    assert panel._workspace.document.revision == 0


def test_the_dossier_says_how_much_of_it_is_written(qtbot: QtBot) -> None:
    panel = held_up(qtbot)
    assert panel.form is not None
    head = panel.form.sections["Do no harm"].head
    assert head.text() == "Do no harm · 1 of 8"
    set_fields(panel._workspace.document, "linkages", ["l"], {"decision": "link"})
    assert head.text() == "Do no harm · 2 of 8"


def test_a_note_says_what_it_is_about_by_name(panel: InspectorPanel, workspace: Workspace) -> None:
    note = add_record(workspace.document, "notes", text="Ask", target_table="actors", target_id="a")
    workspace.select([("notes", note.id)])
    said = {label.text() for label in panel.findChildren(QLabel)}
    assert "Elders" in said
    assert "a" not in said
    assert not any("table" in text for text in said)
