"""The order in which the inspector shows fields, table by table.

The texts that make people think come first (design: every linkage carries its reason and its
possible negative consequences); where a claim comes from comes last and can be folded away.
"""

from __future__ import annotations

import msgspec

from model.fields import FIELDS
from resources.text import tr

HIDDEN = frozenset(
    {"id", "bends", "label_at", "thresholds", "filters", "styling", "camera", "values", "ids"}
    | {"target_state", "target_table", "other_table"}
)


class Part(msgspec.Struct, frozen=True):
    """A headed group of fields; English title, show it through `label`.

    The heading of a part that counts says how many of its fields are filled.
    """

    title: str
    names: tuple[str, ...]
    is_open: bool = True
    counts: bool = False

    @property
    def label(self) -> str:
        """The title in the user's language."""
        return tr(self.title)


_FIRST: dict[str, tuple[Part, ...]] = {
    "actors": (
        Part("Who", ("name", "short_name", "kind", "tracks", "level", "scope", "conflict_role")),
        Part(
            "How they see it",
            ("positions", "interests", "needs", "fears", "added_value"),
            is_open=False,
        ),
    ),
    "linkages": (
        Part(
            "Do no harm",
            (
                *("rationale", "expected_benefit", "negative_consequences", "who_would_notice"),
                *("mitigation", "decision", "decided_by", "review_date"),
            ),
            counts=True,
        ),
        Part(
            "Linkage",
            (
                *("from_id", "to_id", "kind", "direction", "initiative", "status"),
                *("start", "end"),
            ),
        ),
        Part(
            "How it works",
            ("strength", "quality", "formality", "keeper_id", "last_confirmed"),
            is_open=False,
        ),
    ),
    "activities": (
        Part("What", ("title", "kind", "tracks", "lead_id", "participant_ids", "party_ids")),
        Part("When", ("status", "start", "end", "planned_start", "planned_end")),
        Part(
            "Consultation and safety",
            (
                *("lead_consulted", "consultation_date", "security_review"),
                *("security_review_date", "security_reviewer"),
            ),
        ),
    ),
    "project": (
        Part("Project", ("title", "summary", "country", "as_of", "language")),
        Part("Confidentiality", ("default_tlp", "community", "clients", "chatham_house")),
    ),
}


def arrangement(table: str) -> tuple[Part, ...]:
    """The parts of a table's form; every field of the catalogue that can be shown is in one."""
    first = _FIRST.get(table, ())
    taken = {name for part in first for name in part.names}
    names = [name for name in FIELDS[table] if name not in taken | HIDDEN]
    main = tuple(name for name in names if FIELDS[table][name].section == "main")
    evidence = tuple(name for name in names if FIELDS[table][name].section == "evidence")
    rest = (Part("More" if first else "Details", main, is_open=not first),) if main else ()
    return (*first, *rest, Part("Evidence", evidence, is_open=False))
