"""Graphs and calendars: others can read them, nothing is sharpened, nothing of us is in them."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from icalendar import Calendar

from exporters.exchange.calendar import calendar_bytes
from exporters.exchange.gexf import gexf_bytes
from exporters.exchange.graph import network
from exporters.exchange.graphml import graphml_bytes
from model import records as r
from model.dates import PartialDate
from tests.packs import empty_content, pack_of, put, sample

if TYPE_CHECKING:
    from model.document import Content


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


def _entries(content: Content) -> list[Any]:
    calendar: Any = Calendar.from_ical(calendar_bytes(pack_of(content, "RED")))
    return list(calendar.walk("VEVENT"))


@pytest.mark.parametrize("kind", ["graphml", "gexf"])
def test_networkx_reads_every_actor_and_linkage(kind: str) -> None:
    net = network(pack_of(sample()))
    data = graphml_bytes(net) if kind == "graphml" else gexf_bytes(net)
    read: Any = nx.read_graphml if kind == "graphml" else nx.read_gexf
    graph = read(io.BytesIO(data))
    assert {item.id: item.attributes["name"] for item in net.nodes} == {
        node: facts["name"] for node, facts in graph.nodes(data=True)
    }
    assert graph.number_of_edges() == len(net.edges)
    assert all(facts["kind"] for _a, _b, facts in graph.edges(data=True))


@pytest.mark.parametrize("write", [graphml_bytes, gexf_bytes])
def test_text_that_xml_cannot_hold_and_markup_stay_text(write: Any) -> None:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", tlp="CLEAR", name="A <b>&\x00\x1f B"))
    data = write(network(pack_of(content, "RED")))
    assert b"A &lt;b&gt;&amp;" in data
    assert b"\x00" not in data


def test_neither_program_nor_date_of_writing_is_in_graphs() -> None:
    for data in (graphml_bytes(network(pack_of(sample()))), gexf_bytes(network(pack_of(sample())))):
        for word in (b"creator", b"lastmodified", b"networkx", b"NetworkX", b"Crosstrack"):
            assert word not in data


def test_a_month_fills_the_month_and_says_so() -> None:
    content = empty_content()
    when = PartialDate(year=2013, month=2)
    put(content, "milestones", r.Milestone(id="m", tlp="CLEAR", label="Talks", date=when))
    (event,) = _entries(content)
    assert event.decoded("dtstart") == dt.date(2013, 2, 1)
    assert event.decoded("dtend") == dt.date(2013, 3, 1)
    assert "2013" in str(event["summary"])
    assert str(event["summary"]) != "Talks"


def test_a_long_activity_is_two_entries_and_a_short_one_is_one() -> None:
    content = empty_content()
    day = PartialDate(year=2013, month=2, day=15)
    near, far = PartialDate(year=2013, month=2, day=18), PartialDate(year=2015, month=1, day=2)
    put(content, "activities", r.Activity(id="x", title="Short", start=day, end=near))
    put(content, "activities", r.Activity(id="y", title="Long", start=day, end=far))
    titles = sorted(str(event["summary"]) for event in _entries(content))
    assert titles == ["Begins: Long", "Ends: Long", "Short"]


def test_line_ends_and_the_last_day_of_all_do_not_break_a_calendar() -> None:
    content = empty_content()
    last = PartialDate(year=9999, month=12, day=31)
    name = "BEGIN:VEVENT\r\nSUMMARY:forged"
    put(content, "milestones", r.Milestone(id="m", tlp="CLEAR", label=name, date=last))
    (event,) = _entries(content)
    assert "forged" in str(event["summary"])


def test_a_title_of_two_lines_does_not_break_a_calendar() -> None:
    content = empty_content(title="Two\nlines")
    assert b"X-WR-CALNAME:Two lines" in calendar_bytes(pack_of(content))


def test_open_and_missing_dates_make_no_entry() -> None:
    content = empty_content()
    put(content, "milestones", r.Milestone(id="m", tlp="CLEAR", label="Never"))
    put(content, "postings", r.Posting(id="p", office="Office", end=PartialDate(open=True)))
    assert _entries(content) == []
