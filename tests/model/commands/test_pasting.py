from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from model.cell_text import cell_text
from model.commands.pasting import MOST_ROWS, paste_cells
from model.commands.records import add_record
from model.dates import parse_date
from model.donoharm.gates import GateRefusal
from model.fields import FIELDS, FieldSpec
from model.history import History
from model.refusals import Refusal
from tests.builders import a_project
from tests.samples import sample

if TYPE_CHECKING:
    from model.document import Document


def specs(table: str, *names: str) -> list[FieldSpec]:
    return [FIELDS[table][name] for name in names]


def two_actors() -> Document:
    return (
        a_project()
        .actor("M", name="Malaysia", short_name="MYS")
        .actor("N", name="Norway")
        .add("activities", "1", title="Round", start="2013")
        .add("funding", "F", donor_id="M", recipient_id="N")
        .document()
    )


def test_a_block_is_read_by_labels_names_and_dates_as_one_step() -> None:
    document = two_actors()
    history, before = History(document), document.content()
    fields = specs("activities", "title", "lead_id", "start", "kind", "tracks")
    block = [
        ["Opening", "mys", "about May 2012", "Training", "Track I; Track III"],
        ["Second round", "Norway", "2014-05-02", "Shuttle", ""],
    ]
    pasted = paste_cells(document, "activities", ["1"], fields, block)
    assert (pasted.added, len(pasted.ids)) == (1, 2)
    first, second = (document.activities[one] for one in pasted.ids)
    assert (first.title, first.lead_id, first.kind) == ("Opening", "M", "training")
    assert first.start == parse_date("~2012-05")
    assert first.tracks == ("T1", "T3")
    assert (second.lead_id, second.kind, second.tracks) == ("N", "shuttle", ())
    history.undo()
    assert document.content() == before


def test_one_text_goes_into_all_selected_and_empty_empties() -> None:
    document = two_actors()
    paste_cells(document, "actors", ["M", "N"], specs("actors", "tracks", "name"), [["Track II"]])
    assert {one.tracks for one in document.actors.values()} == {("T2",)}
    paste_cells(document, "actors", ["M"], specs("actors", "short_name"), [[""]])
    assert not document.actors["M"].short_name
    paste_cells(
        document, "funding", ["F"], specs("funding", "amount"), [["3\u202f000\u202f000.50"]]
    )
    assert document.funding["F"].amount == Decimal("3000000.50")


@pytest.mark.parametrize(
    ("fields", "block", "said"),
    [
        (("title", "start"), [["A", "someday soon"]], "Row 1, “Start”"),
        (("title", "lead_id"), [["A", "Atlantis"]], "no record is called “Atlantis”"),
        (("title",), [["A", "B"]], "2 columns"),
        (("kind",), [["Training"], ["Shuttle"]], "without “Title”"),
        (("kind",), [["Juggling"]], "Row 1, “Kind”: “Juggling” is none"),
        (("kind",), [["Trainin"]], "did you mean “Training”"),
        (("title",), [["A"]] * (MOST_ROWS + 1), "at most"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_changed(
    fields: tuple[str, ...], block: list[list[str]], said: str
) -> None:
    document = two_actors()
    before = document.content()
    with pytest.raises(Refusal, match=said):
        paste_cells(document, "activities", ["1"], specs("activities", *fields), block)
    assert document.content() == before


def test_rows_that_join_others_are_not_added_by_pasting() -> None:
    document = a_project().actor("A").actor("B").link("A", "B").document()
    (linkage,) = document.linkages
    block = [["They ask"], ["They answer"]]
    with pytest.raises(Refusal, match="only 1 row "):
        paste_cells(document, "linkages", [linkage], specs("linkages", "rationale"), block)
    assert not document.linkages[linkage].rationale


def test_new_rows_pass_the_gate_like_a_change_of_status() -> None:
    about = {"scope": "actor", "target_table": "actors", "target_id": "M"}
    project = a_project().actor("M", name="Malaysia")
    project.add("answers", "one", item_id="DNH-09", answer="yes", **about)
    document = project.document()
    fields = specs("activities", "title", "lead_id", "status")
    with pytest.raises(GateRefusal, match="Standing at home"):
        paste_cells(document, "activities", [], fields, [["Visit", "Malaysia", "Under way"]])
    assert not document.activities
    paste_cells(document, "activities", [], fields, [["Visit", "Malaysia", "Pipeline"]])
    assert len(document.activities) == 1


def test_names_that_several_bear_are_not_guessed() -> None:
    document = a_project().actor("A", name="Council").actor("B", name="council").document()
    add_record(document, "activities", title="Talks")
    (activity,) = document.activities
    with pytest.raises(Refusal, match="several records"):
        paste_cells(
            document, "activities", [activity], specs("activities", "lead_id"), [["Council"]]
        )


@pytest.mark.parametrize("table", ["actors", "activities", "phases", "milestones", "processes"])
@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
def test_what_a_table_shows_can_be_pasted_into_another_row(name: str, table: str) -> None:
    document = sample(name)
    history = History(document)
    shown = [
        s for s in FIELDS[table].values() if s.in_sheets and s.name != "id" and s.target != "*"
    ]
    for record in list(document.table(table).values())[:20]:
        row = [" ".join(cell_text(document, record, spec).split()) for spec in shown]
        pasted = paste_cells(document, table, [], shown, [row])
        made = document.get(table, pasted.ids[0])
        assert made is not None
        again = [" ".join(cell_text(document, made, spec).split()) for spec in shown]
        assert again == row
        history.undo()


def test_typed_days_are_days() -> None:
    document = two_actors()
    paste_cells(document, "activities", ["1"], specs("activities", "start"), [["2 May 2011"]])
    start = document.activities["1"].start
    assert start is not None
    assert start.stated_first() == date(2011, 5, 2)
