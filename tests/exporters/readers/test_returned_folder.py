"""An edited folder of CSV files comes back as programs really save it."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from typing import TYPE_CHECKING

import msgspec
import pytest

from exporters.csv_tables import MARK_FILE, write_csv
from exporters.progress import Silent
from exporters.readers.limits import UnreadableSource
from exporters.readers.returned import read_returned
from exporters.readers.sources import read_sources
from model import records as r
from model.commands.exports import record_export
from model.dates import parse_date
from model.redaction import redact
from model.returning.applying import return_patch
from model.returning.plan import plan_return, summary_words
from tests.packs import document, empty_content, pack_of, put, sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from model.document import Content, Document
    from model.returning.items import ReturnItem
    from model.returning.plan import ReturnPlan

Row = dict[str, str]


@pytest.fixture(autouse=True)
def _qt(qapp: object) -> None:
    """Packs shape text."""


def _exported(content: Content, folder: Path) -> Document:
    """A project with a note of an export, and the folder that went out."""
    project = document(content)
    copy = redact(project, "AMBER")
    write_csv(pack_of(project.content(), "AMBER"), folder, Silent())
    record_export(project, copy)
    return project


def _plan(project: Document, path: Path) -> ReturnPlan:
    return plan_return(project.snapshot(), read_returned(path))


def _resaved(
    path: Path,
    change: Callable[[list[Row]], object] = len,
    *,
    encoding: str = "utf-8-sig",
    separator: str = ",",
) -> None:
    """Save a file again as a program would."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    heads = list(rows[0])
    change(rows)
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, heads, delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(stream.getvalue().encode(encoding, "replace"))


def _small() -> Content:
    """Dates of all kinds, an amount, names in several scripts and one like a formula."""
    content = empty_content()
    put(
        content,
        "actors",
        r.Actor(id="a", tlp="CLEAR", name="=Alpha, or “Beta”", start=parse_date("2013-02-15")),
        r.Actor(id="b", tlp="CLEAR", name="تنسق البعثة", start=parse_date("2013-05")),
        r.Actor(id="c", tlp="CLEAR", name="Delta", notes="two\nlines",
                start=parse_date("2012-03-04")),
        r.Actor(id="d", tlp="CLEAR", name="Élan", other_names=("One", "Two"),
                start=parse_date("~2010")),
    )  # fmt: skip
    put(content, "funding", r.FundingLine(id="f", tlp="CLEAR", amount=1500, currency="USD"))  # type: ignore[arg-type]
    return content


def _facts(items: tuple[ReturnItem, ...]) -> list[tuple[str, str, str, str, str]]:
    return [(one.kind, one.sheet, one.place, one.field, one.then) for one in items]


@pytest.mark.parametrize("name", ["mindanao", "myanmar", "mali"])
def test_a_folder_that_nobody_edited_brings_nothing(name: str, tmp_path: Path) -> None:
    project = _exported(sample(name), tmp_path / "out")
    plan = _plan(project, tmp_path / "out")
    assert plan.is_empty, plan.items[:3]
    assert plan.rows == plan.same > 100
    assert _plan(project, tmp_path / "out" / "actors.csv").is_empty


def test_changes_are_found_with_file_and_line_and_are_one_step(tmp_path: Path) -> None:
    project = _exported(_small(), tmp_path / "out")

    def change(rows: list[Row]) -> None:
        rows[0]["name"] = "Renamed"
        rows[1]["kind"] = "Armed group"
        rows[2]["other_names"] = "One; Three"
        del rows[3]
        rows.append({"id": "", "name": "New one", "kind": "ngo", "parent_id": rows[0]["id"]})

    _resaved(tmp_path / "out" / "actors.csv", change)
    plan = _plan(project, tmp_path / "out")
    assert _facts(plan.of("changed")) == [
        ("changed", "actors.csv", "line 2, column name", "Name", "Renamed"),
        ("changed", "actors.csv", "line 3, column kind", "Kind", "Armed group"),
        ("changed", "actors.csv", "line 5, column other_names", "Other names", "One;Three"),
    ]
    (removed,) = plan.of("removed")
    assert (removed.name, removed.default) == ("تنسق البعثة", "keep")
    (refused,) = plan.of("refused")
    assert "line 6, column kind" in refused.reason
    assert "the code is not one of" in refused.reason
    assert refused.cell == "actors.csv, line 6, column id"
    before = project.content()
    patch = return_patch(project, plan, {refused.key: "keep"})
    project.apply(patch, "import")
    names = {one.name for one in project.actors.values()}
    assert names == {"Renamed", "Delta", "Élan", "تنسق البعثة"}
    project.apply(patch.inverse, "undo")
    assert project.content() == before


@pytest.mark.parametrize("order", ["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"])
def test_dates_as_spreadsheets_save_them_are_no_change(order: str, tmp_path: Path) -> None:
    project = _exported(_small(), tmp_path / "out")

    def change(rows: list[Row]) -> None:
        for row, written in zip(rows, ("2013-02-15", "2012-03-04", "", ""), strict=True):
            year, _, rest = written.partition("-")
            month, _, day = rest.partition("-")
            if written:
                row["start"] = order.replace("%d", day).replace("%m", month).replace("%Y", year)
        rows[3]["start"] = "May-13"

    _resaved(tmp_path / "out" / "actors.csv", change, separator=";")
    assert _plan(project, tmp_path / "out").is_empty


