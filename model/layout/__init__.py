"""Where cards go when nobody has placed them: arranging in bands, and free spots."""

from __future__ import annotations

from model.layout.apply import apply_arrangement, arranged_records
from model.layout.arrange import Arrangement, arrange
from model.layout.nudge import free_shift
from model.layout.partial import arrange_around
from model.layout.place import initial_places, place_new
from model.layout.units import DENSE, ROOMY, Spacing

__all__ = [
    "DENSE",
    "ROOMY",
    "Arrangement",
    "Spacing",
    "apply_arrangement",
    "arrange",
    "arrange_around",
    "arranged_records",
    "free_shift",
    "initial_places",
    "place_new",
]
