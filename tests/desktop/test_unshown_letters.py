"""Letters that no font has: the sender is told, and an optional font is put into the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from PySide6.QtCore import Qt

from desktop.dialogs.export import ExportDialog
from desktop.export_job import run_export
from desktop.unshown_letters import unshown_words
from desktop.version import app_name
from exporters.progress import Silent
from exporters.request import ExportRequest, Output, OutputKind, Recipe
from exporters.unshown import Unshown, script_of, unshown_texts
from model import records as r
from model.storage.keys import Passphrase
from model.storage.store import Store
from tests.desktop.cli_runner import PASSPHRASE, Runner
from tests.fonts import put_font, with_fresh_fonts
from tests.packs import DAY, document, empty_content, pack_of, put

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.export_job import ExportReport
    from model.document import Content

MINISTRY = "外交部"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> Iterator[Path]:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    monkeypatch.setenv("CROSSTRACK_FONTS", str(fonts))
    yield from with_fresh_fonts(fonts)


def _content() -> Content:
    content = empty_content()
    put(content, "actors", r.Actor(id="x", tlp="CLEAR", name=f"Ministry {MINISTRY}"))
    put(content, "actors", r.Actor(id="y", tlp="CLEAR", name="Elders", other_names=("長老", "🕊")))
    put(content, "actors", r.Actor(id="z", tlp="RED", name="秘密"))
    return content


def _export(folder: Path, *kinds: OutputKind) -> ExportReport:
    outputs = tuple(Output(kind, str(folder.parent / f"pack.{kind}")) for kind in kinds)
    request = ExportRequest(
        audience="GREEN", as_of=DAY, outputs=outputs, recipe=Recipe(sections=("actors", "map"))
    )
    return run_export(document(_content()).snapshot(), request, Silent())


def test_texts_are_named_by_script_and_only_those_of_the_copy(folder: Path) -> None:
    found = unshown_texts(pack_of(_content()))
    assert {(one.field, one.letters, one.scripts) for one in found} == {
        ("name", MINISTRY, ("Chinese",)),
        ("other_names", "長老🕊", ("", "Chinese")),
    }
    put_font(folder / "NotoSansSC-Regular.ttf", f"{MINISTRY}長老🕊")
    assert next(with_fresh_fonts(folder)) == folder
    assert unshown_texts(pack_of(_content())) == ()


def test_an_export_that_draws_says_so_under_the_projects_own_ids(folder: Path) -> None:
    report = _export(folder, "svg", "csv")
    assert {(one.table, one.id, one.field) for one in report.unshown} == {
        ("actors", "x", "name"),
        ("actors", "y", "other_names"),
    }
    words = unshown_words(report.unshown)
    assert "2 texts cannot be shown in print" in words
    assert "(Chinese, signs)" in words
    assert "actors x name" in words
    assert "actors y other_names" in words
    assert f"Put NotoSansSC-Regular.ttf into the folder {folder}" in words
    assert "cannot be used" not in words
    (folder / "NotoSansCJK.ttc").write_bytes(b"ttcf")
    assert "NotoSansCJK.ttc there cannot be used" in unshown_words(report.unshown)
    assert _export(folder.parent / "fonts", "graphml").unshown == ()


@pytest.mark.slow
def test_an_optional_font_is_embedded_as_a_subset(folder: Path) -> None:
    put_font(folder / "NotoSansSC-Regular.ttf", f"{MINISTRY}長老🕊" + "一二三四五六七八九十" * 9)
    report = _export(folder, "pdf", "svg", "png")
    assert report.unshown == ()
    with pikepdf.open(folder.parent / "pack.pdf") as pdf:
        fonts = [one for one in pdf.objects if _is_font(one)]
        (ours,) = [one for one in fonts if str(one.BaseFont).endswith("+NotoSansSC-Regular")]
        kept = ours.DescendantFonts[0].W
        assert 3 <= len(kept) // 2 <= 8
        program = ours.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
    assert program[:4] == b"\0\1\0\0"


def _is_font(one: object) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Type0"


def test_the_command_line_tells_people_and_programs(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Runner(tmp_path, capsys)
    file = run.folder / "case.xtrk"
    Store(app_name(), log_n=10).create(file, _content(), Passphrase(PASSPHRASE))
    told = run.sealed("export", file, "--audience", "GREEN", "--svg", run.folder / "a.svg")
    assert told.code == 0, told
    assert "2 texts cannot be shown in print" in told.out
    assert "NotoSansSC-Regular.ttf" in told.out
    facts = run.sealed(
        "export", file, "--audience", "GREEN", "--svg", run.folder / "b.svg", "--json"
    ).json["unshown"]
    assert facts["fonts"] == ["NotoSansSC-Regular.ttf"]
    assert facts["folder"] == str(folder)
    assert {(one["letters"], *one["scripts"]) for one in facts["texts"]} == {
        (MINISTRY, "Chinese"),
        ("長老🕊", "signs", "Chinese"),
    }


@pytest.mark.slow
def test_the_pack_builder_says_it_before_the_pack_is_made(folder: Path, qtbot: QtBot) -> None:
    dialog = ExportDialog(None, document(_content()).snapshot(), DAY, "pack")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.letters.isVisible()
    with qtbot.waitSignal(dialog.pages.preview.unshown, timeout=60_000):
        pass
    assert dialog.letters.isVisible()
    assert f"Ministry {MINISTRY}: Name" in dialog.letters.text()
    assert "秘密" not in dialog.letters.text()
    dialog.reject()


@pytest.mark.parametrize(
    ("letter", "script"),
    [("中", "Chinese"), ("か", "Japanese"), ("한", "Korean"), ("ა", "Georgian"), ("🕊", "")],
)
def test_scripts_have_their_usual_names(letter: str, script: str) -> None:
    assert script_of(letter) == script


def test_signs_alone_have_no_font_to_ask_for() -> None:
    words = unshown_words((Unshown("actors", "a", "name", "🕊"),))
    assert words.startswith("1 text cannot be shown in print")
    assert words.endswith("Write them in words.")
