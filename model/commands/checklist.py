"""Commands for the do-no-harm checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import msgspec

from model.codes import tlp_rank
from model.commands.records import new_record
from model.donoharm.fingerprint import fingerprint
from model.donoharm.items import own_records
from model.donoharm.scopes import SCOPE_TABLES, TARGET_TABLES
from model.donoharm.sets import SetItem
from resources.text import plural, tr

if TYPE_CHECKING:
    from collections.abc import Iterable

    from model.document import Document
    from model.records import Answer, ChecklistItem
    from model.tables import Tables

__all__ = [
    "SCOPE_TABLES",
    "add_items",
    "add_own_item",
    "answer_item",
    "find_answer",
    "move_item",
    "own_items",
    "retire_item",
]


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
        scope: project, actor, linkage, activity, invitation or export.
        target_id: the record it is about; empty for the project.
        values: fields of `model.records.Answer` to set.

    Raises:
        Refusal: when the target is not there or a value breaks a rule.
    """
    table = TARGET_TABLES.get(scope, "")
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


def add_own_item(document: Document, scope: str, title: str) -> ChecklistItem:
    """Add an item of the project's own, behind the others.

    Raises:
        Refusal: when the scope is none.
    """
    values = {"scope": scope, "title": title, "order": _next_place(document)}
    with document.edit(tr("Add an item of our own")) as edit:
        record = new_record(document, "checklist_items", **values)
        return cast("ChecklistItem", edit.put("checklist_items", record))


def add_items(document: Document, items: Iterable[SetItem], set_name: str = "") -> int:
    """Make items of a set the project's own; those it has already (scope and title) are left out.

    Returns:
        How many were added.

    Raises:
        Refusal: when an item breaks a rule; nothing is added then.
    """
    own = own_records(document)
    place = _next_place(document)
    known = {(one.scope, one.title.casefold()) for one in own}
    new = [one for one in items if (one.scope, one.title.casefold()) not in known]
    label = plural("Add {count} checklist item", "Add {count} checklist items", len(new))
    with document.edit(label) as edit:
        for at, one in enumerate(new):
            fields = {**msgspec.structs.asdict(one), "set_name": set_name, "order": place + at}
            edit.put("checklist_items", new_record(document, "checklist_items", **fields))
    return len(new)


def _next_place(document: Document) -> int:
    return max((one.order for one in own_records(document)), default=-1) + 1


def move_item(document: Document, item_id: str, step: int) -> bool:
    """Move an own item up (-1) or down (1) among those that are asked of the same scope.

    Returns:
        Whether there was anything to move past.
    """
    everything = own_records(document)
    item = next(one for one in everything if one.id == item_id)
    peers = [one.id for one in everything if one.scope == item.scope and not one.retired]
    here = peers.index(item_id)
    if not 0 <= here + step < len(peers):
        return False
    ids = [one.id for one in everything]
    first, second = ids.index(item_id), ids.index(peers[here + step])
    ids[first], ids[second] = ids[second], ids[first]
    with document.edit(tr("Move the item {item}", item=item.title)) as edit:
        for place, one in enumerate(ids):
            edit.change("checklist_items", one, order=place)
    return True


def retire_item(document: Document, item_id: str, *, retired: bool) -> None:
    """Ask an own item no more, or again; what was answered to it stays either way."""
    title = document.name_of("checklist_items", item_id)
    label = tr("Ask {item} no more", item=title) if retired else tr("Ask {item} again", item=title)
    with document.edit(label) as edit:
        edit.change("checklist_items", item_id, retired=retired)


def own_items(document: Document) -> tuple[SetItem, ...]:
    """The project's own items as a set, for another project, in the clear.

    Those that are asked no more stay behind, and so do those whose label keeps them in the
    organisation: a set is not encrypted.
    """
    return tuple(
        SetItem(
            title=one.title,
            scope=one.scope,
            question=one.question,
            why=one.why,
            evidence_prompt=one.evidence_prompt,
            flag_when=one.flag_when,
            flag_answers=one.flag_answers,
            phases=one.phases,
        )
        for one in own_records(document)
        if not one.retired and tlp_rank(one.tlp) <= tlp_rank("AMBER")
    )
