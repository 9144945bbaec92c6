"""What deserves a second thought: the warnings, one sentence each."""

from __future__ import annotations
