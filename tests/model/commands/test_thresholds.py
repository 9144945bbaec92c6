"""Limits of the warnings are settings of the project."""

from __future__ import annotations

import pytest

from model.commands.thresholds import set_threshold
from model.refusals import Refusal
from tests.builders import a_project


def test_the_default_takes_the_projects_own_away_again() -> None:
    document = a_project().document()
    set_threshold(document, "W06.days", 30)
    assert document.project.thresholds == {"W06.days": 30.0}
    set_threshold(document, "W06.days", 1)
    assert document.project.thresholds == {}


@pytest.mark.parametrize(
    ("key", "value"), [("W99.x", 1), ("W06.days", -1), ("W06.days", float("nan"))]
)
def test_what_cannot_be_a_limit_is_refused(key: str, value: float) -> None:
    document = a_project().document()
    with pytest.raises(Refusal):
        set_threshold(document, key, value)
    assert document.revision == 0
