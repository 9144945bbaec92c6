"""Pairs of projects that differ only in what an audience may not see.

`pairs` draws the visible part once and dresses it twice with different secrets: withheld actors,
linkages of all labels that touch them, references of visible records to withheld ones, claims,
notes, places on the map, saved views, the export log, the order in which everything was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import strategies as st

from model import records as r
from model.codes import CODE_LISTS
from model.dates import PartialDate
from model.records import PROJECT_ID, TABLES, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.document import Content

AUDIENCES = ("CLEAR", "GREEN", "AMBER")
_OPEN = {"CLEAR": ("CLEAR",), "GREEN": ("CLEAR", "GREEN"), "AMBER": ("CLEAR", "GREEN", "AMBER")}
_SHUT = {"CLEAR": ("GREEN", "AMBER"), "GREEN": ("AMBER", "RED"), "AMBER": ("AMBER+STRICT", "RED")}

names = st.sampled_from(
    ["Council", "Élders", "Council", "Ministry <b>", "=SUM(1)", "لجنة", "မြန်မာ"]
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
dates = st.none() | st.builds(
    PartialDate, year=st.integers(2000, 2030), month=st.integers(0, 12), qualifier=st.just("")
)


def _codes(list_name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(CODE_LISTS[list_name].codes)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Content, Content, str]:
    """Two projects and the audience that cannot tell them apart."""
    audience = draw(st.sampled_from(AUDIENCES))
    visible = _visible(draw, _OPEN[audience])
    one = _dressed(draw, visible, _SHUT[audience])
    other = _dressed(draw, visible, _SHUT[audience])
    return one, other, audience


def _visible(draw: st.DrawFn, labels: tuple[str, ...]) -> list[tuple[str, Record]]:
    label = st.sampled_from(labels)
    count = draw(st.integers(1, 4))
    found: list[tuple[str, Record]] = []
    for number in range(count):
        actor = r.Actor(
            id=f"v{number}",
            tlp=draw(label),
            name=draw(names),
            kind=draw(_codes("actor_kind")),
            tracks=tuple(draw(st.sets(_codes("track"), max_size=2))),
            basis=draw(_codes("basis")),
            needs=draw(texts),
        )
        found.append(("actors", actor))
    found.append(("processes", r.Process(id="p", tlp=draw(label), name=draw(names))))
    for number in range(draw(st.integers(0, 3)) if count > 1 else 0):
        ends = draw(st.permutations(range(count)))
        found.append(
            ("linkages", _linkage(draw, f"l{number}", f"v{ends[0]}", f"v{ends[1]}", label))
        )
    for number in range(draw(st.integers(0, 2))):
        activity = r.Activity(
            id=f"c{number}",
            tlp=draw(label),
            title=draw(names),
            start=draw(dates),
            participant_ids=("v0",),
        )
        found.append(("activities", activity))
    found.append(("notes", r.Note(id="note", tlp=draw(label), text=draw(names))))
    return found


def _linkage(
    draw: st.DrawFn, record_id: str, first: str, second: str, label: st.SearchStrategy[str]
) -> r.Linkage:
    kinds = [kind for kind in CODE_LISTS["linkage_kind"].codes if kind != "back_channel"]
    return r.Linkage(
        id=record_id,
        from_id=first,
        to_id=second,
        tlp=draw(label),
        kind=draw(st.sampled_from(kinds)),
        status="active",
        rationale=draw(texts),
    )


def _dressed(
    draw: st.DrawFn, visible: list[tuple[str, Record]], labels: tuple[str, ...]
) -> Content:
    """The visible records in some order, with secrets among and around them."""
    label = st.sampled_from(labels)
    records = [(table, _touched(draw, record)) for table, record in visible]
    secrets = _secret_records(draw, label)
    content: Content = {table: {} for table in TABLES}
    for table, record in draw(st.permutations(records + secrets)):
        content[table][record.id] = record
    project = r.Project(
        id=PROJECT_ID, tlp=draw(label), title=draw(texts), thresholds={"W01": draw(st.floats(0, 9))}
    )
    content["project"] = {PROJECT_ID: project}
    return content


def _touched(draw: st.DrawFn, record: Record) -> Record:
    """The visible record with references to secrets, coordinates and imported ids."""
    changes: dict[str, object] = {}
    if draw(st.booleans()):
        changes["external"] = (r.ExternalRef("secret", "actors", draw(texts) or "x"),)
    if isinstance(record, r.Actor) and draw(st.booleans()):
        changes["parent_id"] = "s0"
    if isinstance(record, r.Linkage) and draw(st.booleans()):
        changes |= {"bends": ((draw(st.floats(0, 99)), 1.0),), "keeper_id": "post"}
    if isinstance(record, r.Activity) and draw(st.booleans()):
        changes |= {"participant_ids": ("s0", "v0"), "security_review": "no", "lead_id": "s0"}
    if isinstance(record, r.Process) and draw(st.booleans()):
        changes |= {"lead_id": "s0", "party_ids": ("s0",)}
    return msgspec.structs.replace(record, **changes)


def _secret_records(draw: st.DrawFn, label: st.SearchStrategy[str]) -> list[tuple[str, Record]]:
    any_label = st.sampled_from(CODE_LISTS["tlp"].codes)
    found: list[tuple[str, Record]] = [
        ("actors", r.Actor(id="s0", tlp=draw(label), name=draw(names), needs=draw(texts))),
        ("postings", r.Posting(id="post", tlp=draw(label), office=draw(names))),
        ("placements", r.Placement(id="v0", tlp="CLEAR", x=draw(st.floats(0, 999)), y=1.0)),
        ("exports", r.ExportRun(id="run", tlp="CLEAR", ids={"A0001": draw(texts)})),
    ]
    more: list[Callable[[], tuple[str, Record]]] = [
        lambda: ("linkages", _linkage(draw, "ls", "v0", "s0", any_label)),
        lambda: ("linkages", r.Linkage(id="lb", from_id="s0", to_id="v0", tlp="CLEAR")),
        lambda: ("roles", r.Role(id="rs", tlp="CLEAR", actor_id="s0", role="donor")),
        lambda: ("notes", _note("ns", draw(any_label), draw(texts), "actors", "s0")),
        lambda: ("notes", _note("nv", draw(label), draw(texts), "actors", "v0")),
        lambda: ("claims", _claim("cs", draw(any_label), "s0", draw(texts))),
        lambda: ("claims", _claim("cv", draw(label), "v0", draw(texts))),
        lambda: ("decisions", r.Decision(id="d", tlp=draw(label), title=draw(names))),
        lambda: ("mutes", r.Mute(id="m", tlp=draw(label), rule_id="W22", reason=draw(texts))),
        lambda: ("views", r.View(id="view", tlp=draw(label), title=draw(names))),
        lambda: ("sources", r.Source(id="src", tlp=draw(label), title=draw(names))),
        lambda: ("signals", r.Signal(id="sig", tlp=draw(label), text="?", actor_id="v0")),
        lambda: ("funding", r.FundingLine(id="f", tlp=draw(label), donor_id="s0")),
        lambda: ("groups", r.Group(id="g", tlp=draw(label), member_ids=("v0", "s0"))),
        lambda: ("recipes", r.PackRecipe(id="rec", tlp="CLEAR", title="?", alias_ids=("v0", "s0"))),
        lambda: ("phases", r.Phase(id="h", tlp=draw(label), label="?", start=draw(dates))),
        lambda: ("placements", r.Placement(id="s0", tlp="CLEAR", x=draw(st.floats(0, 9)))),
    ]
    return found + [make() for make in more if draw(st.booleans())]


def _note(record_id: str, label: str, text: str, table: str, target: str) -> r.Note:
    return r.Note(id=record_id, tlp=label, text=text or "?", target_table=table, target_id=target)


def _claim(record_id: str, label: str, target: str, value: str) -> r.Claim:
    return r.Claim(
        id=record_id,
        tlp=label,
        target_table="actors",
        target_id=target,
        field="needs",
        value=value,
    )
