"""The build step that turns variable Noto fonts into the static fonts that Crosstrack ships.

Qt and reportlab must load the very same files, so that glyph ids agree between screen and paper;
reportlab reads only static TrueType. The variable fonts come from packages of the Python Package
Index, so no font file lies in the repository. Run ``python -m resources.build_fonts``: the fonts
land in ``resources/fonts`` with a manifest and their licences. The step is repeatable: the same
inputs give the same bytes, and fonts that are up to date are left alone.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from resources import locate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fontTools.ttLib import TTFont

__all__ = ["SOURCES", "FontSource", "build_fonts", "main"]

MANIFEST: Final = "manifest.json"
# Seconds since 1904 at 2000-01-01, as the head table counts them: builds must not differ by date.
FIXED_TIME: Final = 3_029_529_600
WEIGHTS: Final = {"Regular": 400, "Bold": 700}

# What European names, figures, money, footnotes and simple arrows need.
_EUROPEAN: Final = (
    (0x0000, 0x052F),  # Latin, IPA letters (Azeri schwa), combining marks, Greek, Cyrillic
    (0x1C80, 0x1C8F),  # Cyrillic Extended-C
    (0x1E00, 0x1EFF),  # Latin Extended Additional (Vietnamese)
    (0x2000, 0x20CF),  # punctuation, super- and subscripts, currencies
    (0x2100, 0x22FF),  # letterlike signs, fractions, some operators
    (0x2C60, 0x2C7F),  # Latin Extended-C
    (0xA720, 0xA7FF),  # Latin Extended-D
    (0xFB00, 0xFB06),  # Latin ligatures
    (0xFFFC, 0xFFFD),  # object and replacement characters
)
_SYMBOLS: Final = (
    (0x0020, 0x0020),  # space
    (0x2190, 0x22FF),  # arrows, operators and comparisons
    (0x2460, 0x27BF),  # numbers in circles, boxes, geometric shapes, ticks and stars
    (0x2B00, 0x2BFF),  # more arrows and shapes
)


@dataclass(frozen=True, slots=True)
class FontSource:
    """One variable font: where it comes from and what is made of it."""

    family: str
    """The family name of the built fonts; it never equals one that the system may have."""
    stem: str
    """How the names of the built files begin."""
    package: str
    """The import name of the package that holds the variable font and its licence."""
    font: str
    """The path of the variable font inside the package."""
    licence: str
    """The path of its licence inside the package."""
    scripts: tuple[str, ...]
    """ISO 15924 codes of the scripts the font is meant for."""
    ranges: tuple[tuple[int, int], ...] = ()
    """Inclusive ranges of code points to keep; empty keeps everything."""

    def folder(self) -> Path:
        """Return the folder of the installed package; raises FileNotFoundError."""
        found = find_spec(self.package)
        if found is None or found.origin is None:
            raise FileNotFoundError(
                f"The font package {self.package} is not installed; run `python3 dev.py fonts`."
            )
        return Path(found.origin).parent


def _justmytype(family: str, stem: str, package: str, script: str) -> FontSource:
    folder = f"fonts/ofl/{stem.lower()}"
    return FontSource(
        family=f"Crosstrack {family}",
        stem=stem,
        package=package,
        font=f"{folder}/{stem}[wdth,wght].ttf",
        licence=f"{folder}/OFL.txt",
        scripts=(script,),
    )


SOURCES: Final = (
    FontSource(
        family="Crosstrack Noto Sans",
        stem="NotoSans",
        package="fontpkg_noto_sans",
        font="files/NotoSans[wdth,wght].ttf",
        licence="LICENSE",
        scripts=("Latn", "Grek", "Cyrl"),
        ranges=_EUROPEAN,
    ),
    FontSource(
        family="Crosstrack Noto Sans Devanagari",
        stem="NotoSansDevanagari",
        package="fontpkg_noto_sans_devanagari",
        font="files/NotoSansDevanagari[wdth,wght].ttf",
        licence="LICENSE",
        scripts=("Deva",),
    ),
    _justmytype("Noto Sans Arabic", "NotoSansArabic", "justmytype_intl_rtl", "Arab"),
    _justmytype("Noto Sans Hebrew", "NotoSansHebrew", "justmytype_intl_rtl", "Hebr"),
    _justmytype("Noto Sans Myanmar", "NotoSansMyanmar", "justmytype_intl_sea", "Mymr"),
    _justmytype("Noto Sans Thai", "NotoSansThai", "justmytype_intl_sea", "Thai"),
    _justmytype("Noto Sans Khmer", "NotoSansKhmer", "justmytype_intl_sea", "Khmr"),
    _justmytype("Noto Sans Lao", "NotoSansLao", "justmytype_intl_sea", "Laoo"),
    _justmytype("Noto Sans Ethiopic", "NotoSansEthiopic", "justmytype_intl_africa", "Ethi"),
    # Noto Sans has no arrows, comparison signs or geometric shapes; Inter has.
    FontSource(
        family="Crosstrack Symbols",
        stem="Symbols",
        package="justmytype_western_core",
        font="fonts/ofl/inter/Inter[opsz,wght].ttf",
        licence="fonts/ofl/inter/OFL.txt",
        scripts=("Zsym",),
        ranges=_SYMBOLS,
    ),
)


def build_fonts(
    folder: Path | None = None, sources: tuple[FontSource, ...] = SOURCES
) -> tuple[str, ...]:
    """Build what is missing or out of date, and return the names of the files made anew.

    Args:
        folder: where the fonts go; by default ``resources/fonts``.
        sources: the variable fonts to build from.

    Raises:
        FileNotFoundError: a font package is not installed.
    """
    target = folder or locate() / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    known = _known(target)
    entries: list[dict[str, Any]] = []
    made: list[str] = []
    for source in sources:
        recipe = _recipe(source)
        for style in WEIGHTS:
            name = f"{source.stem}-{style}.ttf"
            entry = known.get(name, {})
            if entry.get("recipe") != recipe or entry.get("sha256") != _digest(target / name):
                _write(target / name, _static_font(source, style))
                made.append(name)
                entry = _entry(source, style, name, recipe, target)
            entries.append(entry)
        licence = source.folder() / source.licence
        shutil.copyfile(licence, target / f"{source.stem}-OFL.txt")
    if made or len(known) != len(entries):
        _remove_strangers(target, {entry["file"] for entry in entries})
        text = json.dumps({"fonts": entries}, indent=1, ensure_ascii=False)
        _write(target / MANIFEST, f"{text}\n".encode())
    return tuple(made)


def _known(target: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of an earlier manifest by file name; a damaged one counts as none."""
    try:
        manifest = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        return {entry["file"]: entry for entry in manifest["fonts"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _recipe(source: FontSource) -> str:
    """Return a digest of all that a built font depends on: its source, our step and fontTools."""
    parts = hashlib.sha256(version("fonttools").encode())
    parts.update(Path(__file__).read_bytes())
    parts.update((source.folder() / source.font).read_bytes())
    return parts.hexdigest()


def _entry(source: FontSource, style: str, name: str, recipe: str, target: Path) -> dict[str, Any]:
    return {
        "file": name,
        "family": source.family,
        "style": style,
        "weight": WEIGHTS[style],
        "scripts": list(source.scripts),
        "licence": f"{source.stem}-OFL.txt",
        "sha256": _digest(target / name),
        "recipe": recipe,
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _write(path: Path, data: bytes) -> None:
    """Replace the file in one step, so that a stopped build never leaves half a font."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)


def _remove_strangers(target: Path, wanted: set[str]) -> None:
    for path in target.glob("*.ttf"):
        if path.name not in wanted:
            path.unlink()


def _static_font(source: FontSource, style: str) -> bytes:
    """Return one static TrueType font at normal width, reduced to the ranges wanted."""
    from io import BytesIO  # noqa: PLC0415 - only a build needs this and fontTools

    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    font = TTFont(source.folder() / source.font, recalcTimestamp=False)
    if source.ranges:
        font = _reduced(font, source.ranges)
    place = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
    instantiateVariableFont(font, {**place, "wght": WEIGHTS[style]}, inplace=True)
    _name(font, source.family, style)
    font["head"].created = font["head"].modified = FIXED_TIME
    stream = BytesIO()
    font.save(stream)
    return stream.getvalue()


def _reduced(font: TTFont, ranges: tuple[tuple[int, int], ...]) -> TTFont:
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415 - only a build needs it

    wanted = {point for first, last in ranges for point in range(first, last + 1)}
    options = Options(
        layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False, glyph_names=True
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def _name(font: TTFont, family: str, style: str) -> None:
    """Give the font our family name and mark its weight the way font managers read it."""
    bold = style == "Bold"
    post_script = f"{family.replace(' ', '')}-{style}"
    # 1 family, 2 style, 3 unique id, 4 full name, 6 PostScript name; 16 to 25 would override them.
    names = {1: family, 2: style, 3: post_script, 4: f"{family} {style}", 6: post_script}
    table = font["name"]
    table.names = [
        record
        for record in table.names
        if record.nameID in {0, 5, 7, 8, 9, 11, 13, 14} and record.platformID == 3
    ]
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = WEIGHTS[style]
    # Bits of fsSelection: 0 italic, 5 bold, 6 regular.
    kept = font["OS/2"].fsSelection & ~0b1100001
    font["OS/2"].fsSelection = kept | (1 << (5 if bold else 6))
    font["head"].macStyle = 1 if bold else 0
    if "STAT" in font:
        del font["STAT"]


def _said(made: tuple[str, ...]) -> Iterator[str]:
    if not made:
        yield "The fonts are up to date."
    for name in made:
        yield f"Built {name}"


def main() -> int:
    """Build the fonts and say what was made; returns the exit code."""
    try:
        made = build_fonts()
    except FileNotFoundError as problem:
        print(problem, file=sys.stderr)
        return 1
    print("\n".join(_said(made)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
