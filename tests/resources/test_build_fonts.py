"""The build step of the fonts."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from resources import fonts_folder
from resources.build_fonts import SOURCES, WEIGHTS, build_fonts

if TYPE_CHECKING:
    from pathlib import Path

    from fontTools.ttLib import TTFont

# Hebrew is the smallest whole font, the symbols the smallest part of one.
SMALL = tuple(source for source in SOURCES if source.scripts in {("Hebr",), ("Zsym",)})

SAMPLES = {
    "Latn": "Ñoño Åse Đặng Şırnak 12 “x”–₱",
    "Grek": "Ελλάδα",
    "Cyrl": "Україна Қазақстан",
    "Arab": "السودان ایران",
    "Hebr": "שלום",
    "Deva": "नेपाल",
    "Mymr": "မြန်မာ",
    "Thai": "ไทย",
    "Khmr": "កម្ពុជា",
    "Laoo": "ລາວ",
    "Ethi": "ኢትዮጵያ",
    "Zsym": "→←↔≤≥●■▲◆✓✗⚠★",
}


def built() -> list[dict[str, Any]]:
    """Return the manifest's entries of the fonts that ship."""
    entries: list[dict[str, Any]] = json.loads(
        (fonts_folder() / "manifest.json").read_text(encoding="utf-8")
    )["fonts"]
    return entries


def opened(name: str) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(fonts_folder() / name)


@pytest.mark.parametrize("entry", built(), ids=lambda entry: str(entry["file"]))
def test_each_font_is_static_named_by_us_and_covers_its_scripts(entry: dict[str, Any]) -> None:
    font = opened(entry["file"])
    assert "fvar" not in font
    assert "glyf" in font
    assert font["name"].getDebugName(1) == entry["family"]
    assert entry["family"].startswith("Crosstrack ")
    assert font["OS/2"].usWeightClass == entry["weight"]
    characters = font.getBestCmap()
    for script in entry["scripts"]:
        lacking = [sign for sign in SAMPLES[script] if ord(sign) not in characters]
        assert lacking == [], script
    assert (fonts_folder() / entry["licence"]).read_text(encoding="utf-8").startswith("Copyright")


def test_the_manifest_lists_every_font_in_both_weights() -> None:
    assert len(built()) == len(SOURCES) * len(WEIGHTS)
    for entry in built():
        content = (fonts_folder() / entry["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == entry["sha256"]


@pytest.mark.slow
def test_building_again_gives_the_same_bytes_and_a_second_time_nothing(tmp_path: Path) -> None:
    made = build_fonts(tmp_path, SMALL)
    assert len(made) == len(SMALL) * len(WEIGHTS)
    for name in made:
        assert (tmp_path / name).read_bytes() == (fonts_folder() / name).read_bytes()
    assert build_fonts(tmp_path, SMALL) == ()


@pytest.mark.slow
def test_a_damaged_or_foreign_font_is_put_right(tmp_path: Path) -> None:
    symbols = tuple(source for source in SMALL if source.scripts == ("Zsym",))
    made = build_fonts(tmp_path, symbols)
    (tmp_path / made[0]).write_bytes(b"damaged")
    (tmp_path / "Stranger-Regular.ttf").write_bytes(b"")
    assert build_fonts(tmp_path, symbols) == made[:1]
    assert sorted(path.name for path in tmp_path.glob("*.ttf")) == sorted(made)


def test_a_missing_font_package_is_named(tmp_path: Path) -> None:
    from dataclasses import replace

    with pytest.raises(FileNotFoundError, match="no_such_package"):
        build_fonts(tmp_path, (replace(SOURCES[0], package="no_such_package"),))
