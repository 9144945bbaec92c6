"""Records dragged from one panel to another: only their table and ids, never any text of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORDS = "application/x-crosstrack-records"


def records_data(table: str, ids: Iterable[str]) -> QMimeData:
    """What is dragged for records: nothing that other programs could read as text."""
    data = QMimeData()
    data.setData(RECORDS, json.dumps([table, *ids]).encode())
    return data


def records_of(data: QMimeData) -> tuple[str, tuple[str, ...]]:
    """Table and ids in a drag; ("", ()) when there are none."""
    if not data.hasFormat(RECORDS):
        return "", ()
    try:
        found = json.loads(bytes(data.data(RECORDS).data()))
    except ValueError:
        return "", ()
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found) or not found:
        return "", ()
    return found[0], tuple(found[1:])
