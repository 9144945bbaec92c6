"""Commands for dividers and connectors, and for testing activities against them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.commands.records import new_record
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from model.dates import PartialDate
    from model.document import Document
    from model.records import Divider, DividerTest
    from model.tables import Tables


def add_divider(document: Document, title: str, side: str, category: str) -> Divider:
    """List a divider or a connector.

    Raises:
        Refusal: without a title, or when a code is not one of the lists.
    """
    if not title.strip():
        raise Refusal("title", tr("Say what divides or connects people here."))
    values = {"title": title.strip(), "side": side, "category": category}
    with document.edit(tr("Add {what}", what=title.strip())) as edit:
        return edit.put("dividers", cast("Divider", new_record(document, "dividers", **values)))


def find_test(tables: Tables, activity_id: str, divider_id: str) -> DividerTest | None:
    """The test that stands for an activity and a divider or connector; None when there is none."""
    found = None
    for one in cast("list[DividerTest]", list(tables.table("divider_tests").values())):
        if (one.activity_id, one.divider_id) == (activity_id, divider_id):
            found = one
    return found


def note_test(
    document: Document,
    activity_id: str,
    divider_id: str,
    effect: str,
    *,
    day: PartialDate,
    **texts: str,
) -> DividerTest:
    """Note what an activity does to a divider or connector; an earlier note is replaced.

    Args:
        document: the open project.
        activity_id, divider_id: what is tested against what.
        effect: a code of the list of effects.
        day: the day of the judgement.
        texts: `reasoning`, `options` and `reviewer_role` of `model.records.DividerTest`.

    Raises:
        Refusal: when a code is not one of the list or a record is gone.
    """
    values = {"effect": effect, "date": day, **{name: one.strip() for name, one in texts.items()}}
    standing = find_test(document, activity_id, divider_id)
    label = tr(
        "Test “{activity}” against “{divider}”",
        activity=document.name_of("activities", activity_id),
        divider=document.name_of("dividers", divider_id),
    )
    with document.edit(label) as edit:
        if standing is not None:
            return cast("DividerTest", edit.change("divider_tests", standing.id, **values))
        about = {"activity_id": activity_id, "divider_id": divider_id}
        record = new_record(document, "divider_tests", **about, **values)
        return cast("DividerTest", edit.put("divider_tests", record))
