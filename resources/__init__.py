"""The data files that ship with Crosstrack, and the only way to find them.

The package owns texts, checklists, samples, styles, icons and the built fonts. It imports
nothing of the other packages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

__all__ = ["fonts_folder", "locate", "read_text"]

# Crosstrack is never run from a zip file, so importlib.resources would only cost start-up time.
_FOLDER: Final = Path(__file__).parent


def locate(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as ``locate("samples", "mali.csv")``.

    Raises:
        ValueError: a part would lead out of the resources.
        FileNotFoundError: the resource is not there; the installation is incomplete.
    """
    for part in parts:
        if part in {"", ".", ".."} or any(sign in part for sign in ("/", "\\", ":", "\0")):
            raise ValueError(f"{part!r} cannot be part of a resource's path")
    path = _FOLDER.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(
            f"The resource {'/'.join(parts)} is missing; Crosstrack is not completely installed."
        )
    return path


def read_text(*parts: str) -> str:
    """Return the text of a shipped UTF-8 file; raises what ``locate`` raises."""
    return locate(*parts).read_text(encoding="utf-8")


def fonts_folder() -> Path:
    """Return the folder of the built static fonts, their manifest and their licences.

    Raises:
        FileNotFoundError: the fonts have not been built yet.
    """
    try:
        return locate("fonts", "manifest.json").parent
    except FileNotFoundError:
        raise FileNotFoundError(
            "The fonts are not built yet: run `python3 dev.py fonts` once."
        ) from None
