"""The form in which the palette hands an actor kind to the map."""

from __future__ import annotations

from PySide6.QtCore import QMimeData

ACTOR_KIND = "application/x-crosstrack-actor-kind"


def actor_kind_data(kind: str) -> QMimeData:
    """What is dragged for an actor kind: nothing that other programs could read as text."""
    data = QMimeData()
    data.setData(ACTOR_KIND, kind.encode())
    return data


def actor_kind_of(data: QMimeData) -> str:
    """The actor kind in a drag; "" when there is none."""
    return bytes(data.data(ACTOR_KIND).data()).decode() if data.hasFormat(ACTOR_KIND) else ""
