from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from model.document import Document
from model.merge import wording
from model.merge.threeway import Base, merge
from model.records import Actor
from tests.model.merge.edits import base_content
from tests.model.merge.test_threeway import added, changed, without
from widgets.merging.review import MergeReview

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeWidgetItem
    from pytestqt.qtbot import QtBot

    from model.document import Content

BASE = base_content()


def two_copies() -> tuple[Content, Content]:
    ours = changed("actors", "un", notes="<b>mine</b>")
    ours = changed("answers", "k1", ours, answer="yes")
    ours = changed("placements", "un", ours, x=5.0)
    theirs = changed("actors", "un", notes="theirs")
    theirs = changed("answers", "k1", theirs, answer="no")
    theirs = changed("placements", "un", theirs, x=9.0)
    theirs = changed("processes", "p1", theirs, party_ids=("elders",))
    theirs = added("actors", Actor(id="new", name="Envoy"), theirs)
    return ours, without("notes", "n1", content=theirs)


def review_of(qtbot: QtBot, base: Any = BASE) -> MergeReview:
    ours, theirs = two_copies()
    plan = merge(base, ours, theirs)
    review = MergeReview(plan, wording.all_names(Document(ours), plan))
    qtbot.addWidget(review)
    review.resize(1000, 500)
    review.show()
    qtbot.waitExposed(review)
    review.tree.setFocus()
    return review


@pytest.fixture
def review(qtbot: QtBot) -> MergeReview:
    return review_of(qtbot)


def rows(review: MergeReview) -> dict[str, list[tuple[str, str]]]:
    found = {}
    for number in range(review.tree.topLevelItemCount()):
        top = review.tree.topLevelItem(number)
        assert top is not None
        children = [top.child(row) for row in range(top.childCount())]
        found[top.text(0)] = [(one.text(0), one.text(1)) for one in children if one is not None]
    return found


def go_to(review: MergeReview, text: str) -> QTreeWidgetItem:
    (item,) = review.tree.findItems(
        text, Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive
    )
    review.tree.setCurrentItem(item)
    return item


def test_everything_that_would_happen_is_listed(review: MergeReview) -> None:
    assert rows(review) == {
        "To decide: 2": [
            ("Actor: un – Notes", "Stays open"),
            ("Checklist answer: DNH-01 (about un – osce) – Answer", "Stays open"),
        ],
        "Looks": [("1 thing is arranged differently", "Mine")],
        "Added: 1": [("Actor: Envoy", "")],
        "Changed: 1": [("Process", "")],
        "Removed: 1": [("Note: Look (about council)", "")],
    }
    assert review.open_count == 2


def test_values_stand_side_by_side_as_plain_text(review: MergeReview) -> None:
    cards = review.values.cards
    assert [cards[side].text.text() for side in ("base", "ours", "theirs")] == [
        "Empty",
        "<b>mine</b>",
        "theirs",
    ]
    assert cards["ours"].text.textFormat() == Qt.TextFormat.PlainText
    assert cards["theirs"].accessibleName() == "Theirs: theirs"


def test_keys_choose_and_go_on(qtbot: QtBot, review: MergeReview) -> None:
    with qtbot.waitSignal(review.choices_changed):
        QTest.keyClick(review.tree, Qt.Key.Key_T)
    assert review.choices == {("actors", "un", "notes"): "theirs"}
    item = review.tree.currentItem()
    assert item is not None
    assert item.text(0).startswith("Checklist answer")
    QTest.keyClick(review.tree, Qt.Key.Key_M)
    assert review.choices["answers", "k1", "answer"] == "ours"
    assert review.open_count == 0
    go_to(review, "Actor: un")
    assert "chosen" in review.values.cards["theirs"].caption.text()
    QTest.keyClick(review.tree, Qt.Key.Key_K)
    assert ("actors", "un", "notes") not in review.choices
    assert review.open_count == 1


def test_buttons_choose(review: MergeReview) -> None:
    QTest.mouseClick(review.buttons.button("theirs"), Qt.MouseButton.LeftButton)
    assert review.choices == {("actors", "un", "notes"): "theirs"}
    assert rows(review)["To decide: 2"][0] == ("Actor: un – Notes", "Theirs")


def test_looks_are_decided_together(review: MergeReview) -> None:
    go_to(review, "1 thing is arranged")
    assert review.buttons.code == "ours"
    assert not review.buttons.button("open").isVisible()
    QTest.keyClick(review.tree, Qt.Key.Key_T)
    assert review.choices == {("placements", "un", "x"): "theirs"}
    assert review.open_count == 2


def test_all_at_once_leaves_out_what_may_do_harm(review: MergeReview) -> None:
    QTest.mouseClick(review.all_theirs, Qt.MouseButton.LeftButton)
    assert review.choices == {("actors", "un", "notes"): "theirs"}


def test_changes_show_before_and_after(review: MergeReview) -> None:
    go_to(review, "Process")
    assert "Conflict parties: elders; council → elders" in review.lines.text()
    assert not review.buttons.isVisible()
    go_to(review, "Actor: Envoy")
    assert "The other copy brings this." in review.lines.text()


def test_without_a_common_state_it_says_what_is_asked(qtbot: QtBot) -> None:
    review = review_of(qtbot, Base(None))
    item = go_to(review, "Note: Look (about council)")
    assert item.text(0) == "Note: Look (about council) – Keep or remove"
    assert "Only your copy has it" in review.question.text()
    assert not review.values.cards["base"].isVisible()


def test_nothing_to_show(qtbot: QtBot) -> None:
    plan = merge(BASE, BASE, BASE)
    review = MergeReview(plan, wording.all_names(Document(BASE), plan))
    qtbot.addWidget(review)
    assert review.tree.topLevelItemCount() == 0
    assert review.open_count == 0
