"""Preferences of the person at this computer: looks and window places, never anything of projects.

No names of projects, files or folders are kept (design 7: no recents by default). Only values
that differ from the default are written.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from platformdirs import user_config_path, user_data_path

if TYPE_CHECKING:
    from pathlib import Path

ThemeChoice = Literal["system", "light", "dark", "contrast"]
_FILE = "settings.json"
_MAX_SIZE = 1_000_000
LONGEST_IDLE = 240
"""Minutes; whoever wants more takes 0 for never, and is told what that means."""
LEAST_VERSIONS, MOST_VERSIONS = 5, 50


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is remembered between sessions.

    Attributes:
        theme: light, dark, high contrast, or as the system says.
        geometry, docks: Qt's own description of window and dock places, base64.
        language: language tag, "" for that of the system.
        lock_after: minutes without input after which a project is locked; 0 for never.
        lock_on_minimise: whether minimising the window locks, too.
        autosave: whether changed files on this computer are saved by themselves.
        versions_kept: how many earlier versions of a project are kept at least.
    """

    theme: ThemeChoice = "system"
    geometry: str = ""
    docks: str = ""
    language: str = ""
    lock_after: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_IDLE)] = 5
    lock_on_minimise: bool = False
    autosave: bool = True
    versions_kept: Annotated[int, msgspec.Meta(ge=LEAST_VERSIONS, le=MOST_VERSIONS)] = (
        LEAST_VERSIONS
    )


def config_folder() -> Path:
    """Where settings are kept."""
    return user_config_path("crosstrack", appauthor=False)


def data_folder() -> Path:
    """Where sealed drafts and generations are kept."""
    return user_data_path("crosstrack", appauthor=False)


def load_settings(folder: Path) -> Settings:
    """Read the settings; what cannot be read counts as not set, so that start-up never stops."""
    path = folder / _FILE
    try:
        if path.stat().st_size > _MAX_SIZE:
            return Settings()
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Settings()


def save_settings(folder: Path, settings: Settings) -> bool:
    """Write the settings; False where the folder cannot be written (they are not worth a fuss)."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = folder / f"{_FILE}.{os.getpid()}"
        temporary.write_bytes(msgspec.json.encode(settings))
        temporary.replace(folder / _FILE)
    except OSError:
        return False
    return True
