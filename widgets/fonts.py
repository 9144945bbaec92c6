"""Our font files made known to Qt once per process; apart from shaping: every start needs them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase

from model.drawing.font_files import font_files, main_font
from model.drawing.optional_fonts import named_anew

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["register_fonts", "register_main_fonts"]


@lru_cache(maxsize=1)
def register_fonts() -> dict[tuple[str, bool], str]:
    """Load our fonts into Qt once per process; returns font keys by (family, bold).

    Raises:
        FileNotFoundError: the fonts are not built, or Qt cannot read one of them.
    """
    keys = {}
    for file in font_files().values():
        _register(file.path, "" if file.scripts else file.family)
        keys[file.family, file.bold] = file.key
    for file in font_files().values():
        if not file.bold:
            # Qt thickens what has no bold file; on paper it stays regular.
            keys.setdefault((file.family, True), file.key)
    return keys


def register_main_fonts() -> None:
    """Load only the fonts for Latin, Greek and Cyrillic: enough for the first window, and quick.

    Raises:
        FileNotFoundError: the fonts are not built, or Qt cannot read one of them.
    """
    for bold in (False, True):
        _register(main_font(bold=bold).path)


@lru_cache(maxsize=64)
def _register(path: Path, family: str = "") -> None:
    """Load a font, under another family name if one is given."""
    if family:
        number = QFontDatabase.addApplicationFontFromData(named_anew(path.read_bytes(), family))
    else:
        number = QFontDatabase.addApplicationFont(str(path))
    if number < 0:
        raise FileNotFoundError(f"The font {path} is damaged; replace it.")
