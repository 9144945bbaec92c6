from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.csv_tables import csv_text, guarded, unguarded, write_csv
from exporters.document_json import document_json
from exporters.progress import Silent, Stretch
from exporters.registry import OUTPUT_KINDS, writer
from exporters.statements import counts_sentence, handling_sentences, limits
from model import records as r
from model.redaction import redact
from model.refusals import Refusal
from model.storage import codec
from tests.packs import document, empty_content, pack_of, put, sample

if TYPE_CHECKING:
    from pathlib import Path


@given(st.text())
def test_the_guard_against_formulas_can_be_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_table_has_field_names_codes_and_ids() -> None:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", tlp="CLEAR", name="=1+1", tracks=("T1", "T3")))
    put(content, "actors", r.Actor(id="b", tlp="CLEAR", name="B\nC;", parent_id="a"))
    text = csv_text(redact(document(content), "CLEAR").snapshot(), "actors")
    first, second = csv.DictReader(io.StringIO(text, newline=""))
    assert (first["name"], first["tracks"], first["id"]) == ("'=1+1", "T1;T3", "A0001")
    assert (second["name"], second["parent_id"]) == ("B\nC;", "A0001")


def test_a_folder_holds_one_marked_utf8_file_per_table(qapp: object, tmp_path: Path) -> None:
    content = sample()
    remarks = write_csv(pack_of(content), tmp_path / "out", Silent())
    files = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"actors.csv", "linkages.csv", "answers.csv"} <= files
    assert "postings.csv" not in files
    assert (tmp_path / "out" / "actors.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert remarks == ()


def test_values_with_semicolons_are_pointed_out(qapp: object, tmp_path: Path) -> None:
    content = empty_content()
    put(content, "actors", r.Actor(id="a", tlp="CLEAR", name="A", other_names=("B; C", "D")))
    (remark,) = write_csv(pack_of(content), tmp_path / "out", Silent())
    assert "1 cell" in remark


def test_the_json_opens_as_a_project_again() -> None:
    copy = redact(document(sample()), "AMBER+STRICT")
    assert codec.decode(document_json(copy.content)).content == copy.content


def test_statements_tell_counts_marks_and_limits(qapp: object) -> None:
    pack = pack_of(sample(), "GREEN")
    assert "56 actors, 77 linkages" in counts_sentence(pack.tables).replace("\u00a0", " ")
    sentences = " ".join(limits(pack.tables, pack.request))
    assert "“not checked”" in sentences
    assert "“illustrative”" in sentences
    assert "TLP:GREEN" in sentences
    assert handling_sentences(pack.tables, "GREEN")[0].startswith("Recipients may share")
    red = pack_of(sample(), "RED")
    assert "copy made for" not in " ".join(limits(red.tables, red.request))


def test_every_kind_of_output_has_a_writer_and_others_are_refused() -> None:
    assert all(callable(writer(kind)) for kind in OUTPUT_KINDS)
    with pytest.raises(Refusal, match="document-json"):
        writer("docx")


def test_a_stretch_reports_its_part_of_the_whole() -> None:
    class Heard:
        last = 0.0

        def report(self, fraction: float, text: str) -> None:
            self.last = fraction

    heard = Heard()
    Stretch(heard, 0.5, 1.0).report(0.5, "")
    assert heard.last == 0.75
