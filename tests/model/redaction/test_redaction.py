from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings

from model import records as r
from model.dates import day, parse_date
from model.integrity import check_content
from model.records import ExternalRef, Record
from model.redaction import (
    check_audience,
    effective_label,
    label_leaks,
    open_red_flags,
    redact,
    sees_everything,
)
from model.redaction.mentions import Names
from model.refusals import Refusal
from tests.examples import examples
from tests.packs import document, empty_content, put, sample
from tests.secret_pairs import pairs
from tests.twins.pairs import twins

if TYPE_CHECKING:
    from model.document import Content
    from tests.twins.pairs import Twins


def _actor(record_id: str, tlp: str = "CLEAR", **fields: object) -> r.Actor:
    return r.Actor(**{"id": record_id, "tlp": tlp, "name": record_id.upper(), **fields})  # type: ignore[arg-type]


def _content(*records: tuple[str, Record]) -> Content:
    content = empty_content()
    for table, record in records:
        put(content, table, record)
    return content


def _bytes(content: Content) -> bytes:
    return msgspec.json.encode({name: list(table.items()) for name, table in content.items()})


@settings(max_examples=examples(40), deadline=None)
@given(twins())
def test_an_audience_cannot_tell_two_projects_apart_by_what_it_may_not_see(pair: Twins) -> None:
    for side in (pair.one, pair.other):
        check_content(side.content)
    first, second = pair.copies
    assert _bytes(first.content) == _bytes(second.content)
    assert first.aliases == second.aliases
    check_content(first.content)


@settings(max_examples=examples(25), deadline=None)
@given(pairs())
def test_redacting_twice_changes_nothing_more(pair: tuple[Content, Content, str]) -> None:
    content, _other, audience = pair
    once = redact(document(content), audience)
    again = redact(once.snapshot(), audience)
    assert _bytes(again.content) == _bytes(once.content)
    assert not again.withheld


def test_records_above_the_audience_and_what_hangs_on_them_are_gone() -> None:
    answer = r.Answer(id="k", tlp="CLEAR", item_id="DNH-01", target_table="linkages", target_id="l")
    claim = r.Claim(id="c", tlp="CLEAR", target_table="answers", target_id="k", field="answer")
    content = _content(
        ("actors", _actor("a")),
        ("actors", _actor("b", "RED")),
        ("linkages", r.Linkage(id="l", tlp="CLEAR", from_id="a", to_id="b")),
        ("roles", r.Role(id="ro", tlp="CLEAR", actor_id="b", role="donor")),
        ("answers", answer),
        ("claims", claim),
    )
    copy = redact(document(content), "GREEN")
    left = {table: len(records) for table, records in copy.content.items() if records}
    assert left == {"project": 1, "actors": 1}
    assert b'"B"' not in _bytes(copy.content)
    assert {(one.table, one.id): one.why for one in copy.withheld} == {
        ("actors", "b"): "label",
        ("linkages", "l"): "depends",
        ("roles", "ro"): "depends",
        ("answers", "k"): "depends",
        ("claims", "c"): "depends",
    }


def test_optional_references_to_withheld_records_are_emptied_and_lists_filtered() -> None:
    process = r.Process(
        id="p", tlp="CLEAR", name="Talks", lead_id="b", party_ids=("b", "a"), co_lead_ids=("b",)
    )
    content = _content(
        ("actors", _actor("a")), ("actors", _actor("b", "AMBER")), ("processes", process)
    )
    copy = redact(document(content), "TLP:GREEN")
    (left,) = copy.snapshot().processes.values()
    (actor,) = copy.snapshot().actors.values()
    assert (left.lead_id, left.party_ids, left.co_lead_ids) == ("", (actor.id,), ())
    assert {one.field for one in copy.emptied} == {"lead_id", "party_ids", "co_lead_ids"}


