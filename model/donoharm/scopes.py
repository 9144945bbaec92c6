"""Which table the targets of a checklist scope are in."""

from __future__ import annotations

SCOPE_TABLES = {"actor": "actors", "linkage": "linkages", "activity": "activities"}
"""The table that a scope's targets are in; the project scope has none."""
