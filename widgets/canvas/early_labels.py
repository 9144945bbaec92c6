"""Places for labels of lines, found bit by bit before anyone looks at the map from near by.

A map of a few hundred linkages places all its labels together, so that they lie well: too long to
wait for at the first look. They come to lie where they would if they were placed at that look.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from widgets.canvas.view import MapView

_REST_MS = 400
"""So long after the last change it begins."""
_PAUSE_MS = 12
"""Between two bits there is time for whatever the user does."""
_BIT_SECONDS = 0.006
_AT_ONCE = 6


class EarlyLabels(QObject):
    """Places the waiting labels of one view while nothing else happens."""

    def __init__(self, view: MapView) -> None:
        """Begin a moment after the view has opened, and after each change."""
        super().__init__(view)
        self._view = view
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        view.scene_changed.connect(lambda _: self._timer.start(_REST_MS))
        self._timer.start(_REST_MS)

    def _go_on(self) -> None:
        renderer = self._view.renderer
        end = time.perf_counter() + _BIT_SECONDS
        while renderer.place_labels((), _AT_ONCE):
            if time.perf_counter() >= end:
                self._timer.start(_PAUSE_MS)
                return
