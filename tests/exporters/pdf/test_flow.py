"""Lists flow down pages without leaving a single item behind or sending one ahead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from exporters.pdf.flow import Flow
from exporters.pdf.pages import Kit
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


def test_pages_are_filled_all_the_same(kit: Kit) -> None:
    *full, last = _items_on_pages(kit, 0, 200, 4)
    assert max(full) - min(full) <= 1
    assert last <= max(full)
