"""Lists and tables flow down pages without leaving a single item behind or sending one ahead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from exporters.pdf.flow import Flow
from exporters.pdf.pages import Kit
from exporters.pdf.paper import CELL, SIDE, page_size
from exporters.pdf.tables import Column, add_table, cell, fitted
from exporters.request import Recipe
from tests.packs import empty_content, pack_of
from tests.pages import words_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="module")
def kit(qapp: QApplication) -> Kit:
    return Kit(pack_of(empty_content(), "AMBER", date(2024, 5, 1)))


def _items_on_pages(kit: Kit, before: int, count: int, words: int) -> list[int]:
    flow = Flow(kit, Recipe(), [])
    for _ in range(before):
        flow.text("Line.")
    flow.bullets(["item " + "word " * words for _ in range(count)])
    return [words_of([page]).count("item") for page in flow.pages]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 9, 60])
@pytest.mark.parametrize("words", [4, 40])
def test_no_item_of_a_list_is_alone_on_a_page(kit: Kit, count: int, words: int) -> None:
    for before in range(36, 56):
        found = [items for items in _items_on_pages(kit, before, count, words) if items]
        assert sum(found) == count
        assert min(found) > 1 or count == 1, (before, found)


def test_a_heading_goes_with_the_first_two_items(kit: Kit) -> None:
    for before in range(36, 56):
        flow = Flow(kit, Recipe(), [])
        for _ in range(before):
            flow.text("Line.")
        flow.heading("Heading")
        flow.bullets(["item " + "word " * 40] * 2)
        page = next(page for page in flow.pages if "Heading" in words_of([page]))
        assert words_of([page]).count("item") == 2


def test_a_heading_and_its_words_go_with_the_table_that_they_are_about(kit: Kit) -> None:
    for before in range(36, 56):
        flow = Flow(kit, Recipe(), [])
        for _ in range(before):
            flow.text("Line.")
        flow.heading("Heading", below=150)
        flow.text("Question.")
        add_table(flow, [Column("Head", 1)], [[cell("row")] for _ in range(3)])
        (page,) = [one for one in flow.pages if "Heading" in words_of([one])]
        assert "row" in words_of([page]), before


def test_pages_are_filled_all_the_same(kit: Kit) -> None:
    *full, last = _items_on_pages(kit, 0, 200, 4)
    assert max(full) - min(full) <= 1
    assert last <= max(full)


def _rows_on_pages(kit: Kit, before: int, count: int, words: int) -> list[int]:
    flow = Flow(kit, Recipe(), [])
    for _ in range(before):
        flow.text("Line.")
    add_table(flow, [Column("What", 1.0)], [[cell("row " + "word " * words)] for _ in range(count)])
    return [words_of([page]).count("row ") for page in flow.pages]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 9, 60])
@pytest.mark.parametrize("words", [4, 60])
def test_no_row_of_a_table_is_alone_on_a_page(kit: Kit, count: int, words: int) -> None:
    for before in range(36, 56):
        found = [rows for rows in _rows_on_pages(kit, before, count, words) if rows]
        assert sum(found) == count
        assert min(found) > 1 or count == 1, (before, found)


def test_a_full_page_leaves_no_empty_one_and_no_old_head_behind(kit: Kit) -> None:
    for before in range(36, 56):
        flow = Flow(kit, Recipe(), [])
        flow.section("First")
        for _ in range(before):
            flow.text("Line.")
        flow.bullets(["item", "item"])
        flow.section("Second")
        begun = next(page for page in flow.pages if "Second" in words_of([page]))
        assert begun.head == ("Second" if "item" not in words_of([begun]) else "First")
        flow.bullets(["item", "item"])
        flow.leave_page()
        assert all(words_of([page]) for page in flow.pages)


def test_columns_are_as_wide_as_their_texts_ask_for(kit: Kit) -> None:
    rows = [[cell("ICG"), cell("13"), cell("AFP, GPH/GRP, MILF, MILF Panel, NDFP and OPAPP " * 2)]]
    name, count, names = fitted(kit, ["Actor", "Linked to", "Parties"], rows)
    assert name.share < names.share / 2 > count.share
    long = [[cell("word " * 200), cell("Organisationsentwicklung")]]
    wide, narrow = fitted(kit, ["", ""], long)
    share = narrow.share / (wide.share + narrow.share)
    width = kit.engine.measure("Organisationsentwicklung", CELL)[0]
    assert share * (page_size("A4")[0] - 2 * SIDE) >= width
