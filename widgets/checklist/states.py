"""How the standing of an item is shown: icon, colour and words, never colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.codes import CODE_LISTS
from resources.text import plural, tr
from widgets.common.field_texts import date_words

if TYPE_CHECKING:
    from model.donoharm.assessment import Assessment, Standing
    from model.drawing.style import StyleSheet
    from model.records import Answer

_ICONS = {
    "flag": "critical",
    "stale": "review-due",
    "open": "doubtful",
    "fine": "ok",
    "set_aside": "remove",
    "other_phase": "clock",
}
_SEVERITIES = {"flag": "high", "stale": "medium", "fine": "ok"}


def state_symbol(standing: Standing, style: StyleSheet) -> tuple[str, str]:
    """Icon name and colour of a standing."""
    severity = _SEVERITIES.get(standing.state, "")
    colour = style.severity(severity).colour if severity else style.muted_ink
    if standing.state == "fine" and _is_reserved(standing):
        return "planned", style.severity("info").colour
    return _ICONS[standing.state], colour


def _is_reserved(standing: Standing) -> bool:
    """Whether the answer is partly good only, or one that is no red flag just in this case."""
    answer = standing.answer
    if answer is None:
        return False
    return answer.answer == "partly" or answer.answer in standing.item.flag.answers


def state_words(standing: Standing) -> str:
    """The standing in words, with the answer, who gave it and when."""
    if standing.answer is None:
        other = standing.state == "other_phase"
        return tr("Not asked in this phase") if other else tr("Not answered")
    parts = [CODE_LISTS["checklist_answer"].label(standing.answer.answer)]
    if standing.state == "flag":
        parts.insert(0, tr("Open flag"))
    if standing.overdue_days:
        parts.append(plural("{count} day overdue", "{count} days overdue", standing.overdue_days))
    if standing.target_changed:
        parts.append(tr("changed since the answer"))
    reviewed = _reviewed(standing.answer)
    if reviewed:
        parts.append(reviewed)
    return " · ".join(parts)


def _reviewed(answer: Answer) -> str:
    role = answer.reviewer_role.replace("_", " ")
    day = date_words(answer.review_date)
    return ", ".join(part for part in (role, day) if part)


def progress_words(assessment: Assessment) -> str:
    """How far the checklist is; deliberately no score."""
    parts = [
        tr("{done} of {all} answered", done=assessment.answered, all=assessment.total),
        plural("{count} open flag", "{count} open flags", assessment.count("flag")),
    ]
    overdue = sum(one.overdue_days > 0 or one.target_changed for one in assessment.standings)
    if overdue:
        parts.append(tr("{count} to look at again", count=overdue))
    return ", ".join(parts)
