"""References as people write them, gathered by what is cited."""

from __future__ import annotations

import pytest

from exporters.pdf.references import gathered, parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("PA-X 2013-08-10; UCDP actor 185", [("PA-X", "2013-08-10"), ("UCDP actor", "185")]),
        ("bnionline.net; start from memory", [("bnionline.net", "start from memory")]),
        ("PA-X 2015; end day from memory", [("PA-X", "2015 (end day from memory)")]),
        ("ch.4: an envoy; ch.5", [("ch.4", "an envoy"), ("ch.5", "")]),
        ("irrawaddy.com Nov 2021 (the regime)", [("irrawaddy.com", "Nov 2021 (the regime)")]),
        ("PA-X (one year of mediation)", [("PA-X", "(one year of mediation)")]),
        ("Minutes of March", [("Minutes of March", "")]),
        ("May Group report", [("May Group report", "")]),
        ("لجنة السلام ٢٠١٥", [("لجنة السلام", "٢٠١٥")]),
        ("https://example.org/a;b", [("https://example.org/a;b", "")]),
        (" ; ", []),
    ],
)
def test_a_reference_is_taken_apart(text: str, parts: list[tuple[str, str]]) -> None:
    assert parts_of(text) == parts


def test_a_sentence_stays_whole() -> None:
    long = "as told by several people who were in the room when the second paper was read in 2014"
    assert parts_of(long) == [(long, "")]


def test_every_source_is_listed_once_with_its_places_in_natural_order() -> None:
    found = gathered(
        [
            ("actors", "UCDP actor 1107; PA-X 2015"),
            ("actors", "UCDP actor 185"),
            ("roles", "UCDP actor 185"),
            ("phases", "UCDP actor 7; UCDP actor 9"),
            ("phases", "pa-x 2013"),
        ]
    )
    assert [one.name for one in found] == ["UCDP actor", "PA-X"]
    assert found[0].places == ["7", "9", "185", "1107"]
    assert found[0].uses == {"actors": 2, "roles": 1, "phases": 1}
    assert found[1].places == ["2013", "2015"]
