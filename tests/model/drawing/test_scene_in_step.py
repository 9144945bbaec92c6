"""A scene that followed any edits, days and filters is the scene that is built anew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.commands.actors import move
from model.commands.bands import set_band_collapsed
from model.commands.groups import make_group, set_collapsed
from model.commands.linkages import connect, retype, reverse
from model.commands.records import remove_records, set_fields
from model.dates import PartialDate
from model.drawing import scene as scenes
from model.drawing.link_labels import RELABEL_LIMIT
from model.drawing.map_options import MapOptions
from model.drawing.scene import MapScene
from model.filtering import Filtering, FilterSpec
from model.history import History
from model.refusals import Refusal
from tests.benchmarks.map_case import map_document
from tests.examples import examples
from tests.model.drawing.map_case import DAY, small_map

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.document import Commit, Document
    from model.drawing.parts import SceneChange

Step = tuple[str, int, int]
EDITS = (
    "name", "track", "start", "move", "add", "delete", "link", "reverse", "retype", "turn",
    "unlink", "group", "fold", "band", "undo",
)  # fmt: skip
LOOKS = ("filter", "filter", "clear", "day")
STEPS = st.lists(
    st.tuples(st.sampled_from((*EDITS, *LOOKS)), st.integers(0, 40), st.integers(0, 40)),
    min_size=2,
    max_size=9,
)


def edit(document: Document, history: History, step: Step) -> None:
    """Make one edit of a document, as far as it has something to edit."""
    what, one, two = step
    actors, links = sorted(document.actors), sorted(document.linkages)
    groups = sorted(document.groups)
    actor, other = actors[one % len(actors)], actors[two % len(actors)]
    link = links[two % len(links)] if links else ""
    if what == "undo":
        history.undo()
        return
    if (what in {"reverse", "retype", "turn", "unlink"} and not links) or (
        what == "fold" and not groups
    ):
        return
    tracks = (("T1",), ("T2", "T3"), ("T1", "T2", "T3"), ("T3",))
    edits: dict[str, Callable[[], object]] = {
        "name": lambda: set_fields(document, "actors", [actor], {"name": "A" * (two + 1)}),
        "track": lambda: set_fields(document, "actors", [actor], {"tracks": tracks[two % 4]}),
        "start": lambda: set_fields(
            document, "actors", [actor], {"start": PartialDate(year=2000 + two)}
        ),
        "move": lambda: move(document, {actor: (37.0 * two, 25.0 * one)}),
        "delete": lambda: remove_records(document, "actors", [actor]) if len(actors) > 3 else None,
        "link": lambda: connect(document, actor, other, "funding"),
        "add": lambda: connect(document, other, actor, "membership"),
        "reverse": lambda: reverse(document, link),
        "retype": lambda: retype(document, link, "influence"),
        "turn": lambda: set_fields(
            document, "linkages", [link], {"end": PartialDate(year=2000 + one)}
        ),
        "unlink": lambda: remove_records(document, "linkages", [link]),
        "group": lambda: make_group(document, [actor, other], "Both"),
        "fold": lambda: set_collapsed(
            document, "groups", groups[one % len(groups)], collapsed=bool(two % 2)
        ),
        "band": lambda: set_band_collapsed(document, "T1", collapsed=bool(two % 2)),
    }
    try:
        edits[what]()
    except Refusal:
        return


def look(document: Document, scene: MapScene, step: Step) -> SceneChange:
    """Look at a scene in another way: another filter, none, or another day."""
    what, one, two = step
    if what == "day":
        return scene.set_as_of(date(2000 + one, 1, 1 + two % 28))
    if what == "clear":
        return scene.set_options(MapOptions())
    ids = [*sorted(document.actors), *sorted(document.linkages)]
    chosen = frozenset(i for at, i in enumerate(ids) if (at * (one + 1)) % (two + 2) > one % 2)
    return scene.set_options(MapOptions(visible=chosen))


def assert_follows(document: Document, steps: list[Step]) -> None:
    history = History(document)
    scene = MapScene(document, DAY, MapOptions())
    changes: list[SceneChange] = []

    def follow(commit: Commit) -> None:
        changes.append(scene.follow(commit.patch))

    document.subscribe(follow)
    for step in steps:
        changes.clear()
        cards, links = dict(scene.cards), dict(scene.links)
        if step[0] in LOOKS:
            changes.append(look(document, scene, step))
        else:
            edit(document, history, step)
        anew = MapScene(document, scene.as_of, scene.options)
        assert scene.bands == anew.bands
        assert scene.cards == anew.cards
        assert scene.links == anew.links
        assert scene.outlines == anew.outlines
        assert scene.notes == anew.notes
        for card in scene.cards:
            assert scene.links_of(card) == anew.links_of(card)
        assert scene.cards_near((0, 0, 900, 900)) == anew.cards_near((0, 0, 900, 900))
        if len(scene.links) <= RELABEL_LIMIT:
            assert scene.labels == anew.labels
        if not any(change.everything for change in changes):
            told = frozenset().union(*(change.cards for change in changes))
            assert {i for i in {*cards, *scene.cards} if cards.get(i) != scene.cards.get(i)} <= told
            told = frozenset().union(*(change.links for change in changes))
            assert {i for i in {*links, *scene.links} if links.get(i) != scene.links.get(i)} <= told


@pytest.mark.parametrize("avoiding", [0, 600])
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=examples(15),
    deadline=None,
)
@given(steps=STEPS)
def test_a_followed_scene_is_the_scene_built_anew(
    monkeypatch: pytest.MonkeyPatch, avoiding: int, steps: list[Step]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(scenes, "AVOIDING_LIMIT", avoiding)
        assert_follows(small_map(), steps)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=examples(8),
    deadline=None,
)
@given(steps=STEPS)
def test_a_scene_follows_across_the_size_at_which_lines_run_straight(
    monkeypatch: pytest.MonkeyPatch, steps: list[Step]
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(scenes, "AVOIDING_LIMIT", 30)
        assert_follows(map_document(14, 31), steps)


def test_a_filter_on_a_large_map_makes_nothing_that_was_there_anew() -> None:
    document = map_document(200, 1000)
    scene = MapScene(document, DAY, MapOptions())
    cards, links = dict(scene.cards), dict(scene.links)
    built = scene.built
    few = FilterSpec({"kind": frozenset({"state"})})
    scene.set_options(MapOptions(visible=Filtering(document, DAY, few).visible))
    assert 0 < len(scene.cards) < len(cards) / 4
    # Only lines that lost one beside them lie elsewhere.
    assert scene.built - built < 10
    scene.set_options(MapOptions())
    assert scene.built - built < 10
    assert all(scene.cards[i] is card for i, card in cards.items())
    assert all(scene.links[i] is link for i, link in links.items())
