"""Setting warnings aside: with a reason, by whom and until when; never deleting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from model.commands.records import new_record
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.dates import PartialDate
    from model.document import Document
    from model.records import Mute


def mute(
    document: Document,
    rule_id: str,
    targets: Sequence[tuple[str, str]],
    *,
    reason: str,
    author_role: str,
    expires: PartialDate | None,
) -> Mute:
    """Set a warning aside for its first two targets; it stays listed and is exported as muted.

    Args:
        document: the open project.
        rule_id: W01 and so on.
        targets: what the finding is about, in its order; none for the project as a whole.
        reason: why it is not pressing; it cannot be empty.
        author_role: the role of the person who decides; it cannot be empty.
        expires: the last day on which it stays aside; it cannot be left open.

    Raises:
        Refusal: when reason, role or expiry is missing.
    """
    if not reason.strip():
        raise Refusal("reason", tr("Say why this warning can be set aside."))
    if not author_role.strip():
        raise Refusal("author", tr("Say in which role you set this warning aside."))
    if expires is None or expires.open:
        raise Refusal("expires", tr("Say until when this warning is set aside, such as 2027-06."))
    first, second = (*targets[:2], ("", ""), ("", ""))[:2]
    record = new_record(
        document,
        "mutes",
        rule_id=rule_id,
        target_table=first[0],
        target_id=first[1],
        other_table=second[0],
        other_id=second[1],
        reason=reason.strip(),
        author_role=author_role.strip(),
        expires=expires,
    )
    with document.edit(tr("Mute {rule}", rule=rule_id)) as edit:
        edit.put("mutes", record)
    return cast("Mute", record)


def unmute(document: Document, mute_id: str) -> None:
    """Let a warning stand again."""
    with document.edit(tr("Let the warning stand again")) as edit:
        edit.remove("mutes", mute_id)
