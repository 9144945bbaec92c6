"""The project's own limits for the warnings; what is not set follows the software's default."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from model.analysis.rules import DEFAULT_THRESHOLDS
from model.records import PROJECT_ID
from model.refusals import Refusal
from resources.text import tr

if TYPE_CHECKING:
    from model.document import Document


def set_threshold(document: Document, key: str, value: float) -> None:
    """Set a limit such as ``W06.days``; the default value takes the project's own away again.

    Raises:
        Refusal: when there is no such limit, or the value is negative or not a number.
    """
    if key not in DEFAULT_THRESHOLDS:
        raise Refusal("threshold", tr("There is no limit called “{key}”.", key=key))
    if not math.isfinite(value) or value < 0:
        raise Refusal("threshold", tr("The limit {key} must be a number from 0 on.", key=key))
    limits = {one: kept for one, kept in document.project.thresholds.items() if one != key}
    if value != DEFAULT_THRESHOLDS[key]:
        limits[key] = float(value)
    with document.edit(tr("Change the limit {key}", key=key), f"thresholds/{key}") as edit:
        edit.change("project", PROJECT_ID, thresholds=limits)
