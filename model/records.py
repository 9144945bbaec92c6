"""The records of a project: frozen, one type per table, joined by identifiers.

Terms and code lists: domain.md part 1; binding points: design.md sections 1 and 9. ``None`` for
a date means "not known"; an open end is `model.dates.OPEN`. Codes are strings so that a newer
minor version's code survives; `model.integrity` refuses unknown ones on edit.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from model.dates import PartialDate


class ExternalRef(msgspec.Struct, frozen=True, gc=False):
    """The id that a record had where it came from: unique as (source, table, id)."""

    source: str
    table: str
    id: str


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every record has.

    Attributes:
        id: random identifier, without meaning.
        tlp: TLP 2.0 label of the whole record.
        basis: where the content comes from (`codes.BASES`); marks what is not checked.
        reliability, credibility: Admiralty grade of the record's main source (F and 6: not judged).
        source_ref: where the source says it, in free text.
        source_ids: records of the sources table.
        seen_on: when the source was read or the matter observed.
        external: ids in files it was imported from.
    """

    id: str
    tlp: str = "AMBER"
    basis: str = "own"
    reliability: str = "F"
    credibility: str = "6"
    source_ref: str = ""
    source_ids: tuple[str, ...] = ()
    seen_on: PartialDate | None = None
    notes: str = ""
    external: tuple[ExternalRef, ...] = ()


