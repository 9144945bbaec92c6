"""The field catalogue: every field declared once.

Forms, tables, Excel columns, diff, search and redaction follow from it. Defaults are the record
types' own (`model.records`); here stand the things that a type cannot say: what kind of value it
is, how it is labelled, which list or table its codes come from, how two copies merge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from model.codes import CODE_LISTS
from model.records import TABLES
from resources.text import tr

if TYPE_CHECKING:
    from model.code_list import CodeList

FieldKind = Literal[
    "text",
    "long_text",
    "texts",
    "code",
    "codes",
    "date",
    "number",
    "integer",
    "money",
    "truth",
    "currency",
    "country",
    "reference",
    "references",
    "structure",
]
MergeRule = Literal["replace", "union", "ask"]


class FieldSpec(msgspec.Struct, frozen=True, kw_only=True):
    """What the software knows about one field.

    Attributes:
        table, name: where the field is.
        kind: how its values look and are edited.
        label, help: English source texts; show them through `title` and `hint`.
        list_name: code list of a code or codes field.
        target: table that a reference points to; "*" where the record names it itself.
        section: heading under which forms show it.
        merge: how two copies come together; "ask" never resolves by itself.
        searchable: whether free-text search looks into it.
        in_sheets: whether it is a column in tables and workbooks.
    """

    table: str
    name: str
    kind: FieldKind
    label: str
    help: str = ""
    list_name: str = ""
    target: str = ""
    section: str = "main"
    required: bool = False
    merge: MergeRule = "replace"
    searchable: bool = False
    in_sheets: bool = True

    @property
    def title(self) -> str:
        """The label in the user's language."""
        return tr(self.label)

    @property
    def hint(self) -> str:
        """The help text in the user's language, empty where the label says it all."""
        return tr(self.help) if self.help else ""

    @property
    def codes(self) -> CodeList | None:
        """The code list, for code and codes fields."""
        return CODE_LISTS[self.list_name] if self.list_name else None

    def target_in(self, record: object) -> str:
        """The table that the field of a record points into; "" where the record does not say."""
        if self.target != "*":
            return self.target
        name = "target_table" if self.name == "target_id" else "other_table"
        return str(getattr(record, name, ""))


class TableSpec(msgspec.Struct, frozen=True, kw_only=True):
    """How a table is called and which of its fields names a record."""

    name: str
    one: str
    many: str
    title_field: str = ""

    @property
    def title(self) -> str:
        """The plural in the user's language."""
        return tr(self.many)

    @property
    def singular(self) -> str:
        """The singular in the user's language."""
        return tr(self.one)


def _table(name: str, one: str, many: str, title_field: str = "") -> TableSpec:
    return TableSpec(name=name, one=one, many=many, title_field=title_field)


TABLE_SPECS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        _table("project", "Project", "Project", "title"),
        _table("tracks", "Track", "Tracks"),
        _table("actors", "Actor", "Actors", "name"),
        _table("roles", "Role", "Roles", "role"),
        _table("linkages", "Linkage", "Linkages", "kind"),
        _table("processes", "Process", "Processes", "name"),
        _table("phases", "Phase", "Phases", "label"),
        _table("milestones", "Milestone", "Milestones", "label"),
        _table("activities", "Activity", "Activities", "title"),
        _table("dependencies", "Dependency", "Dependencies"),
        _table("postings", "Posting", "Postings", "office"),
        _table("mandates", "Mandate", "Mandates", "text_reference"),
        _table("funding", "Funding line", "Funding"),
        _table("rates", "Exchange rate", "Exchange rates"),
        _table("trust", "Trust", "Trust"),
        _table("impartiality", "Perceived impartiality", "Perceived impartiality"),
        _table("consents", "Consent", "Consent"),
        _table("stances", "Stance", "Stances"),
        _table("dividers", "Divider or connector", "Dividers and connectors", "title"),
        _table("divider_tests", "Test against a divider", "Tests against dividers"),
        _table("signals", "Signal", "Signals", "text"),
        _table("answers", "Checklist answer", "Checklist answers", "item_id"),
        _table("checklist_items", "Own checklist item", "Own checklist items", "title"),
        _table("decisions", "Decision", "Decisions", "title"),
        _table("searches", "Search for a blind spot", "Searches for blind spots", "category"),
        _table("mutes", "Muted warning", "Muted warnings", "rule_id"),
        _table("notes", "Note", "Notes", "text"),
        _table("sources", "Source", "Sources", "title"),
        _table("claims", "Further view", "Further views", "value"),
        _table("groups", "Group", "Groups", "label"),
        _table("placements", "Placement", "Placements"),
        _table("views", "View", "Views", "title"),
        _table("baselines", "Baseline", "Baselines", "title"),
        _table("exports", "Export", "Exports", "audience"),
        _table("conflicts", "Open conflict", "Open conflicts", "field"),
        _table("recipes", "Recipe of a pack", "Recipes of packs", "title"),
    )
}

