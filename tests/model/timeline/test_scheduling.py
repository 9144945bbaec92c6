"""Scheduling: dependencies are kept, nothing becomes more exact, what-if is what apply does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from model.commands.records import set_fields
from model.dates import parse_date
from model.timeline.dependencies import clashes, dates_by_node, live
from model.timeline.scheduling import apply, chain_to, movable, settle_all, what_if
from tests.builders import ProjectBuilder, a_project
from tests.examples import examples

if TYPE_CHECKING:
    from model.document import Document

NAMES = tuple("ABCDEF")
DATES = ("2012", "2012-03", "2012-03-10", "2012-06-30", "2013-Q1", "~2012-05", "2013-02-01")


def depends(
    project: ProjectBuilder, target: str, other: str, kind: str = "finish_start", lag: int = 0
) -> ProjectBuilder:
    tables = {
        name: "milestones" if name.startswith("M") else "activities" for name in (target, other)
    }
    return project.add(
        "dependencies",
        f"{other}>{target}",
        target_table=tables[target],
        target_id=target,
        other_table=tables[other],
        other_id=other,
        kind=kind,
        lag_days=lag,
    )


@st.composite
def plans(draw: st.DrawFn) -> Document:
    project = a_project()
    for name in NAMES:
        begin = draw(st.sampled_from(DATES))
        end = draw(st.sampled_from([None, "open", begin]))
        status = draw(st.sampled_from(["unknown", "pipeline", "closed", "cancelled"]))
        project.add("activities", name, title=name, start=begin, end=end, status=status)
    project.add("milestones", "M", label="M", date=draw(st.sampled_from(DATES)))
    pairs = draw(
        st.lists(
            st.tuples(
                st.sampled_from((*NAMES, "M")),
                st.sampled_from((*NAMES, "M")),
                st.sampled_from(["finish_start", "start_start", "only_if"]),
                st.integers(-40, 400),
            ),
            max_size=8,
            unique_by=lambda pair: pair[:2],
        )
    )
    for target, other, kind, lag in pairs:
        if target != other:
            depends(project, target, other, kind, lag)
    return project.document()


@settings(max_examples=examples(40), deadline=None)
@given(plans())
def test_a_settled_plan_breaks_no_dependency(document: Document) -> None:
    schedule = settle_all(document)

    apply(document, schedule)

    free = {
        clash.node
        for clash in clashes(document)
        if clash.certain and clash.node not in schedule.circles
    }
    assert all(not movable(document, node) for node in free)
    assert free <= set(schedule.held)


@settings(max_examples=examples(40), deadline=None)
@given(
    plans(),
    st.sampled_from((*NAMES, "M")),
    st.integers(-30, 30),
    st.sampled_from(["day", "month", "year"]),
    st.sampled_from(["needed", "along"]),
)
def test_what_is_applied_is_what_was_previewed(
    document: Document, name: str, count: int, unit: str, manner: str
) -> None:
    node = ("milestones" if name == "M" else "activities", name)
    schedule = what_if(document, node, unit, count, manner)  # type: ignore[arg-type]
    before = document.content()

    apply(document, schedule)

    now = dates_by_node(document, live(document))
    assert all(now.get(shift.node, shift.after) == shift.after for shift in schedule.shifts)
    assert clashes(document) == list(schedule.clashes)
    moved = {shift.node for shift in schedule.shifts}
    for table in ("activities", "milestones"):
        for record_id, record in document.table(table).items():
            assert (table, record_id) in moved or record is before[table][record_id]


@settings(max_examples=examples(40), deadline=None)
@given(plans(), st.sampled_from(NAMES), st.integers(-30, 30))
def test_nothing_becomes_more_exact(document: Document, name: str, count: int) -> None:
    for shift in what_if(document, ("activities", name), "day", count).shifts:
        for one, other in (
            (shift.before.start, shift.after.start),
            (shift.before.end, shift.after.end),
        ):
            assert (one is None) == (other is None)
            if one is not None and other is not None:
                assert (one.unit, one.qualifier) == (other.unit, other.qualifier)


def a_chain() -> ProjectBuilder:
    """Training (Jan to Mar), 10 days, signing on 15 April, then a centre, then its opening."""
    project = (
        a_project()
        .add("activities", "A", title="Training", start="2014-01-01", end="2014-03-31")
        .add("milestones", "M", label="Signing", date="2014-04-15")
        .add("activities", "B", title="Centre", start="2014-05", end="2014-08")
        .add("activities", "C", title="Opening", start="2014-09-10", end="2014-09-10")
        .add("activities", "D", title="Side work", start="2014-01", end="2014-02")
    )
    depends(project, "M", "A", lag=10)
    depends(project, "B", "M")
    depends(project, "C", "B")
    depends(project, "C", "D")
    return project


def test_a_late_milestone_pushes_only_what_must_move() -> None:
    document = a_chain().document()

    schedule = what_if(document, ("milestones", "M"), "day", 60)  # to 14 June

    after = {shift.node[1]: shift.after.text for shift in schedule.shifts}
    # The centre may begin in June, the month of the signing, and then ends some day in September.
    assert after == {"M": "14 Jun 2014", "B": "Jun 2014 to Sep 2014"}
    # It may last until 30 September, the opening is on the 10th: perhaps 21 days too early.
    assert [(one.certain, one.days, one.node[1]) for one in schedule.clashes] == [
        (False, 21, "C"),
        (False, 13, "B"),
    ]


def test_moving_along_keeps_the_distances() -> None:
    document = a_chain().document()

    schedule = what_if(document, ("milestones", "M"), "month", -1, "along")

    apply(document, schedule)
    assert document.activities["B"].start == parse_date("2014-04")
    assert document.activities["C"].start == parse_date("2014-08-10")
    assert document.activities["A"].start == parse_date("2014-01-01")


def test_clashes_are_counted_by_hand_and_say_how_sure_they_are() -> None:
    document = a_chain().document()
    set_fields(document, "milestones", ["M"], {"date": parse_date("2014-04-05")})
    set_fields(document, "activities", ["B"], {"start": parse_date("2014-04")})

    certain, possible = clashes(document)

    # Training is over on 1 April, ten days more are 11 April: the signing is 6 days early.
    assert (certain.certain, certain.days, certain.node) == (True, 6, ("milestones", "M"))
    assert "begins 6 days too early" in certain.text
    # The centre begins some day in April, the signing is on the 5th: perhaps 4 days early.
    assert (possible.certain, possible.days, possible.node) == (False, 4, ("activities", "B"))


def test_a_start_waits_for_a_date_and_a_condition() -> None:
    project = a_project().add(
        "activities", "A", title="Observers", start="2014-01-10", status="implementation"
    )
    project.add(
        "dependencies",
        "1",
        target_table="activities",
        target_id="A",
        kind="not_before",
        date="2014-02-01",
    )
    project.add(
        "dependencies",
        "2",
        target_table="activities",
        target_id="A",
        kind="only_if",
        condition="Track I stalls",
        met="no",
    )

    found = clashes(project.document())

    assert [clash.days for clash in found] == [22, 0]
    assert "Track I stalls" in found[1].text


def test_what_is_under_way_is_never_moved_and_circles_are_named() -> None:
    project = a_chain()
    project.add("activities", "B", title="Centre", start="2014-05", status="implementation")
    depends(project, "A", "C")
    document = project.document()

    schedule = what_if(document, ("milestones", "M"), "month", 3)
    assert [shift.node[1] for shift in schedule.shifts] == ["M"]
    assert ("activities", "A") in schedule.circles


def test_the_chain_to_a_milestone_names_what_decides_its_date() -> None:
    document = a_chain().document()

    chain = chain_to(document, ("activities", "C"))

    # Opening 10 Sept, centre over 1 Sept at the earliest reading 1 Aug + ...: it decides, not D.
    assert [link.node[1] for link in chain] == ["A", "M", "B", "C"]
    # Signing 15 April; training is over on 1 April and ten days more are 11 April: 4 days to spare.
    assert chain[0].slack - chain[1].slack == 4
