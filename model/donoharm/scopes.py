"""Which table the targets of a checklist scope are in."""

from __future__ import annotations

SCOPE_TABLES = {"actor": "actors", "linkage": "linkages", "activity": "activities"}
"""The table that a scope's targets are in; the project and its exports have none."""
TARGET_TABLES = {**SCOPE_TABLES, "invitation": "linkages"}
"""The same with invitations, which are linkages by which somebody takes part."""
WHOLE = frozenset({"project", "export"})
"""Scopes without a target of their own."""
