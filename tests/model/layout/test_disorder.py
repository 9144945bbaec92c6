"""Lines over cards and crossings as they are kept up by moves, against a look at everything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model.layout.disorder import Disorder

UNITS = [range(2), range(2, 3), range(3, 6), range(6, 7), range(7, 8)]
CARDS = UNITS[-1].stop
PLACES = st.tuples(st.integers(0, 12), st.integers(0, 12))
LINKS = st.lists(
    st.tuples(st.integers(0, CARDS - 1), st.integers(0, CARDS - 1)).filter(
        lambda one: one[0] < one[1]
    ),
    unique=True,
    max_size=12,
)
MOVES = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, 4), PLACES, min_size=1, max_size=3), st.sampled_from("yn")
    ),
    max_size=12,
)


def _put(disorder: Disorder, unit: int, place: tuple[int, int]) -> None:
    for at, card in enumerate(UNITS[unit]):
        x, y = 100.0 * place[0] + 70 * at, 60.0 * place[1]
        disorder.box[:, card] = (x - 30, y - 20, x + 30, y + 20)
        disorder.centre[:, card] = (x, y)
    disorder.moved(unit)


def _seen(disorder: Disorder) -> list[tuple[int, int]]:
    return [(disorder.over(unit), disorder.crossings(unit)) for unit in range(len(UNITS))]


@given(LINKS, st.lists(PLACES, min_size=5, max_size=5), MOVES)
def test_what_is_kept_up_is_what_one_sees_anew(
    links: list[tuple[int, int]],
    places: list[tuple[int, int]],
    moves: list[tuple[dict[int, tuple[int, int]], str]],
) -> None:
    kept = Disorder(links, UNITS)
    for unit, place in enumerate(places):
        _put(kept, unit, place)
    kept.settle()
    for plan, stays in moves:
        for unit, place in plan.items():
            _put(kept, unit, place)
        if stays == "y":
            kept.settle()
            for unit, place in plan.items():
                places[unit] = place
        else:
            # Half of the tries are given up before anything was asked.
            if len(plan) != 2:
                _seen(kept)
            for unit in plan:
                _put(kept, unit, places[unit])
            kept.take_back(plan)
        fresh = Disorder(links, UNITS)
        for unit, place in enumerate(places):
            _put(fresh, unit, place)
        assert _seen(kept) == _seen(fresh)


def test_a_line_over_a_card_and_two_that_cross_are_counted_once_for_each_side() -> None:
    disorder = Disorder([(0, 3), (2, 6)], UNITS)
    for unit, place in enumerate([(0, 0), (5, 0), (10, 0), (5, 5), (5, 9)]):
        _put(disorder, unit, place)
    assert disorder.over(1) == 1
    _put(disorder, 1, (5, -5))
    assert disorder.over(1) == 0
    assert [disorder.crossings(unit) for unit in (0, 1, 4)] == [1, 1, 0]
