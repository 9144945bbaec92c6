"""A merge in words: what a conflict asks, and values as a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from model.dates import PartialDate
from model.document import Snapshot
from model.fields import FIELDS, TABLE_SPECS
from model.merge.values import UNSURE
from model.naming import name_of
from model.records import TABLES, ExternalRef
from model.timeline.wording import date_text
from resources.text import plural, tr

if TYPE_CHECKING:
    from model.fields import FieldSpec
    from model.merge.conflicts import Conflict
    from model.merge.duplicates import PossibleDuplicate
    from model.merge.threeway import MergePlan
    from model.patch import RecordChange
    from model.tables import Tables


def all_names(ours: Tables, plan: MergePlan) -> Tables:
    """Both copies together, to name what only one of them has."""
    return Snapshot({name: {**plan.theirs.get(name, {}), **ours.table(name)} for name in TABLES}, 0)


def record_words(names: Tables, table: str, record_id: str) -> str:
    """What a record is and how it is called."""
    what = TABLE_SPECS[table].singular
    name = name_of(names, table, record_id)
    return what if name == what else tr("{what}: {name}", what=what, name=name)


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
        return tr("Removed") if value is None else tr("Kept")
    spec = FIELDS[conflict.table][conflict.field]
    return _field_words(names, conflict, spec, value) or tr("Empty")


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
        plural("{count} record added", "{count} records added", len(plan.added)),
        plural("{count} changed", "{count} changed", len(plan.changed)),
        plural("{count} removed", "{count} removed", len(plan.removed)),
        plural("{count} conflict", "{count} conflicts", len(plan.to_decide)),
    ]
    return ", ".join(parts) + "."


def base_words(plan: MergePlan) -> str:
    """What the merge starts from."""
    if plan.has_base:
        return tr("Compared with the last state that both copies have in common.")
    return tr(
        "No state that both copies have in common was found, so every difference is asked about "
        "and nothing is removed."
    )
