"""Dividers, connectors, and what an activity does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from model.commands.dividers import add_divider, find_test, note_test
from model.commands.records import remove_records
from model.dates import PartialDate
from model.history import History
from model.redaction import redact
from model.refusals import Refusal
from tests.builders import ProjectBuilder, a_project

if TYPE_CHECKING:
    from model.records import DividerTest

DAY = PartialDate(year=2013, month=2, day=15)


def project(tlp: str = "GREEN") -> ProjectBuilder:
    made = a_project().add("activities", "v", title="Visit", tlp="GREEN")
    return made.add("dividers", "d", title="Land", tlp=tlp)


def test_a_divider_needs_words_and_known_codes() -> None:
    document = a_project().document()
    with pytest.raises(Refusal, match="Say what divides"):
        add_divider(document, "  ", "divider", "systems")
    with pytest.raises(Refusal):
        add_divider(document, "Land", "divider", "nonsense")
    assert add_divider(document, " Land ", "connector", "values").title == "Land"


def test_one_judgement_stands_for_a_pair_and_can_be_taken_back() -> None:
    document = project().document()
    history = History(document)
    note_test(document, "v", "d", "strengthens", day=DAY, reasoning=" one clan ")
    note_test(document, "v", "d", "none", day=DAY, options="hire in pairs")
    standing = find_test(document, "v", "d")
    assert standing is not None
    assert (standing.effect, standing.reasoning) == ("none", "one clan")
    history.undo()
    history.undo()
    assert find_test(document, "v", "d") is None
    with pytest.raises(Refusal):
        note_test(document, "v", "d", "improves", day=DAY)


@pytest.mark.parametrize(("table", "record_id"), [("dividers", "d"), ("activities", "v")])
def test_it_goes_with_what_it_is_about(table: str, record_id: str) -> None:
    document = project().document()
    note_test(document, "v", "d", "none", day=DAY)
    remove_records(document, table, [record_id])
    assert document.table("divider_tests") == {}


def test_a_copy_holds_no_judgement_about_what_is_withheld() -> None:
    for label, kept in (("GREEN", 1), ("RED", 0)):
        document = project(label).document()
        note_test(document, "v", "d", "none", day=DAY)
        test = find_test(document, "v", "d")
        assert test is not None
        with document.edit("label") as edit:
            edit.change("divider_tests", test.id, tlp="GREEN")
        copies = redact(document.snapshot(), "GREEN").content["divider_tests"]
        assert len(copies) == kept
        for one in copies.values():
            assert cast("DividerTest", one).divider_id != "d"
