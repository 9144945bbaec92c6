"""Qt calls must not lose references to None.

PySide6 6.12.0 on Python 3.11 drops one reference to None per void call and aborts the process
after some thousands of calls; the pin in pyproject.toml keeps it away, and this test would tell.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from collections.abc import Callable

# Far fewer than what made the broken build abort, far more than the noise of the interpreter.
CALLS = 500
NOISE = 50


def references_lost(calls: Callable[[], None]) -> int:
    """Return by how many the references to None fall over the calls."""
    calls()  # caches are filled first
    before = sys.getrefcount(None)
    calls()
    return before - sys.getrefcount(None)


def test_painting_keeps_references_to_none(qapp: object) -> None:
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)

    def paint() -> None:
        for _ in range(CALLS):
            painter.translate(0, 0)
            painter.drawLine(0, 0, 10, 10)

    lost = references_lost(paint)
    painter.end()
    assert abs(lost) < NOISE


def test_naming_objects_keeps_references_to_none(qapp: object) -> None:
    thing = QObject()

    def name() -> None:
        for _ in range(CALLS):
            thing.setObjectName("probe")

    assert abs(references_lost(name)) < NOISE


def test_the_probe_notices_a_change_of_one_reference_per_call() -> None:
    kept: list[None] = [None] * (2 * CALLS)

    def drop() -> None:
        del kept[:CALLS]

    if sys.version_info >= (3, 12):  # None has no count from 3.12 on, and so no such bug
        assert references_lost(drop) == 0
    else:
        assert references_lost(drop) >= CALLS - NOISE