class Project(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Title and settings of the project; the table holds exactly one, with id ``project``."""

    title: str = ""
    summary: str = ""
    country: str = ""
    as_of: PartialDate | None = None
    community: str = ""
    clients: str = ""
    default_tlp: str = "AMBER"
    language: str = "en"
    fiscal_year_month: int = 1
    chatham_house: bool = False
    thresholds: dict[str, float] = msgspec.field(default_factory=dict)


class Track(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A band of the map; the id is the code of the track.

    A `name` is what the team calls the track; a hidden band is drawn again once somebody is on it.
    """

    order: int = 0
    height: float = 0.0
    collapsed: bool = False
    name: str = ""
    hidden: bool = False


class Actor(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who takes part: an organisation, office or group; never a named person by default."""

    name: str
    short_name: str = ""
    other_names: tuple[str, ...] = ()
    kind: str = "other"
    tracks: tuple[str, ...] = ()
    level: str = "unknown"
    scope: str = "unknown"
    conflict_role: str = "none"
    support_roles: tuple[str, ...] = ()
    parent_id: str = ""
    country: str = ""
    blind_spots: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    positions: str = ""
    interests: str = ""
    needs: str = ""
    fears: str = ""
    added_value: str = ""


class Role(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A third-party role that an actor has in a process for a period (unknown where empty)."""

    actor_id: str
    role: str = "none"
    process_id: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None


class Linkage(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A typed link between two actors, with its reason, its possible harm and the decision."""

    from_id: str
    to_id: str
    kind: str = "coordination"
    direction: str = "directed"
    initiative: str = "unknown"
    status: str = "unknown"
    decision: str = "undecided"
    start: PartialDate | None = None
    end: PartialDate | None = None
    strength: str = "unknown"
    quality: str = "unknown"
    formality: str = "unknown"
    keeper_id: str = ""
    last_confirmed: PartialDate | None = None
    rationale: str = ""
    expected_benefit: str = ""
    negative_consequences: str = ""
    who_would_notice: str = ""
    mitigation: str = ""
    decided_by: str = ""
    review_date: PartialDate | None = None
    bends: tuple[tuple[float, float], ...] = ()
    label_at: tuple[float, float] | None = None


class Process(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A dialogue or mediation process with its lead and conflict parties."""

    name: str
    tracks: tuple[str, ...] = ()
    lead_id: str = ""
    co_lead_ids: tuple[str, ...] = ()
    party_ids: tuple[str, ...] = ()
    coordination_mode: str = "unknown"
    start: PartialDate | None = None
    end: PartialDate | None = None


class Phase(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A phase of the conflict or process; phases overlap, repeat and relapse."""

    label: str
    kind: str = "unknown"
    process_id: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None


class Milestone(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A dated event that the plan turns on."""

    label: str
    kind: str = "unknown"
    process_id: str = ""
    date: PartialDate | None = None


class Activity(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What is done, by whom, with whom and when."""

    title: str
    kind: str = "other"
    tracks: tuple[str, ...] = ()
    lead_id: str = ""
    participant_ids: tuple[str, ...] = ()
    party_ids: tuple[str, ...] = ()
    process_id: str = ""
    phase_id: str = ""
    planned_start: PartialDate | None = None
    planned_end: PartialDate | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    status: str = "unknown"
    place: str = ""
    lead_consulted: str = "unknown"
    consultation_date: PartialDate | None = None
    security_review: str = "unknown"
    security_review_date: PartialDate | None = None
    security_reviewer: str = ""
    depends_on: tuple[str, ...] = ()


class Dependency(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What must wait for what: the target waits for the other one, or for a date.

    Attributes:
        target_table, target_id: what waits.
        other_table, other_id: what it waits for; empty where it waits for a date only.
        kind: finish_start, start_start, not_before (the date), only_if (the condition).
        lag_days: days that must lie between; negative where they may overlap.
        date: day before which the target must not begin.
        condition: what must be the case ("if Track I stalls").
        met: whether the condition is met.
    """

    target_table: str
    target_id: str
    other_table: str = ""
    other_id: str = ""
    kind: str = "finish_start"
    lag_days: int = 0
    date: PartialDate | None = None
    condition: str = ""
    met: str = "unknown"


class Posting(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Who holds an office, from when to when; the office and its holder are separate."""

    office: str
    institution_id: str = ""
    holder: str = ""
    role: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    term_note: str = ""
    successor_id: str = ""
    handover_overlap_days: int | None = None
    handover_note: str = ""
    tlp: str = "AMBER+STRICT"


class Mandate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What an actor may do, with whom and until when."""

    holder_id: str
    issuer_id: str = ""
    text_reference: str = ""
    process_id: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    renewal_date: PartialDate | None = None
    excluded_party_ids: tuple[str, ...] = ()


class FundingLine(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Money from a donor to a recipient for activities; an unknown amount is not zero."""

    donor_id: str = ""
    recipient_id: str = ""
    activity_ids: tuple[str, ...] = ()
    amount: Decimal | None = None
    currency: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None
    status: str = "unknown"
    earmarking: str = "unknown"
    flexible: str = "unknown"
    includes_coordination_budget: str = "unknown"
    flow_type: str = "unknown"
    tied_status: str = "unknown"
    renewal: str = "unknown"
    conditions: str = ""


class ExchangeRate(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What one unit of a currency was worth in another on a day, as somebody has stated it."""

    currency: str
    into: str
    rate: Decimal | None = None
    date: PartialDate | None = None


class Trust(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How far one actor trusts another, on a day, in whose view."""

    from_id: str
    to_id: str
    level: str = "unknown"
    date: PartialDate | None = None
    view_of: str = ""


class Impartiality(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How a conflict party perceives a third party."""

    party_id: str
    third_party_id: str
    view: str = "unknown"
    date: PartialDate | None = None
    view_of: str = ""


class Consent(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A party's consent to a process or mediator."""

    party_id: str
    process_id: str = ""
    mediator_id: str = ""
    state: str = "unknown"
    date: PartialDate | None = None
    form: str = ""


class Stance(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Influence, interest and stance of an actor towards a process (each 0-4 or unknown)."""

    actor_id: str
    process_id: str = ""
    stance: str = "unknown"
    influence: str = "unknown"
    interest: str = "unknown"
    could_block: str = "unknown"
    date: PartialDate | None = None
    view_of: str = ""


class Divider(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A divider or connector between groups."""

    title: str
    side: str = "divider"
    category: str = "systems"
    actor_ids: tuple[str, ...] = ()
    reviewed_on: PartialDate | None = None


class DividerTest(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What an activity does to a divider or connector, as somebody judged it on a day."""

    activity_id: str
    divider_id: str
    effect: str = "unknown"
    reasoning: str = ""
    options: str = ""
    reviewer_role: str = ""
    date: PartialDate | None = None


class Signal(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A dated statement or sign worth remembering."""

    text: str
    actor_id: str = ""
    date: PartialDate | None = None


class Answer(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An answer to a checklist item about the project, an actor, a linkage or an activity.

    ``target_table`` is "" for the project, else "actors", "linkages" or "activities".
    ``target_state`` is the fingerprint of the target when it was answered
    (`model.donoharm.fingerprint`); another one now means that the answer is out of date.
    """

    item_id: str
    scope: str = "project"
    target_table: str = ""
    target_id: str = ""
    answer: str = "unknown"
    reasoning: str = ""
    evidence: str = ""
    mitigation: str = ""
    reviewer_role: str = ""
    review_date: PartialDate | None = None
    next_review: PartialDate | None = None
    target_state: str = ""


class ChecklistItem(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A checklist item of the project's own, beside the 40 shipped ones.

    ``flag_answers`` are the answers that raise a red flag. ``set_name`` says which set it came
    with, ``order`` where it stands among the own items. A retired item is asked no more; what was
    answered to it stays.
    """

    title: str
    scope: str = "project"
    question: str = ""
    why: str = ""
    evidence_prompt: str = ""
    flag_when: str = ""
    flag_answers: tuple[str, ...] = ("no",)
    phases: tuple[str, ...] = ()
    set_name: str = ""
    order: int = 0
    retired: bool = False


class Decision(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An entry of the append-only decision log."""

    title: str
    date: PartialDate | None = None
    decided_by: str = ""
    options: str = ""
    reason: str = ""
    target_table: str = ""
    target_id: str = ""


class Search(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A blind-spot category that was looked for: "searched, none found, on this day"."""

    category: str
    track: str = ""
    outcome: str = ""
    date: PartialDate | None = None


class Mute(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A warning set aside, with reason, author role and expiry; it is still exported.

    The second target is for rules about pairs, such as two processes or a party and a process.
    """

    rule_id: str
    target_table: str = ""
    target_id: str = ""
    other_table: str = ""
    other_id: str = ""
    reason: str = ""
    author_role: str = ""
    expires: PartialDate | None = None


class Note(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A note pinned to a record, or free on the map where the target is empty."""

    text: str
    target_table: str = ""
    target_id: str = ""
    author_role: str = ""
    date: PartialDate | None = None


class Source(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A source that claims rest on."""

    title: str
    kind: str = ""
    reference: str = ""
    date: PartialDate | None = None


class Claim(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A further view of one field of a record: whose view, from which source (design 9.2)."""

    target_table: str
    target_id: str
    field: str
    value: str = ""
    view_of: str = ""
    date: PartialDate | None = None


class Group(Record, frozen=True, kw_only=True, omit_defaults=True):
    """An outline on the map; a contact group's outline names the actor that it stands for."""

    label: str = ""
    actor_id: str = ""
    member_ids: tuple[str, ...] = ()
    collapsed: bool = False


class Placement(Record, frozen=True, kw_only=True, omit_defaults=True):
    """Where a card or note lies on the map, in project units; the id is that of the thing.

    (x, y) is the top left corner; y counts from the top of the band of the actor's first track, so
    that bands can grow, appear or move and carry their cards along (`model.drawing.bands`). A
    width makes a card as wide as others; 0 leaves it to its words. For the places of notes see
    `model.drawing.notes`.
    """

    x: float = 0.0
    y: float = 0.0
    pinned: bool = False
    width: float = 0.0


class View(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A saved view: filter, date, styling and camera; views never own things."""

    title: str
    order: int = 0
    as_of: PartialDate | None = None
    filters: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    styling: dict[str, str] = msgspec.field(default_factory=dict)
    camera: tuple[float, float, float] | None = None
    caption: str = ""


class Baseline(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A named snapshot of dates and money: (table, record id, field, value as text)."""

    title: str
    date: PartialDate | None = None
    values: tuple[tuple[str, str, str, str], ...] = ()


class ExportRun(Record, frozen=True, kw_only=True, omit_defaults=True):
    """What went out to whom: the map from exported ids to records stays in this file only.

    Attributes:
        ids: exported id to "table/id" here.
        copy_id: first save of a shared copy, by which it is recognised when it comes back.
        mark: the mark that the exported workbook bears (`model.returning.exported`).
        digests: what the exported values were, without the values themselves.
    """

    audience: str = ""
    recipe: str = ""
    date: PartialDate | None = None
    override_reason: str = ""
    ids: dict[str, str] = msgspec.field(default_factory=dict)
    aliases: dict[str, str] = msgspec.field(default_factory=dict)
    copy_id: str = ""
    mark: str = ""
    digests: dict[str, str] = msgspec.field(default_factory=dict)


class PackRecipe(Record, frozen=True, kw_only=True, omit_defaults=True):
    """How a pack is put together; `told` is what it and its sections were told ("page=letter")."""

    title: str
    sections: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    alias_ids: tuple[str, ...] = ()


class OpenConflict(Record, frozen=True, kw_only=True, omit_defaults=True):
    """A difference between two merged copies that nobody has decided yet; it stays flagged.

    The record that it is about holds one of the values. An empty ``field`` asks whether the
    record is to stay at all: one copy removed it, the other changed or used it.

    Attributes:
        base: value before the copies parted, as JSON; empty where that is not known.
        candidates: the values that compete, as JSON, in no order that tells whose they are.
    """

    target_table: str
    target_id: str
    field: str = ""
    base: str = ""
    candidates: tuple[str, ...] = ()


TABLES: dict[str, type[Record]] = {
    "project": Project,
    "tracks": Track,
    "actors": Actor,
    "roles": Role,
    "linkages": Linkage,
    "processes": Process,
    "phases": Phase,
    "milestones": Milestone,
    "activities": Activity,
    "dependencies": Dependency,
    "postings": Posting,
    "mandates": Mandate,
    "funding": FundingLine,
    "rates": ExchangeRate,
    "trust": Trust,
    "impartiality": Impartiality,
    "consents": Consent,
    "stances": Stance,
    "dividers": Divider,
    "divider_tests": DividerTest,
    "signals": Signal,
    "answers": Answer,
    "checklist_items": ChecklistItem,
    "decisions": Decision,
    "searches": Search,
    "mutes": Mute,
    "notes": Note,
    "sources": Source,
    "claims": Claim,
    "groups": Group,
    "placements": Placement,
    "views": View,
    "baselines": Baseline,
    "exports": ExportRun,
    "conflicts": OpenConflict,
    "recipes": PackRecipe,
}
"""Table name to record type, in the order in which files and workbooks list them."""

PROJECT_ID = "project"
