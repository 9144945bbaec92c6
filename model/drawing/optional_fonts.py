"""Fonts for scripts that do not ship: found in the user's folder or on the machine, if at all.

A font is used only if all renderers can use it alike and the licence bits allow to embed a part of
it: one static TrueType file with outlines. Others, and damaged ones, count as not there. Only a few
known names are looked for on the machine: going through all its fonts would take too long.
"""

from __future__ import annotations

import os
import re
import struct
import sys
from pathlib import Path
from typing import Final, NamedTuple

from platformdirs import user_data_path

__all__ = [
    "FOLDER_VARIABLE",
    "OptionalFont",
    "font_folder",
    "named_anew",
    "optional_fonts",
    "unusable_fonts",
]

FOLDER_VARIABLE: Final = "CROSSTRACK_FONTS"
"""Environment variable with a folder that is looked in instead of all others."""

_SCRIPTS: Final = (
    *("SC", "TC", "HK", "JP", "KR", "Georgian", "Armenian", "Bengali", "Sinhala", "Tamil"),
    *("Telugu", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Oriya", "Syriac", "Tifinagh"),
    *("NKo", "Thaana", "Mongolian", "TaiLe", "OlChiki", "Adlam", "Vai"),
)
_KNOWN: Final = frozenset(
    {f"NotoSans{script}-{style}.ttf" for script in _SCRIPTS for style in ("Regular", "Bold")}
    | {"DroidSansFallbackFull.ttf", "DroidSansFallback.ttf", "Arial Unicode.ttf"}
    | {"simhei.ttf", "Deng.ttf", "malgun.ttf"}
)
_FOLDERS: Final = {
    "win32": ("%WINDIR%\\Fonts", "%LOCALAPPDATA%\\Microsoft\\Windows\\Fonts"),
    "darwin": ("~/Library/Fonts", "/Library/Fonts", "/System/Library/Fonts/Supplemental"),
}
_LINUX: Final = (
    *("~/.local/share/fonts", "~/.fonts", "/usr/local/share/fonts"),
    *("/usr/share/fonts/truetype/noto", "/usr/share/fonts/noto", "/usr/share/fonts/google-noto"),
    *("/usr/share/fonts/truetype/droid", "/usr/share/fonts/droid"),
)
_NEEDED: Final = frozenset(
    {b"glyf", b"loca", b"cmap", b"name", b"head", b"hhea", b"hmtx", b"maxp", b"OS/2"}
)
_NOT_TO_EMBED: Final = 0x0002 | 0x0100 | 0x0200
"""Bits of fsType: restricted, no subsets, bitmaps only."""
_MOST_TABLES: Final = 64
_BOLD: Final = 600


class OptionalFont(NamedTuple):
    """One file: key, path, the family name it is known by in this program, weight."""

    key: str
    path: Path
    family: str
    bold: bool


def font_folder() -> Path:
    """Where users put fonts for scripts that do not ship."""
    told = os.environ.get(FOLDER_VARIABLE)
    return Path(told) if told else user_data_path("crosstrack", appauthor=False) / "fonts"


def optional_fonts() -> list[OptionalFont]:
    """The fonts at hand, those of the user's folder first; of each family a regular, maybe a bold.

    The family name is our own: a font of the machine with the same name may count glyphs otherwise.
    """
    families: dict[str, list[tuple[int, Path]]] = {}
    for path in _paths():
        weight = _weight(path)
        name = _letters(re.split("[-_]", path.stem)[0])
        known = families.setdefault(name, [])
        # A family comes from one folder only.
        if weight and (not known or known[0][1].parent == path.parent):
            known.append((weight, path))
    found = []
    for name, files in families.items():
        for bold, wanted in ((False, 400), (True, 700)):
            fitting = [one for one in files if (one[0] >= _BOLD) == bold]
            if not fitting:
                break
            path = min(fitting, key=lambda one: (abs(one[0] - wanted), one[1].name))[1]
            found.append(OptionalFont(_letters(path.stem), path, f"Crosstrack {name}", bold))
    return found


def unusable_fonts() -> list[str]:
    """Names of font files that users put into their folder in vain."""
    kinds = {".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2"}
    files = [path for path in _listed(font_folder()) if path.suffix.lower() in kinds]
    return [path.name for path in files if path.suffix.lower() != ".ttf" or not _weight(path)]


def named_anew(data: bytes, family: str) -> bytes:
    """A font file under another family name; all glyphs stay."""
    count = struct.unpack_from(">H", data, 4)[0]
    table = _name_table(family)
    offset = (len(data) + 3) & ~3
    changed = bytearray(data) + bytes(offset - len(data)) + table
    for at in range(12, 12 + 16 * count, 16):
        if data[at : at + 4] == b"name":
            struct.pack_into(">LLL", changed, at + 4, _checksum(table), offset, len(table))
    return bytes(changed)


def _paths() -> list[Path]:
    told = os.environ.get(FOLDER_VARIABLE)
    own = [path for path in _listed(font_folder()) if path.suffix.lower() == ".ttf"]
    if told:
        return own
    places = _FOLDERS.get(sys.platform, _LINUX)
    folders = [Path(os.path.expandvars(place)).expanduser() for place in places]
    return own + [path for folder in folders for path in _listed(folder) if path.name in _KNOWN]


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _weight(path: Path) -> int:
    """The weight of a font that can be used (400 is regular), 0 for any other file."""
    try:
        with path.open("rb") as file:
            head = file.read(12 + 16 * _MOST_TABLES)
            count = struct.unpack_from(">H", head, 4)[0]
            rows = [struct.unpack_from(">4sLLL", head, 12 + 16 * at) for at in range(count)]
            tables = {tag: (offset, length) for tag, _sum, offset, length in rows}
            size = path.stat().st_size
            whole = all(offset + length <= size for offset, length in tables.values())
            if head[:4] != b"\0\1\0\0" or not whole or not tables.keys() >= _NEEDED:
                return 0
            file.seek(tables[b"OS/2"][0])
            weight, _width, bits = struct.unpack(">HHH", file.read(10)[4:])
    except (OSError, struct.error):
        return 0
    return 0 if b"fvar" in tables or bits & _NOT_TO_EMBED else int(weight) or 400


def _name_table(family: str) -> bytes:
    """A table of names with the family for Windows, which all font engines read."""
    text = family.encode("utf-16-be")
    ids = (1, 4, 16)
    rows = b"".join(struct.pack(">6H", 3, 1, 0x409, one, len(text), 0) for one in ids)
    table = struct.pack(">3H", 0, len(ids), 6 + len(rows)) + rows + text
    return table + bytes(-len(table) % 4)


def _checksum(table: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(table) // 4}L", table)
    return sum(words) & 0xFFFFFFFF


def _letters(text: str) -> str:
    """A name that may stand in a PDF as it is."""
    return "".join(one for one in text if one.isascii() and (one.isalnum() or one == "-")) or "Font"