def test_an_edited_date_is_read_as_the_others_prove_or_asked(tmp_path: Path) -> None:
    project = _exported(_small(), tmp_path / "out")
    file = tmp_path / "out" / "actors.csv"

    def alone(rows: list[Row]) -> None:
        rows[2]["start"] = "05/06/2011"

    def proven(rows: list[Row]) -> None:
        rows[1]["start"] = "04/03/2012"

    def mixed(rows: list[Row]) -> None:
        rows[0]["start"] = "02/15/2013"

    _resaved(file, alone)
    (item,) = _plan(project, tmp_path / "out").items
    assert item.kind == "refused"
    assert "2011-05-06 or as 2011-06-05" in item.reason
    _resaved(file, proven)
    (item,) = _plan(project, tmp_path / "out").items
    assert (item.kind, item.then) == ("changed", "2011-06-05")
    _resaved(file, mixed)
    (item,) = _plan(project, tmp_path / "out").items
    assert item.kind == "refused"


def test_amounts_with_a_comma_are_read_where_it_is_clear(tmp_path: Path) -> None:
    project = _exported(_small(), tmp_path / "out")
    file = tmp_path / "out" / "funding.csv"
    for written, expected in (
        ("1,500", ""),
        ("1 500", ""),
        ("1.500,00", ""),
        ("2750,50", "2750.5"),
    ):
        _resaved(file, lambda rows, text=written: rows[0].update(amount=text))  # type: ignore[misc]
        plan = _plan(project, tmp_path / "out")
        assert [one.then for one in plan.items] == ([expected] if expected else []), written
    _resaved(file, lambda rows: rows[0].update(amount="2,750"))
    (item,) = _plan(project, tmp_path / "out").items
    assert item.kind == "refused"
    assert "2.750 or as 2750" in item.reason


def test_other_encodings_are_said_and_lost_letters_are_asked_about(tmp_path: Path) -> None:
    project = _exported(_small(), tmp_path / "out")
    _resaved(tmp_path / "out" / "actors.csv", encoding="cp1252", separator=";")
    plan = _plan(project, tmp_path / "out")
    (lost,) = plan.of("decide")
    assert lost.name == "تنسق البعثة"
    assert "question marks" in lost.reason
    (remark,) = plan.of("remark")
    assert "cp1252" in remark.reason
    assert len(plan.items) == 2
    content = _small()
    _exported(content, tmp_path / "utf16")
    _resaved(tmp_path / "utf16" / "actors.csv", encoding="utf-16", separator="\t")
    assert _plan(project, tmp_path / "utf16").is_empty


def test_nothing_that_stands_in_the_folder_is_passed_over(tmp_path: Path) -> None:
    project = _exported(_small(), tmp_path / "out")
    folder = tmp_path / "out"
    file = folder / "actors.csv"
    head, *lines = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    lines = [[*head, "my own"], *([*line, ""] for line in lines)]
    lines[1][-1] = "a thought"
    del lines[-1][2:]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(lines)
    (folder / "funding.csv").unlink()
    (folder / "letter.docx").write_bytes(b"x")
    (folder / ".~lock.actors.csv#").write_bytes(b"x")
    plan = _plan(project, folder)
    said = {(one.sheet, one.place): one.reason for one in plan.items}
    assert {one.kind for one in plan.items} == {"remark"}
    assert "not read" in said["letter.docx", ""]
    assert "records are kept" in said["funding.csv", ""]
    assert "1 cell in it is not read" in said["actors.csv", "line 1, column my own"]
    assert "shorter than the header" in said["actors.csv", ""]
    assert len(plan.items) == 4


def test_a_table_without_rows_any_more_is_not_a_missing_one(tmp_path: Path) -> None:
    project = _exported(_small(), tmp_path / "out")
    _resaved(tmp_path / "out" / "actors.csv", lambda rows: rows.clear())
    plan = _plan(project, tmp_path / "out")
    assert [one.kind for one in plan.items] == ["removed"] * 4
    assert "4 rows missing" in summary_words(plan)


def test_other_folders_and_damaged_files_are_refused_with_their_place(tmp_path: Path) -> None:
    project = _exported(_small(), tmp_path / "out")
    folder = tmp_path / "out"
    broken = (folder / "actors.csv").read_bytes() + b'"open'
    (folder / "actors.csv").write_bytes(broken)
    with pytest.raises(UnreadableSource, match=r"out/actors.csv: line \d+ cannot be read"):
        _plan(project, folder)
    (folder / MARK_FILE).unlink()
    with pytest.raises(UnreadableSource, match=r"“_export\.csv” is missing"):
        _plan(project, folder)


def test_the_folder_still_makes_a_new_project(tmp_path: Path) -> None:
    _exported(_small(), tmp_path / "out")
    (source,) = read_sources([tmp_path / "out"])
    assert {table.name for table in source.tables} == {"actors", "funding"}
    assert not source.skipped


def test_numbers_keep_all_their_digits(tmp_path: Path) -> None:
    content = _small()
    line = r.FundingLine(id="g", tlp="CLEAR")
    put(content, "funding", msgspec.structs.replace(line, amount=123456789.12))
    project = _exported(content, tmp_path / "out")
    assert _plan(project, tmp_path / "out").is_empty


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_saves_a_file_again_without_a_change(tmp_path: Path) -> None:
    project = _exported(sample("mali"), tmp_path / "out")
    made = tmp_path / "made"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
         "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033",
         "--infilter=CSV:44,34,76,1",
         "--outdir", str(made), str(tmp_path / "out" / "activities.csv")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    (tmp_path / "out" / "activities.csv").write_bytes((made / "activities.csv").read_bytes())
    assert _plan(project, tmp_path / "out").is_empty
