"""Small things that several storage tests need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from model.storage.keys import Passphrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from model.records import Record
    from model.storage.codec import Content

SECRET = Passphrase("Ein Boot, drei Ufer")
TEST_LOG_N = 10


def filled(content: Mapping[str, Mapping[str, Record]]) -> Content:
    """The tables that hold records; empty ones are not written."""
    return {table: dict(records) for table, records in content.items() if records}