def test_ids_are_counted_anew_and_only_the_sender_can_go_back() -> None:
    content = _content(
        ("actors", _actor("zz", external=(ExternalRef("mindanao", "actors", "A01"),))),
        ("actors", _actor("aa")),
        ("linkages", r.Linkage(id="l", tlp="CLEAR", from_id="zz", to_id="aa")),
    )
    copy = redact(document(content), "CLEAR")
    assert list(copy.content["actors"]) == ["A0001", "A0002"]
    assert copy.ids["A0001"] == ("actors", "aa")
    (linkage,) = copy.snapshot().linkages.values()
    assert (linkage.from_id, linkage.to_id) == ("A0002", "A0001")
    assert b"A01" not in _bytes(copy.content).replace(b"A0001", b"")
    marked = redact(document(content), "CLEAR", id_mark="k7-")
    assert list(marked.content["actors"]) == ["k7-A0001", "k7-A0002"]


def test_positions_bends_and_camera_stay_unless_asked_for() -> None:
    content = _content(
        ("actors", _actor("a")),
        ("actors", _actor("b")),
        ("linkages", r.Linkage(id="l", tlp="CLEAR", from_id="a", to_id="b", bends=((1.0, 2.0),))),
        ("placements", r.Placement(id="a", tlp="CLEAR", x=7.0)),
        ("views", r.View(id="v", tlp="CLEAR", title="All", camera=(1.0, 2.0, 3.0))),
        ("tracks", r.Track(id="T1", tlp="CLEAR", height=412.0)),
    )
    copy = redact(document(content), "CLEAR")
    assert not copy.content["placements"]
    assert b"412" not in _bytes(copy.content)
    assert copy.snapshot().linkages["L0001"].bends == ()
    assert copy.snapshot().views["V0001"].camera is None
    kept = redact(document(content), "CLEAR", keep_positions=True)
    assert kept.kept_positions
    assert kept.snapshot().placements["A0001"].x == 7.0
    assert kept.snapshot().linkages["L0001"].bends == ((1.0, 2.0),)


def test_views_keep_codes_and_visible_records_only() -> None:
    filters = {"kinds": ("state",), "actors": ("a", "b"), "words": ("B secret",), "only": ("b",)}
    content = _content(
        ("actors", _actor("a")),
        ("actors", _actor("b", "RED")),
        ("views", r.View(id="v", tlp="CLEAR", title="All", filters=filters)),
    )
    (view,) = redact(document(content), "CLEAR").snapshot().views.values()
    assert view.filters == {"actors": ("A0001",), "kinds": ("state",)}


def test_back_channels_and_postings_never_fall_below_amber() -> None:
    secret = r.Linkage(id="l", tlp="CLEAR", from_id="a", to_id="b", kind="back_channel")
    posting = r.Posting(id="p", tlp="GREEN", office="Envoy")
    content = _content(
        ("actors", _actor("a")),
        ("actors", _actor("b")),
        ("linkages", secret),
        ("postings", posting),
    )
    assert effective_label(secret) == "AMBER"
    assert label_leaks(document(content), "GREEN") == [("linkages", "l"), ("postings", "p")]
    copy = redact(document(content), "GREEN")
    assert not copy.content["linkages"]
    assert not copy.content["postings"]
    assert {one.why for one in copy.withheld} == {"floor"}
    assert redact(document(content), "AMBER").content["linkages"]


def test_security_reviews_need_amber_strict_even_in_open_activities() -> None:
    activity = r.Activity(
        id="c",
        tlp="CLEAR",
        title="Meeting",
        security_review="no",
        security_review_date=parse_date("2013-01"),
        security_reviewer="UN adviser",
    )
    content = _content(("activities", activity))
    (green,) = redact(document(content), "AMBER").snapshot().activities.values()
    assert (green.security_review, green.security_review_date, green.security_reviewer) == (
        ("unknown", None, "")
    )
    (strict,) = redact(document(content), "AMBER+STRICT").snapshot().activities.values()
    assert strict.security_review == "no"


