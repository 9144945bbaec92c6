"""Texts in a language that is read from right to left: what is put in cannot reorder them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from model.drawing.text import TextStyle
from resources import locate
from resources.text import (
    arrow,
    isolated,
    joined,
    noted,
    pack_languages,
    plural,
    right_to_left,
    tr,
    use_language,
    use_pack_language,
    without_marks,
)
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

LATIN = st.text("ABCxyz 0123456789(),.-/:", min_size=1, max_size=30).filter(
    lambda text: text.strip() == text and re.search("[A-Za-z]", text) is not None
)
TRANSLATED = [code for code in pack_languages() if code != "en"]


@pytest.fixture(autouse=True)
def _arabic() -> Iterator[None]:
    use_pack_language("ar")
    yield
    use_language([])


def _as_seen(text: str) -> str:
    """The characters of a line in the order in which they stand, from left to right."""
    line = QtTextEngine().layout(text, TextStyle(10.0)).lines[0]
    each = zip(line.edges[::2], line.edges[1::2], line.text, strict=True)
    return without_marks("".join(letter for _left, _right, letter in sorted(each)))


@given(LATIN)
def test_a_name_keeps_its_order_within_a_sentence(qapp: object, name: str) -> None:
    seen = _as_seen(tr("{name}: no funding line is recorded.", name=name))
    assert seen.endswith(name)  # the sentence begins with it, at the right
    assert seen.startswith(".")


@given(LATIN, LATIN)
def test_names_follow_one_another_from_right_to_left(qapp: object, one: str, other: str) -> None:
    seen = _as_seen(tr("{names} and {count} more", names=joined([one, other]), count=3))
    assert seen.endswith(f"{other} ،{one}")


def test_a_date_is_not_turned_round(qapp: object) -> None:
    assert "2013-02-15" in _as_seen(tr("As of {date}", date="2013-02-15"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_brackets_stand_round_their_note(qapp: object, language: str) -> None:
    use_pack_language(language)
    text = noted("Norway (NOR)", tr("Mediator"))
    use_pack_language("ar")
    if language == "en":
        assert text == "Norway (NOR) (Mediator)"
        return
    assert without_marks(text) == "Norway (NOR) (وسيط)"
    assert _as_seen(text).endswith(")طيسو( Norway (NOR)")  # letters as stored, hence unmirrored


def test_arrows_lead_on_in_the_direction_of_reading(qapp: object) -> None:
    assert (arrow("→"), arrow("←"), arrow("↔")) == ("←", "→", "↔")
    assert _as_seen(joined(("EU", "UN"), f" {arrow('→')} ")) == "UN ← EU"


def test_texts_that_cannot_reorder_anything_get_no_marks() -> None:
    assert isolated("الوسيط، والأطراف") == "الوسيط، والأطراف"
    assert joined(["", "EU"]) == "EU"
    assert joined([]) == ""


def test_other_languages_get_plain_text() -> None:
    use_pack_language("fr")
    try:
        assert joined(["UE", "", "ONU"], "; ") == "UE; ONU"
        assert (isolated("UE"), arrow("→"), noted("UE", 2)) == ("UE", "→", "UE (2)")
        assert "\u2068" not in tr("{name}: no funding line is recorded.", name="UE")
    finally:
        use_pack_language("ar")


def test_which_languages_are_read_from_right_to_left() -> None:
    assert [code for code in ("ar", "ar-EG", "fa", "he", "en", "fr", "my") if right_to_left(code)] \
        == ["ar", "ar-EG", "fa", "he"]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "لا صلات"),
        (1, "صلة واحدة"),
        (2, "صلتان"),
        (3, "3 صلات"),
        (10, "10 صلات"),
        (11, "11 صلة"),
        (99, "99 صلة"),
        (100, "100 صلة"),
        (103, "103 صلات"),
    ],
)
def test_arabic_counts_in_six_forms(count: int, said: str) -> None:
    assert plural("{count} linkage", "{count} linkages", count) == said


def _messages(code: str) -> list[Message]:
    with locate("languages", code, "pack.po").open("rb") as file:
        return [message for message in read_po(file, locale=code) if message.id]


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string or ""
    return (said,) if isinstance(said, str) else tuple(said)


@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogues_keep_every_mark_of_their_texts(code: str) -> None:
    marks = re.compile(r"\{[^}]*\}")
    for message in _messages(code):
        several = not isinstance(message.id, str)
        wanted = set(marks.findall(message.id if isinstance(message.id, str) else message.id[1]))
        for at, form in enumerate(_forms(message)):
            found = set(marks.findall(form))
            # None, one and two may be said in words, and none has no names to tell.
            spared = wanted if several and at == 0 else {"{count}"} if several else set()
            assert found <= wanted, form
            assert wanted - found <= spared, form
            assert form.count("\u2066") == form.count("\u2069"), form


def test_arabic_uses_one_kind_of_figures_commas_and_quotation_marks() -> None:
    for message in _messages("ar"):
        for form in _forms(message):
            said = re.sub("\u2066.*?\u2069", "", form)
            assert not re.search(r"[٠-٩۰-۹,;?“”]", said), form


def test_arabic_says_the_label_of_the_protocol_in_latin_letters() -> None:
    assert tr("TLP label") == "تصنيف TLP"
    assert not any("TLP:" in form for message in _messages("ar") for form in _forms(message))
