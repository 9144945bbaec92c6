"""The counts of the status bar: kept up by patches, they are what counting anew would give."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.status import Facts
from model.document import Document
from model.history import History
from model.records import Actor, Linkage

DAYS = (date(2010, 1, 1), date(2013, 2, 15))
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("add", "link", "label", "agree", "remove", "undo", "day")),
        st.integers(0, 5),
        st.sampled_from(("CLEAR", "GREEN", "AMBER", "RED")),
    ),
    max_size=25,
)


@given(STEPS)
def test_following_edits_is_counting_anew(steps: list[tuple[str, int, str]]) -> None:
    document = Document({})
    history = History(document)
    day = DAYS[0]
    facts = Facts(document, day)
    document.subscribe(lambda commit: facts.follow(commit.patch))
    for kind, number, label in steps:
        step(document, history, kind, number, label)
        if kind == "day":
            day = DAYS[number % 2]
            facts.set_as_of(day)
        fresh = Facts(document, day)
        assert facts.in_words("") == fresh.in_words("")
        assert facts.strictest_label == fresh.strictest_label


def test_a_linkage_that_was_just_drawn_is_counted_as_planned() -> None:
    document = Document({})
    facts = Facts(document, DAYS[0])
    document.subscribe(lambda commit: facts.follow(commit.patch))
    assert facts.in_words("").startswith("0 actors · 0 linkages · ")
    with document.edit("Link") as edit:
        for name in ("a", "b"):
            edit.put("actors", Actor(id=name, name=name, kind="state"))
        edit.put(
            "linkages",
            Linkage(id="l", from_id="a", to_id="b", kind="funding", status="planned"),
        )
    assert facts.in_words("").startswith("2 actors · 0 linkages, 1 planned · ")


def step(document: Document, history: History, kind: str, number: int, label: str) -> None:
    """Do one step, where it can be done."""
    actors, key = list(document.actors), f"n{len(document.actors)}-{document.revision}"
    if kind == "add":
        with document.edit("Add") as edit:
            edit.put("actors", Actor(id=key, name=key, kind="state", tlp=label))
    elif kind == "link" and len(actors) > 1:
        first, second = actors[number % len(actors)], actors[(number + 1) % len(actors)]
        with document.edit("Link") as edit:
            status = "planned" if label == "RED" else "unknown"
            edit.put(
                "linkages",
                Linkage(id=key, from_id=first, to_id=second, kind="funding", status=status),
            )
    elif kind == "label" and actors:
        with document.edit("Label") as edit:
            edit.change("actors", actors[number % len(actors)], tlp=label)
    elif kind == "agree" and document.linkages:
        ids = list(document.linkages)
        with document.edit("Agree") as edit:
            edit.change("linkages", ids[number % len(ids)], status="active")
    elif kind == "remove" and document.linkages:
        with document.edit("Remove") as edit:
            edit.remove("linkages", next(iter(document.linkages)))
    elif kind == "undo" and history.can_undo:
        history.undo()


def test_an_empty_project_has_its_own_label() -> None:
    document = Document({})
    assert Facts(document, DAYS[0]).strictest_label == document.project.default_tlp
