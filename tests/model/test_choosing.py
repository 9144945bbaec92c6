"""Choosing by typing: beginnings first, then words, then initials, then what looks alike."""

from __future__ import annotations

from model.choosing import closest

TITLES = ("Save", "Save as…", "Show the whole map", "Briefing pack…", "Panels to their places")


def chosen(query: str) -> list[str]:
    return [TITLES[at] for at in closest(query, TITLES)]


def test_without_words_everything_is_offered_in_its_order() -> None:
    assert chosen(" ") == list(TITLES)


def test_beginnings_come_first_and_short_ones_before_long_ones() -> None:
    assert chosen("sa") == ["Save", "Save as…"]
    assert chosen("map show") == ["Show the whole map"]
    assert chosen("hole") == ["Show the whole map"]


def test_initials_and_misspellings_are_understood() -> None:
    assert chosen("stwm") == ["Show the whole map"]
    assert chosen("breifing pack")[0] == "Briefing pack…"
    assert chosen("qqqq") == []
