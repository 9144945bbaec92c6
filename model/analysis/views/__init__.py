"""Analyses on the same facts as the warnings: each a pure function that gives a grid of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.analysis.views import (
    coverage,
    dividers,
    joints,
    measures,
    processes,
    stall,
    testing,
    views_of_actors,
)

if TYPE_CHECKING:
    from model.analysis.views.view import View

VIEWS: dict[str, View] = {
    one.id: one
    for module in (
        *(stall, coverage, processes, dividers, testing, views_of_actors, measures, joints),
    )
    for one in module.VIEWS
}
"""All analyses by id, in the order in which they are offered."""
