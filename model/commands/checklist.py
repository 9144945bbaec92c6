"""Commands for the do-no-harm checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.commands.records import new_record
from model.donoharm.fingerprint import fingerprint
from model.donoharm.scopes import SCOPE_TABLES
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document
    from model.records import Answer
    from model.tables import Tables

__all__ = ["SCOPE_TABLES", "answer_item", "find_answer"]


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
