"""Few rectangles cover all that differs, and no more of the picture than they need to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from widgets.canvas.stale import along, stale_parts

WIDTH, HEIGHT = 800.0, 600.0
numbers = st.floats(-200.0, 1000.0)
boxes = st.lists(st.tuples(numbers, numbers, numbers, numbers), max_size=30)


def share(parts: list[QRectF]) -> float:
    return sum(part.width() * part.height() for part in parts) / (WIDTH * HEIGHT)


@given(boxes)
def test_every_box_is_covered_as_far_as_it_lies_in_the_picture(
    found: list[tuple[float, float, float, float]],
) -> None:
    sorted_boxes = [(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in found]
    parts = stale_parts(sorted_boxes, WIDTH, HEIGHT)
    for left, top, right, bottom in sorted_boxes:
        box = QRectF(left, top, right - left, bottom - top)
        seen = box.intersected(QRectF(0, 0, WIDTH, HEIGHT))
        for across in range(6):
            for down in range(6):
                if not seen.isEmpty():
                    x = seen.left() + seen.width() * (across + 0.5) / 6
                    y = seen.top() + seen.height() * (down + 0.5) / 6
                    assert any(
                        part.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(x, y) for part in parts
                    )


def test_a_line_aslant_takes_a_part_of_the_picture_and_what_lies_together_is_one() -> None:
    line = list(along((0.0, 0.0, WIDTH, HEIGHT), (WIDTH, HEIGHT), 4.0))
    assert len(line) > 4
    parts = stale_parts(line, WIDTH, HEIGHT)
    assert len(parts) > 1
    assert share(parts) < 0.5

    (part,) = stale_parts([(10, 10, 30, 30), (40, 15, 60, 50)], WIDTH, HEIGHT)
    assert part == QRectF(10, 10, 50, 40)
    assert stale_parts([(-50, -50, -10, -10)], WIDTH, HEIGHT) == []
