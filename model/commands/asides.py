"""Setting shipped checklist items aside for a project, with a reason, and asking them again.

Nothing is deleted: the item keeps its id, what was answered stays, the reason is kept beside the
warnings that were set aside, and the decision log says when it was decided and by whom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.commands.records import new_record
from model.dates import exactly
from model.donoharm.assessment import Assessor
from model.donoharm.items import aside_records, shipped_items
from model.refusals import Refusal
from resources.text import plural, tr

if TYPE_CHECKING:
    from datetime import date

    from model.document import Document


def set_item_aside(
    document: Document, item_id: str, *, reason: str, author_role: str, as_of: date
) -> None:
    """Ask a shipped item no more in this project, and log why.

    Args:
        document: the open project.
        item_id: DNH-01 to DNH-40.
        reason: why it does not fit this project; it cannot be empty.
        author_role: the role of the person who decides; it cannot be empty.
        as_of: the day of the decision; red flags that are open on it forbid this.

    Raises:
        Refusal: reason or role is missing, or an answer to the item is an open red flag.
    """
    title = _title(item_id)
    if not reason.strip():
        raise Refusal("reason", tr("Say why this item can be set aside; exports will say so."))
    if not author_role.strip():
        raise Refusal("author", tr("Say in which role you set this item aside."))
    flags = sum(one.item.id == item_id for one in Assessor(document, as_of).open_flags())
    if flags:
        raise Refusal(
            "flags",
            plural(
                "“{item}” has {count} open red flag; answer it or write down a mitigation first.",
                "“{item}” has {count} open red flags; answer them or write down mitigations first.",
                flags,
                item=title,
            ),
        )
    kept = {"reason": reason.strip(), "decided_by": author_role.strip(), "date": exactly(as_of)}
    with document.edit(tr("Set the item {item} aside", item=title)) as edit:
        fields = {"rule_id": item_id, "reason": reason.strip(), "author_role": author_role.strip()}
        edit.put("mutes", new_record(document, "mutes", **fields))
        what = tr("Checklist item {id} “{item}” is set aside", id=item_id, item=title)
        edit.put("decisions", new_record(document, "decisions", title=what, **kept))


def ask_item_again(document: Document, item_id: str, *, as_of: date) -> None:
    """Ask an item again that was set aside, and log that; what was answered to it counts again."""
    records = aside_records(document).get(item_id, ())
    if not records:
        return
    title = _title(item_id)
    with document.edit(tr("Ask {item} again", item=title)) as edit:
        for one in records:
            edit.remove("mutes", one.id)
        what = tr("Checklist item {id} “{item}” is asked again", id=item_id, item=title)
        record = new_record(document, "decisions", title=what, date=exactly(as_of))
        edit.put("decisions", record)


def _title(item_id: str) -> str:
    for one in shipped_items():
        if one.id == item_id:
            return one.label
    raise Refusal("item", tr("“{id}” is no item that ships with the software.", id=item_id))
