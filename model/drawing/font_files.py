"""Where the font files lie that glyph ids count in: the built text fonts and the icon font.

All renderers look fonts up here by key, so they cannot come to differ. Nothing is loaded, only
located; the icon font belongs to the QtAwesome package, which is found without importing it
(importing it would bring Qt along).
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from model.drawing.icons import glyph_name
from model.drawing.optional_fonts import optional_fonts
from resources import fonts_folder

MAIN_STEM = "NotoSans"
"""File stem of the font for Latin, Greek and Cyrillic, which the others fall back from."""

_ICON_FONT_PATTERN = "materialdesignicons6-webfont-6*.ttf"
_ICON_CHARMAP_PATTERN = "materialdesignicons6-webfont-charmap-6*.json"


class FontFile(NamedTuple):
    """A static font file: key, family name, weight, scripts by ISO 15924.

    Optional fonts have no scripts, and Qt gets to know them under a family name of our own.
    """

    key: str
    path: Path
    family: str
    bold: bool
    scripts: tuple[str, ...]


@lru_cache(maxsize=1)
def font_files() -> dict[str, FontFile]:
    """The text fonts by key, the main font first, the optional ones last.

    Raises:
        FileNotFoundError: the fonts are not built.
    """
    folder = fonts_folder()
    manifest = json.loads((folder / "manifest.json").read_bytes())
    files = [
        FontFile(
            key=Path(entry["file"]).stem,
            path=folder / entry["file"],
            family=entry["family"],
            bold=entry["weight"] >= 600,
            scripts=tuple(entry["scripts"]),
        )
        for entry in manifest["fonts"]
    ]
    files.sort(key=lambda file: (not file.key.startswith(f"{MAIN_STEM}-"), file.key))
    known = {file.key: file for file in files}
    for one in optional_fonts():
        more = FontFile(key=one.key, path=one.path, family=one.family, bold=one.bold, scripts=())
        known.setdefault(one.key, more)
    return known


def main_font(*, bold: bool = False) -> FontFile:
    """The font for Latin, Greek and Cyrillic text."""
    return font_files()[f"{MAIN_STEM}-{'Bold' if bold else 'Regular'}"]


@lru_cache(maxsize=1)
def icon_font() -> Path:
    """The file of the icon font. Raises FileNotFoundError if the package is not complete."""
    return _icon_resource(_ICON_FONT_PATTERN)


@lru_cache(maxsize=512)
def icon_codepoint(icon: str) -> int:
    """The character of the icon font that shows one of our icons (the fallback if unknown)."""
    return int(_icon_charmap()[glyph_name(icon)], 16)


@lru_cache(maxsize=1)
def _icon_charmap() -> dict[str, str]:
    path = _icon_resource(_ICON_CHARMAP_PATTERN)
    charmap: dict[str, str] = json.loads(path.read_bytes())
    return charmap


def _icon_resource(pattern: str) -> Path:
    package = find_spec("qtawesome")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for path in sorted(Path(folder, "fonts").glob(pattern)):
            return path
    raise FileNotFoundError(
        "The icon font of the QtAwesome package is missing; Crosstrack is not completely installed."
    )
