"""Fields of what is selected, and what hangs on it."""

from __future__ import annotations
