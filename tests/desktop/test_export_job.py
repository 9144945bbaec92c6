from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from desktop.export_job import ExportReport, inspected_words, run_export
from desktop.tasks import Cancelled
from exporters.progress import Silent
from exporters.request import ExportRequest, Output, OutputKind
from model import records as r
from model.refusals import Refusal, Trouble
from tests.packs import SAMPLE_DAYS, document, empty_content, put, sample

if TYPE_CHECKING:
    from model.document import Content


def _request(
    folder: Path, *kinds: OutputKind, force: bool = False, audience: str = "TLP:GREEN"
) -> ExportRequest:
    outputs = tuple(Output(kind, str(folder / f"pack.{kind}")) for kind in kinds)
    return ExportRequest(
        audience=audience, as_of=SAMPLE_DAYS["mindanao"], outputs=outputs, force=force
    )


class Impatient:
    """Gives up as soon as the worker has begun to write."""

    def __init__(self, word: str) -> None:
        self._word = word
        self.heard: list[str] = []

    def report(self, fraction: float, text: str) -> None:
        self.heard.append(text)
        if self._word in text:
            raise Cancelled


KINDS: tuple[OutputKind, ...] = ("xlsx", "csv", "pdf", "svg", "png", "document-json")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ExportReport]:
    """The sample in all kinds of files, written by a process of its own."""
    folder = tmp_path_factory.mktemp("exported")
    return folder, run_export(document(sample()).snapshot(), _request(folder, *KINDS), Silent())


@pytest.mark.slow
def test_an_export_writes_whole_private_files_of_a_redacted_copy(
    exported: tuple[Path, ExportReport],
) -> None:
    folder, report = exported
    assert {path.name for path in folder.iterdir()} == {f"pack.{kind}" for kind in KINDS}
    assert (folder / "pack.pdf").read_bytes().startswith(b"%PDF-1.")
    book = openpyxl.load_workbook(folder / "pack.xlsx")
    assert "Actors" in book.sheetnames
    assert "Postings" not in book.sheetnames
    assert report.copy.withheld_counts() == {"postings": 10, "answers": 1}
    assert report.copy.ids["A0001"][0] == "actors"
    assert report.searched > 1
    assert f"{report.searched} withheld texts were looked for" in inspected_words(report)
    if sys.platform != "win32":
        modes = {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in folder.rglob("*")}
        assert modes == {0}


@pytest.mark.slow
def test_another_process_without_a_folder_for_temporary_files_writes_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exported: tuple[Path, ExportReport]
) -> None:
    if Path("/proc").is_dir():  # a folder nobody can write to
        for name in ("TMPDIR", "TEMP", "TMP"):
            monkeypatch.setenv(name, "/proc")
    run_export(document(sample()).snapshot(), _request(tmp_path, *KINDS), Silent())
    first, second = (
        {
            path.relative_to(folder): path.read_bytes()
            for path in folder.rglob("*.*")
            if path.is_file()
        }
        for folder in (exported[0], tmp_path)
    )
    assert len(first) > len(KINDS)
    assert [name for name in first if first[name] != second.pop(name)] == []
    assert second == {}


def test_giving_up_kills_the_worker_and_leaves_nothing(tmp_path: Path) -> None:
    impatient = Impatient("workbook")
    with pytest.raises(Cancelled):
        run_export(document(sample()).snapshot(), _request(tmp_path, "xlsx", "pdf"), impatient)
    assert list(tmp_path.iterdir()) == []
    assert "Starting" in impatient.heard


def test_nothing_is_replaced_unless_that_is_wanted(tmp_path: Path) -> None:
    target = tmp_path / "pack.document-json"
    target.write_text("precious")
    snapshot = document(sample()).snapshot()
    with pytest.raises(Refusal, match="already there") as refused:
        run_export(snapshot, _request(tmp_path, "document-json"), Silent())
    assert refused.value.code == "exists"
    assert target.read_text() == "precious"
    run_export(snapshot, _request(tmp_path, "document-json", force=True), Silent())
    assert target.read_bytes().startswith(b"{")
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="nowhere"):
        run_export(document(sample()).snapshot(), _request(tmp_path / "nowhere", "xlsx"), Silent())


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder nobody can write to")
def test_a_folder_nobody_can_write_to_is_trouble(tmp_path: Path) -> None:
    outputs = (Output("xlsx", "/proc/pack.xlsx"),)
    request = ExportRequest(audience="GREEN", as_of=SAMPLE_DAYS["mindanao"], outputs=outputs)
    with pytest.raises(Trouble, match="nothing was exported"):
        run_export(document(sample()).snapshot(), request, Silent())


def _flagged() -> Content:
    content = empty_content()
    put(content, "answers", r.Answer(id="k", item_id="DNH-02", answer="no"))
    return content


def test_open_red_flags_hold_up_exports_beyond_the_team(tmp_path: Path) -> None:
    snapshot = document(_flagged()).snapshot()
    with pytest.raises(Refusal, match="DNH-02") as refused:
        run_export(snapshot, _request(tmp_path, "document-json"), Silent())
    assert refused.value.code == "red_flags"
    assert list(tmp_path.iterdir()) == []
    report = run_export(
        snapshot, _request(tmp_path, "document-json"), Silent(), override="The minister asked"
    )
    assert len(report.flags) == 1
    within = _request(tmp_path, "csv", audience="AMBER")
    assert run_export(snapshot, within, Silent()).flags == ()


def test_what_cannot_be_made_is_refused_before_any_work(tmp_path: Path) -> None:
    snapshot = document(empty_content()).snapshot()
    with pytest.raises(Refusal, match="at least one"):
        run_export(snapshot, _request(tmp_path), Silent())
    with pytest.raises(Refusal, match="TLP:CLEAR"):
        run_export(snapshot, _request(tmp_path, "xlsx", audience="PUBLIC"), Silent())
    twice = _request(tmp_path, "xlsx", "xlsx")
    with pytest.raises(Refusal, match="same name"):
        run_export(snapshot, twice, Silent())
