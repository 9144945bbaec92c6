"""The do-no-harm checklist of what is selected."""

from __future__ import annotations
