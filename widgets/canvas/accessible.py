"""What screen readers learn of the map: its cards and linkages by name, with state and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from widgets.canvas.canvas import MapCanvas


def announce_canvas(canvas: MapCanvas) -> None:
    """Make the canvas known to screen readers."""
