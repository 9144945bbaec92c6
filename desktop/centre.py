"""The middle of the window: the find bar above the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from widgets.common.hands_on import HandsOn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from widgets.canvas.panel import MapPanel
    from widgets.common.lens import Lens


class Centre(HandsOn):
    """The map with the bars that belong to it."""

    def __init__(self, bars: Iterable[QWidget], map_panel: MapPanel, lens: Lens) -> None:
        """Put the bars above the map; the lens goes when the centre goes."""
        super().__init__()
        lens.setParent(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for bar in bars:
            layout.addWidget(bar)
        layout.addWidget(map_panel, 1)
        self.keyboard_part = map_panel
