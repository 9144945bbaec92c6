"""What is cut of a long line is what shows of all its dashes, wherever one looks."""

from __future__ import annotations

import numpy as np
import pytest

from model.drawing.primitives import Ellipse, PathBuilder, Polyline, Rect
from widgets.common.dashes import outline_of, pieces, pieces_in, pieces_of


def _seen(rows: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    """The rows that are wholly in a box."""
    low, high = np.minimum(rows[:, :2], rows[:, 2:]), np.maximum(rows[:, :2], rows[:, 2:])
    return rows[np.all((low > box[:2]) & (high < box[2:]), axis=1)]


@pytest.mark.parametrize("dash", [(4.0, 3.0), (6.0, 3.0, 2.0, 3.0), (5.0,), (1.0, 0.5)])
def test_dashes_in_a_box_are_those_of_the_whole_line(dash: tuple[float, ...]) -> None:
    rng = np.random.default_rng(3)
    outlines = [
        outline_of(Rect(-300, 10, 700, 40, 6)),
        outline_of(Rect(-300, 10, 700, 40)),
        outline_of(Polyline((0, 0, 0, 0, 60, 0, 60, 90), closed=True)),
        *(rng.uniform(-200, 200, 2 * size).tolist() for size in (2, 3, 9)),
    ]
    shown = 0
    for points in outlines:
        assert points is not None
        every = pieces(points, dash)
        for _ in range(20):
            left, top = rng.uniform(-250, 150, 2).tolist()
            box = (left, top, left + 90, top + 70)
            found = pieces_in(points, dash, box)
            whole = _seen(every, box)
            shown += len(whole)
            missing = [row for row in whole if not np.isclose(found, row).all(axis=1).any()]
            assert not missing
            # Nothing else: each found dash is one of them, or the part of one that is in the box.
            assert np.hypot(*(found[:, 2:] - found[:, :2]).T).sum() <= (
                np.hypot(*(every[:, 2:] - every[:, :2]).T).sum() + 1e-6
            )
            assert (found[:, [0, 2]] >= left - 1e-6).all()
            assert (found[:, [0, 2]] <= left + 90 + 1e-6).all()
            assert (found[:, [1, 3]] >= top - 1e-6).all()
            assert (found[:, [1, 3]] <= top + 70 + 1e-6).all()
    assert shown > 200


def test_of_a_line_of_millions_only_what_shows_is_cut() -> None:
    found = pieces_in([-1e7, 5.0, 1e7, 5.0], (4.0, 4.0), (0.0, 0.0, 40.0, 10.0))
    assert found.tolist() == [[at, 5.0, at + 4.0, 5.0] for at in range(0, 40, 8)]


def test_there_are_no_dashes_without_a_pattern_without_a_line_or_out_of_sight() -> None:
    box = (0.0, 0.0, 10.0, 10.0)
    for points, dash in (
        ([0.0, 5.0, 9.0, 5.0], ()),
        ([0.0, 5.0, 9.0, 5.0], (0.0, 0.0)),
        ([], (2.0, 2.0)),
        ([3.0, 3.0], (2.0, 2.0)),
        ([3.0, 3.0, 3.0, 3.0], (2.0, 2.0)),
        ([20.0, 0.0, 20.0, 9.0], (2.0, 2.0)),
    ):
        assert not len(pieces_in(points, dash, box))
    assert [len(rows) for rows in pieces_of([], (2.0, 2.0))] == [0, 0]


def test_only_straight_outlines_are_cut() -> None:
    assert outline_of(Ellipse(0, 0, 4, 4)) is None
    assert outline_of(PathBuilder().move(0, 0).line(3, 4).path()) is None
    assert outline_of(Rect(1, 2, 3, 4)) == [1, 2, 4, 2, 4, 6, 1, 6, 1, 2]
    rounded = outline_of(Rect(0, 0, 10, 10, 50))
    assert rounded is not None
    corners = np.reshape(rounded, (-1, 2))
    assert np.allclose(np.hypot(*(corners - 5).T), 5), "a circle, radius cut to half the side"
    assert corners[0].tolist() == corners[-1].tolist()
