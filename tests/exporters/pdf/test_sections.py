"""Sections of a briefing say what the records say, in full where they are told to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest

from desktop.export_worker import make_pack
from exporters.pdf.briefing import briefing_pages
from exporters.progress import Silent
from exporters.request import ExportRequest, Recipe, Section
from model import records as r
from model.dates import parse_date
from model.filtering import FilterSpec
from model.redaction import redact
from model.view_state import ViewState, view_fields
from tests.packs import (
    SAMPLE_DAYS,
    document,
    empty_content,
    pack_of,
    put,
    sample,
    sample_pages,
)
from tests.pages import words_of

if TYPE_CHECKING:
    from model.document import Content

DAY = date(2024, 5, 1)


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


def _words(content: Content, *sections: Section, **recipe: object) -> str:
    made = msgspec.structs.replace(Recipe(sections=sections), **recipe)
    pages = briefing_pages(pack_of(content, "AMBER", DAY, recipe=made), Silent())
    return " ".join(words_of(pages[2:]).split())


def _talks() -> Content:
    content = empty_content()
    put(
        content,
        "actors",
        r.Actor(
            id="a",
            tlp="CLEAR",
            name="Front",
            conflict_role="primary_party",
            positions="Autonomy first",
            fears="Being split",
        ),
        r.Actor(id="b", tlp="CLEAR", name="Facilitator"),
        r.Actor(id="c", tlp="CLEAR", name="Elders"),
    )
    put(content, "roles", r.Role(id="r", tlp="CLEAR", actor_id="b", role="facilitator"))
    put(
        content,
        "processes",
        r.Process(id="p", tlp="CLEAR", name="Talks", lead_id="b", party_ids=("a",)),
    )
    put(
        content,
        "linkages",
        r.Linkage(
            id="l", tlp="CLEAR", from_id="b", to_id="a", status="active", rationale="Trusted"
        ),
        r.Linkage(
            id="m",
            tlp="CLEAR",
            from_id="c",
            to_id="a",
            decision="keep_apart",
            rationale="It would look like taking sides.",
        ),
        r.Linkage(id="n", tlp="CLEAR", from_id="b", to_id="c", status="active"),
    )
    _add_work(content)
    return content


def _add_work(content: Content) -> None:
    put(
        content,
        "activities",
        r.Activity(
            id="v",
            tlp="CLEAR",
            title="Monitoring",
            kind="monitoring",
            lead_id="b",
            start=parse_date("2024-01-01"),
            end=parse_date("2024-12-31"),
            source_ref="Minutes of March",
            reliability="B",
            credibility="2",
        ),
    )
    put(
        content,
        "funding",
        r.FundingLine(
            id="f",
            tlp="CLEAR",
            donor_id="c",
            recipient_id="b",
            activity_ids=("v",),
            amount=Decimal(5),
            start=parse_date("2024-01-01"),
            end=parse_date("2024-06-30"),
        ),
    )


def test_the_summary_is_sentences_about_the_day() -> None:
    words = _words(_talks(), "summary")
    assert "Talks is led by Facilitator, with Front." in words
    assert (
        "3 actors are recorded on this day: 1 conflict party, 1 third party and 1 other." in words
    )
    assert "2 linkages are in force; most of them touch Facilitator (2), Elders (1) and" in words
    assert "Elders and Front are kept apart on purpose: It would look like taking sides." in words
    assert "1 activity is under way: Monitoring." in words
    assert "From 1 Jul 2024 on no recorded money covers Monitoring: 184 days of work." in words


def test_a_profile_holds_views_linkages_and_activities() -> None:
    words = _words(_talks(), "profiles")
    assert "Autonomy first" in words
    assert "Being split" in words
    assert "Facilitator (" in words
    assert "Elders" in words.partition("Kept apart or waiting")[2]
    assert "Facilitator" not in _headings(_talks(), ())
    assert "Facilitator" in _headings(_talks(), (("profiles", "third_parties"),))
    assert "Elders" not in _headings(_talks(), (("profiles", "third_parties"),))
    assert "Elders" in _headings(_talks(), (("profiles", "everyone"),))


def _headings(content: Content, options: tuple[tuple[str, str], ...]) -> list[str]:
    recipe = Recipe(sections=("profiles",), options=options)
    pages = briefing_pages(pack_of(content, "AMBER", DAY, recipe=recipe), Silent())
    return [title for page in pages for title, level in page.outline if level == 1]


def test_the_funding_horizon_is_drawn_and_described() -> None:
    recipe = Recipe(sections=("horizon",))
    pages = briefing_pages(pack_of(_talks(), "AMBER", DAY, recipe=recipe), Silent())
    alts = [picture.drawing.alt for page in pages for picture in page.pictures]
    assert any("Monitoring: 184 days from 1 Jul 2024 on are not covered." in one for one in alts)
    without = _talks()
    without["funding"].clear()
    pages = briefing_pages(pack_of(without, "AMBER", DAY, recipe=recipe), Silent())
    assert len(pages) == 2  # no money is recorded, so nothing can be said of it


def test_linkages_can_be_told_to_leave_out_those_without_a_reason() -> None:
    assert "Facilitator ↔ Elders" in _words(_talks(), "linkages").replace("→", "↔")
    reasoned = _words(_talks(), "linkages", options=(("linkages", "reasoned"),))
    assert "Trusted" in reasoned
    assert "Facilitator → Elders" not in reasoned
    apart = _words(_talks(), "linkages", options=(("linkages", "apart"),))
    assert "taking sides" in apart
    assert "Trusted" not in apart


def test_unanswered_items_are_named_and_can_be_shown_in_full() -> None:
    short = _words(sample(), "checklist")
    whole = _words(sample(), "checklist", options=(("checklist", "all"),))
    for number in range(1, 41):
        assert f"DNH-{number:02d}" in short
        assert f"DNH-{number:02d}" in whole
    assert len(whole) > 1.5 * len(short)


def test_sources_are_listed_with_their_grade_and_use() -> None:
    content = _talks()
    source = r.Source(id="s", tlp="CLEAR", title="Framework agreement", reliability="A")
    put(content, "sources", source)
    actor = content["actors"]["a"]
    content["actors"]["a"] = msgspec.structs.replace(actor, source_ids=("s",))
    words = _words(content, "sources")
    assert "Framework agreement" in words
    assert "A6" in words
    assert "Minutes of March" in words
    assert "B2" in words
    secret = r.Source(id="t", tlp="RED", title="Hidden source")
    put(content, "sources", secret)
    assert "Hidden source" not in _words(content, "sources")


def test_each_saved_view_is_a_map_of_what_it_shows() -> None:
    content = sample()
    spec = FilterSpec({"track": frozenset({"T3"})})
    view = r.View(id="v", tlp="GREEN", title="On the ground", caption="T3")
    put(content, "views", msgspec.structs.replace(view, **view_fields(ViewState(spec=spec))))
    put(content, "views", r.View(id="w", tlp="RED", title="Secret view"))
    recipe = Recipe(sections=("views",))
    pages = briefing_pages(pack_of(content, recipe=recipe), Silent())
    titles = [title for page in pages for title, _level in page.outline]
    assert titles == ["Contents", "Saved views", "On the ground"]
    (alt,) = [one.drawing.alt for page in pages for one in page.pictures]
    count = sum("T3" in one.tracks for one in content["actors"].values())  # type: ignore[attr-defined]
    assert f"{count} actors" in alt


def test_a_poster_is_tiled_in_full_size_and_sheets_can_be_small() -> None:
    copy = redact(document(sample()), "GREEN", keep_positions=True)

    def sizes(**recipe: object) -> list[tuple[float, float]]:
        made = msgspec.structs.replace(Recipe(sections=("map",)), **recipe)
        request = ExportRequest(audience="GREEN", as_of=SAMPLE_DAYS["mindanao"], recipe=made)
        pages = briefing_pages(make_pack(copy.content, request), Silent())
        return [(page.width, page.height) for page in pages[2:]]

    whole = sizes(options=(("map", "sheet"),))
    poster = sizes(options=(("map", "poster"),))
    small = sizes(options=(("map", "poster_a4"),))
    assert len(whole) == 1 < len(poster) < len(small)
    assert all(max(one) < 850 for one in small[1:])
    assert all(max(one) < 850 for one in sizes(inserts="same"))
    assert all(max(one) in {792.0, 1224.0} for one in sizes(page="letter"))


def test_without_limits_the_cover_says_that_things_may_be_left_out() -> None:
    for sections, expected in ((("actors",), True), (("actors", "limits"), False)):
        pages = briefing_pages(pack_of(sample(), recipe=Recipe(sections=sections)), Silent())  # type: ignore[arg-type]
        assert ("It may leave things out" in " ".join(words_of(pages[:1]).split())) == expected


def test_a_few_lines_never_get_a_page_of_their_own_before_the_map() -> None:
    pages = sample_pages("mindanao", "GREEN")
    heads = [page.head for page in pages]
    assert heads.count("Contents") == 1
    assert heads.count("Summary") == 1
