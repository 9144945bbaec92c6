"""Preferences of the person at this computer: looks and window places, never anything of projects.

No names of projects, files or folders are kept (design 7: no recents by default). Only values
that differ from the default are written. They are read without msgspec: that alone would take a
tenth of the time until the first window.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from platformdirs import user_config_path, user_data_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ThemeChoice = Literal["system", "light", "dark", "contrast"]
_THEMES = frozenset({"system", "light", "dark", "contrast"})
_FILE = "settings.json"
_MAX_SIZE = 1_000_000
LONGEST_IDLE = 240
"""Minutes; whoever wants more takes 0 for never, and is told what that means."""
LEAST_VERSIONS, MOST_VERSIONS = 5, 50


class Settings(NamedTuple):
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
    lock_after: int = 5
    lock_on_minimise: bool = False
    autosave: bool = True
    versions_kept: int = LEAST_VERSIONS


_FITS: Final[Mapping[str, Callable[[object], bool]]] = {
    "theme": lambda value: isinstance(value, str) and value in _THEMES,
    "geometry": lambda value: isinstance(value, str),
    "docks": lambda value: isinstance(value, str),
    "language": lambda value: isinstance(value, str),
    "lock_after": lambda value: _between(value, 0, LONGEST_IDLE),
    "lock_on_minimise": lambda value: isinstance(value, bool),
    "autosave": lambda value: isinstance(value, bool),
    "versions_kept": lambda value: _between(value, LEAST_VERSIONS, MOST_VERSIONS),
}
"""What a value that was read must be like to be taken; others count as not set."""


def _between(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


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
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    fitting = {name: found[name] for name, fits in _FITS.items() if fits(found.get(name))}
    return Settings(**fitting)


def save_settings(folder: Path, settings: Settings) -> bool:
    """Write the settings; False where the folder cannot be written (they are not worth a fuss)."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = folder / f"{_FILE}.{os.getpid()}"
        defaults = Settings._field_defaults
        differing = {k: v for k, v in settings._asdict().items() if v != defaults[k]}
        temporary.write_text(json.dumps(differing, separators=(",", ":")), encoding="utf-8")
        temporary.replace(folder / _FILE)
    except OSError:
        return False
    return True