_LABELS = {
    "id": "Id",
    "tlp": "TLP label",
    "basis": "Basis",
    "reliability": "Source reliability",
    "credibility": "Credibility",
    "source_ref": "Source reference",
    "source_ids": "Sources",
    "seen_on": "Seen on",
    "notes": "Notes",
    "external": "Imported ids",
    "copy_id": "First save of the copy",
    "from_id": "From",
    "to_id": "To",
    "actor_id": "Actor",
    "actor_ids": "Actors",
    "parent_id": "Part of",
    "process_id": "Process",
    "phase_id": "Phase",
    "lead_id": "Lead",
    "co_lead_ids": "Co-leads",
    "party_id": "Conflict party",
    "party_ids": "Conflict parties",
    "participant_ids": "Participants",
    "institution_id": "Institution",
    "successor_id": "Successor",
    "holder_id": "Holder",
    "issuer_id": "Issuer",
    "donor_id": "Donor",
    "recipient_id": "Recipient",
    "activity_ids": "Activities",
    "activity_id": "Activity",
    "divider_id": "Divider or connector",
    "keeper_id": "Kept by (posting)",
    "third_party_id": "Third party",
    "mediator_id": "Mediator",
    "excluded_party_ids": "Parties excluded from contact",
    "member_ids": "Members",
    "depends_on": "Depends on",
    "target_table": "About (table)",
    "target_id": "About",
    "other_table": "And about (table)",
    "other_id": "And about",
    "lag_days": "Days between",
    "met": "Condition met",
    "into": "In",
    "as_of": "As of",
    "item_id": "Item",
    "alias_ids": "Shown under an alias",
    "view_of": "Whose view",
    "tracks": "Tracks",
    "level": "Level",
    "state": "State of consent",
    "scope": "Scope",
    "blind_spots": "Blind-spot category",
    "support_roles": "Diplomats’ support",
    "conflict_role": "Conflict role",
    "other_names": "Other names",
    "short_name": "Short name",
    "rationale": "Reason",
    "negative_consequences": "Possible negative consequences",
    "who_would_notice": "Who would notice first",
    "lead_consulted": "Lead consulted",
    "includes_coordination_budget": "Pays for coordination",
    "renewal": "Renewal likelihood",
    "tlp_default": "Default TLP label",
    "default_tlp": "Default TLP label",
    "community": "Who “community” is",
    "clients": "Who “clients” are",
    "fiscal_year_month": "Fiscal year starts in month",
    "chatham_house": "Chatham House Rule",
    "text_reference": "Text reference",
    "handover_overlap_days": "Hand-over overlap (days)",
    "handover_note": "Hand-over note",
    "party_role": "Role",
    "could_block": "Could block",
    "why": "Why",
    "flag_when": "Flag when",
    "flag_answers": "Answers that raise a flag",
    "set_name": "Set",
    "retired": "Asked no more",
    "rule_id": "Rule",
}
"""Labels that are not simply the field's name in words."""

_LISTS: dict[str | tuple[str, str], str] = {
    "tlp": "tlp",
    "default_tlp": "tlp",
    "basis": "basis",
    "reliability": "source_reliability",
    "credibility": "credibility",
    "tracks": "track",
    "conflict_role": "conflict_role",
    "support_roles": "support_role",
    "blind_spots": "blind_spot",
    "direction": "direction",
    "initiative": "initiative",
    "decision": "linkage_decision",
    "strength": "strength",
    "quality": "quality",
    "formality": "formality",
    "coordination_mode": "coordination_mode",
    "lead_consulted": "tristate",
    "security_review": "tristate",
    "flexible": "tristate",
    "includes_coordination_budget": "tristate",
    "could_block": "tristate",
    "earmarking": "earmarking",
    "flow_type": "flow_type",
    "tied_status": "tied_status",
    "renewal": "likelihood",
    "stance": "stance",
    "influence": "scale_0_4",
    "interest": "scale_0_4",
    "side": "divider_side",
    "answer": "checklist_answer",
    ("actors", "kind"): "actor_kind",
    ("actors", "level"): "level",
    ("actors", "scope"): "scope",
    ("roles", "role"): "third_party_role",
    ("linkages", "kind"): "linkage_kind",
    ("linkages", "status"): "linkage_status",
    ("phases", "kind"): "phase_kind",
    ("milestones", "kind"): "milestone_kind",
    ("activities", "kind"): "activity_kind",
    ("activities", "status"): "activity_status",
    ("dependencies", "kind"): "dependency_kind",
    ("dependencies", "met"): "tristate",
    ("funding", "status"): "funding_status",
    ("trust", "level"): "trust_level",
    ("impartiality", "view"): "impartiality_view",
    ("consents", "state"): "consent_state",
    ("dividers", "category"): "divider_category",
    ("divider_tests", "effect"): "divider_effect",
    ("answers", "scope"): "checklist_scope",
    ("checklist_items", "scope"): "checklist_scope",
    ("checklist_items", "phases"): "phase_kind",
    ("checklist_items", "flag_answers"): "checklist_answer",
    ("searches", "category"): "search_category",
    ("searches", "track"): "track",
}
"""Code list by field name, or by (table, field) where the name is used differently."""

