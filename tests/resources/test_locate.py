"""Finding shipped files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from resources import fonts_folder, locate, read_text

if TYPE_CHECKING:
    from pathlib import Path


def test_a_shipped_file_is_found() -> None:
    assert locate("text.py").is_file()
    assert "def tr(" in read_text("text.py")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="samples/atlantis"):
        locate("samples", "atlantis")


@pytest.mark.parametrize("part", ["..", ".", "", "a/b", "a\\b", "C:", "a\0b"])
def test_no_part_leads_out_of_the_resources(part: str) -> None:
    with pytest.raises(ValueError, match="cannot be part"):
        locate("fonts", part)


def test_the_fonts_come_with_manifest_and_licences() -> None:
    folder = fonts_folder()
    assert len(list(folder.glob("*.ttf"))) == 2 * len(list(folder.glob("*-OFL.txt")))


def test_missing_fonts_say_how_to_build_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("resources._FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"dev\.py fonts"):
        fonts_folder()
