"""Where height is scarce: phases share lanes without covering each other, labels grow short."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec
import pytest

from model.drawing.timeline_layout import PlacedRow, frame_of, lay_out
from model.timeline.building import sections
from tests.samples import sample
from widgets.text_engine import QtTextEngine

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="module")
def text(qapp: QApplication) -> QtTextEngine:
    return QtTextEngine()


@pytest.mark.parametrize("case", ["mindanao", "myanmar", "mali"])
@pytest.mark.parametrize("width", [300.0, 460.0, 1500.0])
def test_phases_share_lanes_and_nothing_covers_anything(
    text: QtTextEngine, case: str, width: float
) -> None:
    roomy, dense = phases(text, case, width, dense=False), phases(text, case, width, dense=True)
    assert len(dense.lanes) <= len(roomy.lanes)
    for lane in dense.lanes:
        for one, following in itertools.pairwise(lane):
            assert one.x1 <= following.x0
            assert one.right <= following.left + 1e-6
    if width < 1000:
        assert len(dense.lanes) < len(roomy.lanes)


def test_in_a_lane_of_its_own_a_label_stays_between_the_limits(text: QtTextEngine) -> None:
    row = phases(text, "mindanao", 460.0, dense=True)
    for lane in row.lanes:
        for one in lane:
            assert one.left >= min(0.0, one.x0)
            assert one.right <= max(460.0, one.x1) + 1e-6


def phases(text: QtTextEngine, case: str, width: float, *, dense: bool) -> PlacedRow:
    """The row of phases when the whole time takes a width."""
    found = sections(sample(case))
    plain = frame_of(found, 1.0)
    zoom = width / (plain.high - plain.low)
    frame = msgspec.structs.replace(plain, units_per_day=zoom, limits=(0.0, width), dense=dense)
    layout = lay_out(found, frame, text)
    return next(row for row in layout.rows if row.row.key == "phases")
