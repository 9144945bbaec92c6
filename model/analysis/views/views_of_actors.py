"""How actors see things and are seen: trust, impartiality, needs and fears, ABC, two views."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.analysis.rules.decisions import latest_trust
from model.analysis.views.coverage import heads
from model.analysis.views.grid import Cell, Grid, Row, columns
from model.analysis.views.view import View
from model.codes import CONFLICT_ROLES, IMPARTIALITY_VIEWS, TRUST_LEVELS
from model.dates import first_day
from model.fields import FIELDS
from resources.text import tr

if TYPE_CHECKING:
    from model.analysis.facts import Facts
    from model.analysis.views.grid import Mark
    from model.records import Actor, Claim, Impartiality, Signal, Trust

SIDES: dict[str, Mark] = {
    "impartial": "good",
    "leans_against": "doubt",
    "leans_towards": "doubt",
    "partisan_against": "alarm",
    "partisan_for": "alarm",
}


def trust_both_ways(facts: Facts) -> Grid:
    """Pairs with recorded trust, in both directions, and how far these are apart."""
    latest = latest_trust(facts)
    pairs = sorted(
        {tuple(facts.sorted_by_name(pair)) for pair in latest},
        key=lambda pair: [facts.name(one).casefold() for one in pair],
    )
    rows = []
    for first, second in pairs:
        there, back = latest.get((first, second)), latest.get((second, first))
        gap = abs(int(there.level) - int(back.level)) if there and back else None
        wide = gap is not None and gap >= facts.limit("W42.steps")
        title = f"{facts.name(first)} – {facts.name(second)}"
        cells = (
            _trust(there, facts.name(first)),
            _trust(back, facts.name(second)),
            Cell("?" if gap is None else str(gap), "alarm" if wide else ""),
        )
        rows.append(Row(Cell(title, targets=(("actors", first), ("actors", second))), cells))
    return Grid(
        tr("Between"),
        columns(tr("The first trusts"), tr("The second trusts"), tr("Steps apart")),
        tuple(rows),
        (),
        tr("No trust is recorded. Add it in the table “Trust”: who trusts whom, how far, when."),
    )


def _trust(record: Trust | None, name: str) -> Cell:
    if record is None:
        return Cell(
            tr("not known"), "gap", more=tr("No record of how far {name} trusts", name=name)
        )
    label = TRUST_LEVELS.label(record.level)
    date = "" if record.date is None else f", {record.date.iso()}"
    more = f"{label}{date}" + (f" ({record.view_of})" if record.view_of else "")
    return Cell(f"{label}{date}", "", (("trust", record.id),), more)


def perceived_impartiality(facts: Facts) -> Grid:
    """Third parties by conflict parties: how these see them, newest view by the day."""
    latest: dict[tuple[str, str], Impartiality] = {}
    records = cast("list[Impartiality]", list(facts.tables.table("impartiality").values()))
    for one in sorted(records, key=lambda record: (first_day(record.date), record.id)):
        if first_day(one.date) <= facts.as_of and one.third_party_id in facts.actors:
            latest[one.third_party_id, one.party_id] = one
    named = {party for _, party in latest if party in facts.actors}
    parties = facts.sorted_by_name(named | set(heads(facts))) if latest else []
    rows = []
    for third in facts.sorted_by_name({one for one, _ in latest}):
        cells = tuple(_view(latest.get((third, party))) for party in parties)
        rows.append(Row(Cell(facts.name(third), targets=(("actors", third),)), cells))
    return Grid(
        tr("Third party"),
        tuple(Cell(facts.name(one), targets=(("actors", one),)) for one in parties),
        tuple(rows),
        (tr("Views as somebody saw them at a time; they are not facts."),) if rows else (),
        tr("No view is recorded. Add it in the table “Perceived impartiality”."),
    )


def _view(record: Impartiality | None) -> Cell:
    if record is None:
        return Cell(tr("not known"), "gap")
    label = IMPARTIALITY_VIEWS.label(record.view)
    date = "" if record.date is None else record.date.iso()
    more = ", ".join(part for part in (label, date, record.view_of) if part)
    return Cell(label, SIDES.get(record.view, ""), (("impartiality", record.id),), more)


def _grouped(facts: Facts, wanted: list[Actor]) -> list[Actor]:
    """By conflict role, parties first, then by name."""
    codes = ("primary_party", "secondary_party", "non_signatory_armed", "unknown", "none")
    rank = {code: at for at, code in enumerate(codes)}
    return sorted(
        wanted, key=lambda one: (rank.get(one.conflict_role, 9), facts.name(one.id).casefold())
    )


def needs_and_fears(facts: Facts) -> Grid:
    """Positions, interests, needs and fears of actors side by side, by group."""
    names = ("positions", "interests", "needs", "fears")
    wanted = [
        actor
        for actor in facts.actors.values()
        if any(getattr(actor, name) for name in names) or facts.is_party(actor.id)
    ]
    rows = []
    for actor in _grouped(facts, wanted):
        cells = [Cell(CONFLICT_ROLES.label(actor.conflict_role))]
        for name in names:
            text = str(getattr(actor, name)).strip()
            gap = not text
            cells.append(Cell(text or tr("not recorded"), "gap" if gap else "", more=text))
        rows.append(Row(Cell(facts.name(actor.id), targets=(("actors", actor.id),)), tuple(cells)))
    titles = [FIELDS["actors"][name].title for name in names]
    return Grid(
        tr("Actor"),
        columns(tr("Group"), *titles),
        tuple(rows),
        (),
        tr("No positions, interests, needs or fears are recorded."),
    )


def abc(facts: Facts) -> Grid:
    """Attitudes, behaviour and contradiction of each party, from what is recorded."""
    signals: dict[str, list[Signal]] = {}
    for signal in cast("list[Signal]", list(facts.tables.table("signals").values())):
        if first_day(signal.date) <= facts.as_of:
            signals.setdefault(signal.actor_id, []).append(signal)
    wanted = [one for one in facts.actors.values() if one.id in signals or facts.is_party(one.id)]
    rows = []
    for actor in _grouped(facts, wanted):
        led = [one for one in facts.current_activities if one.lead_id == actor.id]
        said = sorted(signals.get(actor.id, []), key=lambda one: first_day(one.date))
        attitude = " ".join(part for part in (actor.fears, actor.needs) if part)
        behaviour = "; ".join([*(one.text for one in said), *(one.title for one in led)])
        contested = " ".join(part for part in (actor.positions, actor.interests) if part)
        acts = (*(("signals", s.id) for s in said), *(("activities", a.id) for a in led))
        cells = (
            Cell(CONFLICT_ROLES.label(actor.conflict_role)),
            _said(attitude),
            Cell(behaviour or tr("not recorded"), "" if behaviour else "gap", acts, behaviour),
            _said(contested),
        )
        rows.append(Row(Cell(facts.name(actor.id), targets=(("actors", actor.id),)), cells))
    return Grid(
        tr("Actor"),
        columns(
            tr("Group"),
            tr("Attitudes (fears, needs)"),
            tr("Behaviour (signals, activities)"),
            tr("Contradiction (positions, interests)"),
        ),
        tuple(rows),
        (),
        tr("No parties and no signals are recorded."),
    )


def _said(text: str) -> Cell:
    return Cell(text or tr("not recorded"), "" if text else "gap", more=text)


def two_views(facts: Facts) -> Grid:
    """Further views of the same field beside the team's own, a column for each holder."""
    claims = [
        one
        for one in cast("list[Claim]", list(facts.tables.table("claims").values()))
        if one.field in FIELDS.get(one.target_table, {})
    ]
    holders = sorted({one.view_of or tr("not named") for one in claims}, key=str.casefold)
    fields: dict[tuple[str, str, str], list[Claim]] = {}
    for one in claims:
        fields.setdefault((one.target_table, one.target_id, one.field), []).append(one)
    rows = []
    for table, record_id, name in sorted(
        fields, key=lambda key: (facts.tables.name_of(key[0], key[1]).casefold(), key[2])
    ):
        here = fields[table, record_id, name]
        target = (table, record_id)
        title = f"{facts.tables.name_of(*target)} · {FIELDS[table][name].title}"
        own = _own_value(facts, target, name)
        others = tuple(_claims_of(here, holder, own) for holder in holders)
        rows.append(Row(Cell(title, targets=(target,)), (Cell(own or tr("not recorded")), *others)))
    return Grid(
        tr("What"),
        columns(tr("The team"), *holders),
        tuple(rows),
        (),
        tr("No further views are recorded. Add them in the table “Further views”."),
    )


