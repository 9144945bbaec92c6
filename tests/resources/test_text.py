"""Texts for the user: values, plural forms, languages."""

from __future__ import annotations

import gettext
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources import text
from resources.text import languages, plural, tr, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator


class Translated(gettext.NullTranslations):
    """A catalogue made of a table."""

    def __init__(self, table: dict[str, str]) -> None:
        super().__init__()
        self.table = table

    def gettext(self, message: str) -> str:
        return self.table.get(message, message)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    made: dict[str, str] = {}
    monkeypatch.setattr(text._CHOSEN, "catalogue", Translated(made))
    return made


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language([])
    yield
    use_language([])


def test_text_without_values_is_left_alone() -> None:
    assert tr("A {brace} stays") == "A {brace} stays"


def test_values_are_put_in_by_name() -> None:
    assert tr("{count:,} actors in {place}", count=1234, place="Mali") == "1,234 actors in Mali"


@given(st.text())
def test_a_value_is_never_read_as_a_template(value: str) -> None:
    assert tr("<{name}>", name=value) == f"<{value}>"


@pytest.mark.parametrize("template", ["{name.__class__}", "{name[0]}", "{0}", "{}", "{name!r}"])
def test_only_plain_names_may_stand_in_braces(template: str) -> None:
    with pytest.raises(ValueError, match="plain name"):
        tr(template, name="x")


def test_a_missing_value_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        tr("{count} actors", number=3)


def test_a_value_may_be_called_text() -> None:
    assert tr("Say {text}", text="hello") == "Say hello"


def test_plural_forms_follow_the_count() -> None:
    forms = "{count} actor", "{count} actors"
    said = [plural(*forms, count) for count in (0, 1, 2)]
    assert said == ["0 actors", "1 actor", "2 actors"]


def test_a_translation_takes_the_values(table: dict[str, str]) -> None:
    table["{count} actors of {place}"] = "{place}: {count} acteurs"
    assert tr("{count} actors of {place}", count=2, place="Mali") == "Mali: 2 acteurs"


@pytest.mark.parametrize("broken", ["{cuont} acteurs", "{count.real} acteurs", "{count acteurs"])
def test_a_broken_translation_falls_back_to_english(table: dict[str, str], broken: str) -> None:
    table["{count} actors"] = broken
    assert tr("{count} actors", count=2) == "2 actors"


def test_english_is_always_there_and_is_the_last_resort() -> None:
    assert languages()[0] == "en"
    assert use_language(["xx-YY"]) == "en"
    assert use_language(["en-GB"]) == "en"