_TARGETS = {
    "from_id": "actors",
    "to_id": "actors",
    "actor_id": "actors",
    "actor_ids": "actors",
    "parent_id": "actors",
    "process_id": "processes",
    "phase_id": "phases",
    "lead_id": "actors",
    "co_lead_ids": "actors",
    "party_id": "actors",
    "party_ids": "actors",
    "participant_ids": "actors",
    "institution_id": "actors",
    "successor_id": "postings",
    "holder_id": "actors",
    "issuer_id": "actors",
    "donor_id": "actors",
    "recipient_id": "actors",
    "activity_ids": "activities",
    "activity_id": "activities",
    "divider_id": "dividers",
    "keeper_id": "postings",
    "third_party_id": "actors",
    "mediator_id": "actors",
    "excluded_party_ids": "actors",
    "member_ids": "actors",
    "depends_on": "activities",
    "source_ids": "sources",
    "alias_ids": "actors",
    "target_id": "*",
    "other_id": "*",
}
_DATES = frozenset(
    {
        "seen_on",
        "as_of",
        "start",
        "end",
        "date",
        "planned_start",
        "planned_end",
        "consultation_date",
        "security_review_date",
        "last_confirmed",
        "review_date",
        "next_review",
        "renewal_date",
        "reviewed_on",
        "expires",
    }
)
_LONG_TEXTS = frozenset(
    {
        "notes",
        "summary",
        "positions",
        "interests",
        "needs",
        "fears",
        "added_value",
        "rationale",
        "expected_benefit",
        "negative_consequences",
        "who_would_notice",
        "mitigation",
        "reasoning",
        "evidence",
        "conditions",
        "options",
        "reason",
        "question",
        "evidence_prompt",
        "flag_when",
        "caption",
        "handover_note",
        "outcome",
        "override_reason",
    }
)
_KINDS: dict[str | tuple[str, str], FieldKind] = {
    "country": "country",
    "currency": "currency",
    "into": "currency",
    "amount": "money",
    "rate": "money",
    "other_names": "texts",
    "candidates": "texts",
    "order": "integer",
    "fiscal_year_month": "integer",
    "handover_overlap_days": "integer",
    "lag_days": "integer",
    "height": "number",
    "width": "number",
    "x": "number",
    "y": "number",
    "collapsed": "truth",
    "hidden": "truth",
    "pinned": "truth",
    "retired": "truth",
    "chatham_house": "truth",
    "thresholds": "structure",
    "external": "structure",
    "bends": "structure",
    "label_at": "structure",
    "filters": "structure",
    "styling": "structure",
    "camera": "structure",
    "values": "structure",
    "ids": "structure",
    "digests": "structure",
    "aliases": "structure",
    "sections": "structure",
    "told": "structure",
    "outputs": "structure",
    "target_state": "structure",
    "mark": "structure",
    ("notes", "text"): "long_text",
    ("signals", "text"): "long_text",
}
_REQUIRED = frozenset(
    {
        ("actors", "name"),
        ("linkages", "from_id"),
        ("linkages", "to_id"),
        ("processes", "name"),
        ("phases", "label"),
        ("milestones", "label"),
        ("activities", "title"),
        ("dependencies", "target_table"),
        ("dependencies", "target_id"),
        ("postings", "office"),
        ("roles", "actor_id"),
        ("mandates", "holder_id"),
        ("rates", "currency"),
        ("rates", "into"),
        ("rates", "rate"),
        ("rates", "date"),
        ("trust", "from_id"),
        ("trust", "to_id"),
        ("impartiality", "party_id"),
        ("impartiality", "third_party_id"),
        ("consents", "party_id"),
        ("stances", "actor_id"),
        ("dividers", "title"),
        ("divider_tests", "activity_id"),
        ("divider_tests", "divider_id"),
        ("signals", "text"),
        ("answers", "item_id"),
        ("checklist_items", "title"),
        ("decisions", "title"),
        ("searches", "category"),
        ("mutes", "rule_id"),
        ("notes", "text"),
        ("sources", "title"),
        ("views", "title"),
        ("baselines", "title"),
        ("recipes", "title"),
        ("conflicts", "target_table"),
        ("conflicts", "target_id"),
    }
)
_EVIDENCE_FIELDS = frozenset(
    {
        "tlp",
        "basis",
        "reliability",
        "credibility",
        "source_ref",
        "source_ids",
        "seen_on",
        "notes",
        "external",
    }
)
_HELP = {
    "start": "As exact as it is known: 2013, 2013-05, 2013-05-17, 2013-Q2, about 2013.",
    "end": "As exact as it is known; “open” where it has no planned end.",
    "rationale": "Why these two should be linked (seed, challenge 4).",
    "negative_consequences": "What harm the link may do, and to whom (seed, challenge 4).",
    "who_would_notice": "Who would be the first to see that harm is happening.",
    "decision": "Link, keep apart or wait: deciding not to link is a decision too.",
    "tlp": "Who may see this record (Traffic Light Protocol 2.0).",
    "basis": "Where the content comes from; what is not checked is marked everywhere.",
    "reliability": "Admiralty code of the source: A best, E worst, F not judged.",
    "credibility": "Admiralty code of the claim: 1 best, 5 worst, 6 not judged.",
    "lead_consulted": "Was the lead of the process consulted before contact with a party?",
    "security_review": "Were the risks to local participants reviewed with them?",
    "flow_type": "Kind of money in the terms of the IATI standard.",
    "tied_status": "Whether it must be spent on goods and services of certain countries.",
    "amount": "Leave empty when it is not known; unknown is not zero.",
    "rate": "What one unit was worth on that day; money is added only with a stated rate.",
    "holder": "A label or pseudonym is enough; no name is needed.",
    "conflict_role": "Does it contest the issue, fight beside one who does, or neither?",
}
_ALWAYS_ASK = frozenset(
    {
        ("answers", "answer"),
        ("funding", "start"),
        ("funding", "end"),
        ("funding", "amount"),
        ("rates", "rate"),
        ("linkages", "decision"),
        ("divider_tests", "effect"),
    }
)
_SEVERAL_CODES = frozenset({"tracks", "support_roles", "blind_spots", "phases", "flag_answers"})
_NOT_IN_SHEETS = frozenset(
    {"external", "bends", "label_at", "filters", "styling", "camera", "values", "ids"}
    | {"aliases", "sections", "told", "outputs"}
    | {"target_state", "mark", "digests"}
)


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _kind(table: str, name: str) -> FieldKind:
    special = _KINDS.get((table, name)) or _KINDS.get(name)
    if special:
        return special
    if name in _DATES:
        return "date"
    if name in _TARGETS:
        return "references" if name.endswith("_ids") or name == "depends_on" else "reference"
    if _list_of(table, name):
        plural = name in _SEVERAL_CODES
        return "codes" if plural else "code"
    return "long_text" if name in _LONG_TEXTS else "text"


