"""Commands for the do-no-harm checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from model.commands.records import new_record
from model.donoharm.fingerprint import fingerprint
from model.donoharm.scopes import SCOPE_TABLES
from model.donoharm.sets import SetItem
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.document import Document
    from model.records import Answer, ChecklistItem
    from model.tables import Tables

__all__ = ["SCOPE_TABLES", "add_items", "answer_item", "find_answer", "own_items"]


def find_answer(tables: Tables, item_id: str, target_table: str, target_id: str) -> Answer | None:
    """The answer that stands for an item and target, the latest one when there are several."""
    found = None
    for answer in tables.answers.values():
        if (answer.item_id, answer.target_table, answer.target_id) == (
            item_id,
            target_table,
            target_id,
        ):
            found = answer
    return found


def answer_item(
    document: Document, item_id: str, scope: str, target_id: str, **values: object
) -> Answer:
    """Write the answer, reasoning or reviewer of an item for a target.

    An answer, or a new day of review, is about the target as it is now; when that changes later,
    the answer is out of date.

    Args:
        document: the open project.
        item_id: DNH-01 to DNH-40, or the id of an own item.
        scope: project, actor, linkage or activity.
        target_id: the record it is about; empty for the project.
        values: fields of `model.records.Answer` to set.

    Raises:
        Refusal: when the target is not there or a value breaks a rule.
    """
    table = SCOPE_TABLES.get(scope, "")
    standing = find_answer(document, item_id, table, target_id)
    written_anew = {"answer", "review_date"} & set(values)
    state = {"target_state": fingerprint(document, table, target_id)} if written_anew else {}
    label = tr("Answer {item}", item=item_id)
    merge_key = f"answers/{item_id}/{target_id}/{','.join(sorted(values))}"
    with document.edit(label, merge_key) as edit:
        if standing is not None:
            written = edit.change("answers", standing.id, **values, **state)
        else:
            fields = {"item_id": item_id, "scope": scope, "target_table": table, **values, **state}
            answer = new_record(document, "answers", target_id=target_id, **fields)
            written = edit.put("answers", answer)
    return cast("Answer", written)


def add_items(document: Document, items: Iterable[SetItem]) -> int:
    """Make items of a set the project's own; those it has already (scope and title) are left out.

    Returns:
        How many were added.
    """
    own = cast("Iterable[ChecklistItem]", document.table("checklist_items").values())
    known = {(one.scope, one.title.casefold()) for one in own}
    new = [one for one in items if (one.scope, one.title.casefold()) not in known]
    label = plural("Add {count} checklist item", "Add {count} checklist items", len(new))
    with document.edit(label) as edit:
        for one in new:
            fields = msgspec.structs.asdict(one)
            edit.put("checklist_items", new_record(document, "checklist_items", **fields))
    return len(new)


def own_items(document: Document) -> tuple[SetItem, ...]:
    """The project's own items as a set, for another project."""
    own = cast("Iterable[ChecklistItem]", document.table("checklist_items").values())
    return tuple(
        SetItem(
            title=one.title,
            scope=one.scope,
            question=one.question,
            why=one.why,
            evidence_prompt=one.evidence_prompt,
            flag_when=one.flag_when,
            phases=one.phases,
        )
        for one in own
    )
