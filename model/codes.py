"""The code lists of the field: every code that a record may hold, with its label.

Sources: domain.md 1.1-1.11, which cites the seed, UCDP, PA-X/PAA-X, the IATI code lists,
TLP 2.0 and the Admiralty code. Codes are stable in files; labels are for people and go through
the translation function when they are shown.
"""

from __future__ import annotations

from model.code_list import CodeList
from model.code_list import code_list as _list

ACTOR_KINDS = _list(
    "actor_kind",
    """
    state | State
    diplomatic_mission | Diplomatic mission
    armed_forces | Armed forces or police
    subnational_authority | Subnational authority
    legislature | Legislature
    transitional_authority | Transitional authority
    political_party | Political party
    armed_group | Armed group
    armed_coalition | Armed coalition
    negotiation_panel | Negotiation panel
    un_body | UN body
    regional_organisation | Regional organisation
    other_igo | Other intergovernmental body
    contact_group | Contact group
    peace_operation | Peace operation
    mediator_office | Mediator’s office
    mso | Mediation support organisation
    ingo | International NGO
    national_ngo | National NGO
    cso_network | Civil society network
    womens_organisation | Women’s organisation
    youth_organisation | Youth organisation
    faith_actor | Faith actor
    traditional_leader | Traditional leader
    insider_mediator | Insider mediator
    local_mechanism | Local mechanism
    private_sector | Private sector
    joint_mechanism | Joint mechanism
    funding_body | Funding body
    research_body | Research body
    media | Media
    community | Community
    diaspora_or_victims | Diaspora or victims
    other | Other
    """,
)
TRACKS = _list(
    "track",
    """
    T1 | Track I
    T1.5 | Track 1.5
    T2 | Track II
    T3 | Track III
    unknown | Track not known
    """,
)
LEVELS = _list(
    "level",
    """
    unknown | Not known
    top | Top
    middle | Middle range
    grassroots | Grassroots
    """,
)
SCOPES = _list(
    "scope",
    """
    unknown | Not known
    international | International
    regional | Regional
    national | National
    subnational | Subnational
    local | Local
    """,
)
CONFLICT_ROLES = _list(
    "conflict_role",
    """
    none | Not a conflict party
    primary_party | Primary party
    secondary_party | Secondary party
    non_signatory_armed | Armed, outside the process
    unknown | Not known
    """,
)
THIRD_PARTY_ROLES = _list(
    "third_party_role",
    """
    lead_mediator | Lead mediator
    co_mediator | Co-mediator
    facilitator | Facilitator
    mediation_support | Mediation support
    technical_adviser | Technical adviser
    negotiation_support | Negotiation support to one party
    coordinator | Coordinator
    contact_group_member | Contact group member
    host | Host
    good_offices | Good offices
    back_channel | Back channel
    insider_mediator | Insider mediator
    guarantor | Guarantor
    witness | Witness
    observer | Observer
    monitor | Monitor
    protection_provider | Protection provider
    capacity_builder | Capacity builder
    implementer | Implementer
    donor | Donor
    none | None
    """,
)
SUPPORT_ROLES = _list(
    "support_role",
    """
    host_venue | Hosts, offers a venue
    safe_access | Safe access
    incentives | Incentives
    leverage_pressure | Leverage or pressure
    public_statement | Public statement
    back_channel | Back channel
    good_offices | Good offices
    information_sharing | Information sharing
    access_convening | Access and convening
    funding | Funding
    logistics_communication | Logistics and communication
    observer_monitor | Observer or monitor
    implementation_push | Push for implementation
    prevent_parallel | Prevents parallel processes
    ripening | Helps parties become ready
    """,
)
BLIND_SPOTS = _list(
    "blind_spot",
    """
    private_sector | Private sector
    traditional_leader | Traditional leaders
    national_mechanism | National mechanisms
    local_mechanism | Local mechanisms
    """,
)
SEARCH_CATEGORIES = _list(
    "search_category",
    """
    private_sector | Private sector
    traditional_leader | Traditional leaders
    national_mechanism | National mechanisms
    local_mechanism | Local mechanisms
    womens_organisation | Women’s organisations
    youth_organisation | Youth organisations
    faith_actor | Faith actors
    donor_diplomat | Diplomats of donors
    other_diplomat | Diplomats of others
    regional_power | Regional powers
    """,
)
"""What can be recorded as looked for: blind spots, the groups of rule W23, outsiders (C3)."""
LINKAGE_KINDS = _list(
    "linkage_kind",
    """
    mandate | Mandate
    representation | Representation
    oversight | Oversight
    membership | Membership
    successor_of | Successor of
    split_from | Split from
    co_chair | Co-chair
    facilitation | Facilitation
    coordination | Coordination
    consultation | Consultation
    information_sharing | Information sharing
    advisory_support | Advisory support
    capacity_building | Capacity building
    participation | Participation
    hosting | Hosting
    observation | Observation
    competition | Competition
    communication_channel | Communication channel
    back_channel | Back channel
    negotiation | Negotiation
    funding | Funding
    influence | Influence
    alliance | Alliance
    adversarial | Adversarial
    """,
)
LINKAGE_GROUPS: dict[str, tuple[str, ...]] = {
    "authority": (
        "mandate",
        "representation",
        "oversight",
        "membership",
        "successor_of",
        "split_from",
        "co_chair",
    ),
    "work": (
        "facilitation",
        "coordination",
        "consultation",
        "information_sharing",
        "advisory_support",
        "capacity_building",
        "participation",
        "hosting",
        "observation",
        "competition",
    ),
    "contact": ("communication_channel", "back_channel", "negotiation"),
    "power": ("funding", "influence", "alliance", "adversarial"),
}
LINKAGE_GROUP_NAMES = _list(
    "linkage_group",
    """
    authority | Authority
    work | Work
    contact | Contact
    power | Power
    """,
)
DIRECTIONS = _list("direction", "directed | Directed\nundirected | Both ways")
INITIATIVES = _list(
    "initiative",
    """
    unknown | Not known
    top_down | Top down
    bottom_up | Bottom up
    lateral | Lateral
    na | Not applicable
    """,
)
FORMALITIES = _list(
    "formality",
    """
    unknown | Not known
    formal | Formal
    informal | Informal
    ad_hoc | Ad hoc
    """,
)
STRENGTHS = _list(
    "strength",
    """
    unknown | Not known
    0 | None
    1 | Weak
    2 | Medium
    3 | Strong
    """,
)
QUALITIES = _list(
    "quality",
    """
    unknown | Not known
    -2 | Hostile
    -1 | Strained
    0 | Neutral
    +1 | Working
    +2 | Trusted
    """,
)
LINKAGE_STATUSES = _list(
    "linkage_status",
    """
    idea | Idea
    planned | Planned
    agreed | Agreed
    active | Active
    ended | Ended
    unknown | Not known
    """,
)
LINKAGE_DECISIONS = _list(
    "linkage_decision",
    """
    undecided | Not decided
    link | Link
    keep_apart | Keep apart
    wait | Wait
    """,
)
COORDINATION_MODES = _list(
    "coordination_mode",
    """
    unknown | Not known
    hierarchical_lead | One recognised lead
    network | Network, shared division of labour
    nationally_led | Nationally led
    none | None
    """,
)
PHASE_KINDS = _list(
    "phase_kind",
    """
    conflict | Conflict
    pre_talks | Pre-talks
    talks | Talks
    agreement | Agreement
    implementation | Implementation
    recovery | Recovery
    unknown | Not known
    """,
)
MILESTONE_KINDS = _list(
    "milestone_kind",
    """
    unknown | Not known
    agreement | Agreement
    ceasefire | Ceasefire
    mandate_change | Change of mandate
    election | Election
    coup | Coup
    deadline | Deadline
    leadership_change | Change of leadership
    donor_decision | Donor decision
    anniversary | Anniversary
    incident | Incident
    """,
)
ACTIVITY_KINDS = _list(
    "activity_kind",
    """
    pre_talks_contact | Pre-talks contact
    shuttle | Shuttle
    negotiation_round | Negotiation round
    back_channel | Back channel
    consultation | Consultation
    dialogue_forum | Dialogue forum
    community_dialogue | Community dialogue
    national_dialogue | National dialogue
    local_mediation | Local mediation
    technical_advice | Technical advice
    training | Training
    briefing | Briefing
    coordination_meeting | Coordination meeting
    conflict_analysis | Conflict analysis
    learning_space | Learning space
    joint_statement | Joint statement
    public_statement | Public statement
    signing | Signing
    mandate_decision | Decision on a mandate
    monitoring | Monitoring
    protection | Protection
    humanitarian | Humanitarian
    sanction_or_incentive | Sanction or incentive
    implementation_support | Implementation support
    transitional_justice | Transitional justice
    other | Other
    """,
)
ONE_OFF_ACTIVITY_KINDS = frozenset(
    {"signing", "joint_statement", "public_statement", "mandate_decision"}
)
ACTIVITY_STATUSES = _list(
    "activity_status",
    """
    unknown | Not known
    pipeline | Pipeline
    implementation | Under way
    finalisation | Finalisation
    closed | Closed
    cancelled | Cancelled
    suspended | Suspended
    """,
)
DEPENDENCY_KINDS = _list(
    "dependency_kind",
    "finish_start | Begins after the other ends\nstart_start | Begins after the other begins\n"
    "not_before | Not before a date\nonly_if | Only if",
)
TRISTATES = _list(
    "tristate",
    """
    unknown | Not known
    yes | Yes
    no | No
    na | Not applicable
    """,
)
FUNDING_STATUSES = _list(
    "funding_status", "unknown | Not known\nindicative | Indicative\ncommitted | Committed"
)
EARMARKINGS = _list(
    "earmarking",
    """
    unknown | Not known
    unearmarked | Unearmarked
    softly_earmarked | Softly earmarked
    earmarked | Earmarked
    tightly_earmarked | Tightly earmarked
    """,
)
FLOW_TYPES = _list(
    "flow_type",
    """
    unknown | Not known
    oda | Official development assistance
    oof | Other official flow
    export_credit | Officially supported export credit
    private_development | Private development finance
    private_market | Private, at market terms
    non_flow | No flow
    other | Other
    """,
)
TIED_STATUSES = _list(
    "tied_status",
    """
    unknown | Not known
    untied | Untied
    partially_tied | Partially tied
    tied | Tied
    """,
)
LIKELIHOODS = _list(
    "likelihood",
    """
    unknown | Not known
    unlikely | Unlikely
    possible | Possible
    likely | Likely
    certain | Certain
    """,
)
TRUST_LEVELS = _list(
    "trust_level",
    """
    unknown | Not known
    0 | None
    1 | Low
    2 | Conditional
    3 | Working
    4 | High
    """,
)
IMPARTIALITY_VIEWS = _list(
    "impartiality_view",
    """
    unknown | Not known
    partisan_against | Partisan against us
    leans_against | Leans against us
    impartial | Impartial
    leans_towards | Leans towards us
    partisan_for | Partisan for us
    """,
)
CONSENT_STATES = _list(
    "consent_state",
    """
    unknown | Not known
    given_formal | Given, formal
    given_informal | Given, informal
    fading | Fading
    withdrawn | Withdrawn
    refused | Refused
    not_asked | Not asked
    """,
)
STANCES = _list(
    "stance",
    """
    unknown | Not known
    supports | Supports
    conditional | Conditional
    undecided | Undecided
    opposes | Opposes
    """,
)
SCALE_0_4 = _list(
    "scale_0_4",
    """
    unknown | Not known
    0 | None
    1 | Low
    2 | Medium
    3 | High
    4 | Very high
    """,
)
DIVIDER_SIDES = _list("divider_side", "divider | Divider\nconnector | Connector")
DIVIDER_CATEGORIES = _list(
    "divider_category",
    """
    systems | Systems and institutions
    attitudes | Attitudes and actions
    values | Values and interests
    experiences | Experiences
    symbols | Symbols and occasions
    """,
)
DIVIDER_EFFECTS = _list(
    "divider_effect",
    """
    strengthens | Strengthens it
    none | No effect
    weakens | Weakens it
    unknown | Not known
    """,
)
CHECKLIST_SCOPES = _list(
    "checklist_scope",
    """
    project | Project
    actor | Actor
    linkage | Linkage
    activity | Activity
    invitation | Invitation
    export | Export
    """,
)
CHECKLIST_ANSWERS = _list(
    "checklist_answer",
    """
    unknown | Unknown
    yes | Yes
    partly | Partly
    no | No
    na | Not applicable
    """,
)
TLP_LABELS = _list(
    "tlp",
    """
    CLEAR | TLP:CLEAR
    GREEN | TLP:GREEN
    AMBER | TLP:AMBER
    AMBER+STRICT | TLP:AMBER+STRICT
    RED | TLP:RED
    """,
)
SOURCE_RELIABILITIES = _list(
    "source_reliability",
    """
    F | F – cannot be judged
    A | A – completely reliable
    B | B – usually reliable
    C | C – fairly reliable
    D | D – not usually reliable
    E | E – unreliable
    """,
)
CREDIBILITIES = _list(
    "credibility",
    """
    6 | 6 – cannot be judged
    1 | 1 – confirmed by others
    2 | 2 – probably true
    3 | 3 – possibly true
    4 | 4 – doubtful
    5 | 5 – improbable
    """,
)
BASES = _list(
    "basis",
    """
    own | Own work
    seed | Seed document
    public_checked | Public, checked
    public_memory | Not checked
    illustrative | Illustrative
    """,
)
"""Where a record comes from; the last two are shown as marks everywhere and in each export."""

CODE_LISTS: dict[str, CodeList] = {
    entry.name: entry for entry in tuple(globals().values()) if isinstance(entry, CodeList)
}


def linkage_group(kind: str) -> str:
    """The group (authority, work, contact, power) that a linkage kind belongs to."""
    return next((group for group, kinds in LINKAGE_GROUPS.items() if kind in kinds), "work")


def tlp_text(label: str) -> str:
    """The label as the standard writes it, never translated: ``TLP:AMBER+STRICT``."""
    return f"TLP:{label}"


def tlp_rank(label: str) -> int:
    """0 for CLEAR up to 4 for RED; unknown labels count as RED (safe side)."""
    return min(TLP_LABELS.rank(label), 4)
