"""A merge in words: what a conflict asks, and values as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from model.codes import tlp_text
from model.dates import PartialDate
from model.document import Snapshot
from model.fields import FIELDS, TABLE_SPECS
from model.merge.conflicts import Conflict
from model.merge.values import UNSURE
from model.naming import name_of
from model.patch import RecordChange
from model.records import TABLES, ExternalRef, Record
from model.timeline.wording import date_text
from resources.text import plural, tr

if TYPE_CHECKING:
    from model.fields import FieldSpec
    from model.merge.duplicates import PossibleDuplicate
    from model.merge.threeway import MergePlan
    from model.tables import Tables


def all_names(ours: Tables, plan: MergePlan) -> Tables:
    """Both copies together, to name what only one of them has."""
    return Snapshot({name: {**plan.theirs.get(name, {}), **ours.table(name)} for name in TABLES}, 0)


def record_words(names: Tables, table: str, record_id: str) -> str:
    """What a record is and how it is called."""
    what = TABLE_SPECS[table].singular
    name = name_of(names, table, record_id)
    words = what if name == what else tr("{what}: {name}", what=what, name=name)
    record = names.get(table, record_id)
    target = str(getattr(record, "target_table", ""))
    if not target or target == "project" or target not in TABLES:
        return words
    about = name_of(names, target, str(getattr(record, "target_id", "")))
    return tr("{record} (about {name})", record=words, name=about)


def field_words(conflict: Conflict) -> str:
    """Which field a conflict is about, or what is asked about the whole record."""
    if conflict.field:
        return FIELDS[conflict.table][conflict.field].title
    return tr("Keep or remove")


def question_words(conflict: Conflict) -> str:
    """Why a conflict cannot be decided without a person."""
    if conflict.field:
        if conflict.base is UNSURE:
            return tr("The copies differ here, and what stood here before is not known.")
        return tr("Both copies changed this, or something that belongs together with it.")
    here = conflict.ours is not None
    if here and conflict.theirs is not None:
        return tr("One copy removed it, the other changed it.")
    sentences = {
        ("removed", True): tr("The other copy removed it; yours changed it."),
        ("removed", False): tr("Your copy removed it; the other changed it."),
        ("needed", True): tr(
            "The other copy removed it, but something of yours still refers to it."
        ),
        ("needed", False): tr(
            "Your copy removed it, but something in the other still refers to it."
        ),
        ("one_side", True): tr(
            "Only your copy has it: it is new here, or was removed in the other."
        ),
        ("one_side", False): tr(
            "Only the other copy has it: it is new there, or was removed here."
        ),
    }
    return sentences[conflict.kind, here]


def value_words(names: Tables, conflict: Conflict, value: Any) -> str:
    """One of the values of a conflict."""
    if value is UNSURE:
        return tr("Not known")
    if not conflict.field:
        return _presence_words(conflict, value)
    spec = FIELDS[conflict.table][conflict.field]
    return _field_words(names, conflict, spec, value) or tr("Empty")


def _presence_words(conflict: Conflict, value: Any) -> str:
    """Whether a side has the record, and which fields it changed."""
    if value is None:
        return tr("Removed")
    base = conflict.base
    names = [] if base is UNSURE or base is value else RecordChange(
        conflict.table, conflict.id, base, value
    ).touched()  # fmt: skip
    fields = ", ".join(FIELDS[conflict.table][name].title for name in names)
    return tr("Kept; changed: {fields}", fields=fields) if fields else tr("Kept")


def _field_words(names: Tables, conflict: Conflict, spec: FieldSpec, value: Any) -> str:
    values = value if isinstance(value, tuple) else (value,)
    if spec.codes is not None:
        return "; ".join(spec.codes.label(str(code)) for code in values if code)
    if spec.target:
        record = names.get(conflict.table, conflict.id)
        own = str(getattr(record, "target_table", "")) if record is not None else ""
        table = own if spec.target == "*" else spec.target
        return "; ".join(name_of(names, table, one) for one in values if one)
    return plain_words(value)


def plain_words(value: Any) -> str:
    """A value that is neither a code nor a reference."""
    match value:
        case None:
            text = tr("Not known")
        case PartialDate():
            text = date_text(value)
        case bool():
            text = tr("Yes") if value else tr("No")
        case Decimal():
            text = f"{value:f}"
        case float():
            text = f"{value:g}"
        case tuple():
            text = "; ".join(plain_words(one) for one in value)
        case Mapping():
            text = "; ".join(f"{key}={plain_words(one)}" for key, one in value.items())
        case ExternalRef():
            text = f"{value.source}/{value.table}/{value.id}"
        case _:
            text = str(value)
    return text


def change_words(names: Tables, change: RecordChange) -> str:
    """What happens to a record of ours, with the fields that change."""
    words = record_words(names, change.table, change.id)
    if change.before is None or change.after is None:
        return words
    fields = ", ".join(FIELDS[change.table][name].title for name in change.touched())
    return tr("{record} ({fields})", record=words, fields=fields)


def duplicate_words(names: Tables, duplicate: PossibleDuplicate) -> str:
    """Why two records look like the same thing."""
    first = record_words(names, duplicate.table, duplicate.ours)
    second = name_of(names, duplicate.table, duplicate.theirs)
    if duplicate.reason == "external":
        text = tr("{first} and “{second}” were imported from the same row.", first=first,
                  second=second)  # fmt: skip
    else:
        text = tr("{first} was added in both copies, alike in every field.", first=first)
    return text


def summary_words(plan: MergePlan) -> str:
    """The plan in one sentence."""
    if plan.is_empty:
        return tr("The other copy brings nothing new.")
    parts = [
        plural("{count} record added", "{count} records added", _told(plan, plan.added)),
        plural("{count} changed", "{count} changed", _told(plan, plan.changed)),
        plural("{count} removed", "{count} removed", _told(plan, plan.removed)),
        plural("{count} conflict", "{count} conflicts", len(plan.to_decide)),
    ]
    return ", ".join(parts) + "."


def _told(plan: MergePlan, changes: tuple[RecordChange, ...]) -> int:
    """How many changes are counted: not places on the map, nor what is asked about anyway."""
    asked = {one.key[:2] for one in plan.conflicts if not one.field}
    return sum(one.table != "placements" and (one.table, one.id) not in asked for one in changes)


def base_words(plan: MergePlan) -> str:
    """What the merge starts from."""
    if plan.shared_for:
        comes_back = tr(
            "This copy was shared for {audience} and comes back: what was changed in it counts, "
            "and what was withheld from it stays as it is.",
            audience=tlp_text(plan.shared_for),
        )
        if plan.has_base:
            return comes_back
        return (
            comes_back
            + " "
            + tr("How it was shared is no longer known, so every difference is asked about.")
        )
    if plan.has_base:
        return tr("Compared with the last state that both copies have in common.")
    return tr(
        "No state that both copies have in common was found, so every difference is asked about "
        "and nothing is removed."
    )


def field_value(names: Tables, change: RecordChange, name: str, record: Record | None) -> str:
    """The value of a field of a record that a merge changes; empty where there is no record."""
    if record is None:
        return ""
    conflict = Conflict("field", change.table, change.id, name, UNSURE, None, None)
    return value_words(names, conflict, getattr(record, name))
