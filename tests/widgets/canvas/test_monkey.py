from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.widgets.canvas.monkey import run

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas


@pytest.mark.parametrize("seed", [1, 2])
def test_random_gestures_leave_model_and_view_equal_and_undo_to_the_start(
    canvas: MapCanvas, seed: int
) -> None:
    run(canvas, gestures=120, seed=seed, check_every=10)
