"""The map has an edge: nothing can be dragged out of sight for ever, and far things stay cheap."""

from __future__ import annotations

from model.commands.actors import add_actor, move
from model.commands.clipboard import copies_of, paste
from model.commands.extent import FARTHEST
from model.commands.linkages import connect, set_bends, set_label_at
from model.commands.notes import add_note
from model.drawing.boxes import BoxGrid, overlap
from model.drawing.labels import LabelPlacer
from model.drawing.routing import route
from tests.builders import a_project

FAR = 1e9


def test_what_is_dragged_beyond_the_edge_stays_at_it() -> None:
    document = a_project().actor("a").actor("b").document()
    move(document, {"a": (FAR, -FAR)})
    made = add_actor(document, "state", at=(-FAR, 5.0))
    note = add_note(document, "n", (FAR, FAR))
    link = connect(document, "a", "b")
    set_bends(document, link.id, ((FAR, 1.0), (2.0, -FAR)))
    set_label_at(document, link.id, (-FAR, 3.0))
    places = document.placements
    assert (places["a"].x, places["a"].y) == (FARTHEST, -FARTHEST)
    assert (places[made.id].x, places[made.id].y) == (-FARTHEST, 5.0)
    assert (places[note.id].x, places[note.id].y) == (FARTHEST, FARTHEST)
    assert document.linkages[link.id].bends == ((FARTHEST, 1.0), (2.0, -FARTHEST))
    assert document.linkages[link.id].label_at == (-FARTHEST, 3.0)
    set_label_at(document, link.id, None)
    assert document.linkages[link.id].label_at is None
    copies = copies_of(document, [("actors", "a")], {})
    ((_, copied),) = paste(document, copies, (FAR, FAR))
    assert (document.placements[copied].x, document.placements[copied].y) == (FARTHEST, FARTHEST)


def test_a_box_across_the_whole_map_finds_what_it_overlaps_without_walking_its_cells() -> None:
    grid: BoxGrid[int] = BoxGrid()
    boxes = {at: (at * 50.0, at * 9.0, at * 50.0 + 80, at * 9.0 + 30) for at in range(40)}
    for at, box in boxes.items():
        grid.put(at, box)
    wide = (-FAR, 20.0, FAR, 60.0)
    assert grid.near(wide) == {at: box for at, box in boxes.items() if overlap(wide, box)}


def test_a_line_of_any_length_is_labelled() -> None:
    line = route((0.0, 0.0, 80.0, 40.0), (FAR, FAR, FAR + 80, FAR + 40), bends=((FAR, 0.0),))
    placer = LabelPlacer(BoxGrid())
    placer.add_line("l", line)
    assert placer.place("l", line, (60.0, 14.0)) is not None
