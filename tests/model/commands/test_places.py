"""A place on the map is as strict as what lies there, however it came to be stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from model.commands.actors import add_actor, move
from model.commands.arranging import LEAST_HEIGHT, set_band_height, set_pinned, set_width
from model.commands.clipboard import copies_of, paste
from model.commands.notes import add_note
from model.records import Placement
from model.redaction import redact
from tests.builders import a_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.document import Document

AT = {"a": (5.0, 6.0), "b": (7.0, 8.0)}


def two() -> Document:
    return a_project().actor("a", tlp="CLEAR").actor("b", tlp="RED").document()


@pytest.mark.parametrize(
    "command",
    [
        lambda document: move(document, AT),
        lambda document: set_pinned(document, AT, pinned=True),
        lambda document: set_width(document, AT, 200.0),
    ],
)
def test_a_first_place_has_the_label_of_its_card(command: Callable[[Document], None]) -> None:
    document = two()
    command(document)
    places = document.placements
    assert {i: (one.x, one.y, one.tlp) for i, one in places.items()} == {
        "a": (5.0, 6.0, "CLEAR"),
        "b": (7.0, 8.0, "RED"),
    }
    seen = redact(document, "GREEN", keep_positions=True)
    ((_, kept),) = seen.content["placements"].items()
    assert isinstance(kept, Placement)
    assert (kept.x, kept.y) == (5.0, 6.0)


def test_copies_new_cards_and_notes_are_as_strict_as_what_they_are_about() -> None:
    document = two()
    copies = copies_of(document, [("actors", "a"), ("actors", "b")], AT)
    made = {record_id for _, record_id in paste(document, copies, (9.0, 9.0))}
    labels = sorted(document.placements[record_id].tlp for record_id in made)
    assert labels == ["CLEAR", "RED"]
    actor = add_actor(document, "state", at=(1.0, 2.0))
    assert document.placements[actor.id].tlp == actor.tlp == document.project.default_tlp
    about = add_note(document, "Careful", (0.0, 0.0), ("actors", "b"))
    assert (about.tlp, document.placements[about.id].tlp) == ("RED", "RED")
    free = add_note(document, "For all", (0.0, 0.0))
    assert free.tlp == document.project.default_tlp


def test_a_band_keeps_the_least_height() -> None:
    document = two()
    set_band_height(document, "T1", 1.0)
    assert document.tracks["T1"].height == LEAST_HEIGHT
