"""Aliases: the same all through a pack, others in the next; no way back from order or text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from model import records as r
from model.redaction import Aliases, redact
from tests.packs import document, empty_content, put, sample

if TYPE_CHECKING:
    from model.document import Content


def _content() -> Content:
    content = empty_content()
    put(
        content,
        "actors",
        r.Actor(
            id="a",
            tlp="CLEAR",
            name="Aaron Trust",
            short_name="AT",
            other_names=("The Trust",),
            notes="Aaron Trust (AT) met the elders.",
            source_ref="aarontrust.org",
        ),
        r.Actor(id="b", tlp="CLEAR", name="Elders", notes="The AARON TRUST pays; ATLAS does not."),
        r.Actor(id="c", tlp="CLEAR", name="Zebra House"),
    )
    put(content, "linkages", r.Linkage(id="l", tlp="CLEAR", from_id="a", to_id="b"))
    put(
        content,
        "postings",
        r.Posting(id="p", tlp="AMBER+STRICT", office="Envoy", holder="N. N. Example"),
    )
    put(content, "notes", r.Note(id="n", tlp="CLEAR", text="N. N. Example calls Aaron Trusts."))
    return content


def _texts(content: Content) -> str:
    return msgspec.json.encode(content).decode()


def test_an_alias_stands_wherever_the_name_stood() -> None:
    copy = redact(document(_content()), "GREEN", aliases=Aliases(frozenset({"a"}), seed="one"))
    (alias,) = copy.aliases
    assert copy.aliases[alias] == ("actors", "a")
    words = _texts(copy.content)
    assert not re.search(r"(?i)aaron trust\b|\bAT\b|the trust\b|aarontrust", words)
    actors = {one.name: one for one in copy.snapshot().actors.values()}
    assert alias in actors
    assert actors[alias].notes == f"{alias} ({alias}) met the elders."
    assert actors["Elders"].notes == f"The {alias} pays; ATLAS does not."


def test_the_sender_hears_of_what_looks_like_a_name_inside_another_word() -> None:
    copy = redact(document(_content()), "GREEN", aliases=Aliases(frozenset({"a"}), seed="one"))
    assert [(one.table, one.id, one.name) for one in copy.mentions] == [
        ("notes", "n", "N. N. Example"),  # holds a posting that is withheld
        ("notes", "n", "Aaron Trust"),
    ]


def test_holders_of_postings_get_aliases_by_choice() -> None:
    plain = redact(document(_content()), "RED")
    assert "N. N. Example" in _texts(plain.content)
    copy = redact(document(_content()), "RED", aliases=Aliases(holders=True, seed="one"))
    assert "N. N. Example" not in _texts(copy.content)
    (posting,) = copy.snapshot().postings.values()
    assert copy.aliases == {posting.holder: ("postings", "p")}
    assert posting.holder in next(iter(copy.snapshot().notes.values())).text


def test_aliases_follow_from_the_seed_and_differ_between_packs() -> None:
    everyone = frozenset(sample()["actors"])
    tables = document(sample())

    def given_by(seed: str) -> dict[str, str]:
        copy = redact(tables, "GREEN", aliases=Aliases(everyone, seed=seed))
        return {old: alias for alias, (_table, old) in copy.aliases.items()}

    first = given_by("one")
    assert first == given_by("one")
    other = given_by("two")
    assert len(set(first.values())) == len(first) == len(everyone)
    assert sum(first[one] == other[one] for one in first) < len(first) / 4


def test_the_order_goes_by_the_alias() -> None:
    for seed in ("one", "two", "three", "four"):
        aliases = Aliases(frozenset({"a", "b", "c"}), seed=seed)
        copy = redact(document(_content()), "GREEN", aliases=aliases)
        names = [one.name for one in copy.snapshot().actors.values()]
        assert names == sorted(names)


def test_the_alias_of_namesakes_in_a_text_does_not_follow_the_order_in_the_project() -> None:
    twins = [r.Actor(id=one, tlp="CLEAR", name="Aaron Trust") for one in ("a", "b")]
    note = r.Note(id="n", tlp="CLEAR", text="Met Aaron Trust")
    copies = []
    for actors in (twins, twins[::-1]):
        content = empty_content()
        for actor in actors:
            put(content, "actors", actor)
        put(content, "notes", note)
        aliases = Aliases(frozenset({"a", "b"}), seed="one")
        copies.append(redact(document(content), "GREEN", aliases=aliases))
    assert copies[0].content == copies[1].content


def test_which_alias_a_holder_gets_does_not_follow_from_their_name() -> None:
    def holders(*names: str) -> list[str]:
        content = empty_content()
        for number, name in enumerate(names):
            posting = r.Posting(
                id=f"p{number}", tlp="CLEAR", office=f"Office {number}", holder=name
            )
            put(content, "postings", posting)
        copy = redact(document(content), "RED", aliases=Aliases(holders=True, seed="one"))
        return [one.holder for one in copy.snapshot().postings.values()]

    found = {tuple(holders(*names)) for names in ("ABC", "CBA", "BCA", ("Z", "Anna", "Mo"))}
    assert len(found) == 1
    assert holders("A", "A", "B")[0] == holders("A", "A", "B")[1]


def test_further_views_of_who_stands_behind_an_alias_stay_here() -> None:
    content = _content()
    for number, field in enumerate(("name", "country", "needs")):
        claim = r.Claim(
            id=f"c{number}",
            tlp="CLEAR",
            target_table="actors",
            target_id="a",
            field=field,
            value=f"X{field}",
        )
        put(content, "claims", claim)
    for number, (table, target) in enumerate((("actors", "b"), ("notes", "a"))):
        claim = r.Claim(
            id=f"d{number}",
            tlp="CLEAR",
            target_table=table,
            target_id=target,
            field="name",
            value=f"Y{table}",
        )
        put(content, "claims", claim)
    put(content, "notes", r.Note(id="a", tlp="CLEAR", text="Not the actor of this id."))
    copy = redact(document(content), "GREEN", aliases=Aliases(frozenset({"a"}), seed="one"))
    left = {getattr(one, "value", "") for one in copy.content["claims"].values()}
    assert left == {"Xneeds", "Yactors", "Ynotes"}, "of others nothing is kept back"
    assert {one.id for one in copy.withheld if one.why == "alias"} == {"c0", "c1"}


def test_recipes_never_leave() -> None:
    content = _content()
    recipe = r.PackRecipe(id="r", tlp="CLEAR", title="For donors", alias_ids=("a",))
    put(content, "recipes", recipe)
    copy = redact(document(content), "RED")
    assert not copy.content["recipes"]
