from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from model.codes import TRACKS
from model.commands.arranging import set_width
from model.commands.bands import (
    actors_only_on,
    hidden_bands,
    move_band,
    remove_band,
    rename_band,
    set_band_collapsed,
    show_band,
)
from model.drawing.boxes import overlap
from model.drawing.map_options import MapOptions
from model.drawing.scene import MapScene
from model.history import History
from model.redaction import redact
from model.refusals import Refusal
from tests.model.drawing.map_case import DAY, small_map
from tests.samples import sample

if TYPE_CHECKING:
    from model.document import Commit, Document


def codes(document: Document) -> list[str]:
    return [band.code for band in MapScene(document, DAY, MapOptions()).bands.entries]


def test_a_moved_band_takes_its_cards_along() -> None:
    document = small_map()
    stored = dict(document.placements)
    move_band(document, "T3", 0)
    scene = MapScene(document, DAY, MapOptions())
    assert list(scene.bands.codes) == ["T3", "T1", "T2"]
    assert scene.bands.at(scene.cards["gov"].y).code == "T1"
    assert dict(document.placements) == stored
    # On tracks II and III, which now lie apart: the card says so instead of spanning.
    assert scene.cards["csos"].content.badge == "also on III"


def test_a_band_moved_beyond_the_ends_goes_to_the_end() -> None:
    document = small_map()
    move_band(document, "T1", 99)
    assert codes(document) == ["T2", "T3", "T1"]
    move_band(document, "T1", -1)
    assert codes(document) == ["T1", "T2", "T3"]
    move_band(document, "T3", -1)
    assert codes(document) == ["T3", "T1", "T2"]


def test_the_usual_name_of_a_band_is_no_name_of_its_own() -> None:
    """A pack in another language would keep a name that somebody typed."""
    document = small_map()
    rename_band(document, "T1", "The table")
    assert document.tracks["T1"].tlp == document.project.default_tlp
    rename_band(document, "T1", f" {TRACKS.label('T1')} ")
    assert (document.tracks["T1"].name, document.tracks["T1"].tlp) == ("", "CLEAR")


def test_a_collapsed_band_that_was_taken_away_comes_back_open() -> None:
    document = small_map()
    set_band_collapsed(document, "T2", collapsed=True)
    remove_band(document, "T2", "unknown")
    show_band(document, "T2")
    assert not document.tracks["T2"].collapsed


def test_a_collapsed_band_is_one_card_with_counted_lines() -> None:
    document = small_map()
    history = History(document)
    scene = MapScene(document, DAY, MapOptions())
    before = dict(scene.cards)

    def follow(commit: Commit) -> None:
        scene.follow(commit.patch)

    document.subscribe(follow)
    set_band_collapsed(document, "T1", collapsed=True)
    assert not {"gov", "front", "office", "one"} & set(scene.cards)
    card = scene.cards["T1"]
    assert set(card.members) >= {"gov", "front", "office", "one"}
    assert "4 actors" in card.content.detail  # the monitoring body is not there yet
    assert scene.bands.at(card.y).code == "T1"
    assert not any(overlap(card.box, o.box) for o in scene.cards.values() if o is not card)
    assert "csos" in scene.cards
    assert all({link.from_id, link.to_id} <= set(scene.cards) for link in scene.links.values())
    assert any("T1" in {link.from_id, link.to_id} for link in scene.links.values())
    # Who spans an open band, too, stays.
    assert "group" in scene.cards
    history.undo()
    assert scene.cards == before


def test_removing_a_band_keeps_every_actor_and_places_them_free() -> None:
    document = small_map()
    history = History(document)
    assert actors_only_on(document, "T2") == ["two"]
    before = {i: (p.x, p.y) for i, p in document.placements.items()}
    actors = set(document.actors)
    set_width(document, {"csos": before["csos"]}, 400.0)
    assert remove_band(document, "T2", "T1") == 1  # the other one is on Track III, too
    assert document.placements["csos"].width == 400.0
    assert set(document.actors) == actors
    assert document.actors["two"].tracks == ("T1",)
    assert document.actors["csos"].tracks == ("T3",)
    assert codes(document) == ["T1", "T3"]
    stayed = set(before) - {"two", "csos"}
    assert {i: (document.placements[i].x, document.placements[i].y) for i in stayed} == {
        i: before[i] for i in stayed
    }
    scene = MapScene(document, DAY, MapOptions())
    boxes = [card.box for card in scene.cards.values()]
    assert not any(overlap(a, b) for at, a in enumerate(boxes) for b in boxes[:at])
    assert hidden_bands(document) == ["T2"]
    show_band(document, "T2")
    assert codes(document) == ["T1", "T2", "T3"]
    history.undo()
    history.undo()
    history.undo()
    assert {i: (p.x, p.y) for i, p in document.placements.items()} == before


def test_a_hidden_band_is_drawn_as_soon_as_somebody_is_on_it() -> None:
    document = small_map()
    remove_band(document, "T2", "unknown")
    assert codes(document) == ["T1", "T3", "unknown"]
    with document.edit("back") as edit:
        edit.change("actors", "two", tracks=("T2",))
    assert "T2" in codes(document)


def test_names_of_bands_are_kept_from_those_who_may_not_see_them() -> None:
    document = small_map()
    rename_band(document, "T1", "  Kuala Lumpur   talks ")
    band = MapScene(document, DAY, MapOptions()).bands.band("T1")
    assert band.title == "Kuala Lumpur talks"
    copy = redact(document, "TLP:GREEN").content
    assert "T1" not in copy["tracks"]
    rename_band(document, "T1", "")
    assert MapScene(document, DAY, MapOptions()).bands.band("T1").title == "Track I"
    with pytest.raises(Refusal, match="60"):
        rename_band(document, "T1", "x" * 61)


def test_cards_over_borders_cover_no_others_after_bands_change_places() -> None:
    document = sample()
    for code, position in (("T2", 0), ("T3", 1), ("T1", 3)):
        scene = MapScene(document, DAY, MapOptions(show_absent=True))
        before = {i: (one.x, one.y) for i, one in document.placements.items()}
        covered = set(_covering(scene))
        move_band(document, code, position)
        scene = MapScene(document, DAY, MapOptions(show_absent=True))
        assert set(_covering(scene)) <= covered
        after = {i: (one.x, one.y) for i, one in document.placements.items()}
        moved = {i for i in after if after[i] != before[i]}
        assert len(moved) <= 4
        assert all(after[i][1] == before[i][1] for i in moved)
        assert all(len(document.actors[i].tracks) > 1 for i in moved)


def _covering(scene: MapScene) -> list[tuple[str, str]]:
    """Pairs of cards of which one lies on the other."""
    cards = sorted(scene.cards.values(), key=lambda card: card.id)
    return [
        (one.id, other.id) for one, other in combinations(cards, 2) if overlap(one.box, other.box)
    ]
