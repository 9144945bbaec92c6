"""The grid that cards snap to."""

from __future__ import annotations

GRID = 8.0
"""Its step in project units."""
