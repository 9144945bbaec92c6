"""How safe the open project is; a module of its own so that the window starts without a project."""

from __future__ import annotations

from enum import Enum


class SaveState(Enum):
    """How safe the present state of the document is."""

    MEMORY = "memory"
    SAVED = "saved"
    UNSAVED = "unsaved"
    SAVING = "saving"
    FAILED = "failed"