def test_a_further_view_is_guarded_like_the_field_that_it_is_about() -> None:
    def view(record_id: str, table: str, field: str, value: str) -> tuple[str, Record]:
        claim = r.Claim(
            id=record_id,
            tlp="CLEAR",
            target_table=table,
            target_id=table[0],
            field=field,
            value=value,
        )
        return "claims", claim

    content = _content(
        ("activities", r.Activity(id="a", tlp="CLEAR", title="Meeting", security_review="yes")),
        ("actors", _actor("x")),
        ("actors", _actor("y")),
        ("linkages", r.Linkage(id="l", tlp="CLEAR", from_id="x", to_id="y")),
        view("c1", "activities", "security_review", "no"),
        view("c2", "linkages", "kind", "back_channel"),
        view("c3", "activities", "place", "Doha"),
    )

    def left(audience: str) -> list[str]:
        claims = redact(document(content), audience).content["claims"].values()
        return sorted(getattr(one, "value", "") for one in claims)

    assert {label: left(label) for label in ("CLEAR", "AMBER", "AMBER+STRICT")} == {
        "CLEAR": ["Doha"],
        "AMBER": ["Doha", "back_channel"],
        "AMBER+STRICT": ["Doha", "back_channel", "no"],
    }
    assert label_leaks(document(content), "CLEAR") == [("claims", "c1"), ("claims", "c2")]


def test_project_texts_follow_the_project_label_but_the_chatham_house_rule_travels() -> None:
    content = empty_content(title="Operation Heron", tlp="AMBER")
    project = msgspec.structs.replace(
        content["project"]["project"], thresholds={"W01": 3.0}, chatham_house=True, summary="x"
    )
    content["project"]["project"] = project
    shown = redact(document(content), "GREEN", as_of=parse_date("2024-01-02")).snapshot().project
    assert (shown.title, shown.summary, shown.thresholds) == ("", "", {})
    assert shown.chatham_house
    assert shown.as_of == parse_date("2024-01-02")
    assert shown.tlp == "GREEN"
    assert redact(document(content), "AMBER").snapshot().project.title == "Operation Heron"


def test_answers_to_withheld_own_items_are_gone() -> None:
    content = _content(
        ("checklist_items", r.ChecklistItem(id="own", tlp="RED", title="Secret item")),
        ("checklist_items", r.ChecklistItem(id="ours", tlp="CLEAR", title="Our item")),
        ("answers", r.Answer(id="k1", tlp="CLEAR", item_id="own", answer="no")),
        ("answers", r.Answer(id="k2", tlp="CLEAR", item_id="ours", answer="no")),
        ("answers", r.Answer(id="k3", tlp="CLEAR", item_id="DNH-07", answer="no")),
    )
    answers = redact(document(content), "GREEN").snapshot().answers.values()
    assert [one.item_id for one in answers] == ["DNH-07", "KI0001"]


def test_claims_about_references_do_not_name_what_is_withheld() -> None:
    claim = r.Claim(
        id="c", tlp="CLEAR", target_table="actors", target_id="a", field="parent_id", value="b"
    )
    content = _content(("actors", _actor("a")), ("actors", _actor("b", "RED")), ("claims", claim))
    assert not redact(document(content), "CLEAR").content["claims"]
    open_content = _content(("actors", _actor("a")), ("actors", _actor("b")), ("claims", claim))
    (kept,) = redact(document(open_content), "CLEAR").snapshot().table("claims").values()
    assert kept.value == "A0002"  # type: ignore[attr-defined]


def test_the_sender_hears_of_visible_texts_that_name_withheld_actors() -> None:
    content = _content(
        ("actors", _actor("a", notes="Talks through the Heron Group since May")),
        ("actors", _actor("b", "RED", name="Heron Group")),
    )
    (mention,) = redact(document(content), "GREEN").mentions
    assert (mention.id, mention.field, mention.name) == ("a", "notes", "Heron Group")


def test_names_of_withheld_people_processes_and_activities_are_found_in_any_case() -> None:
    content = _content(
        ("actors", _actor("a", name="Council", notes="Ask ANNA  meyer; Ann")),
        (
            "actors",
            _actor("b", notes="To the Lakeside Track, not to the dinner"),
        ),
        ("actors", _actor("c", notes="Annabel, meyers, dinners")),
        ("postings", r.Posting(id="p", office="Envoy", holder="Anna Meyer")),
        ("postings", r.Posting(id="q", office="Envoy", holder="Ann")),
        ("processes", r.Process(id="x", name="Lakeside track", tlp="RED")),
        ("activities", r.Activity(id="y", title="Dinner", tlp="RED")),
        ("actors", _actor("d", "RED", name="COUNCIL")),
    )
    found = redact(document(content), "GREEN").mentions
    assert [(one.id, one.name) for one in found] == [("a", "Anna Meyer"), ("b", "Lakeside track")]


