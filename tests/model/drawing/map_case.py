"""Small maps for tests of cards, lines, labels and scenes."""

from __future__ import annotations

from datetime import date

from model.dates import PartialDate
from model.document import Document
from model.records import Actor, Linkage, Placement, Record, Role

DAY = date(2013, 2, 15)


def year(number: int) -> PartialDate:
    return PartialDate(year=number)


def small_map() -> Document:
    """Parties, a mediator, a contact group of two members, and civil society, all placed."""
    actors = [
        Actor(id="gov", name="Government", tracks=("T1",), conflict_role="primary_party"),
        Actor(id="front", name="Front", tracks=("T1",), conflict_role="primary_party"),
        Actor(id="office", name="Office of the facilitator", tracks=("T1",), start=year(2001)),
        Actor(id="group", name="Contact group", kind="contact_group", tracks=("T1", "T2")),
        Actor(id="one", name="First member", tracks=("T1",)),
        Actor(id="two", name="Second member", tracks=("T2",)),
        Actor(id="later", name="Monitoring body", tracks=("T1",), start=year(2014)),
        Actor(id="csos", name="Civil society", tracks=("T2", "T3"), kind="cso_network"),
    ]
    places = {
        "gov": (0, 60),
        "front": (640, 60),
        "office": (320, 60),
        "group": (1000, 60),
        "one": (1000, 200),
        "two": (1000, 60),
        "later": (0, 200),
        "csos": (320, 280),
    }
    links = [
        Linkage(id="f1", from_id="office", to_id="gov", kind="facilitation", status="active"),
        Linkage(id="f2", from_id="office", to_id="front", kind="facilitation", status="active"),
        Linkage(id="n", from_id="gov", to_id="front", kind="negotiation", status="active",
                direction="undirected"),
        Linkage(id="m1", from_id="one", to_id="group", kind="membership", status="active"),
        Linkage(id="m2", from_id="two", to_id="group", kind="membership", status="active"),
        Linkage(id="late", from_id="later", to_id="gov", kind="observation", status="active",
                start=year(2014)),
        Linkage(id="plan", from_id="csos", to_id="gov", kind="consultation", status="planned",
                start=year(2015)),
        Linkage(id="apart", from_id="csos", to_id="front", kind="alliance", status="idea",
                decision="keep_apart"),
    ]  # fmt: skip
    content: dict[str, dict[str, Record]] = {
        "actors": {actor.id: actor for actor in actors},
        "linkages": {link.id: link for link in links},
        "placements": {i: Placement(id=i, x=float(x), y=float(y)) for i, (x, y) in places.items()},
        "roles": {"r": Role(id="r", actor_id="office", role="facilitator")},
    }
    return Document(content)
