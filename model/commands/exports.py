"""Keeping account of what went out: to whom, what it holds, and why in spite of red flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.codes import tlp_text
from model.records import Decision, ExportRun
from model.returning.exported import exported_state
from resources.text import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from model.dates import PartialDate
    from model.document import Document
    from model.redaction import RedactedCopy
    from model.returning.exported import ExportedState


def record_export(
    document: Document,
    copy: RedactedCopy,
    *,
    reason: str = "",
    flags: Sequence[str] = (),
    copy_id: str = "",
    day: PartialDate | None = None,
    state: ExportedState | None = None,
) -> None:
    """Note an export, so that a workbook that comes back finds its records again.

    The map from exported ids to records stays in this project; it is never exported (design 9).
    A reason for going on in spite of open red flags goes into the decision log, for named readers
    only: the flags may be about anything. `copy_id` is the first save of a shared copy. The
    state of the copy is worked out here where it is not given.
    """
    exported = state or exported_state(copy.content, copy.audience)
    ids = {new: f"{table}/{old}" for new, (table, old) in copy.ids.items()}
    run = ExportRun(
        id=document.new_id(),
        tlp="AMBER+STRICT",
        audience=copy.audience,
        override_reason=reason if flags else "",
        ids=ids,
        aliases={alias: f"{table}/{old}" for alias, (table, old) in copy.aliases.items()},
        copy_id=copy_id,
        mark=exported.mark,
        digests=exported.digests,
    )
    with document.edit(
        tr("Note the export for {audience}", audience=tlp_text(copy.audience))
    ) as edit:
        edit.put("exports", run)
        if flags:
            decision = Decision(
                id=document.new_id(),
                title=tr(
                    "Export for {audience} with open red flags", audience=tlp_text(copy.audience)
                ),
                date=day,
                reason=reason,
                options="\n".join(flags),
                tlp="RED",
            )
            edit.put("decisions", decision)


def forget_exports(document: Document) -> None:
    """Drop the account of what went out; copies that come back are strangers then."""
    with document.edit(tr("Forget the exports")) as edit:
        for run_id in list(document.table("exports")):
            edit.remove("exports", run_id)
