from __future__ import annotations

import pytest

from model.commands.recipes import forget_recipe, keep_recipe, recipes_in_order
from model.commands.timeline import add_participants
from model.refusals import Refusal
from tests.builders import a_project


def test_only_those_who_are_not_in_it_yet_become_participants() -> None:
    document = (
        a_project()
        .actor("lead")
        .actor("in")
        .actor("new")
        .add("activities", "x", title="Round", lead_id="lead", participant_ids=("in",))
        .document()
    )
    add_participants(document, "x", ["lead", "new", "in", "new"])
    assert document.activities["x"].participant_ids == ("in", "new")
    revision = document.revision
    add_participants(document, "x", ["lead", "in"])
    assert document.revision == revision


def test_a_recipe_of_the_same_title_is_brought_up_to_date() -> None:
    document = a_project().document()
    first = keep_recipe(document, " For donors ", {"sections": ("map",)})
    again = keep_recipe(document, "For donors", {"sections": ("actors",)})
    other = keep_recipe(document, "an annex", {})
    assert again.id == first.id
    assert (first.title, again.sections) == ("For donors", ("actors",))
    assert [one.id for one in recipes_in_order(document)] == [other.id, first.id]
    with pytest.raises(Refusal, match="Give the recipe a name"):
        keep_recipe(document, "  ", {})
    forget_recipe(document, first.id)
    assert list(document.recipes) == [other.id]