def _own_value(facts: Facts, target: tuple[str, str], name: str) -> str:
    record = facts.tables.get(*target)
    value = getattr(record, name, "")
    codes = FIELDS[target[0]][name].codes
    if isinstance(value, tuple):
        return ", ".join(codes.label(str(one)) if codes else str(one) for one in value)
    return codes.label(str(value)) if codes and value else str(value or "")


def _claims_of(claims: list[Claim], holder: str, own: str) -> Cell:
    mine = [one for one in claims if (one.view_of or tr("not named")) == holder]
    if not mine:
        return Cell("")
    text = "; ".join(one.value for one in mine)
    differs = any(one.value.strip().casefold() != own.strip().casefold() for one in mine)
    grades = ", ".join(f"{one.reliability}{one.credibility}" for one in mine)
    mark: Mark = "doubt" if differs else "good"
    return Cell(text, mark, tuple(("claims", one.id) for one in mine), f"{text} ({grades})")


VIEWS = (
    View(
        id="trust",
        name="Trust, both ways",
        question="Who trusts whom, and is it returned?",
        definition=(
            "The newest recorded level of trust in each direction as of the day, and the steps "
            "between the two; from the limit of warning W42 on it stands out."
        ),
        example=(
            "The elder trusts the envoy; the envoy has never written down how far that goes "
            "the other way."
        ),
        source="Chapter 1; C5",
        inputs=("trust", "actors"),
        records="trust",
        make=trust_both_ways,
    ),
    View(
        id="impartiality",
        name="Perceived impartiality",
        question="How do the parties see each third party?",
        definition="The newest recorded view of each conflict party on each third party.",
        example=(
            "The government sees the host as fair; the movement sees it leaning towards the "
            "government."
        ),
        source="Chapter 1, impartiality",
        inputs=("impartiality", "actors"),
        records="impartiality",
        make=perceived_impartiality,
    ),
    View(
        id="needs",
        name="Needs and fears",
        question="What does each actor say, want, need and fear?",
        definition="The four texts of each actor side by side; conflict parties are always listed.",
        example="Both sides demand the valley; one needs its water, one fears for its graves.",
        source="O2 (overview of positions, interests, needs)",
        inputs=("actors",),
        make=needs_and_fears,
    ),
    View(
        id="abc",
        name="Attitudes, behaviour, contradiction",
        question="What do the parties feel, do and contest?",
        definition=(
            "Attitudes from fears and needs, behaviour from recorded signals and led activities, "
            "contradiction from positions and interests."
        ),
        example=(
            "A commander fears arrest, moves his men at night, and asks for a seat on the council."
        ),
        source="Galtung’s triangle; R5",
        inputs=("actors", "signals", "activities"),
        records="signals",
        make=abc,
    ),
    View(
        id="two_views",
        name="Views side by side",
        question="Where do two analysts see the same thing differently?",
        definition=(
            "Every field with a further view, a column for each holder beside what the team "
            "holds; both may stand."
        ),
        example=(
            "One analyst holds that the movement wants autonomy, another that it wants "
            "independence."
        ),
        source="Limitations (perceptions are subjective)",
        inputs=("claims", "*"),
        records="claims",
        make=two_views,
    ),
)
