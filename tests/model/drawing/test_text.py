from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from model.drawing.text import burmese_borders, drawable


def _syllables(text: str) -> list[str]:
    borders = [0, *burmese_borders(text), len(text)]
    return [text[a:b] for a, b in pairwise(borders)]


def test_burmese_breaks_between_syllables() -> None:
    assert _syllables("မြန်မာနိုင်ငံတော်ကျောင်းသားများ") == [
        *("မြန်", "မာ", "နိုင်", "ငံ", "တော်", "ကျောင်း", "သား", "များ"),
    ]


def test_stacked_consonants_stay_together() -> None:
    assert _syllables("ဗုဒ္ဓဘာသာ") == ["ဗုဒ္ဓ", "ဘာ", "သာ"]
    assert _syllables("သတ္တဝါ") == ["သတ္တ", "ဝါ"]


def test_other_scripts_have_no_syllable_borders() -> None:
    assert burmese_borders("Mindanao تنسق शांति") == []


@given(st.text(st.characters(codec=None)))
def test_drawable_text_can_be_encoded_and_holds_no_controls(text: str) -> None:
    shown = drawable(text)
    shown.encode("utf-8")
    assert not any(ord(character) < 32 and character not in "\t\n" for character in shown)
    assert drawable(shown) == shown


def test_line_ends_become_line_feeds() -> None:
    assert drawable("a\r\nb\rc\u2028d\u0085e") == "a\nb\nc\nd\ne"
