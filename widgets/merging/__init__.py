"""Looking at what a merge would do, and deciding what it cannot decide."""

from __future__ import annotations