def test_names_are_found_in_every_script() -> None:
    names = Names(["Мария Иванова", "ကုလသမဂ္ဂ", "البعثة الأممية", "Zoë Müller"])
    assert names.first_in("вчера МАРИЯ ИВАНОВА была") == "Мария Иванова"
    assert names.first_in("ယနေ့ကုလသမဂ္ဂရုံး") == "ကုလသမဂ္ဂ"
    assert names.first_in("لقاء مع البعثة الأممية غدا") == "البعثة الأممية"
    assert names.first_in("met zoe muller.") == "Zoë Müller"
    assert names.first_in("Марианна, بعثة, Mullerin") == ""


def test_a_name_counts_whole_and_a_short_one_only_as_it_is_written() -> None:
    names = Names(["Aaron Trust", "WHO", "Who Knows Group"])
    for text in ("A trust fund", "Trust Aaron", "Aaron, of the Trust", "who knows?", "Who?"):
        assert names.first_in(text) == "", text
    assert names.first_in("aaron  trust met") == "Aaron Trust"
    assert names.first_in("The WHO knows") == "WHO"
    assert names.first_in("AWHO") == ""


def test_finding_names_takes_no_longer_the_more_names_there_are() -> None:
    """Each text is read word by word; only names that begin with a word of it are compared."""
    names = Names({f"Group {number} of the north" for number in range(20_000)})
    assert names.first_in("word " * 20_000) == ""
    assert names.first_in("The group 77 of the North met") == "Group 77 of the north"


def test_red_flags_gate_exports_beyond_the_team_only() -> None:
    content = _content(
        ("answers", r.Answer(id="k1", item_id="DNH-02", answer="no")),
        ("answers", r.Answer(id="k2", item_id="DNH-01", answer="yes")),
        ("answers", r.Answer(id="k3", item_id="DNH-03", answer="no", basis="illustrative")),
    )
    (flag,) = open_red_flags(document(content), "GREEN")
    assert flag == "DNH-02 Coordination mode agreed is answered “No”."
    assert open_red_flags(document(content), "AMBER") == []


def test_without_a_day_the_gate_goes_by_the_day_of_the_project() -> None:
    """DNH-06 is a flag only while parties talk."""
    answer = r.Answer(id="k", item_id="DNH-06", answer="no", target_table="linkages", target_id="l")
    talks = r.Phase(
        id="p", kind="talks", label="Talks", start=parse_date("2012-01"), end=parse_date("2012-12")
    )
    content = _content(
        ("actors", _actor("a")),
        ("actors", _actor("b")),
        ("linkages", r.Linkage(id="l", from_id="a", to_id="b")),
        ("answers", answer),
        ("phases", talks),
    )

    def flags(project_day: str | None, asked: str | None = None) -> int:
        held = parse_date(project_day) if project_day else None
        own = msgspec.structs.replace(content["project"]["project"], as_of=held)
        now = document({**content, "project": {"project": own}})
        return len(open_red_flags(now, "GREEN", day(asked) if asked else None))

    assert flags("2012-06-01") == 1
    assert flags("2014-06-01") == 0
    assert flags("2012") == 1  # no exact day: the last that it may mean
    assert flags(None) == 0  # no day at all: after all that is dated
    assert flags("2014-06-01", "2012-06-01") == 1


def test_audiences_are_read_as_people_write_them() -> None:
    assert check_audience("tlp:amber+strict") == "AMBER+STRICT"
    assert sees_everything("RED")
    assert not sees_everything("AMBER+STRICT")
    with pytest.raises(Refusal, match="TLP:CLEAR"):
        check_audience("TLP:BLUE")


@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
def test_the_cases_redact_to_projects_that_open(name: str) -> None:
    content = sample(name)
    green = redact(document(content), "GREEN")
    check_content(green.content)
    assert not green.content["postings"]
    strict = redact(document(content), "AMBER+STRICT")
    assert len(strict.content["postings"]) == len(content["postings"])
