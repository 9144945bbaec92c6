from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.readers.limits import Limits, UnreadableSource
from exporters.readers.sources import read_sources
from model.refusals import Refusal, Trouble

if TYPE_CHECKING:
    from pathlib import Path

    from model.importing.source import SourceTable


def folder_with(tmp_path: Path, data: bytes) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "actors.csv").write_bytes(data)
    return folder


def read(tmp_path: Path, data: bytes, limits: Limits | None = None) -> SourceTable:
    (source,) = read_sources([folder_with(tmp_path, data)], limits)
    assert source.name == "case"
    (table,) = source.tables
    return table


def test_rows_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    table = read(tmp_path, b'id,name\r\n1,"two\r\nlines"\r\n\r\n2,NA\r\n')
    assert table.columns == ("id", "name")
    assert [(row.number, row.cells) for row in table.rows] == [
        (2, ("1", "two\r\nlines")),
        (3, ("", "")),
        (4, ("2", "NA")),
    ]


@pytest.mark.parametrize("word", ["NA", "null", "None", "nan", "true", "007", "1.50", " x "])
def test_texts_stay_what_they_are(tmp_path: Path, word: str) -> None:
    table = read(tmp_path, f"id,name\n1,{word}\n".encode())
    assert table.rows[0].cells == ("1", word)


def test_a_mark_of_utf_8_is_no_part_of_the_header(tmp_path: Path) -> None:
    table = read(tmp_path, "\ufeffid,name\n1,Élan\n".encode())
    assert table.columns == ("id", "name")
    assert table.rows[0].cells == ("1", "Élan")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"id,name\n1,caf\xe9\n", "line 2 is not UTF-8"),
        ("id,name\n1,x\n".encode("utf-16"), "UTF-8"),
        (b"id,name\n1\n", "row 2 has 1 cells instead of 2"),
        (b"id,name\n1,2\n1,2,3\n", "line 3 has 3 cells instead of 2"),
        (b'id,name\n1,"open\n', "double quote"),
        (b'id,name\n1,ok\n2,"x"y\n3,z\n', "line 3"),
        (b"id;name\n1;2\n", "not separated by commas"),
        (b"id,name\n1,a\0b\n", "line 2 holds a NUL"),
        (b"PK\x03\x04rest", "ZIP or Excel"),
    ],
)
def test_what_is_not_a_good_csv_file_is_refused_with_its_name(
    tmp_path: Path, data: bytes, words: str
) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read(tmp_path, data)
    assert caught.value.message.startswith("case/actors.csv: ")
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (Limits(file_bytes=10), "larger"),
        (Limits(rows=2), "rows"),
        (Limits(columns=1), "columns"),
        (Limits(cells=5), "cells"),
    ],
)
def test_limits_hold(tmp_path: Path, limits: Limits, words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read(tmp_path, b"id,name\n1,a\n2,b\n3,c\n", limits)


def test_single_files_of_one_folder_make_one_source(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, b"id,name\n1,a\n")
    (folder / "phases.csv").write_bytes(b"id,label\n1,a\n")
    (source,) = read_sources([folder / "actors.csv", folder / "phases.csv"])
    assert [table.name for table in source.tables] == ["actors", "phases"]


def test_what_is_not_there_or_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no such file"):
        read_sources([tmp_path / "nowhere"])
    with pytest.raises(Refusal, match="no CSV file"):
        read_sources([tmp_path])
    other = tmp_path / "case.docx"
    other.write_text("x", encoding="utf-8")
    with pytest.raises(Refusal, match=r"case\.docx"):
        read_sources([other])