def _list_of(table: str, name: str) -> str:
    return _LISTS.get((table, name)) or _LISTS.get(name) or ""


def _merge(table: str, name: str, kind: FieldKind) -> MergeRule:
    if (table, name) in _ALWAYS_ASK:
        return "ask"
    return "union" if kind in {"codes", "references", "texts"} or name == "external" else "replace"


def _spec(table: str, name: str) -> FieldSpec:
    kind = _kind(table, name)
    label = "Date" if name == "date" else _LABELS.get(name, _words(name))
    return FieldSpec(
        table=table,
        name=name,
        kind=kind,
        label=label,
        help=_HELP.get(name, ""),
        list_name=_list_of(table, name) if kind in {"code", "codes"} else "",
        target=_TARGETS.get(name, ""),
        section="evidence" if name in _EVIDENCE_FIELDS else "main",
        required=(table, name) in _REQUIRED,
        merge=_merge(table, name, kind),
        searchable=kind in {"text", "long_text", "texts"} and name != "id" and table != "conflicts",
        in_sheets=name not in _NOT_IN_SHEETS,
    )


def _own_fields_first(table: str) -> list[str]:
    names = list(TABLES[table].__struct_fields__)
    own = [name for name in names if name not in _EVIDENCE_FIELDS]
    return own + [name for name in names if name in _EVIDENCE_FIELDS]


FIELDS: dict[str, dict[str, FieldSpec]] = {
    table: {name: _spec(table, name) for name in _own_fields_first(table)} for table in TABLES
}
"""All fields by table and name; `id` first, then the table's own, then the evidence fields."""

REFERENCE_FIELDS: dict[str, tuple[FieldSpec, ...]] = {
    table: tuple(spec for spec in specs.values() if spec.kind in {"reference", "references"})
    for table, specs in FIELDS.items()
}


def field(table: str, name: str) -> FieldSpec:
    """The field of that name.

    Raises:
        KeyError: when table or field does not exist (a bug, not bad input).
    """
    return FIELDS[table][name]
